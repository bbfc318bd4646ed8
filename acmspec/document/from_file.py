"""From a file on disk to source text with one kind of line end; the only place a spec's bytes are met."""

from pathlib import Path

from acmspec.ground.diagnostic import DataPlace, Diagnostic, Outcome, Problem
from acmspec.ground.source import Source

MOST_BYTES = 4_000_000

CANNOT_READ = Problem(
    code="ACM001",
    title="the file cannot be read",
    cause="The operating system did not hand over the file.",
    fix="Check the path, and that the file is there and may be read.",
    contract="The contract's specification must be kept where its parties can read it.",
)
NOT_UTF8 = Problem(
    code="ACM002",
    title="the file is not UTF-8 text",
    cause="A spec is text in the encoding UTF-8; this file holds bytes that mean nothing there.",
    fix="Open the file in an editor and save it again with the encoding UTF-8.",
    contract="The contract's specification must be kept as plain text that every reader shows alike.",
)
TOO_LARGE = Problem(
    code="ACM003",
    title="the file is too large for a spec",
    cause="A spec is written by people; a file of this size is almost surely data.",
    fix="Give the spec, and name data files under data and file.",
    contract="The contract's specification must be of a size that people can read.",
)
PROBLEMS = (CANNOT_READ, NOT_UTF8, TOO_LARGE)


def read(path: Path, shown: str) -> Outcome[Source]:
    """The text of the file at `path`, called `shown` in messages; none if it cannot be read as UTF-8 text."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = _reason(path, error)
        return _refused(CANNOT_READ.at(DataPlace(shown), f"cannot read “{shown}”: {why}", label=why))
    if len(raw) > MOST_BYTES:
        message = f"“{shown}” is larger than {MOST_BYTES // 1_000_000} MB"
        return _refused(TOO_LARGE.at(DataPlace(shown), message, label="too large"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(_not_utf8(raw, error.start, shown))
    return Outcome(Source(shown, text.replace("\r\n", "\n").replace("\r", "\n")))


def _refused(one: Diagnostic) -> Outcome[Source]:
    return Outcome(None, (one,))


def _reason(path: Path, error: Exception) -> str:
    """Why a file was not handed over, in words that are the same on every system and in every language."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "it is a folder" if path.is_dir() else "permission is denied"
    return "the path is not valid" if isinstance(error, ValueError) else "the system reported an error"


def _not_utf8(raw: bytes, at: int, shown: str) -> Diagnostic:
    line = raw.count(b"\n", 0, at) + 1
    place = DataPlace(shown, "line", line)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        fix = "The file is UTF-16: save it again with the encoding UTF-8."
        return NOT_UTF8.at(place, f"“{shown}” is UTF-16, not UTF-8", label="UTF-16", fix=fix)
    byte = raw[at]
    likely = bytes([byte]).decode("cp1252", "replace")
    label = f"the byte 0x{byte:02X} stands here" + ("" if likely == "\ufffd" else f", in Windows-1252 “{likely}”")
    return NOT_UTF8.at(place, f"line {line} of “{shown}” is not UTF-8", label=label)
