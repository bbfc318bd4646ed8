"""From the files of a table to text columns in the engine, or to what is wrong with one of the files as a whole."""

import errno
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path

from acmspec.facts.columns import columns_of, needed_of, plain_name
from acmspec.facts.delivered import Folder, Found, Stretch
from acmspec.facts.numbers import whole
from acmspec.facts.ports import Asked, Backend, Laid, Reader, Refused, Scan, Source
from acmspec.facts.problems import NOT_OPENED
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem, Severity
from acmspec.ground.node import node
from acmspec.program.tree import Program, Store
from acmspec.query.frames import NUMBER

OTHER_COLUMNS = Problem(
    "ACM536",
    "files of one table with different columns",
    "Every column that the spec needs is there, but somebody changed the form of the file, and may have changed more.",
    "Look at what was changed; deliver all files of a table in one form.",
    "All files of one source must have the same columns.",
    Severity.WARNING,
)
SAME_FILE = Problem(
    "ACM535",
    "two files with the same content",
    "The files are equal to the last byte: one was probably delivered a second time under the name of another.",
    "Ask for the right file.",
    "Each file must hold the records of its own provider or period.",
    Severity.WARNING,
)
NOT_OF_FORMAT = Problem(
    "ACM537",
    "a format that the file doesn't have",
    "Encoding and delimiter are said of CSV files, the sheet of Excel files; here it would be ignored.",
    "Remove the key, or correct the name of the file.",
    "The form of each data file must be stated in a way that fits the file.",
)
CHANGED = Problem(
    "ACM493",
    "a file changed while it was read",
    "It was written anew during the run, so that some results would rest on the old records and others on the new.",
    "Run again when nobody writes the file.",
    "A data file must not be changed once it was delivered.",
)
PROBLEMS = (OTHER_COLUMNS, SAME_FILE, NOT_OF_FORMAT, CHANGED)

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
"""What the system says where a copy that is written aside finds no room."""

OWNER = '"#provider"'
"""The column of a text table that says whose file a record came in, missing where it is nobody's alone."""


@node
class Piece:
    """One file of a table as it was read; `before` is how many records of the table stand in files before it."""

    scan: Scan
    source: Reader
    sha256: str
    before: int
    count: int


@node
class Reading:
    """A table as it was read.

    `columns` are those that the store needs, in the order of the engine's `"c0"`, `"c1"` and so on. `faults` says why
    if nothing could be read; then there are no `pieces`. `absent` are the stretches for which a file did not come.
    `owned` is whether some file is one provider's alone. `findings` stop nothing. `kinds` are those of the columns,
    where the engine has not copied the only file, and `stood` is what tells whether it was changed. One that is to be
    read `once` is copied when it is brought to types; only then it is known what `count` is.
    """

    shown: str
    sha256: str
    count: int
    columns: tuple[str, ...]
    pieces: tuple[Piece, ...]
    faults: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...] = ()
    absent: tuple[Stretch, ...] = ()
    owned: bool = False
    kinds: tuple[str, ...] = ()
    stood: tuple[int, ...] = ()
    once: bool = False

    @property
    def is_laid(self) -> bool:
        """Whether the engine reads the records where they lie, each time that it is asked."""
        return bool(self.kinds) and not self.once

    def counted(self, count: int) -> "Reading":
        """The same with the number of its records, which stand in one file."""
        return replace(self, count=count, pieces=tuple(replace(one, count=count) for one in self.pieces))

    @property
    def has_changed(self) -> bool:
        """Whether the file, where the engine reads it where it lies, is another one than when it was opened."""
        return self.is_laid and _stamp(self.pieces[0].scan.path) != self.stood

    @property
    def is_read(self) -> bool:
        """Whether the table's text is in the engine."""
        return not self.faults

    @property
    def marked(self) -> bool:
        """Whether cells may hold errors that a source found in them."""
        return any(one.scan.option("marked") for one in self.pieces)

    def places(self, records: Sequence[int]) -> Sequence[DataPlace]:
        """Where 1-based records of the table stand, in the order asked; each file is gone through once."""
        found: dict[int, DataPlace] = {}
        for one in self.pieces:
            own = [record for record in records if one.before < record <= one.before + one.count]
            if own:
                there = one.source.places(one.scan, [record - one.before for record in own])
                found.update(zip(own, there, strict=True))
        return [found[record] for record in records]


