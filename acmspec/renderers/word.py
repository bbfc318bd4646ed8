"""The clauses as a Word document with real numbering; the same clauses always give the same bytes."""

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import acmspec.renderers.word_marks as marks
from acmspec.renderers.archive import canonical
from acmspec.renderers.word_body import Body, places
from acmspec.renderers.word_styles import numbering, settings, styles
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Clauses

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement

FILE = "clauses.docx"

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""There is no clock; a file must have some date."""
_EXTRAS = frozenset({"customXml", "extended-properties", "stylesWithEffects", "thumbnail"})
_LETTER = (
    '<w:pgSz w:w="12240" w:h="15840"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1300" w:left="1440" w:header="640" w:footer="600" w:gutter="0"/>'
)
_THIRD = 3120
_LONGEST_PROPERTY = 255
"""What the library takes in a document property."""


def render(outputs: Outputs) -> bytes:
    """The clauses of a run as a .docx file."""
    return document(outputs.clauses)


def document(clauses: Clauses) -> bytes:
    """The clauses as a .docx file."""
    from docx import Document  # half a second that only this output pays

    word = Document()
    _replace(word.styles.element, styles())
    _replace(word.part.numbering_part.element, numbering(clauses.article.number))
    _replace(word.settings.element, settings())
    _body(word, clauses)
    _margins(word, clauses)
    _properties(word, clauses)
    _drop(word)
    saved = BytesIO()
    word.save(saved)
    return canonical(saved.getvalue())


def _replace(element: "BaseOxmlElement", xml: str) -> None:
    """Give an element of a part the content of another, so that nothing of the library's own template stays."""
    from docx.oxml import parse_xml

    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(xml)):
        element.append(child)


def _body(word: "Word", clauses: Clauses) -> None:
    found = Body(places(clauses.article))
    blocks = "".join(found.blocks(clauses))
    section = word.sections[0]
    _replace(section._sectPr, f'<w:sectPr xmlns:w="{marks.NAMESPACE}">{_LETTER}</w:sectPr>')  # noqa: SLF001  (no public door)
    kept = section._sectPr  # noqa: SLF001
    _replace(word.element.body, f'<w:body xmlns:w="{marks.NAMESPACE}">{blocks}</w:body>')
    word.element.body.append(kept)


def _margins(word: "Word", clauses: Clauses) -> None:
    """The running header and footer."""
    section = word.sections[0]
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    cells = zip((clauses.agency, clauses.title, clauses.contract_id), ("left", "center", "right"), strict=True)
    columns = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_THIRD}" w:type="dxa"/></w:tcPr>'
        + marks.paragraph("Header", marks.run(text), f'<w:jc w:val="{side}"/>')
        + "</w:tc>"
        for text, side in cells
    )
    grid = f'<w:gridCol w:w="{_THIRD}"/>' * 3
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{3 * _THIRD}" w:type="dxa"/><w:tblBorders>'
        '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/></w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr>{columns}</w:tr></w:tbl>'
    )
    empty = marks.paragraph("Header", "")
    _replace(section.header._element, f'<w:hdr xmlns:w="{marks.NAMESPACE}">{table}{empty}</w:hdr>')  # noqa: SLF001
    pages = f"{marks.run('Page ')}{marks.field('PAGE')}{marks.run(' of ')}{marks.field('NUMPAGES')}"
    footer = marks.paragraph("Footer", pages)
    _replace(section.footer._element, f'<w:ftr xmlns:w="{marks.NAMESPACE}">{footer}</w:ftr>')  # noqa: SLF001


def _properties(word: "Word", clauses: Clauses) -> None:
    core = word.core_properties
    core.title = marks.plain(f"{clauses.title}: {clauses.article.title}")[:_LONGEST_PROPERTY]
    core.subject = marks.plain(clauses.contract_id)[:_LONGEST_PROPERTY]
    core.author = core.last_modified_by = marks.plain(clauses.agency)[:_LONGEST_PROPERTY]
    core.comments = core.keywords = core.category = ""
    core.language = "en-US"
    core.revision = 1
    core.created = core.modified = _EPOCH


def _drop(word: "Word") -> None:
    """Leave out parts of the library's template that say nothing of this document."""
    for part in (word.part, word.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _EXTRAS:
                del part.rels[key]
