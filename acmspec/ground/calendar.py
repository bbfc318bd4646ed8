"""Dates, lengths of time and how reporting periods follow each other; there is no clock here or anywhere."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import overload

from acmspec.ground.node import node

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_YEAR, _HALF, _QUARTER = 12, 6, 3
_WEEK = 7
UNITS: Mapping[str, tuple[int, str]] = MappingProxyType({
    "second": (1, "second"), "minute": (60, "second"), "hour": (3_600, "second"),
    "day": (1, "day"), "week": (_WEEK, "day"),
    "month": (1, "month"), "quarter": (_QUARTER, "month"), "year": (_YEAR, "month"),
})  # fmt: skip
"""How many of the smallest unit of its family each unit of time is, and which one that is."""


@node
class Length:
    """A length of time: a whole number of days, months, seconds or business days, counted on the calendar.

    Weeks are days, quarters and years are months, minutes and hours are seconds; one family is never turned into
    another. `calendar` names the calendar that business days are of, "" for the spec's only one. `said` is the unit it
    was written in, in which it is printed and spoken where it is a whole number of them.
    """

    days: int = 0
    months: int = 0
    seconds: int = 0
    business: int = 0
    calendar: str = ""
    said: str = field(default="", compare=False, repr=False)

    @property
    def as_said(self) -> tuple[int, str] | None:
        """How many of the unit it was written in it has; None where that is no whole number, or not known."""
        size, of = UNITS.get(self.said, (0, ""))
        held = {"second": self.seconds, "day": self.days, "month": self.months}.get(of, 0)
        alone = sum(map(bool, (self.days, self.months, self.seconds, self.business))) == 1
        return (held // size, self.said) if alone and held and held % size == 0 else None

    def after(self, start: date) -> date:
        """The date this long after `start`; months clamp at the month's end, added once."""
        return add_months(start, self.months) + timedelta(days=self.days)

    def before(self, end: date) -> date:
        """The date this long before `end`; months clamp at the month's end, subtracted once."""
        return add_months(end, -self.months) - timedelta(days=self.days)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A named range of days, both ends counted. A rolling window carries the name of its last period."""

    first: date
    last: date
    name: str

    def meets(self, other: "Period") -> bool:
        """Whether some day belongs to both."""
        return self.first <= other.last and other.first <= self.last


class Every(Enum):
    """How often a period of the calendar starts. The value is the word of the spec. Weeks go from Monday to Sunday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half year"
    YEAR = "year"
    FISCAL_QUARTER = "fiscal quarter"
    FISCAL_YEAR = "fiscal year"

    @property
    def length(self) -> Length:
        """How long one period is."""
        return _LENGTHS[self.value]

    @property
    def is_fiscal(self) -> bool:
        """Whether periods follow the contract's fiscal year."""
        return self.value.startswith("fiscal")


_LENGTHS = {
    "day": Length(days=1),
    "week": Length(days=_WEEK),
    "month": Length(months=1),
    "quarter": Length(months=_QUARTER),
    "half year": Length(months=_HALF),
    "year": Length(months=_YEAR),
    "fiscal quarter": Length(months=_QUARTER),
    "fiscal year": Length(months=_YEAR),
}


@node
class YearStarting:
    """Years that start on the first day of a month (1 to 12), whatever the contract's fiscal year is."""

    month: int

    @property
    def value(self) -> str:
        """The words of the spec."""
        return f"year starting {MONTHS[self.month - 1]}"

    @property
    def length(self) -> Length:
        """How long one period is."""
        return Length(months=_YEAR)


@node
class ReportingDays:
    """Days in order; each is a period of its own."""

    days: tuple[date, ...]

    @property
    def value(self) -> str:
        """What one of them is called."""
        return "reporting day"


@node
class NamedPeriods:
    """Periods with names of their own, in order, none of which overlaps another."""

    periods: tuple[Period, ...]

    @property
    def value(self) -> str:
        """What one of them is called."""
        return "reporting period"


Regular = Every | YearStarting
"""Periods that follow each other without end."""

