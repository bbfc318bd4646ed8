"""How days are counted, said for every window a condition uses; derived from the condition, never declared apart."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.english import numbers, windows
from acmspec.english.lookups import looked_into
from acmspec.english.parts import children
from acmspec.english.records import Speaker
from acmspec.ground.calendar import Every, Length
from acmspec.program.record import (
    Active,
    DaysIn,
    Defined,
    EdgeOf,
    InDays,
    InWindow,
    Later,
    LookBack,
    Lookup,
    PeriodOf,
    Record,
)
from acmspec.program.types import NumberType, PeriodType
from acmspec.program.units import family

_NO_MATTER = "The days between count, whether they are business days or not."
_NO_SUCH_DAY = "In a month that has no such day, it is the last day of that month."


def day_counts(record: Record, speaker: Speaker) -> tuple[str, ...]:
    """One or two sentences for each different window in the condition, those inside definitions left to them."""
    return tuple(dict.fromkeys(_found(record, speaker)))


def _found(record: Record, speaker: Speaker) -> Iterator[str]:
    yield from _own(record, speaker.value)
    if isinstance(record, Lookup):
        for _, outer in record.links:
            yield from _found(outer, speaker)
        frame = looked_into(speaker, record)[1]
        for inside in (record.expression, record.where):
            if inside is not None:
                yield from _found(inside, replace(speaker, frames=(frame, *speaker.frames)))
    elif not isinstance(record, Defined):
        for one in children(record):
            yield from _found(one, speaker)


def _own(record: Record, say: windows.Say) -> Iterator[str]:
    """The sentences of one window, not of those inside it."""
    match record:
        case InWindow() | LookBack():
            yield _sentence(record, say)
        case InDays(what="within"):
            yield _by_value(record, say)
        case InDays(what=what, first=first) if what not in {"period", "span"}:
            yield _by_calendar(first, say)
        case Active() | DaysIn():
            yield from _of_span(record, say)


def _sentence(window: InWindow | LookBack, say: windows.Say) -> str:
    if isinstance(window, InWindow) and window.opens:
        return _opening(window.opens, window.length, say(window.anchor))
    side = "before" if isinstance(window, LookBack) else "after"
    return _one_sided(window.length, side, window.anchor, say, itself=window.inclusive)


def _one_sided(length: "Length | Record", side: str, of: Record, say: windows.Say, *, itself: bool) -> str:
    """Whether the day that is counted from counts itself, and which is the last that does, or the first."""
    anchor, end = say(of), "first" if side == "before" else "last"
    start = f"{anchor[:1].upper()}{anchor[1:]} itself {'counts' if itself else 'does not count'}."
    if isinstance(length, Length):
        if length.business:
            return f"{start} The {end} day that counts is {_business(length, side, anchor)}. {_NO_MATTER}"
        if length.seconds:
            return f"{start} The {end} moment that counts is {numbers.length(length)} {side} {anchor}."
        if length.months == 0:
            return f"{start} Day 1 is the day {side} {anchor}; Day {length.days} counts."
    text = f"{start} The {end} day that counts is {windows.length(length, say)} {side} {anchor}."
    return f"{text} {_NO_SUCH_DAY}" if _is_in_months(length) else text


def _business(length: Length, side: str, anchor: str) -> str:
    return f"the {numbers.ordinal(length.business)} business day {side} {anchor}"


def _opening(opens: Length, length: Length, anchor: str) -> str:
    if length.business:
        first, last = _business(opens, "after", anchor), numbers.ordinal(length.business)
        return f"The first day that counts is {first}, the last is the {last} business day after it. {_NO_MATTER}"
    if length.seconds:
        ends = f"{numbers.length(opens)} and {numbers.length(length)} after {anchor}"
        return f"The moments {ends} both count."
    if length.months == 0:
        return f"Day 1 is the day after {anchor}; Day {opens.days} and Day {length.days} both count."
    first, last = numbers.length(opens), numbers.length(length)
    return f"The first day that counts is {first} after {anchor}, the last is {last} after it. {_NO_SUCH_DAY}"


def _by_value(window: InDays, say: windows.Say) -> str:
    """A window that a value of the record opens or ends."""
    first, last = window.first, window.last
    ends = tuple(one for one in (first, last) if isinstance(one, Later))
    if not windows.has_two_ends(first, last):
        end = ends[0] if ends[0].back else ends[-1]
        side, itself = "before" if end.back else "after", not (window.after or window.before)
        return _one_sided(end.length, side, end.operand, say, itself=itself)
    opens, ends_with = (windows.length(one.length, say) for one in ends)
    text = f"The first day that counts is {opens} after {say(ends[0].operand)}, the last is {ends_with} after it."
    return f"{text} {_NO_SUCH_DAY}" if any(_is_in_months(one.length) for one in ends) else text


def _by_calendar(begins: Record, say: windows.Say) -> str:
    """A part of the calendar so many after the one that holds a date."""
    match begins:
        case Later(EdgeOf(PeriodOf(anchor, PeriodType(every))), _, _, back):
            unit, side = every.value, "before" if back else "after"
            weeks = " Weeks start on a Monday." if every is Every.WEEK else ""
            first = f"{unit.capitalize()} 1 is the calendar {unit} {side} the one that holds {say(anchor)}."
            return f"{first} All days of the {unit} named count.{weeks}"
    raise TypeError("a part of the calendar begins so many after another")


def _of_span(found: Active | DaysIn, say: windows.Say) -> Iterator[str]:
    """The days that a span is held against, where they are counted from a date."""
    match found.first, found.last:
        case Later(operand=EdgeOf()), Later(back=True):
            yield _by_calendar(found.first, say)
        case Later(_, length, _, True), Later(anchor, _, _, True):
            yield _one_sided(length, "before", anchor, say, itself=False)
        case Later(anchor, _, _, False), Later(_, length, _, False) if windows.has_two_ends(found.first, found.last):
            yield _one_sided(length, "after", anchor, say, itself=False)
        case Later(anchor, length, _, True), _:
            yield _one_sided(length, "before", anchor, say, itself=True)
        case _, Later(anchor, length, _, False):
            yield _one_sided(length, "after", anchor, say, itself=True)


def _is_in_months(length: "Length | Record") -> bool:
    if isinstance(length, Length):
        return bool(length.months)
    return isinstance(length.type, NumberType) and family(length.type.unit) == "month"