@node
class _Opened:
    """A file that can be read: whose it is, and its own names of the columns that are needed, None for one it lacks."""

    found: Found
    scan: Scan
    source: Source
    sha256: str
    columns: tuple[str | None, ...]


@node
class _Gone:
    """What is wrong with files: of one that is for a provider or period, these only are missing; else the table is."""

    findings: list[Diagnostic]
    absent: list[Stretch]
    faults: list[Diagnostic]

    def say(self, found: Found, faults: Sequence[Diagnostic]) -> None:
        """Note what stands against reading a file."""
        if found.of and faults:
            self.absent.extend(found.of)
            self.findings.extend(faults)
        else:
            self.faults.extend(faults)


class Files:
    """The files of a run; each is hashed once, even if two tables read it."""

    def __init__(self, backend: Backend, sources: Sequence[Source], folder: Folder, aside: Path) -> None:
        self._backend = backend
        self._sources = sources
        self._folder = folder
        self._aside = aside
        self._hashes: dict[Path, str] = {}
        self._stood: dict[Path, tuple[int, ...]] = {}

    def read(self, store: Store, table: str, program: Program, data_date: date, *, typed: bool = False) -> Reading:
        """Load what a store needs of its files into an engine table of text columns; `typed` ones where they can be."""
        if store.table and store.name not in self._folder.instead:
            return self._of_table(store, table)
        there = self._folder.of(store, program, data_date)
        shown = there.found[0].shown if len(there.found) == 1 else store.file
        opened: list[_Opened] = []
        gone = _Gone(list(there.findings), list(there.absent), list(there.faults))
        hashes: dict[str, str] = {}
        for one in there.found:
            found = self._open(store, one, hashes) if not there.faults else ()
            if isinstance(found, _Opened):
                opened.append(found)
            else:
                gone.say(one, found)
        laid = self._lay(store, table, opened) if typed and not gone.faults else None
        pieces = [] if gone.faults else [laid[0]] if laid else self._load(store, table, opened, gone)
        if gone.faults:
            return Reading(shown, _all(hashes), 0, (), (), tuple(gone.faults))
        gone.findings.extend((*_unlike(opened), *_alike(pieces)))
        return Reading(
            shown=shown,
            sha256=_all(hashes),
            count=sum(one.count for one in pieces),
            columns=columns_of(store),
            pieces=tuple(pieces),
            faults=(),
            findings=tuple(gone.findings),
            absent=tuple(gone.absent),
            owned=any(one.found.provider for one in opened),
            kinds=laid[1].kinds if laid else (),
            once=laid is not None and laid[1].once,
            stood=self._stood.get(laid[0].scan.path, ()) if laid else (),
        )

    def _lay(self, store: Store, table: str, opened: Sequence[_Opened]) -> tuple[Piece, Laid] | None:
        """The only file of a table as the engine reads it, in types of its own; None if it must be loaded as text."""
        if len(opened) != 1 or opened[0].found.provider:
            return None
        one = opened[0]
        laid = self._backend.lay(table, one.scan, tuple(column for column in one.columns if column is not None))
        if laid is None:
            return None
        if laid.once and any(each.type in {"decimal", "money"} for each in store.columns):
            # Their decimals are counted before their type is known, so that they are read twice.
            self._backend.drop(table)
            return None
        piece = Piece(one.scan, one.source, one.sha256, 0, 0)
        if laid.once:
            return piece, laid
        count = whole(self._backend.rows(f"SELECT COUNT(*) FROM {self._backend.dialect.name(table)}")[0][0])
        return replace(piece, count=count), laid

    def _of_table(self, store: Store, table: str) -> Reading:
        """Load what a store needs of a table that the database has already."""
        tables, shown = self._backend.tables, f"{store.connection}: {store.table}"
        if tables is None:
            raise ValueError(f"“{store.name}” is a table of a database, and the engine has none")
        scan = tables.open(store.table, shown)
        if isinstance(scan, Diagnostic):
            return _unread(shown, scan)
        columns, faults = needed_of(store, scan, "")
        if faults:
            return _unread(shown, *faults)
        needed = tuple(one for one in columns if one is not None)
        try:
            count = self._backend.load(table, _with_moments(scan, _moments(store)), needed)
        except Refused as refused:
            return _unread(shown, tables.diagnose(scan, str(refused)))
        return Reading(shown, "", count, columns_of(store), (Piece(scan, tables, "", 0, count),), ())

    def _open(self, store: Store, found: Found, hashes: dict[str, str]) -> _Opened | Sequence[Diagnostic]:
        path, shown = found.path, found.shown
        source = next((one for one in self._sources if path.name.lower().endswith(one.suffixes)), None)
        if source is None:
            return (self._unknown(shown),)
        is_own = store.name not in self._folder.instead
        strange = [one for one in store.form.said if one not in source.takes] if is_own else []
        if strange:
            message = f"“{shown}” has no {strange[0].replace('_', ' ')}"
            return (NOT_OF_FORMAT.at(DataPlace(shown), message, path=f"data.{store.name}.format.{strange[0]}"),)
        moments = _moments(store)
        try:
            if path.exists():
                hashes[shown] = self._sha256(path)
            scan = source.open(path, shown, Asked(self._aside, store.form, moments))
            if shown not in hashes and isinstance(scan, Scan):
                hashes[shown] = self._sha256(scan.path)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise Refused(str(error), lacks="disk") from error
            reason = error.strerror or type(error).__name__
            message = f"“{shown}” can't be opened: {_lower(reason)}"
            return (NOT_OPENED.at(DataPlace(shown), message, path=f"data.{store.name}.file"),)
        if isinstance(scan, Diagnostic):
            return (scan,)
        columns, faults = needed_of(store, scan, found.provider)
        if faults:
            return faults
        return _Opened(found, _with_moments(scan, moments), source, hashes[shown], columns)

    def _load(self, store: Store, table: str, opened: Sequence[_Opened], gone: _Gone) -> list[Piece]:
        alone = len(opened) == 1 and not opened[0].found.provider
        owned = any(one.found.provider for one in opened)
        pieces: list[Piece] = []
        selects: list[str] = []
        before = 0
        for index, one in enumerate(opened):
            needed = tuple(column for column in one.columns if column is not None)
            try:
                count = self._backend.load(table if alone else f"{table} {index}", one.scan, needed)
            except Refused as refused:
                if refused.lacks:
                    raise
                gone.say(one.found, (one.source.diagnose(one.scan, str(refused)),))
                continue
            selects.append(self._select(f"{table} {index}", one, needed, before, owned=owned))
            pieces.append(Piece(one.scan, one.source, one.sha256, before, count))
            before += count
        if not alone:
            nothing = _nothing(self._backend.dialect.varchar, len(columns_of(store)), owned=owned)
            self._backend.make(table, " UNION ALL ".join(selects) or nothing)
        for index in range(len(opened)):
            if not alone and any(one.scan is opened[index].scan for one in pieces):
                self._backend.drop(f"{table} {index}")
        return pieces

    def _select(self, loaded: str, one: _Opened, needed: Sequence[str], before: int, *, owned: bool) -> str:
        """The records of one file as those of the table; a column that it may lack holds the name of its provider."""
        dialect = self._backend.dialect
        owner = f"CAST({dialect.text(one.found.provider) if one.found.provider else 'NULL'} AS {dialect.varchar})"
        cells = [
            f"{owner if column is None else f'c{needed.index(column)}'} AS c{index}"
            for index, column in enumerate(one.columns)
        ]
        selected = [f"{NUMBER} + {before} AS {NUMBER}", *cells, *([f"{owner} AS {OWNER}"] if owned else [])]
        return f"SELECT {', '.join(selected)} FROM {dialect.name(loaded)}"

    def _sha256(self, path: Path) -> str:
        if path not in self._hashes:
            self._stood[path] = _stamp(path)
            with path.open("rb") as file:
                self._hashes[path] = file_digest(file, "sha256").hexdigest()
        return self._hashes[path]

    def _unknown(self, shown: str) -> Diagnostic:
        known = ", ".join(suffix for one in self._sources for suffix in one.suffixes)
        return NOT_OPENED.at(DataPlace(shown), f"“{shown}” has a format that is not known", cause=f"Known are {known}.")


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when a file is written; nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _unread(shown: str, *faults: Diagnostic) -> Reading:
    return Reading(shown, "", 0, (), (), faults)


