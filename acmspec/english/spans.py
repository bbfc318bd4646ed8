"""A record's own span in words: whether it is open, active or lasting, and for how many days of a window."""

from collections.abc import Callable
from datetime import date

from acmspec.english import numbers, windows
from acmspec.ground.calendar import Length
from acmspec.program.record import (
    Active,
    Conditional,
    Constant,
    DayOf,
    DaysIn,
    EdgeOf,
    FieldValue,
    Lasts,
    Later,
    OpenOn,
    PeriodValue,
    Record,
)

Say = Callable[[Record], str]

_YEAR = 12


def days_in(found: DaysIn, whole: Say, say: Say) -> str:
    """How many days lie in a window; `whole` says a record by the day its span starts with."""
    return f"the number of days that {whole(found.start)} is open {window(found.first, found.last, whole, say)}"


def question(found: OpenOn | Active | Lasts, whole: Say, say: Say, *, negated: bool) -> str:
    """Whether the span is open on a day, active in a window, or lasts."""
    record = whole(found.start)
    no = " not" if negated else ""
    match found:
        case OpenOn():
            return f"{record} is{no} open on the night after {say(found.day)}"
        case Active():
            return f"{record} is{no} active on some day {window(found.first, found.last, whole, say)}"
        case Lasts():
            since = "" if found.anchor == found.start else f" after {say(found.anchor)}"
            verb = "does not last" if negated else "lasts"
            return f"{record} {verb} at least {windows.length(found.length, say)}{since}"


def moved(found: Later, say: Say) -> str:
    """The date some time after another, or before it."""
    length = found.length
    if isinstance(length, Length) and not found.back and length.months and length.months % _YEAR == 0:
        return f"the day {numbers.counted(length.months // _YEAR, 'year', 'years')} after {say(found.operand)}"
    side = "before" if found.back else "after"
    return f"the date {windows.length(length, say)} {side} {say(found.operand)}"


def window(first: Record, last: Record, whole: Say, say: Say) -> str:
    """The days of a window, by its first and its last."""
    match first, last:
        case (FieldValue() as start) | DayOf(FieldValue() as start), Conditional(
            _, Later(back=True), Constant(value)
        ) if value == date.max:
            return f"in the span of {whole(start)}"
        case PeriodValue(), PeriodValue():
            return "in the Measurement Period"
        case Later(operand=EdgeOf()), Later(back=True):
            return windows.part_of_calendar(first, say)
        case Later(_, length, _, True), Later(anchor, _, _, True):
            return f"within {windows.length(length, say)} before {say(anchor)}"
        case Later(anchor, _, _, False), Later(_, length, _, False) if windows.has_two_ends(first, last):
            return f"within {windows.length(length, say)} after {say(anchor)}"
        case Later(anchor, length, _, True), _:
            return f"on or within {windows.length(length, say)} before {say(anchor)}"
        case _, Later(anchor, length, _, False):
            return f"on or within {windows.length(length, say)} after {say(anchor)}"
    return f"from {say(first)} to {say(last)}, both days included"
