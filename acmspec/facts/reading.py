"""From a file to a table of text columns in the engine, or to what is wrong with the file as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from unicodedata import normalize

from acmspec.facts.ports import Backend, Refused, Scan, Source
from acmspec.facts.problems import NO_COLUMN, NOT_OPENED, TWO_COLUMNS
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.program.tree import Store


@node
class Reading:
    """A file as it was read.

    `columns` are those of the file that the store needs, in the order of the engine's `"c0"`, `"c1"` and so on.
    `scan` and `source` are None, and `faults` says why, if nothing could be read.
    """

    shown: str
    sha256: str
    count: int
    columns: tuple[str, ...]
    scan: Scan | None
    source: Source | None
    faults: tuple[Diagnostic, ...]


class Files:
    """The files of a run; each is hashed once, even if two tables read it."""

    def __init__(self, backend: Backend, sources: Sequence[Source], paths: Mapping[str, tuple[Path, str]]) -> None:
        self._backend = backend
        self._sources = sources
        self._paths = paths
        self._hashes: dict[Path, str] = {}

    def read(self, store: Store, table: str) -> Reading:
        """Load what a store needs of its file into an engine table of text columns."""
        path, shown = self._paths.get(store.name, (Path(store.file), store.file))
        source = next((one for one in self._sources if path.name.lower().endswith(one.suffixes)), None)
        if source is None:
            return _unread(shown, "", self._unknown(shown))
        try:
            sha256 = self._sha256(path)
            scan = source.open(path, shown)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"“{shown}” can't be opened: {_lower(reason)}"
            return _unread(shown, "", NOT_OPENED.at(DataPlace(shown), message, path=f"data.{store.name}.file"))
        if isinstance(scan, Diagnostic):
            return _unread(shown, sha256, scan)
        columns, faults = _needed(store, scan)
        if faults:
            return _unread(shown, sha256, *faults)
        try:
            count = self._backend.load(table, _with_moments(store, scan), columns)
        except Refused as refused:
            return _unread(shown, sha256, source.diagnose(scan, str(refused)))
        return Reading(shown, sha256, count, columns, scan, source, ())

    def _sha256(self, path: Path) -> str:
        if path not in self._hashes:
            with path.open("rb") as file:
                self._hashes[path] = file_digest(file, "sha256").hexdigest()
        return self._hashes[path]

    def _unknown(self, shown: str) -> Diagnostic:
        known = ", ".join(suffix for one in self._sources for suffix in one.suffixes)
        return NOT_OPENED.at(DataPlace(shown), f"“{shown}” has a format that is not known", cause=f"Known are {known}.")


def _unread(shown: str, sha256: str, *faults: Diagnostic) -> Reading:
    return Reading(shown, sha256, 0, (), None, None, faults)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _needed(store: Store, scan: Scan) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The file's names of the store's columns, once each, and what stands against reading them."""
    found: dict[str, None] = {}
    faults: list[Diagnostic] = []
    for column in store.columns:
        twins = _named(column.column, scan)
        path = f"data.{store.name}.fields.{column.name}"
        place = DataPlace(scan.shown, column=column.column)
        if len(twins) == 1:
            found.setdefault(twins[0])
        elif twins:
            message = f"the file has {len(twins)} columns called “{column.column}”"
            faults.append(TWO_COLUMNS.at(place, message, path=path))
        else:
            message = f"the file has no column “{column.column}”"
            cause = f"{NO_COLUMN.cause} {offer(column.column, scan.columns)}".strip()
            faults.append(NO_COLUMN.at(place, message, path=path, cause=cause))
    if not found and len(faults) > 1 and all(one.problem is NO_COLUMN for one in faults):
        return (), (_no_header(store, scan),)
    return tuple(found), tuple(faults)


def _no_header(store: Store, scan: Scan) -> Diagnostic:
    """What is said where not a single column is there: the header is another one, or stands further below."""
    first = ", ".join(f"“{one}”" for one in scan.columns[:3])
    message = f"the file has none of the {len(store.columns)} columns of “{store.name}”; it begins with {first}"
    return NO_COLUMN.at(
        DataPlace(scan.shown),
        message,
        path=f"data.{store.name}.fields",
        cause="The first line of a data file names its columns, and this one names none that the spec knows.",
        fix="If a title or a note stands above the header, remove it; otherwise check that this is the right file.",
    )


def _with_moments(store: Store, scan: Scan) -> Scan:
    """The scan, with the time of day kept also of midnights where a column of timestamps holds moments."""
    moments = {f"type {name}" for one in store.columns if one.type == "datetime" for name in _named(one.column, scan)}
    is_moment = (name in moments and kind == "timestamp" for name, kind in scan.options)
    pairs = zip(scan.options, is_moment, strict=True)
    return replace(scan, options=tuple((name, "moment" if keeps else kind) for (name, kind), keeps in pairs))


def place_of(column: str, reading: Reading) -> int:
    """Which of the loaded text columns holds a column of the file."""
    return next(index for index, one in enumerate(reading.columns) if _plain(one) == _plain(column))


def _plain(name: str) -> str:
    return normalize("NFC", name.strip())


def _named(column: str, scan: Scan) -> list[str]:
    """The file's columns of a name; all that differ in case only, where the format's reader can't tell them apart."""
    same = [one for one in scan.columns if _plain(one) == _plain(column)]
    if same and scan.option("fold"):
        return [one for one in scan.columns if one.lower() == same[0].lower()]
    return same
