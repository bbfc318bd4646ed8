"""Lists the first days that lookups look at, which the data must reach back to before a record can be judged."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from acmspec.ground.calendar import Length
from acmspec.program.bounds import bounds
from acmspec.program.maturity import without_lookups
from acmspec.program.moments import first_day
from acmspec.program.population import Reaches, ReachInside
from acmspec.program.record import (
    Compare,
    Constant,
    InDays,
    InWindow,
    Later,
    Logic,
    LookBack,
    Lookup,
    Record,
)
from acmspec.program.relocate import below, relocate, same_level, scopes
from acmspec.program.tree import FirstDay, Population, Reach
from acmspec.program.types import BooleanType, DateType

_AT_ONCE = Length()
_DAY, _TRUTH = DateType(), BooleanType()
_SEVERAL = 2


def reaches_of(population: Population, *own: Record | None) -> tuple[FirstDay, ...]:
    """The first days of all lookups that a set and the given expressions use, each once, in order of use.

    A lookup whose condition has no first day looks at all records there are, and asks for none.
    """
    uses = (population.dated, population.member, *population.conditions, *own)
    found = [reach for one in uses if one is not None for reach in _reaches(one)]
    return tuple(dict.fromkeys(found))


def too_early(day: FirstDay, since: Callable[[str], date | None]) -> Record | None:
    """Whether a first day lies before the one that its table is complete from; None where that is not said."""
    match day:
        case Reach(anchor=anchor, length=length, table=table, ahead=ahead):
            begins = since(table)
            if begins is None:
                return None
            first = anchor if length == _AT_ONCE else Later(anchor, length, _DAY, back=not ahead)
            return Compare("<", first, Constant(begins, _DAY), _TRUTH)
        case Reaches(together=together, of=several):
            asked = [one for each in several if (one := too_early(each, since)) is not None]
            if len(asked) < _SEVERAL:
                return asked[0] if asked else None
            return Logic("and" if together else "or", tuple(asked), _TRUTH)
        case ReachInside(found=found, of=inner):
            asked_inside = too_early(inner, since)
            return None if asked_inside is None else replace(found, where=_both(found.where, asked_inside))


def _both(one: Record | None, other: Record) -> Record:
    return other if one is None else Logic("and", (one, other), _TRUTH)


def _first_days(where: Record | None, table: str) -> Iterable[FirstDay]:
    """The days from which on a lookup into `table` looks, anchored in the record it is made for; none if it has none.

    In `where`, scope 0 is the record looked into and scope 1 the record the lookup is made for. Of days that hold
    together the latest counts, since no record before it is looked at.
    """
    if where is None:
        return ()
    found = bounds(where, lambda one: _begins(one, table), join=_joined)
    return (each for one in found for each in (one.of if isinstance(one, Reaches) and not one.together else (one,)))


def _joined(ways: list[list[FirstDay]], together: bool) -> list[FirstDay]:
    days = tuple(dict.fromkeys(day for way in ways for day in way))
    return list(days) if len(days) < _SEVERAL else [Reaches(together, days)]


def _reaches(record: Record) -> Iterator[FirstDay]:
    if isinstance(record, Lookup):
        for _, outer in record.links:
            yield from _reaches(outer)
        yield from _first_days(record.where, record.table)
        for day in _of_records_found(record):
            yield from _said_outside(day, record)
        return
    for each in below(record):
        yield from _reaches(each)


def _said_outside(day: FirstDay, lookup: Lookup) -> Iterator[FirstDay]:
    """A first day that records found look at, said of the record that looks.

    What hangs on no record found has its day whoever is found; any that is found may look further back.
    """
    of_all = _of_no_record_found(day)
    if of_all is not None:
        yield _outside(of_all, 0)
    if of_all != day:
        others = (lookup.table, lookup.alias, lookup.links, lookup.other, without_lookups(lookup.where))
        yield ReachInside(Lookup("any", None, *others, _TRUTH), day)


def _of_no_record_found(day: FirstDay) -> FirstDay | None:
    """The part of a first day that hangs on none of the records found."""
    if not isinstance(day, Reaches):
        asked = too_early(day, lambda _: date.min)
        return None if asked is None or 0 in scopes(asked) else day
    kept = tuple(one for each in day.of if (one := _of_no_record_found(each)) is not None)
    if not kept or (day.together and len(kept) < len(day.of)):
        return None
    return kept[0] if len(kept) == 1 else Reaches(day.together, kept)


def _outside(day: FirstDay, depth: int) -> FirstDay:
    """A first day that hangs on no record found, without the scope of these."""
    match day:
        case Reach(anchor=anchor):
            return replace(day, anchor=relocate(anchor, -1, (), depth))
        case Reaches(of=several):
            return replace(day, of=tuple(_outside(one, depth) for one in several))
        case ReachInside(found=found, of=inner):
            return ReachInside(cast("Lookup", relocate(found, -1, (), depth)), _outside(inner, depth + 1))


def _of_records_found(lookup: Lookup) -> Iterator[FirstDay]:
    """What lookups made for the records found reach back to."""
    for one in same_level(lookup.where) if lookup.where is not None else ():
        if isinstance(one, Lookup):
            yield from _reaches(one)
    if lookup.expression is not None:
        yield from _reaches(lookup.expression)


def _begins(record: Record, table: str) -> list[FirstDay]:
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


def _ahead(window: InWindow, table: str) -> list[FirstDay]:
    if _is_inner(window.operand) and _is_outer(window.anchor):
        opens = window.opens or _first(inclusive=window.inclusive)
        return [_reach(window.anchor, opens, table, ahead=True)]
    if _is_outer(window.operand) and _is_inner(window.anchor):
        return [_reach(window.operand, window.length, table)]
    return []


def _back(window: LookBack, table: str) -> list[FirstDay]:
    if _is_inner(window.operand) and _is_outer(window.anchor):
        return [_reach(window.anchor, window.length, table)]
    if _is_outer(window.operand) and _is_inner(window.anchor):
        return [_reach(window.operand, _first(inclusive=window.inclusive), table, ahead=True)]
    return []


def _compared(operator: str, left: Record, right: Record, table: str) -> list[FirstDay]:
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
