"""Which records of a set's table are there in a window, and whether a record is left out."""

from datetime import date
from functools import cache

from acmspec.formula.tree import Active, Dated, Formula, Name, OpenOn, PeriodValue, SetUse
from rowwise import times
from rowwise.moments import day_of
from rowwise.parts import everywhere
from rowwise.periods import Stretch
from rowwise.tables import Row, Value
from rowwise.values import value
from rowwise.world import Here, World, at

Placed = Dated | OpenOn | Active | None
"""How an aggregate says that its records come into the period, if it does."""


def present(world: World, name: str, window: Stretch, placed: Placed = None) -> list[Row]:
    """The records of a set's table that are in the window, before any condition."""
    when = world.when(name)
    if isinstance(placed, OpenOn | Active):
        return _standing(world, name, placed, window)
    if placed is None and when is not None and when.placed is not None:
        return _standing(world, name, when.placed.tree, window)
    if placed is None and when is not None and when.dated is None:
        return list(world.tables[world.base(name)].rows)
    day = placed.day if isinstance(placed, Dated) else None if when is None else when.dated.tree
    return [row for found, row in _days(world, name, day) if window.holds(found)]


def _standing(world: World, name: str, condition: Formula, window: Stretch) -> list[Row]:
    rows = world.tables[world.base(name)].rows
    return [row for row in rows if value(at(world, row, window).of(name), condition) is True]


@cache
def _days(world: World, name: str, formula: Formula | None) -> list[tuple[Value, Row]]:
    """Every record of a set's table with the day that puts it into a period."""
    table = world.base(name)
    rows, field = world.tables[table].rows, world.table(table).date
    if formula is None:
        return [(day_of(row.values[field.value]), row) for row in rows]
    return [(day_of(value(at(world, row), formula)), row) for row in rows]


def is_excluded(reasons: tuple[object, ...], here: Here) -> bool:
    """Whether one of some reasons to leave a record out is true."""
    return any(value(here, one.when.tree) is True for one in reasons)


def last_placed(world: World, use: SetUse, window: Stretch) -> date:
    """The last day on which it is told who is in a window, as far as that is the same for all records."""
    when = world.when(use.name)
    placed = use.placed
    if placed is None and when is not None and when.placed is not None:
        placed = when.placed.tree
    if not isinstance(placed, OpenOn | Active) or any(isinstance(one, Name) for one in everywhere(placed)):
        return window.last
    here = Here(world, (), window)
    if isinstance(placed, Active):
        found = times.window(here, placed.window)
        return max(window.last, window.last if found is None else found[1])
    if isinstance(placed.day, PeriodValue) and placed.day.which == "data date":
        return window.last
    return max(window.last, day_of(value(here, placed.day)) or window.last)
