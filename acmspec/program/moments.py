"""The day of a moment, and when a window that is counted in hours ends; knows nothing of formulas and SQL."""

from acmspec.ground.calendar import Length
from acmspec.program.record import DayOf, EdgeOf, Later, Record
from acmspec.program.types import DatetimeType, DateType, PeriodType

_DAY = 86_400
_CLOCK_CHANGE = 3_600


def day_of(record: Record) -> Record:
    """A date as it is, a moment as the day it belongs to, a month, quarter or year as its last day."""
    if isinstance(record.type, PeriodType):
        return EdgeOf(record, True, DateType())
    return DayOf(record, DateType()) if isinstance(record.type, DatetimeType) else record


def last_day(anchor: Record, length: Length) -> tuple[Record, Length]:
    """A date and a length in days or months after it: the day on which a window ends."""
    if not length.seconds:
        return day_of(anchor), length
    return day_of(Later(anchor, length, anchor.type)), Length()


def first_day(anchor: Record, length: Length, *, ahead: bool) -> tuple[Record, Length]:
    """A date and a length in days or months after it (`ahead`) or before it: the first day of a stretch.

    A stretch that begins at or after a moment begins on its day, one that begins with a month on the first day of it.
    """
    if isinstance(anchor.type, PeriodType):
        return EdgeOf(anchor, False, DateType()), Length()
    if not isinstance(anchor.type, DatetimeType):
        return anchor, length
    seconds = length.seconds if ahead else -length.seconds
    return day_of(Later(anchor, Length(seconds=seconds), anchor.type) if seconds else anchor), Length()


def days_at_most(length: Length) -> Length:
    """A length without hours that is never shorter: whole days, with room for a clock change."""
    if not length.seconds:
        return length
    return Length(-(-(length.seconds + _CLOCK_CHANGE) // _DAY))
