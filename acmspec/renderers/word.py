"""The clauses as a Word document with real numbering; the same clauses always give the same bytes."""

import acmspec.renderers.word_marks as marks
from acmspec.renderers.word_body import Body, places
from acmspec.renderers.word_package import RELATIONS, Properties, package, relation
from acmspec.renderers.word_styles import numbering, settings, styles
from acmspec.report.outputs import Outputs
from acmspec.report.tree import Clauses

FILE = "clauses.docx"

_LETTER = (
    '<w:pgSz w:w="12240" w:h="15840"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1300" w:left="1440" w:header="640" w:footer="600" w:gutter="0"/>'
)
_THIRD = 3120


def render(outputs: Outputs) -> bytes:
    """The clauses of a run as a .docx file."""
    return document(outputs.clauses)


def document(clauses: Clauses) -> bytes:
    """The clauses as a .docx file."""
    parts = {
        "styles": styles(),
        "numbering": numbering(clauses.article.number),
        "settings": settings(),
        "header": _header(clauses),
        "footer": _footer(),
    }
    title = f"{clauses.title}: {clauses.article.title}"
    return package(_text(clauses), parts, Properties(title, clauses.contract_id, clauses.agency))


def _text(clauses: Clauses) -> str:
    """The document itself: the clauses, then the paper with the running header and footer."""
    blocks = "".join(Body(places(clauses.article)).blocks(clauses))
    running = "".join(f'<w:{one}Reference w:type="default" r:id="{relation(one)}"/>' for one in ("header", "footer"))
    return (
        f'<w:document xmlns:w="{marks.NAMESPACE}" xmlns:r="{RELATIONS}">'
        f"<w:body>{blocks}<w:sectPr>{running}{_LETTER}</w:sectPr></w:body></w:document>"
    )


def _header(clauses: Clauses) -> str:
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
    return f'<w:hdr xmlns:w="{marks.NAMESPACE}">{table}{marks.paragraph("Header", "")}</w:hdr>'


def _footer() -> str:
    pages = f"{marks.run('Page ')}{marks.field('PAGE')}{marks.run(' of ')}{marks.field('NUMPAGES')}"
    return f'<w:ftr xmlns:w="{marks.NAMESPACE}">{marks.paragraph("Footer", pages)}</w:ftr>'
