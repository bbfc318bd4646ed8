"""A record's own span in words: whether it is open, active or lasting, and for how many days of a window."""

from collections.abc import Callable

from acmspec.english import numbers
from acmspec.program.record import Active, DaysIn, Lasts, Later, OpenOn, PeriodValue, Record, Sooner

Say = Callable[[Record], str]

_YEAR = 12


def days_in(found: DaysIn, record: str, say: Say) -> str:
    """How many days lie in a window."""
    return f"the number of days that {record} is open {_window(found.first, found.last, say)}"


def question(found: OpenOn | Active | Lasts, record: str, say: Say, *, negated: bool) -> str:
    """Whether the span is open on a day, active in a window, or lasts."""
    no = " not" if negated else ""
    match found:
        case OpenOn():
            return f"{record} is{no} open on the night after {say(found.day)}"
        case Active():
            return f"{record} is{no} active on some day {_window(found.first, found.last, say)}"
        case Lasts():
            since = "" if found.anchor == found.start else f" after {say(found.anchor)}"
            verb = "does not last" if negated else "lasts"
            return f"{record} {verb} {numbers.length(found.length)}{since}"


def moved(found: Later | Sooner, say: Say) -> str:
    """The date some time after another, or before it."""
    if isinstance(found, Later) and found.length.months and found.length.months % _YEAR == 0:
        return f"the day {numbers.counted(found.length.months // _YEAR, 'year', 'years')} after {say(found.operand)}"
    side = "after" if isinstance(found, Later) else "before"
    return f"the date {numbers.length(found.length)} {side} {say(found.operand)}"


def _window(first: Record, last: Record, say: Say) -> str:
    """The days of a window, by its first and its last."""
    match first, last:
        case PeriodValue(), PeriodValue():
            return "in the Measurement Period"
        case Sooner(_, length), Sooner(anchor):
            return f"within {numbers.length(length)} before {say(anchor)}"
        case Later(anchor), Later(_, length):
            return f"within {numbers.length(length)} after {say(anchor)}"
        case Sooner(anchor, length), _:
            return f"on or within {numbers.length(length)} before {say(anchor)}"
        case _, Later(anchor, length):
            return f"on or within {numbers.length(length)} after {say(anchor)}"
    return f"from {say(first)} to {say(last)}, both days included"
