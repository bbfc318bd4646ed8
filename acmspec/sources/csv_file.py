"""CSV files: comma, semicolon, tab or bar, one header, UTF-8 unless said; describes how to read one, knows no engine.

The rules are strict and the same for every file, never guessed from its cells: a record has as many cells as the
header; a cell with the delimiter, a quotation mark or a line end in it stands in quotation marks, which are
doubled inside; a blank line is no record, except in a file of one column, where it is a missing cell.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from shutil import copyfileobj
from sys import maxsize
from tempfile import NamedTemporaryFile
from unicodedata import normalize

from acmspec.facts.ports import Asked, Scan
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.ground.pattern import pattern
from acmspec.sources.csv_faults import (
    EMPTY_FILE,
    LONG_RECORD,
    LONGEST_RECORD,
    MIXED_LINE_ENDS,
    OPEN_QUOTE,
    RAGGED,
    UNREADABLE_CSV,
    first_other_line_end,
    is_line_by_line,
)
from acmspec.sources.encodings import in_utf8

DELIMITERS = ",;\t|"
_PIECE = 16 * 1024
"""So many characters hold nearly every header; few are looked through faster than a record of the longest kind."""
_EMPTY = "the file is empty: it has not even a header"
_QUOTED = pattern('"[^"]*"')


class CsvFile:
    """The source of `.csv`, `.tsv` and `.txt` files."""

    suffixes = (".csv", ".tsv", ".txt")
    takes = ("encoding", "delimiter", "header_row")

    def open(self, path: Path, shown: str, asked: Asked) -> Scan | Diagnostic:
        """Check the encoding of the whole file and read its header."""
        readable = in_utf8(path, shown, asked.form.encoding, asked.aside)
        if isinstance(readable, Diagnostic):
            return readable
        above = max(asked.form.header_row - 1, 0)
        path = _from_line(above, readable, asked.aside) if above else readable
        with path.open(encoding="utf-8-sig", newline="") as file:
            start = file.read(_PIECE)
            if _is_open(start):
                start += file.read(LONGEST_RECORD - _PIECE)
        text = start.lstrip("\r\n")
        if not text:
            return EMPTY_FILE.at(DataPlace(shown), _EMPTY if not above else f"the file has no line {above + 1}")
        blank = start[: len(start) - len(text)]
        skip = blank.count("\n") + blank.count("\r") - blank.count("\r\n")
        header = _header(text)
        delimiter = asked.form.delimiter or max(DELIMITERS, key=_QUOTED.sub("", header).count)
        columns = _columns(header, delimiter)
        if columns is None:
            place = DataPlace(shown, "line", above + skip + 1)
            return OPEN_QUOTE.at(place, "a quotation mark in the header is never closed rightly")
        options = (("delimiter", delimiter), ("skip", str(skip)), ("above", str(above)))
        return Scan("csv", path, shown, columns, options)

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """Go through the file record by record and name the first that breaks a rule."""
        found = self.broken_record(scan)
        if found is not None:
            return found
        line = first_other_line_end(scan.path)
        if line is not None:
            return MIXED_LINE_ENDS.at(DataPlace(scan.shown, "line", line), f"line {line} ends otherwise than line 1")
        return UNREADABLE_CSV.at(DataPlace(scan.shown), "the file can't be read as CSV", cause=_first_sentence(error))

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """The physical lines on which records start, counted by reading the file again."""
        wanted = frozenset(records)
        lines: dict[int, int] = {}
        if wanted:
            if is_line_by_line(scan.path):
                header = int(scan.option("above", "0")) + 1
                return [DataPlace(scan.shown, "line", header + record) for record in records]
            last = max(wanted)
            for number, (line, _) in enumerate(records_of(scan), 1):
                if number in wanted:
                    lines[number] = line
                if number == last:
                    break
        return [DataPlace(scan.shown, "line", lines[number]) for number in records]

    def broken_record(self, scan: Scan) -> Diagnostic | None:
        """The first record that breaks a rule, None if none does."""
        line = 1
        try:
            for start, cells in records_of(scan, strict=True):
                line = start
                place = DataPlace(scan.shown, "line", line)
                if sum(len(cell.encode()) + 1 for cell in cells) > LONGEST_RECORD:
                    return _too_long(scan, place, cells)
                if len(cells) != len(scan.columns):
                    return _ragged(scan, place, cells)
        except _BrokenQuotes as broken:
            place = DataPlace(scan.shown, "line", broken.line)
            return OPEN_QUOTE.at(place, f"a quotation mark in the record on line {broken.line} is never closed rightly")
        return None


class _BrokenQuotes(Exception):  # noqa: N818  (a finding on its way up, not an error of ours)
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def records_of(scan: Scan, *, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Each record after the header with the physical line it starts on, numbered as the engine numbers them."""
    with _any_size(), scan.path.open(encoding="utf-8-sig", newline="") as file:
        # Blanks before a quotation mark are skipped by the engine, too.
        delimiter = scan.option("delimiter", ",")
        above = int(scan.option("above", "0"))
        reader = csv.reader(file, delimiter=delimiter, skipinitialspace=True, strict=strict)
        alone = len(scan.columns) == 1
        before, is_header = above, True
        try:
            for cells in reader:
                start, before = before + 1, above + reader.line_num
                if is_header:
                    is_header = not cells
                elif cells or alone:
                    yield start, cells or [""]
        except csv.Error as error:
            raise _BrokenQuotes(before + 1) from error


