"""From the rows of a gather to cells: which column holds what is told by a reading; knows no query."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from acmspec.facts.numbers import day, exact, whole
from acmspec.facts.tree import Cell, Group
from acmspec.query.tree import Reading


def cell_of(of: Reading) -> Callable[[Sequence[object]], Cell]:
    """What makes a cell of a row."""
    parts = tuple((part, at, None if scale == 1 else scale) for part, at, scale in of.parts)

    def made(row: Sequence[object]) -> Cell:
        return Cell(
            0 if of.n is None else whole(row[of.n]),
            0 if of.immature is None else whole(row[of.immature]),
            0 if of.unjudged is None else whole(row[of.unjudged]),
            None if of.matures is None else _known(day(row[of.matures])),
            {part: _part(row[at], scale) for part, at, scale in parts},
            tuple((gap, number) for gap, at in of.gaps if (number := whole(row[at]))) if of.gaps else (),
            0 if of.unreached is None else whole(row[of.unreached]),
            tuple((left, number) for left, at in of.left if (number := whole(row[at]))) if of.left else (),
        )

    return made


def order(group: Group) -> tuple[tuple[bool, str], ...]:
    """Groups by code point, the missing one last."""
    return tuple((value is None, value or "") for value in group)


def _known(last: date | None) -> date | None:
    """A day that is waited for; None where nobody knows it, since a span is still open."""
    return None if last == date.max else last


def _part(value: object, scale: Fraction | None) -> Fraction | None:
    found = exact(value)
    return found if found is None or scale is None else found / scale
