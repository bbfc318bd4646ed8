"""What can be wrong with a CSV file as a file: the kinds of mistakes, and the two that are found in its bytes."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem

LONGEST_RECORD = 2 * 1024 * 1024
"""The longest record in bytes."""

_CHUNK = 1024 * 1024
_ASCII = 128

UNREADABLE_CSV = Problem(
    "ACM401",
    "the file can't be read",
    "The engine refused the file.",
    "Open the file and save it again as CSV in UTF-8.",
    "A data file that can't be read counts as not received.",
)
WRONG_ENCODING = Problem(
    "ACM402",
    "the file is not in the encoding stated",
    "A file is read in the encoding that the spec states, UTF-8 if none, so that a name is never changed in silence.",
    "Save the file as “CSV UTF-8”, or say what it is: “format: {encoding: Windows-1252}”.",
    "The provider must send data files in the encoding that the data schedule states.",
)
NUL_IN_FILE = Problem(
    "ACM403",
    "the file holds NUL characters",
    "A text file has no NUL characters: this one is damaged, or in UTF-16.",
    "Export the file again as CSV in UTF-8.",
    "The provider must send data files as plain text.",
)
EMPTY_FILE = Problem(
    "ACM404",
    "the file is empty",
    "A data file has a header that names its columns, even if it has no records.",
    "Export the file again; check that the export did not break off.",
    "An empty data file counts as not received.",
)
RAGGED = Problem(
    "ACM405",
    "a record has the wrong number of cells",
    "Every record has as many cells as the header, so that each stands in its column.",
    "Put a text with the delimiter or a line end in it in quotation marks, or export the file again.",
    "Each record must have one value, or an empty one, for each column.",
)
OPEN_QUOTE = Problem(
    "ACM406",
    "a quotation mark is not closed",
    "A cell that starts with a quotation mark ends with one, and the delimiter follows it.",
    'Close the quotation mark, or write a quotation mark inside a cell twice (""), or export the file again.',
    "Quotation marks in data files must be in pairs.",
)
LONG_RECORD = Problem(
    "ACM407",
    "a record is too long",
    "A record of more than 2 MiB is a quotation mark that was never closed, or something that is no field of a record.",
    "Look at the cell; leave the column out of the export if it is meant.",
    "A record must not be longer than 2 MiB.",
)
MIXED_LINE_ENDS = Problem(
    "ACM408",
    "the lines end in different ways",
    "One file ends all its lines in the same way (LF or CR LF); two ways are a sign of files pasted together.",
    "Save the file again with one kind of line ends, or put line ends inside cells in quotation marks.",
    "The lines of a data file must all end in the same way.",
)
PROBLEMS = (
    UNREADABLE_CSV,
    WRONG_ENCODING,
    NUL_IN_FILE,
    EMPTY_FILE,
    RAGGED,
    OPEN_QUOTE,
    LONG_RECORD,
    MIXED_LINE_ENDS,
)


def encoding_fault(path: Path, shown: str) -> Diagnostic | None:
    """The first place where the file is not UTF-8 text, None if all of it is."""
    tail, offset = b"", 0
    for chunk, is_last in _chunks(path):
        at = chunk.find(b"\0")
        if at >= 0:
            line = _line_at(path, offset + at)
            return NUL_IN_FILE.at(DataPlace(shown, "line", line), f"line {line} holds a NUL character")
        data = tail + chunk
        try:
            data.decode("utf-8")
            tail = b""
        except UnicodeDecodeError as error:
            if is_last or error.reason != "unexpected end of data":
                return _not_utf8(path, shown, offset - len(tail) + error.start, data[error.start])
            tail = data[error.start :]
        offset += len(chunk)
    return None


def _not_utf8(path: Path, shown: str, offset: int, byte: int) -> Diagnostic:
    line = _line_at(path, offset)
    meant = bytes([byte]).decode("cp1252", errors="replace") if byte >= _ASCII else ""
    guess = "" if meant in {"", "\ufffd"} else f"; in Windows-1252, which is likely, it is “{meant}”"
    message = f"byte 0x{byte:02X} on line {line} (byte {offset + 1} of the file) is not UTF-8{guess}"
    return WRONG_ENCODING.at(DataPlace(shown, "line", line, "", f"0x{byte:02X}"), message)


def _chunks(path: Path) -> Iterator[tuple[bytes, bool]]:
    with path.open("rb") as file:
        chunk = file.read(_CHUNK)
        while chunk:
            following = file.read(_CHUNK)
            yield chunk, not following
            chunk = following


def _line_at(path: Path, offset: int) -> int:
    with path.open("rb") as file:
        before = file.read(offset)
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def is_line_by_line(path: Path) -> bool:
    """Whether every line is a record of its own, which is told without parsing: nothing in quotes, no blank line."""
    before = b"\n"
    for chunk, is_last in _chunks(path):
        data = before + chunk
        data = data if not data.startswith(b"\n" + BOM_UTF8) else b"\n" + data[1 + len(BOM_UTF8) :]
        if b'"' in data or b"\n\n" in data:
            return False
        if b"\r" in data:  # and mostly it is not, which is told in no time
            lone = data.count(b"\r") - data.count(b"\r\n") - (data.endswith(b"\r") and not is_last)
            if lone or b"\n\r" in data:
                return False
        before = data[-2:]
    return True


def first_other_line_end(path: Path) -> int | None:
    """The first line that ends in another way than the first line does; line ends inside cells count, too."""
    first = b""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, line in enumerate(file, 1):
            end = line[len(line.rstrip("\r\n")) :].encode()
            first = first or end
            if end and end != first:
                return number
    return None
