"""The clauses as WordprocessingML: headings, numbered paragraphs, tables, cross-reference fields; types no number."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from acmspec.renderers import word_marks as marks
from acmspec.renderers import word_styles as styles
from acmspec.report.tree import Article, Clauses, Grid, Inline, Paragraph, Reference, Section

_WIDTH = 9360
"""Between the margins of a letter page, in twentieths of a point."""
_LONGEST = 46
_KEEP = "<w:keepNext/>"


@dataclass(frozen=True, slots=True)
class Places:
    """What a cross-reference shows before a word processor has computed its number: the heading of its target."""

    titles: dict[str, str]
    sections: frozenset[str]


@dataclass(slots=True)
class Body:
    """Writes the body; counts what must be unique in a document."""

    places: Places
    _seen: Counter[str] = field(default_factory=Counter)
    _number: int = 0

    def blocks(self, clauses: Clauses) -> Iterator[str]:
        """All of the body, block by block."""
        yield marks.paragraph(styles.ARTICLE, marks.run(clauses.article.title))
        for recital in clauses.article.recitals:
            yield self._controlled(recital.anchor, marks.paragraph(styles.RECITAL, self._inline(recital.inlines)))
        last: Paragraph | Grid | None = None
        for section in clauses.article.sections:
            yield self._heading(section)
            for last in section.blocks:
                yield self._block(last)
        if isinstance(last, Grid):
            # A word processor wants a paragraph behind a table that ends the text.
            yield marks.paragraph("Normal", "")

    def _heading(self, section: Section) -> str:
        text = self._marked(section.anchor, marks.run(section.title))
        return self._controlled(section.anchor, marks.paragraph(styles.SECTION, text))

    def _block(self, block: Paragraph | Grid) -> str:
        if isinstance(block, Grid):
            caption = marks.paragraph(styles.CAPTION, marks.run(block.caption)) if block.caption else ""
            return self._controlled(block.anchor, caption + _table(block))
        return self._paragraph(block, 0)

    def _paragraph(self, paragraph: Paragraph, depth: int) -> str:
        style = styles.LEVELS[min(depth, len(styles.LEVELS) - 1)]
        text = self._inline(paragraph.inlines)
        if paragraph.anchor:
            text = self._marked(paragraph.anchor, text)
        own = marks.paragraph(style, text, _KEEP if paragraph.items else "")
        below = "".join(self._paragraph(item, depth + 1) for item in paragraph.items)
        return self._controlled(paragraph.anchor, own + below)

    def _inline(self, inlines: Sequence[Inline]) -> str:
        return "".join(
            self._reference(one) if isinstance(one, Reference) else marks.run(one.text, strong=one.strong)
            for one in inlines
        )

    def _reference(self, one: Reference) -> str:
        context = "\\r" if one.anchor in self.places.sections else "\\w"
        name = marks.bookmark_name(one.anchor, 1)
        return marks.field(f"REF {name} {context} \\h", f"“{self.places.titles[one.anchor]}”")

    def _marked(self, anchor: str, content: str) -> str:
        self._seen[anchor] += 1
        return marks.bookmark(marks.bookmark_name(anchor, self._seen[anchor]), self._next(), content)

    def _controlled(self, anchor: str, content: str) -> str:
        return marks.control(anchor, self._next(), content) if anchor else content

    def _next(self) -> int:
        self._number += 1
        return self._number


def places(article: Article) -> Places:
    """The heading of every anchor's first place."""
    titles: dict[str, str] = {}
    for section in article.sections:
        titles.setdefault(section.anchor, section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                _note(block, section.title, titles)
    return Places(titles, frozenset(section.anchor for section in article.sections))


def _note(paragraph: Paragraph, above: str, titles: dict[str, str]) -> None:
    strong = next((one.text for one in paragraph.inlines if not isinstance(one, Reference) and one.strong), above)
    title = strong.rstrip(".")
    titles.setdefault(paragraph.anchor, title)
    for item in paragraph.items:
        _note(item, title, titles)


# --- tables ---------------------------------------------------------------------------------------------------


def _table(grid: Grid) -> str:
    widths = _widths(grid)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(grid, grid.heads, widths, head=True)
    rows = "".join(_row(grid, row, widths) for row in grid.rows)
    # The first row is styled as a heading row, nothing else is.
    look = '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{styles.TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>'
    )


def _row(grid: Grid, cells: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    style = styles.HEAD if head else styles.CELL
    shown = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + marks.paragraph(style, marks.run(text), '<w:jc w:val="right"/>' if at in grid.right else "")
        + "</w:tc>"
        for at, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{shown}</w:tr>"


def _widths(grid: Grid) -> tuple[int, ...]:
    """Columns as wide as their text asks for, within the page; no word is broken where that can be helped."""
    columns = list(zip(grid.heads, *grid.rows, strict=True))
    wishes = [max(_word(column) + 2, min(max(map(len, column)) + 2, _LONGEST)) for column in columns]
    scaled = [_WIDTH * wish // sum(wishes) for wish in wishes]
    return (*scaled[:-1], _WIDTH - sum(scaled[:-1]))


def _word(column: Sequence[str]) -> int:
    return max((len(word) for text in column for word in text.split()), default=0)
