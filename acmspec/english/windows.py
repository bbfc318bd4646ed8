"""Windows in words that are no written length: the period, a span, parts of the calendar, lengths that are values."""

from collections.abc import Callable
from datetime import date

from acmspec.english import numbers
from acmspec.ground.calendar import Length
from acmspec.program.record import Conditional, Constant, DayOf, EdgeOf, InDays, Later, PeriodOf, Record
from acmspec.program.types import PeriodType

Say = Callable[[Record], str]


def length(found: "Length | Record", say: Say) -> str:
    """A length of time, written out or a value."""
    return numbers.length(found) if isinstance(found, Length) else say(found)


def window(found: InDays, record: str, say: Say) -> str:
    """What stands behind “is”: where the date lies. `record` is whose span it is."""
    if found.what == "period":
        return "in the Measurement Period"
    if found.what == "span":
        return f"in the span of {record}"
    if found.what != "within":
        return part_of_calendar(found.first, say)
    first, last = found.first, found.last
    if isinstance(first, Later) and isinstance(last, Later) and has_two_ends(first, last):
        ends = f"from {length(first.length, say)} to {length(last.length, say)} after"
        return f"{ends} {say(last.operand)}"
    inclusive = "" if found.after or found.before else "on or "
    if isinstance(first, Later) and first.back:
        return f"{inclusive}within {length(first.length, say)} before {say(last)}"
    moved = last.length if isinstance(last, Later) else Length()
    return f"{inclusive}within {length(moved, say)} after {say(first)}"


def has_two_ends(first: Record, last: Record) -> bool:
    """Whether both ends of a window are counted from one day, and neither is that day, which may be reckoned itself."""
    if not isinstance(first, Later) or not isinstance(last, Later):
        return False
    return not first.back and last.operand == first.operand


def held(found: InDays) -> tuple[Record, ...]:
    """The values that `window` speaks of, the date first: what it is counted from, and lengths that are values.

    What is counted from may be reckoned itself, and is then one value, as it is said.
    """
    first, last = found.first, found.last
    some: tuple[Length | Record, ...] = (first, last)
    if found.what == "within":
        if isinstance(first, Later) and isinstance(last, Later) and has_two_ends(first, last):
            some = (first.length, last.operand, last.length)
        elif isinstance(first, Later) and first.back:
            some = (first.length, last)
        else:
            some = (first, last.length if isinstance(last, Later) else Length())
    elif isinstance(first, Later) and isinstance(first.operand, EdgeOf) and isinstance(first.operand.operand, PeriodOf):
        some = (first.operand.operand.operand,)
    return tuple(dict.fromkeys((found.operand, *(one for one in some if not isinstance(one, Length)))))


def part_of_calendar(begins: Record, say: Say) -> str:
    """The part of the calendar so many after the one that holds a date, by its first day."""
    match begins:
        case Later(EdgeOf(PeriodOf(anchor, PeriodType(every))), Length() as moved, _, back):
            number = (moved.days or moved.months) // (every.length.days or every.length.months)
            which = f"the {numbers.ordinal(number)} calendar {every.value} {'before' if back else 'after'}"
            return f"in {which} the one that holds {say(anchor)}"
    raise TypeError("a part of the calendar begins so many after another")


def end(last: Record, say: Say) -> str:
    """The day that a window ends with."""
    match last:
        case Later(
            Later(EdgeOf(PeriodOf(anchor, PeriodType(every))), Length() as moved, _, back), Length(days=1), _, True
        ):
            following = (moved.days or moved.months) // (every.length.days or every.length.months)
            number = (-following if back else following) - 1
            held = f"the one that holds {say(anchor)}"
            if number == 0:
                return f"the last day of the calendar {every.value} that holds {say(anchor)}"
            which = f"the {numbers.ordinal(abs(number))} calendar {every.value}"
            return f"the last day of {which} {'after' if number > 0 else 'before'} {held}"
        case Conditional(_, then, Constant(value)) if value == date.max:
            return say(then)
    return say(last)


def passed(last: Record, moved: Length, say: Say) -> str:
    """The time that must have passed before a window is over, since what; empty where it ends on a day by itself."""
    if moved != Length():
        return f"{numbers.passed(moved)} since {say(last)}"
    match last:
        case Later(EdgeOf(PeriodOf()) | Later()):
            return ""
        case Later(anchor, Length() as found, _, False) | DayOf(Later(anchor, Length() as found, _, False)):
            return f"{numbers.passed(found)} since {say(anchor)}"
        case Later(anchor, found, _, False):
            return f"{length(found, say)} has passed since {say(anchor)}"
    return ""
