"""Windows in words that are no written length: the period, a span, parts of the calendar, lengths that are values."""

from collections.abc import Callable

from acmspec.english import numbers
from acmspec.ground.calendar import Length
from acmspec.program.record import EdgeOf, InDays, Later, PeriodOf, Record
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
    if isinstance(first, Later) and isinstance(last, Later) and not first.back:
        ends = f"from {length(first.length, say)} to {length(last.length, say)} after"
        return f"{ends} {say(last.operand)}"
    inclusive = "" if found.after or found.before else "on or "
    if isinstance(first, Later):
        return f"{inclusive}within {length(first.length, say)} before {say(last)}"
    moved = last.length if isinstance(last, Later) else Length()
    return f"{inclusive}within {length(moved, say)} after {say(first)}"


def part_of_calendar(begins: Record, say: Say) -> str:
    """The part of the calendar so many after the one that holds a date, by its first day."""
    match begins:
        case Later(EdgeOf(PeriodOf(anchor, PeriodType(every))), Length() as moved, _, back):
            number = (moved.days or moved.months) // (every.length.days or every.length.months)
            return f"in {every.value} {number} {'before' if back else 'after'} the one that holds {say(anchor)}"
    raise TypeError("a part of the calendar begins so many after another")