def _moments(store: Store) -> frozenset[str]:
    """The columns that hold moments, by their plain names."""
    return frozenset(plain_name(one.column) for one in store.columns if one.type == "datetime")


def _nothing(varchar: str, width: int, *, owned: bool) -> str:
    """A table without records."""
    columns = [f"CAST(NULL AS {varchar}) AS c{index}" for index in range(width)]
    columns += [f"CAST(NULL AS {varchar}) AS {OWNER}"] if owned else []
    return f"SELECT {', '.join([f'CAST(NULL AS BIGINT) AS {NUMBER}', *columns])} WHERE FALSE"


def _all(hashes: dict[str, str]) -> str:
    """One hash for a table: its file's own, or that of the names and hashes of its files."""
    if len(hashes) <= 1:
        return next(iter(hashes.values()), "")
    listed = "".join(f"{one}  {shown}\n" for shown, one in sorted(hashes.items()))
    return sha256(listed.encode()).hexdigest()


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _with_moments(scan: Scan, moments: frozenset[str]) -> Scan:
    """The scan, with the time of day kept also of midnights where a column of timestamps holds moments."""
    named = {f"type {one}" for one in scan.columns if plain_name(one) in moments}
    is_moment = (name in named and kind == "timestamp" for name, kind in scan.options)
    pairs = zip(scan.options, is_moment, strict=True)
    return replace(scan, options=tuple((name, "moment" if keeps else kind) for (name, kind), keeps in pairs))