Cycle = Regular | ReportingDays | NamedPeriods
"""How the periods of a measure follow each other."""


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or that month's last day where it has no such day (31 January + 1: 28 February)."""
    year, month = divmod(start.year * _YEAR + start.month - 1 + months, _YEAR)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def fiscal_year(day: date, starts: int) -> int:
    """The fiscal year a day is in, named by the calendar year it ends in; `starts` is its first month (1 to 12)."""
    return day.year + (1 if starts > 1 and day.month >= starts else 0)


@overload
def period_of(day: date, every: Regular, fiscal_starts: int) -> Period: ...
@overload
def period_of(day: date, every: Cycle, fiscal_starts: int) -> Period | None: ...
def period_of(day: date, every: Cycle, fiscal_starts: int) -> Period | None:
    """The period that contains a day; None where none of a spec's own days or periods does."""
    match every:
        case Every.DAY:
            return Period(day, day, str(day))
        case Every.WEEK:
            return _week(day)
        case Every() | YearStarting():
            return _of_months(day, every, fiscal_starts)
        case ReportingDays() | NamedPeriods():
            return next((one for one in _own(every) if one.first <= day <= one.last), None)


def _own(every: ReportingDays | NamedPeriods) -> tuple[Period, ...]:
    if isinstance(every, NamedPeriods):
        return every.periods
    return tuple(Period(day, day, str(day)) for day in every.days)


def _week(day: date) -> Period:
    """The week from Monday to Sunday, named as ISO 8601 does: by its Thursday's year (`2025-W07`)."""
    year, number, weekday = day.isocalendar()
    first = day.toordinal() - weekday + 1
    last = min(first + _WEEK - 1, date.max.toordinal())
    return Period(date.fromordinal(max(first, 1)), date.fromordinal(last), f"{year:04d}-W{number:02d}")


@lru_cache(maxsize=4096)
def _of_months(day: date, every: Regular, fiscal_starts: int) -> Period:
    """The period of whole months that contains a day."""
    months = every.length.months
    anchor = every.month if isinstance(every, YearStarting) else fiscal_starts if every.is_fiscal else 1
    into = (day.month - anchor) % _YEAR % months
    first = add_months(day.replace(day=1), -into)
    # The year 9999 is the last one a calendar can hold; people write its last day for “without end”.
    ends = first.year * _YEAR + first.month - 1 + months > date.max.year * _YEAR + _YEAR - 1
    last = date.max if ends else add_months(first, months) - timedelta(days=1)
    return Period(first, last, _name(first, last, every, anchor))


def _name(first: date, last: date, every: Regular, anchor: int) -> str:
    quarter = (first.month - anchor) % _YEAR // _QUARTER + 1
    match every:
        case Every.MONTH:
            return f"{first.year:04d}-{first.month:02d}"
        case Every.QUARTER:
            return f"{first.year:04d}-Q{quarter}"
        case Every.HALF_YEAR:
            return f"{first.year:04d}-H{first.month // _HALF + 1}"
        case Every.YEAR:
            return f"{first.year:04d}"
        case YearStarting():
            # A year alone would be taken for the calendar year, or for one of two fiscal years.
            return f"{first.year:04d}-{first.month:02d}..{last.year:04d}-{last.month:02d}"
    year = f"FY{fiscal_year(first, anchor):04d}"
    return year if every is Every.FISCAL_YEAR else f"{year}-Q{quarter}"


def periods(every: Cycle, start: date, end: date, fiscal_starts: int) -> tuple[Period, ...]:
    """All periods that have a day in `[start, end]`, in order; none if the end lies before the start."""
    if isinstance(every, ReportingDays | NamedPeriods):
        return tuple(one for one in _own(every) if start <= end and one.first <= end and start <= one.last)
    found: list[Period] = []
    day = start
    while day <= end:
        found.append(period_of(day, every, fiscal_starts))
        if found[-1].last == date.max:
            break
        day = found[-1].last + timedelta(days=1)
    return tuple(found)
