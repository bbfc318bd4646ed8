"""Until which day records may still come into a period by how a set places them; knows nothing of records."""

from collections.abc import Iterable
from datetime import date

from acmspec.ground.calendar import Length, Period, period_of
from acmspec.program.calendar import BusinessCalendar, end_of
from acmspec.program.maturity import own_windows
from acmspec.program.record import Constant, EdgeOf, Later, PeriodOf, PeriodValue, Record
from acmspec.program.types import PeriodType


def last_placed(member: Record | None, days: Period, calendars: Iterable[BusinessCalendar]) -> date:
    """The last day of the window that tells who is in a period, or of the period itself.

    A day that each record has its own of is not known here; who is there waits for it.
    """
    worked = tuple(calendars)
    ends = [] if member is None else own_windows(member)
    found = [_moved(anchor, length, days, worked) for anchor, length in ends]
    return max((one for one in found if one is not None), default=days.last)


def _moved(anchor: Record, length: Length, days: Period, worked: tuple[BusinessCalendar, ...]) -> date | None:
    day = _day(anchor, days, worked)
    if day is None or length.seconds:
        return None
    return end_of(day, length, worked)


def _day(record: Record, days: Period, worked: tuple[BusinessCalendar, ...]) -> date | None:
    """A day that is the same for every record, None for any other."""
    match record:
        case Constant(value=date() as value) | PeriodValue(value=date() as value):
            return value
        case PeriodValue(which="period start"):
            return days.first
        case PeriodValue(which="period end"):
            return days.last
        case Later(operand=operand, length=Length() as length, back=False):
            return _moved(operand, length, days, worked)
        case Later(operand=operand, length=Length() as length) if not length.business:
            day = _day(operand, days, worked)
            return None if day is None else length.before(day)
        case EdgeOf(operand=PeriodOf(operand=operand, type=PeriodType() as of), last=last):
            day = _day(operand, days, worked)
            found = None if day is None else period_of(day, of.every, of.starts)
            return None if found is None else found.last if last else found.first
        case _:
            return None
