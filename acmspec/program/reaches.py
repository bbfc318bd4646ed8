"""Lists the first days that lookups look at, which the data must reach back to before a record can be judged."""

from collections.abc import Iterator
from dataclasses import fields, replace

from acmspec.ground.calendar import Length
from acmspec.program.bounds import bounds
from acmspec.program.maturity import moved_outside
from acmspec.program.moments import first_day
from acmspec.program.record import (
    Compare,
    InDays,
    InWindow,
    LookBack,
    Lookup,
    Record,
)
from acmspec.program.relocate import relocate, same_level, scopes
from acmspec.program.tree import Population, Reach

_AT_ONCE = Length()


def reaches_of(population: Population, *own: Record | None) -> tuple[Reach, ...]:
    """The first days of all lookups that a set and the given expressions use, each once, in order of use.

    A lookup whose condition has no first day looks at all records there are, and asks for none.
    """
    uses = (population.dated, population.member, *population.conditions, *own)
    found = [reach for one in uses if one is not None for reach in _reaches(one)]
    return tuple(dict.fromkeys(found))


def lower_bounds(where: Record | None, table: str) -> tuple[Reach, ...]:
    """The days from which on a lookup into `table` looks, anchored in the record it is made for; none if it has none.

    In `where`, scope 0 is the record looked into and scope 1 the record the lookup is made for.
    """
    return () if where is None else tuple(dict.fromkeys(bounds(where, lambda one: _begins(one, table))))


def _reaches(record: Record) -> Iterator[Reach]:
    if isinstance(record, Lookup):
        for _, outer in record.links:
            yield from _reaches(outer)
        yield from lower_bounds(record.where, record.table)
        for reach in _of_records_found(record):
            anchor = moved_outside(reach.anchor, record, "lowest")
            yield replace(reach, anchor=anchor)
        return
    for one in fields(record):
        value = getattr(record, one.name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                yield from _reaches(each)


def _of_records_found(lookup: Lookup) -> Iterator[Reach]:
    """What lookups made for the records found reach back to."""
    for one in same_level(lookup.where) if lookup.where is not None else ():
        if isinstance(one, Lookup):
            yield from _reaches(one)
    if lookup.expression is not None:
        yield from _reaches(lookup.expression)


def _begins(record: Record, table: str) -> list[Reach]:
    """The first days that a condition gives where it is true."""
    match record:
        case InWindow():
            return _ahead(record, table)
        case LookBack():
            return _back(record, table)
        case InDays(operand=operand, first=first, last=last, after=after):
            ahead = _compared(">" if after else ">=", operand, first, table)
            return [*ahead, *_compared(">=", last, operand, table)]
        case Compare(operator=operator, left=left, right=right):
            return _compared(operator, left, right, table)
        case _:
            return []


def _ahead(window: InWindow, table: str) -> list[Reach]:
    if _is_inner(window.operand) and _is_outer(window.anchor):
        opens = window.opens or _first(inclusive=window.inclusive)
        return [_reach(window.anchor, opens, table, ahead=True)]
    if _is_outer(window.operand) and _is_inner(window.anchor):
        return [_reach(window.operand, window.length, table)]
    return []


def _back(window: LookBack, table: str) -> list[Reach]:
    if _is_inner(window.operand) and _is_outer(window.anchor):
        return [_reach(window.anchor, window.length, table)]
    if _is_outer(window.operand) and _is_inner(window.anchor):
        return [_reach(window.operand, _first(inclusive=window.inclusive), table, ahead=True)]
    return []


def _compared(operator: str, left: Record, right: Record, table: str) -> list[Reach]:
    if _is_inner(left) and _is_outer(right) and operator in {">", ">=", "="}:
        return [_reach(right, _first(inclusive=operator != ">"), table, ahead=True)]
    if _is_outer(left) and _is_inner(right) and operator in {"<", "<=", "="}:
        return [_reach(left, _first(inclusive=operator != "<"), table, ahead=True)]
    return []


def _reach(anchor: Record, length: Length, table: str, *, ahead: bool = False) -> Reach:
    """The first day of a stretch that begins a length before an anchor around the lookup, or after it."""
    return Reach(*first_day(relocate(anchor, -1), length, ahead=ahead), table, ahead=ahead)


def _first(*, inclusive: bool) -> Length:
    """How long after its anchor a stretch begins."""
    return _AT_ONCE if inclusive else Length(days=1)


def _is_inner(record: Record) -> bool:
    return scopes(record) == {0}


def _is_outer(record: Record) -> bool:
    return 0 not in scopes(record)
