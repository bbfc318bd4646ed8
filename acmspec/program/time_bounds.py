"""Finds the last day a lookup looks to: the bounds its condition puts on the dates of the records looked into."""

from dataclasses import replace

from acmspec.ground.calendar import Length
from acmspec.program.bounds import bounds
from acmspec.program.moments import days_at_most, last_day
from acmspec.program.record import (
    Active,
    Compare,
    Conditional,
    InDays,
    InWindow,
    Lasts,
    Later,
    LookBack,
    Lookup,
    OpenOn,
    PeriodValue,
    Record,
)
from acmspec.program.relocate import relocate, same_level, scopes
from acmspec.program.tree import Window
from acmspec.program.types import BooleanType, DateType

_AT_ONCE = Length()


def upper_bounds(where: Record | None, table: str) -> tuple[Window, ...]:
    """The windows that end a lookup into `table`, anchored in the record it is made for; none if it has no end.

    In `where`, scope 0 is the record looked into and scope 1 the record the lookup is made for.
    """
    return () if where is None else tuple(dict.fromkeys(bounds(where, lambda one: _ends(one, table))))


def lookup_windows(found: Lookup) -> tuple[Window, ...]:
    """All that must be over before a lookup can be judged: its bounds, and its records' own windows after these.

    Who is in a set that speaks of the period is known when the period is over.
    """
    if found.where is None:
        return ()
    bounds = upper_bounds(found.where, found.table)
    later = [Window(PeriodValue("period end", DateType()), _AT_ONCE, found.table)] if found.bound else []
    for one in same_level(found.where):
        if isinstance(one, InWindow | Lasts) and isinstance(one.length, Length) and _is_of_inner(one):
            # a record found on the last day may still have to wait for a date of its own
            later += [_longer(bound, days_at_most(one.length)) for bound in bounds]
    return tuple(dict.fromkeys((*bounds, *later)))


def _longer(bound: Window, more: Length) -> Window:
    """A window that ends a length after another one does."""
    one = bound.length
    if one.business and more.business and one.calendar == more.calendar:
        return replace(bound, length=replace(one, business=one.business + more.business))
    if one.business or more.business:
        return Window(Later(bound.anchor, one, DateType()), more, bound.table)
    return replace(bound, length=replace(one, days=one.days + more.days, months=one.months + more.months))


def _ends(record: Record, table: str) -> list[Window]:
    """The windows that a condition gives where it is true."""
    match record:
        case InWindow(operand=operand, anchor=anchor, length=length):
            return _between(operand, anchor, length, table)
        case LookBack(operand=operand, anchor=anchor, length=length):
            return _backwards(operand, anchor, length, table)
        case InDays(operand=operand, first=first, last=last):
            end = end_of(first, last) if _is_outer(first) else last
            return [*_compared("<=", operand, end, table), *_compared("<=", _from(first), operand, table)]
        case OpenOn(start=start, day=last):
            return _compared("<=", start, last, table)
        case Active(start=start, first=first, last=last):
            return _compared("<=", start, end_of(first, last) if _is_outer(first) else last, table)
        case Compare(operator=operator, left=left, right=right):
            return _compared(operator, left, right, table)
        case _:
            return []


def _between(operand: Record, anchor: Record, length: Length, table: str) -> list[Window]:
    if _is_inner(operand) and _is_outer(anchor):
        return [_window(anchor, length, table)]
    if _is_outer(operand) and _is_inner(anchor):
        return [_window(operand, _AT_ONCE, table)]
    return []


def _window(anchor: Record, length: Length, table: str) -> Window:
    """The window that ends a length after an anchor around the lookup, said of the record the lookup is made for."""
    return Window(*last_day(relocate(anchor, -1), length), table)


def _backwards(operand: Record, anchor: Record, length: Length, table: str) -> list[Window]:
    if _is_inner(operand) and _is_outer(anchor):
        return [_window(anchor, _AT_ONCE, table)]
    if _is_outer(operand) and _is_inner(anchor):
        # a month back from the 31st comes to the 28th, so a month on from there may end three days too early
        end = replace(length, days=length.days + 3) if length.months else length
        return [_window(operand, end, table)]
    return []


def end_of(first: Record, last: Record) -> Record:
    """The last day of a window; it has none where it has no first one, for want of the length by which it begins."""
    if not isinstance(first, Later) or isinstance(first.length, Length):
        return last
    return Conditional(Compare("<=", first, last, BooleanType()), last, last, last.type)


def _from(first: Record) -> Record:
    """A date that a stretch's first day is not before: what it is counted on from."""
    while isinstance(first, Later) and not first.back:
        first = first.operand
    return first


def _compared(operator: str, left: Record, right: Record, table: str) -> list[Window]:
    if _is_inner(left) and _is_outer(right) and operator in {"<", "<=", "="}:
        return [_window(right, _AT_ONCE, table)]
    if _is_outer(left) and _is_inner(right) and operator in {">", ">=", "="}:
        return [_window(left, _AT_ONCE, table)]
    return []


def _is_of_inner(window: InWindow | Lasts) -> bool:
    """Whether a window lies in the records looked into alone; one that starts from the period ends with it."""
    if isinstance(window, Lasts):
        return _is_inner(window)
    return _is_inner(window.operand) and _is_inner(window.anchor)


def _is_inner(record: Record) -> bool:
    return scopes(record) == {0}


def _is_outer(record: Record) -> bool:
    """Whether a date is one of the record that looks; the data date moves on with the data and ends nothing."""
    return 0 not in scopes(record) and not any(
        isinstance(one, PeriodValue) and one.which == "data date" for one in same_level(record)
    )