def place_of(column: str, reading: Reading) -> int:
    """Which of the loaded text columns holds a column of the file."""
    return reading.columns.index(plain_name(column))


def _unlike(opened: Sequence[_Opened]) -> Iterator[Diagnostic]:
    """What is said of files that have other columns than the first of their table."""
    for one in opened[1:]:
        first, own = ({plain_name(name) for name in each.scan.columns} for each in (opened[0], one))
        lacks, more = sorted(first - own), sorted(own - first)
        if lacks or more:
            what = [f"lacks {_some(lacks)}"] if lacks else []
            what += [f"has {_some(more)} besides"] if more else []
            message = f"“{one.scan.shown}” {' and '.join(what)}, compared with “{opened[0].scan.shown}”"
            yield OTHER_COLUMNS.at(DataPlace(one.scan.shown), message)


def _some(names: Sequence[str]) -> str:
    few = ", ".join(f"“{one}”" for one in names[:3])
    return few if len(names) <= 3 else f"{few} and {len(names) - 3} more"  # noqa: PLR2004  (as many as are shown)


def _alike(pieces: Sequence[Piece]) -> Iterator[Diagnostic]:
    """What is said of files that are equal to another one and hold records."""
    first: dict[str, str] = {}
    for one in pieces:
        twin = first.setdefault(one.sha256, one.scan.shown)
        if twin != one.scan.shown and one.count:
            message = f"“{one.scan.shown}” is the same file as “{twin}”"
            yield SAME_FILE.at(DataPlace(one.scan.shown), message)
