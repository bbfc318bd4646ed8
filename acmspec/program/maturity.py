"""Lists the windows of time that must be over before a record can be judged."""

from collections.abc import Iterator

from acmspec.ground.calendar import Length
from acmspec.program.moments import last_day
from acmspec.program.record import (
    Active,
    DaysIn,
    InDays,
    InWindow,
    Lasts,
    Later,
    Logic,
    Lookup,
    OpenOn,
    PeriodValue,
    Record,
)
from acmspec.program.relocate import below, parts, relocate, same_level, scopes
from acmspec.program.time_bounds import end_of, lookup_windows
from acmspec.program.tree import Population, Window
from acmspec.program.types import BooleanType, DateType


def windows_of(population: Population, *own: Record | None) -> tuple[Window, ...]:
    """All windows that a set's membership and exclusions and the given expressions use, each once, in order of use."""
    uses = (population.dated, population.member, *population.conditions, *own)
    found = [window for one in uses if one is not None for window in _windows(one, (population.table,))]
    return tuple(dict.fromkeys(found))


def _windows(record: Record, tables: tuple[str, ...]) -> list[Window]:
    """The windows of an expression, through definitions and lookups; `tables` are those in sight, innermost first."""
    if isinstance(record, Lookup):
        around = [window for _, outer in record.links for window in _windows(outer, tables)]
        return [*around, *lookup_windows(record), *_said_inside(record, tables), *_of_records_found(record, tables)]
    found = [Window(*last_day(anchor, length), tables[0]) for anchor, length in own_windows(record)]
    for each in below(record):
        found += _windows(each, tables)
    return found


def own_windows(record: Record) -> list[tuple[Record, Length]]:
    """The last days that a node waits for itself, each as a date and a length after it.

    The period is no such day: of one that is not over there is a provisional value.
    """
    match record:
        case InWindow(anchor=anchor, length=length):
            return [(anchor, length)]
        case Lasts(anchor=anchor, length=length):
            if isinstance(length, Length):
                return [(anchor, length)]
            return [(Later(anchor, length, anchor.type), Length())]
        case InDays(what="within", first=Later(back=True)):
            return []  # looks back, which no record waits for
        case OpenOn(day=last):
            return [] if _moves_on(last) else [(last, Length())]
        case Active(first=first, last=last) | DaysIn(first=first, last=last) | InDays(first=first, last=last):
            return [] if _moves_on(last) else [(end_of(first, last), Length())]
        case _:
            return []


def _moves_on(last: Record) -> bool:
    """Whether a day is one of the period or of the data, which is not waited for."""
    return isinstance(last, PeriodValue) and last.value is None


def _said_inside(lookup: Lookup, tables: tuple[str, ...]) -> list[Window]:
    """Windows of records outside a lookup that the author wrote inside its condition."""
    inside = same_level(lookup.where) if lookup.where is not None else ()
    return [
        Window(*last_day(relocate(anchor, -1), length), tables[min(seen) - 1])
        for one in inside
        if (seen := scopes(one)) and 0 not in seen
        for anchor, length in own_windows(one)
    ]


def _of_records_found(lookup: Lookup, tables: tuple[str, ...]) -> list[Window]:
    """What the records looked into wait for themselves: windows of lookups in the condition, all windows of the value.

    They all must be over, so the one that counts is that of the record whose anchor is latest.
    """
    inner = (lookup.table, *tables)
    waiting = [window for one in ends_inside(lookup) for window in _windows(one, inner)]
    nested = [one for one in same_level(lookup.where) if isinstance(one, Lookup)] if lookup.where is not None else []
    found = [window for one in nested for window in _windows(one, inner)]
    if lookup.expression is not None:
        found += _windows(lookup.expression, inner)
    return [_seen_outside(window, lookup) for window in (*waiting, *found)]


def ends_inside(lookup: Lookup) -> list[Record]:
    """The windows of the records looked into whose ends only these records tell: by a value, or by the calendar."""
    inside = same_level(lookup.where) if lookup.where is not None else ()
    by_value = [
        one
        for one in inside
        if isinstance(one, InDays) or (isinstance(one, Lasts) and not isinstance(one.length, Length))
    ]
    return [one for one in by_value if scopes(one) == {0}]


def _seen_outside(window: Window, lookup: Lookup) -> Window:
    """A window of a record looked into, said of the record that looks."""
    return Window(_last_outside(window.anchor, lookup), window.length, window.table)


def _last_outside(anchor: Record, lookup: Lookup) -> Record:
    """A date of the records looked into, said of the record that looks: their last."""
    if 0 not in scopes(anchor):
        return relocate(anchor, -1)
    where = without_lookups(lookup.where)
    return Lookup("highest", anchor, lookup.table, lookup.alias, lookup.links, lookup.other, where, DateType())


def without_lookups(where: Record | None) -> Record | None:
    """The part of a condition that can be answered without looking further, and before any window is over.

    No record can match that fails it.
    """
    if where is None:
        return None
    kept = tuple(
        one for one in _all_of(where) if not any(isinstance(part, Lookup | InDays | Lasts) for part in parts(one))
    )
    if len(kept) > 1:
        return Logic("and", kept, BooleanType())
    return kept[0] if kept else None


def _all_of(condition: Record) -> Iterator[Record]:
    """The conditions that all must hold: also those of a cohort, and of its source."""
    if isinstance(condition, Logic) and condition.operator == "and":
        for one in condition.operands:
            yield from _all_of(one)
    else:
        yield condition