@contextmanager
def _any_size() -> Iterator[None]:
    """Lifts the csv module's limit on cells, which is one for the whole process, for as long as it is read."""
    before = csv.field_size_limit(min(maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _from_line(above: int, path: Path, aside: Path) -> Path:
    """A copy of a file without its first lines, whatever stands in them: engines differ in what they skip."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _ in range(above):
            if not file.readline():
                break
        with NamedTemporaryFile("w", dir=aside, suffix=path.suffix, delete=False, encoding="utf-8", newline="") as made:
            copyfileobj(file, made)
    return Path(made.name)


def _header(text: str) -> str:
    """The header record as written: up to the first line end outside quotation marks."""
    quoted = False
    for at, (one, _) in enumerate(pairwise(text + "\n ")):
        if one == '"':
            quoted = not quoted
        elif one in "\r\n" and not quoted:
            return text[:at]
    return text


def _is_open(start: str) -> bool:
    """Whether a header may go on behind the start of a file."""
    text = start.lstrip("\r\n")
    return len(_header(text)) == len(text)


def _columns(header: str, delimiter: str) -> tuple[str, ...] | None:
    """The names in a header; None if its quotation marks are not in pairs."""
    with _any_size():
        try:
            cells = next(csv.reader([header], delimiter=delimiter, skipinitialspace=True, strict=True))
        except csv.Error:
            return None
    return tuple(normalize("NFC", cell.strip()) for cell in cells)


def _ragged(scan: Scan, place: DataPlace, cells: list[str]) -> Diagnostic:
    has, should = len(cells), len(scan.columns)
    hint = "" if has < should else " An unquoted comma in a text is the usual reason."
    return RAGGED.at(place, f"the record has {has} cells where the header has {should}", cause=RAGGED.cause + hint)


def _too_long(scan: Scan, place: DataPlace, cells: list[str]) -> Diagnostic:
    longest = max(range(len(cells)), key=lambda index: len(cells[index]))
    column = scan.columns[longest] if longest < len(scan.columns) else ""
    at = DataPlace(place.file, place.unit, place.number, column, "•••")
    return LONG_RECORD.at(
        at, f"the cell in column “{column}” holds {len(cells[longest]):,} characters; a record may have 2 MiB"
    )


def _first_sentence(error: str) -> str:
    return f"The engine says: {error.splitlines()[0].strip()}"
