"""Text files in the encoding that a spec states, written anew in UTF-8 where it is another; knows no CSV."""

import codecs
from pathlib import Path
from tempfile import NamedTemporaryFile

from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.sources.csv_faults import WRONG_ENCODING, encoding_fault

_CHUNK = 1024 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CODECS = {"UTF-16": "utf-16", "Windows-1252": "cp1252"}


def in_utf8(path: Path, shown: str, stated: str, aside: Path) -> Path | Diagnostic:
    """The file itself if it is UTF-8, else a copy of it in UTF-8 with the same lines; or what is wrong with it.

    A file that begins with the mark of UTF-16 says itself what it is. OSError if it can't be read or written.
    """
    with path.open("rb") as file:
        start = file.read(3)
    marked = "UTF-8" if start == _UTF8_MARK else "UTF-16" if start[:2] in _UTF16_MARKS else ""
    if stated and marked and marked != stated:
        return _contradicted(shown, stated, marked)
    encoding = stated or marked or "UTF-8"
    if encoding == "UTF-8":
        return encoding_fault(path, shown) or path
    codec = _CODECS[encoding]
    if encoding == "UTF-16" and not marked:
        codec = "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
    made = _transcoded(path, shown, codec, encoding, aside)
    if isinstance(made, Diagnostic):
        return made
    return encoding_fault(made, shown) or made


def _contradicted(shown: str, stated: str, found: str) -> Diagnostic:
    message = f"the spec says that the file is in {stated}, and it is in {found}"
    return WRONG_ENCODING.at(
        DataPlace(shown, "line", 1), message, fix=f"Say what it is, “format: {{encoding: {found}}}”, or export it anew."
    )


def _transcoded(path: Path, shown: str, codec: str, encoding: str, aside: Path) -> Path | Diagnostic:
    decoder = codecs.getincrementaldecoder(codec)()
    other = _Utf8()
    line = 1
    with path.open("rb") as file, NamedTemporaryFile("wb", dir=aside, suffix=path.suffix, delete=False) as made:
        while True:
            chunk = file.read(_CHUNK)
            other.feed(chunk)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return _undecodable(shown, encoding, line, error)
            line += text.count("\n")
            made.write(text.encode())
            if not chunk:
                break
    if encoding == "Windows-1252" and other.is_likely:
        return _contradicted(shown, encoding, "UTF-8")
    return Path(made.name)


def _undecodable(shown: str, encoding: str, line: int, error: UnicodeDecodeError) -> Diagnostic:
    byte = error.object[error.start]
    # What stands before it in the same piece was sound, and its line ends count.
    before = error.object[: error.start].decode(error.encoding, errors="replace").count("\n")
    place = DataPlace(shown, "line", line + before, "", f"0x{byte:02X}")
    message = f"byte 0x{byte:02X} on line {line + before} stands for nothing in {encoding}"
    if encoding == "UTF-16":
        message = f"line {line + before} is not UTF-16: the file breaks off, or is in another encoding"
    return WRONG_ENCODING.at(place, message)


class _Utf8:
    """Watches whether bytes are sound UTF-8 beyond ASCII, which text in another encoding practically never is."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._sound = True
        self._beyond = False

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes; none at all are the end."""
        if not self._sound:
            return
        try:
            text = self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            self._sound = False
        else:
            self._beyond = self._beyond or not text.isascii()

    @property
    def is_likely(self) -> bool:
        """Whether all of it was UTF-8 and some of it no ASCII."""
        return self._sound and self._beyond
