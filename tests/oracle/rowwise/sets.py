"""Who is in a set in a window: valid, dated, where, keep, exclude, in this order, one record after the other."""

from functools import cache, cmp_to_key

from rowwise.periods import Stretch
from rowwise.tables import Row, Value
from rowwise.values import along, value
from rowwise.world import World, at


def dated(world: World, name: str, window: Stretch) -> list[Row]:
    """The records of a set's table that are dated into the window, before any condition."""
    return [row for day, row in _days(world, name) if window.holds(day)]


@cache
def _days(world: World, name: str) -> list[tuple[Value, Row]]:
    """Every record of a set's table with the day that puts it into a period."""
    table = world.base(name)
    formula = None
    for cohort in world.lineage(name):
        formula = cohort.dated.tree if cohort.dated is not None else formula
    field = world.table(table).date
    if formula is None:
        assert field is not None
        return [(row.values[field.value], row) for row in world.tables[table].rows]
    return [(value(at(world, row), formula), row) for row in world.tables[table].rows]


def members(world: World, name: str, window: Stretch) -> tuple[list[Row], bool]:
    """The records of a set in a window, and whether a choice among them was a tie."""
    rows = dated(world, name, window)
    tied = False
    for cohort in world.lineage(name):
        if cohort.where is not None:
            rows = [row for row in rows if value(at(world, row, window), cohort.where.tree) is True]
        for keep in cohort.keep:
            rows, has_tie = _kept(world, keep, rows)
            tied = tied or has_tie
        rows = [row for row in rows if not _is_excluded(world, cohort, row, window)]
    return rows, tied


def _is_excluded(world: World, cohort: object, row: Row, window: Stretch) -> bool:
    return any(value(at(world, row, window), one.when.tree) is True for one in cohort.exclude)


def _kept(world: World, keep: object, rows: list[Row]) -> tuple[list[Row], bool]:
    groups: dict[tuple[Value, ...], list[Row]] = {}
    for row in rows:
        entity = tuple(along(at(world, row), one.value) for one in keep.entities)
        if None not in entity:
            groups.setdefault(entity, []).append(row)
    chosen, tied = [], False
    for group in groups.values():
        best, *others = sorted(group, key=cmp_to_key(lambda one, two: _order(world, keep, one, two)))
        chosen.append(best)
        tied = tied or any(_order(world, keep, best, other) == 0 for other in others)
    numbers = {row.number for row in chosen}
    return [row for row in rows if row.number in numbers], tied


def _order(world: World, keep: object, one: Row, two: Row) -> int:
    """Which of two records ranks before the other; a missing value ranks last in both directions."""
    for name in keep.by:
        mine, theirs = along(at(world, one), name.value), along(at(world, two), name.value)
        if mine == theirs:
            continue
        if mine is None:
            return 1
        if theirs is None:
            return -1
        is_first = mine < theirs if keep.choice == "first" else mine > theirs
        return -1 if is_first else 1
    return 0
