"""Which records of each entity are kept, by hand; and whether chance decided."""

from functools import cmp_to_key

from acmspec.spec.chosen import APART, LAST, ONE
from rowwise.days import ONE_DAY
from rowwise.gaps import nobody
from rowwise.moments import day_of
from rowwise.tables import Row, Value
from rowwise.values import along
from rowwise.world import World, at


def kept(world: World, keep: object, rows: list[Row]) -> tuple[list[Row], bool]:
    """The records that are kept, in their own order, and whether any of them was a tie."""
    groups: dict[tuple[Value, ...], list[Row]] = {}
    for row in rows:
        entity = tuple(along(at(world, row), one.value) for one in keep.entities)
        if None not in entity and (keep.choice != APART or along(at(world, row), keep.by[0].value) is not None):
            groups.setdefault(entity, []).append(row)
    numbers, tied = set(), False
    for group in groups.values():
        ordered = sorted(group, key=cmp_to_key(lambda one, two: _order(world, keep, one, two)))
        chosen, is_tied = _of_group(world, keep, ordered)
        numbers |= {row.number for row in chosen}
        tied = tied or is_tied
    return [row for row in rows if row.number in numbers], tied


def lacking(world: World, keep: object, row: Row) -> list[str]:
    """What a record lacks that a choice is made by: the entities, and the date of records that are to lie apart."""
    needed = [one.value for one in keep.entities] + [one.value for one in keep.by[:1] if keep.choice == APART]
    return [word for name in needed for word in nobody(at(world, row), name)]


def _of_group(world: World, keep: object, ordered: list[Row]) -> tuple[list[Row], bool]:
    """What is kept of one entity's records in order."""
    if keep.choice == ONE:
        keys = {one.value for one in world.table(ordered[0].table).key}
        contents = [{name: one for name, one in row.values.items() if name not in keys} for row in ordered]
        return ordered[:1], any(one != contents[0] for one in contents)
    if keep.choice == APART:
        return _apart(world, keep, ordered)
    first = keep.position - 1
    chosen = ordered[first:] if keep.later else ordered[first : first + 1]
    edges = [(first - 1, first)] if keep.later else [(first - 1, first), (first, first + 1)]
    pairs = [(ordered[one], ordered[two]) for one, two in edges if one >= 0 and two < len(ordered)]
    return chosen, any(_order(world, keep, one, two) == 0 for one, two in pairs)


def _apart(world: World, keep: object, ordered: list[Row]) -> tuple[list[Row], bool]:
    """The records more than so many days after the one before, or after the last one kept."""
    days = [day_of(along(at(world, row), keep.by[0].value)) for row in ordered]
    chosen: list[int] = []
    for place, day in enumerate(days):
        before = (chosen[-1] if chosen else None) if keep.kept else (place - 1 if place else None)
        if before is None or day > days[before] + keep.days * ONE_DAY:
            chosen.append(place)
    neighbors = [(one, two) for place in chosen for one, two in ((place - 1, place), (place, place + 1))]
    tied = any(
        one >= 0 and two < len(ordered) and _order(world, keep, ordered[one], ordered[two]) == 0
        for one, two in neighbors
    )
    return [ordered[place] for place in chosen], tied


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
        is_first = mine > theirs if keep.choice == LAST else mine < theirs
        return -1 if is_first else 1
    return 0
