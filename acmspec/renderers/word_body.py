"""The clauses as WordprocessingML: headings, numbered paragraphs, tables, cross-reference fields; types no number."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import acmspec.renderers.word_marks as marks
import acmspec.renderers.word_styles as styles
from acmspec.ground.node import node
from acmspec.report.tree import Article, Clauses, Grid, Inline, Paragraph, Reference

_WIDTH = 9360
"""Between the margins of a letter page, in twentieths of a point."""
_LONGEST = 60
_CHARACTER, _PADDING = 118, 240
"""A wide letter of table text, and the room at both sides of a cell."""
_KEEP = "<w:keepNext/>"


@node
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
            yield marks.paragraph(styles.RECITAL, self._tied(recital.anchor, self._inline(recital.inlines)))
        last: Paragraph | Grid | None = None
        for section in clauses.article.sections:
            yield marks.paragraph(styles.SECTION, self._tied(section.anchor, marks.run(section.title), heading=True))
            last = None
            for block, following in zip_longest(section.blocks, section.blocks[1:]):
                room = styles.BEHIND_TABLE if isinstance(last, Grid) else ""
                yield self._block(block, section.anchor, (_KEEP if isinstance(following, Grid) else "") + room)
                last = block
        if isinstance(last, Grid):
            # A word processor wants a paragraph behind a table that ends the text.
            yield marks.paragraph("Normal", "")

    def _block(self, block: Paragraph | Grid, above: str, room: str) -> str:
        if isinstance(block, Paragraph):
            return self._paragraph(block, 0, above, room)
        anchor = block.anchor or above
        caption = self._tied(anchor, marks.run(block.caption)) if block.caption else ""
        self._seen[anchor] += 1
        # A control around a table would hide the table from many programs that read documents.
        table = marks.bookmark(marks.bookmark_name(anchor, self._seen[anchor]), self._next(), _table(block))
        return (marks.paragraph(styles.CAPTION, caption) if caption else "") + table

    def _paragraph(self, paragraph: Paragraph, depth: int, above: str, set_apart: str = "") -> str:
        style = styles.LEVELS[min(depth, len(styles.LEVELS) - 1)]
        anchor = paragraph.anchor or above
        text = self._tied(anchor, self._inline(paragraph.inlines))
        own = marks.paragraph(
            style, text, set_apart if _KEEP in set_apart or not paragraph.items else _KEEP + set_apart
        )
        return own + "".join(self._paragraph(item, depth + 1, anchor) for item in paragraph.items)

    def _inline(self, inlines: Sequence[Inline]) -> str:
        return "".join(
            self._reference(one) if isinstance(one, Reference) else marks.run(one.text, strong=one.strong)
            for one in inlines
        )

    def _reference(self, one: Reference) -> str:
        heading = one.anchor in self.places.sections
        context = "\\r" if heading else "\\w"
        name = marks.bookmark_name(one.anchor, 0 if heading else 1)
        return marks.field(f"REF {name} {context} \\h", f"“{self.places.titles[one.anchor]}”")

    def _tied(self, anchor: str, content: str, *, heading: bool = False) -> str:
        """Runs tied to their spec path twice: by a content control, and by a bookmark that outlives it."""
        self._seen[anchor] += not heading
        inner = marks.control(anchor, self._next(), content)
        name = marks.bookmark_name(anchor, 0 if heading else self._seen[anchor])
        return marks.bookmark(name, self._next(), inner)

    def _next(self) -> int:
        self._number += 1
        return self._number


def places(article: Article) -> Places:
    """The heading of every anchor's first place."""
    titles = {section.anchor: section.title for section in article.sections}
    for section in article.sections:
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
    """Columns wide enough for their longest word, and the rest of the page shared out by the length of their text."""
    columns = list(zip(grid.heads, *grid.rows, strict=True))
    least = [_word(column) * _CHARACTER + _PADDING for column in columns]
    if sum(least) >= _WIDTH:
        least = [_WIDTH * one // sum(least) for one in least]
    wishes = [max(min(max(map(len, column)), _LONGEST) - _word(column), 0) + 1 for column in columns]
    rest = _WIDTH - sum(least)
    shared = [one + rest * wish // sum(wishes) for one, wish in zip(least, wishes, strict=True)]
    return (*shared[:-1], _WIDTH - sum(shared[:-1]))


def _word(column: Sequence[str]) -> int:
    return max((len(word) for text in column for word in text.split()), default=0)
