"""The page's tables of plain cells, and how a result stands to its target; knows no section."""

import acmspec.renderers.dashboard.svg as svg  # noqa: PLR0402  (through the package it would be a circle)
from acmspec.renderers.dashboard.html import Html, fill, joined, where
from acmspec.report.tree import Grid, Mark

_NARROW = 3
"""How many columns fit beside one another on a telephone; the cells of wider tables are stacked there."""


def mark(one: Mark) -> Html:
    """The sign of a mark."""
    return Html(svg.mark(one))


def result(one: Mark) -> Html:
    """A mark with what it says."""
    if not one.value:
        return fill('{}<span class="q">{}</span>', mark(one), one.note)
    close = where(one.hollow, ' <span class="q">close to target</span>')
    return fill('{}<b class="{}">{}</b>{}', mark(one), one.kind, one.words.partition(",")[0], close)


def grid(one: Grid) -> Html:
    """A table with one heading row."""
    wide = len(one.heads) > _NARROW
    row = _role("row", wide=wide)
    heads = joined(
        fill("<th{}{}>{}</th>", _head(wide=wide), _right(one, index), head) for index, head in enumerate(one.heads)
    )
    rows = joined(fill("<tr{}>{}</tr>\n", row, _cells(one, cells, wide=wide)) for cells in one.rows)
    return fill(
        "<table{}>\n<caption>{}</caption>\n<thead{}><tr{}>{}</tr></thead>\n<tbody{}>\n{}</tbody>\n</table>\n",
        where(wide, ' class="stack" role="table"'), one.caption, _role("rowgroup", wide=wide), row, heads,
        _role("rowgroup", wide=wide), rows,
    )  # fmt: skip


def _cells(one: Grid, cells: tuple[str, ...], *, wide: bool) -> Html:
    found = [fill('<th scope="row"{}>{}</th>', _role("rowheader", wide=wide), cell) for cell in cells[:1]]
    for index, cell in enumerate(cells[1:], 1):
        label = where(wide, ' role="cell" data-l="{}"', one.heads[index])
        found.append(fill("<td{}{}>{}</td>", label, _right(one, index), cell))
    return joined(found)


def _head(*, wide: bool) -> Html:
    return fill(' scope="col"{}', _role("columnheader", wide=wide))


def _right(one: Grid, index: int) -> Html:
    return where(index in one.right, ' class="r"')


def _role(role: str, *, wide: bool) -> Html:
    """What a cell is: a table whose cells are stacked is none to a browser any more."""
    return where(wide, ' role="{}"', role)
