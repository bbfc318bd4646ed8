"""Who is in a set in a window: there in time, where, keep, exclude, in this order, one record after the other."""

from functools import cache

from acmspec.formula.tree import Active, Dated, Formula, OpenOn
from rowwise.choices import kept
from rowwise.moments import day_of
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


def members(world: World, name: str, window: Stretch, placed: Placed = None) -> tuple[list[Row], bool]:
    """The records of a set in a window, and whether a choice among them was a tie.

    Choices that are made once, over all periods, are made before records come into the period.
    """
    there = present(world, name, window, placed)
    lineage = world.lineage(name)
    is_once = any(keep.ever for cohort in lineage for keep in cohort.keep)
    rows = list(world.tables[world.base(name)].rows) if is_once else there
    tied = False
    for cohort in lineage:
        if cohort.where is not None:
            rows = [row for row in rows if value(_here(world, cohort, row, window), cohort.where.tree) is True]
        for keep in cohort.keep:
            rows = rows if keep.ever else _both(rows, there)
            rows, has_tie = kept(world, keep, rows)
            tied = tied or has_tie
        rows = [row for row in rows if not is_excluded(cohort.exclude, _here(world, cohort, row, window))]
    return _both(rows, there), tied


def _both(rows: list[Row], there: list[Row]) -> list[Row]:
    numbers = {row.number for row in there}
    return [row for row in rows if row.number in numbers]


def _here(world: World, cohort: object, row: Row, window: Stretch) -> Here:
    return at(world, row, window).of(cohort.name.value)


def is_excluded(reasons: tuple[object, ...], here: Here) -> bool:
    """Whether one of some reasons to leave a record out is true."""
    return any(value(here, one.when.tree) is True for one in reasons)
