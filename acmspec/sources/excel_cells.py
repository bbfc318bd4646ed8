"""What a workbook's own XML says of cells and its reader doesn't: errors, formulas without result, zeros in front."""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from acmspec.facts.sheet_errors import ERROR_MARK, NOT_CALCULATED
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern

_CHUNK = 1024 * 1024
_LARGEST = 2 * 1024 * 1024 * 1024
_LARGEST_PART = 64 * 1024 * 1024
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CELL = pattern(rb"<(?:\w+:)?c(?:\s[^>]*)?/>|<(?:\w+:)?c(\s[^>]*)?>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = pattern(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_KIND = pattern(rb"""\st=["'](\w+)["']""")
_STYLE = pattern(rb"""\ss=["']([0-9]+)["']""")
_VALUE = pattern(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</(?:\w+:)?v>")
_FORMULA = pattern(rb"<(?:\w+:)?f[\s/>]")
_ROW_END = pattern(rb"</(?:\w+:)?row>")
_ZEROS = pattern("0{2,30}")
_WHOLE = pattern(r"[0-9]{1,15}(\.0+)?")


class Broken(Exception):  # noqa: N818  (a finding on its way up, not an error of ours)
    """The file is no workbook that can be read; `str()` says in which way."""


@node
class Place:
    """A cell by its row and column, both counted from 0."""

    row: int
    column: int


def peculiar(path: Path, sheet: str) -> dict[Place, str]:
    """The cells of a sheet whose text is not what a reader of values makes of them, with their text.

    Errors are marked; numbers that are shown with zeros in front have them. `Broken` if the file can't be read so far.
    """
    try:
        with ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > _LARGEST:
                raise Broken("unpacked it is larger than 2 GiB")
            part = _part_of(archive, sheet)
            return dict(_found(archive, part, _padded(archive)))
    except (BadZipFile, KeyError, ParseError, EOFError, ValueError, NotImplementedError) as error:
        raise Broken("it is cut off or damaged") from error


def _xml(archive: ZipFile, name: str) -> Element:
    """A small part of the workbook; one that declares entities, which none needs, is refused."""
    if archive.getinfo(name).file_size > _LARGEST_PART:
        raise Broken(f"its part {name} is too large")
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Broken("it declares entities, which no workbook needs")
    return fromstring(content)  # noqa: S314  (without entities there is nothing to expand)


def _part_of(archive: ZipFile, sheet: str) -> str:
    """The file inside the workbook that holds a sheet."""
    book = _xml(archive, "xl/workbook.xml")
    related = next(
        one.get(_RELATED) or one.get(_STRICT)
        for one in book.iter()
        if _named(one, "sheet") and one.get("name") == sheet
    )
    relations = _xml(archive, "xl/_rels/workbook.xml.rels")
    target = next(one.get("Target", "") for one in relations if one.get("Id") == related)
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _named(one: Element, name: str) -> bool:
    return one.tag == name or one.tag.endswith(f"}}{name}")


def _padded(archive: ZipFile) -> dict[bytes, int]:
    """The styles that show whole numbers with zeros in front, such as 00000, with how many digits."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = _xml(archive, "xl/styles.xml")
    formats = {
        one.get("numFmtId", ""): len(one.get("formatCode", ""))
        for one in styles.iter()
        if _named(one, "numFmt") and _ZEROS.fullmatch(one.get("formatCode", ""))
    }
    cells = next((one for one in styles if _named(one, "cellXfs")), ())
    return {
        str(index).encode(): formats[one.get("numFmtId", "")]
        for index, one in enumerate(cells)
        if one.get("numFmtId", "") in formats
    }


def _found(archive: ZipFile, part: str, padded: dict[bytes, int]) -> Iterator[tuple[Place, str]]:
    for rows in _rows(archive, part):
        if not padded and b't="e"' not in rows and b"t='e'" not in rows and not _FORMULA.search(rows):
            continue
        for cell in _CELL.finditer(rows):
            attributes = cell[1] or b""
            text = _text(attributes, cell[2] or b"", padded)
            if text:
                yield _place(attributes), text


def _rows(archive: ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that end where a row does."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            rest += chunk
            end = max((one.end() for one in _ROW_END.finditer(rest)), default=0)
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _text(attributes: bytes, content: bytes, padded: dict[bytes, int]) -> str:
    kind = _KIND.search(attributes)
    value = _VALUE.search(content)
    text = value[1].decode("utf-8", "replace").strip() if value else ""
    if kind is not None and kind[1] == b"e":
        return f"{ERROR_MARK}{text or 'error'}"
    if not text and (kind is None or kind[1] == b"n") and _FORMULA.search(content):
        return f"{ERROR_MARK}{NOT_CALCULATED}"
    style = _STYLE.search(attributes)
    digits = padded.get(style[1], 0) if style else 0
    if digits and (kind is None or kind[1] == b"n") and _WHOLE.fullmatch(text):
        return text.partition(".")[0].zfill(digits)
    return ""


def _place(attributes: bytes) -> Place:
    found = _PLACE.search(attributes)
    if found is None:
        # Without a reference the place follows from those before, and a wrong place would be worse than none.
        raise Broken("its cells don’t say where they stand")
    column = 0
    for letter in found[1].decode():
        column = column * 26 + ord(letter) - ord("A") + 1
    return Place(int(found[2]) - 1, column - 1)
