"""The parts of a Word document packed as its format wants them: types, relations, properties; knows no clause."""

from collections.abc import Mapping
from html import escape

from acmspec.ground.node import node
from acmspec.renderers.archive import packed
from acmspec.renderers.word_marks import plain

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "settings", "header", "footer")
"""What belongs to a document, in the order of the numbers of its relations."""
_FIRST_DAY = "2000-01-01T00:00:00Z"
"""There is no clock; a file must have some date."""
_LONGEST_PROPERTY = 255
"""Longer properties are cut: some programs take no more."""


@node
class Properties:
    """What a document says of itself."""

    title: str
    subject: str
    author: str


def relation(part: str) -> str:
    """The name under which the document knows one of its parts."""
    return f"rId{1 + _PARTS.index(part)}"


def package(document: str, parts: Mapping[str, str], properties: Properties) -> bytes:
    """The file of a document, of which every part is given as its root element."""
    files = {f"word/{one}.xml": parts[one] for one in _PARTS}
    files |= {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations([
            ("rId1", f"{RELATIONS}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ]),
        "docProps/core.xml": _core(properties),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            [(relation(one), f"{RELATIONS}/{one}", f"{one}.xml") for one in _PARTS]
        ),
    }  # fmt: skip
    return packed({name: (_XML + text).encode() for name, text in files.items()})


def _types() -> str:
    named = {"/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
    named["/word/document.xml"] = f"{_TYPE}.document.main+xml"
    named |= {f"/word/{one}.xml": f"{_TYPE}.{one}+xml" for one in _PARTS}
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named.items())
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(of: list[tuple[str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in of)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _core(of: Properties) -> str:
    title, subject, author = (escape(plain(one)[:_LONGEST_PROPERTY]) for one in (of.title, of.subject, of.author))
    day = f'xsi:type="dcterms:W3CDTF">{_FIRST_DAY}'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"<dcterms:created {day}</dcterms:created><dcterms:modified {day}</dcterms:modified>"
        "<dc:language>en-US</dc:language></cp:coreProperties>"
    )
