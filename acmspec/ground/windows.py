"""Which days a measure looks at for each of its periods: the period itself, or days before it, too; no clock."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from acmspec.ground.calendar import (
    Cycle,
    Every,
    Length,
    NamedPeriods,
    Period,
    ReportingDays,
    YearStarting,
    period_of,
    periods,
)
from acmspec.ground.node import node

ROLLING = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "quarter": (0, 3), "year": (0, 12)}
"""The units of a rolling window: how many days and how many months one has."""

_ONE_DAY = timedelta(days=1)


class Covers(Enum):
    """Windows that take no number. The value is the words of the spec."""

    PERIOD = "period"
    YEAR_TO_DATE = "year to date"
    SINCE_START = "since start"


@node
class Rolling:
    """A number of days, weeks, months, quarters or years that end with the period; `unit` is one of `ROLLING`."""

    number: int
    unit: str

    @property
    def length(self) -> Length:
        """How long the window is."""
        days, months = ROLLING[self.unit]
        return Length(days * self.number, months * self.number)

    @property
    def value(self) -> str:
        """The words of the spec."""
        return f"rolling {self.number} {self.unit}{'' if self.number == 1 else 's'}"


Coverage = Covers | Rolling
"""What a result covers."""


@node
class Bounds:
    """The contract's days, both ends counted, and the first month of its fiscal year (1 to 12)."""

    first: date
    last: date
    fiscal_starts: int


@lru_cache(maxsize=256)
def windows(every: Cycle, covers: Coverage, term: Bounds, until: date) -> tuple[Period, ...]:
    """One window for each period with a day in the term that has begun by a day, in order, under the period's name."""
    found = periods(every, term.first, min(term.last, until), term.fiscal_starts)
    return tuple(window(one, every, covers, term) for one in found)


@lru_cache(maxsize=4096)
def window(period: Period, every: Cycle, covers: Coverage, term: Bounds) -> Period:
    """The days looked at for a period; they end with it, and may reach back before the term."""
    match covers:
        case Covers.PERIOD:
            return period
        case Covers.YEAR_TO_DATE:
            first = year_of(period.last, every, term.fiscal_starts).first
        case Covers.SINCE_START:
            first = term.first
        case Rolling():
            first = _back(period.last, covers.length)
    return Period(first, period.last, period.name)


def year_of(day: date, every: Cycle, fiscal_starts: int) -> Period:
    """The year that “to date” counts from: the periods’ own where they are years, else the fiscal year."""
    year = every if isinstance(every, YearStarting) or every is Every.YEAR else Every.FISCAL_YEAR
    return period_of(day, year, fiscal_starts)


def _back(last: date, length: Length) -> date:
    """The first of the days of a length that ends with a day; months are taken off once, from the day after it."""
    most = length.days + 31 * (length.months + 1)
    if (last - date.min).days <= most:
        return date.min
    return length.before(last) if last == date.max else length.before(last + _ONE_DAY)


def overlap(found: Iterable[Period]) -> bool:
    """Whether a day belongs to two of some windows, which stand in order of their last days."""
    last = None
    for one in found:
        if last is not None and one.first <= last:
            return True
        last = one.last
    return False


def parts_of(whole: Period, every: Cycle, fiscal_starts: int, until: date) -> tuple[Period, ...]:
    """The periods that end in a stretch of time and have begun by a day, each whole, in order."""
    found = periods(every, whole.first, whole.last, fiscal_starts)
    return tuple(one for one in found if one.last <= whole.last and one.first <= until)


def whole_move(number: int, unit: str, every: Cycle) -> str:
    """The shortest move from a period to another of its kind, where a move misses them by its length; "" where it fits.

    Half years have no unit of their own: they are moved by six months.
    """
    if isinstance(every, ReportingDays | NamedPeriods) or every is Every.DAY:
        return ""
    length, back = every.length, _unit(unit, number)
    if length.days and not back.months and back.days % length.days == 0:
        return ""
    if length.months and not back.days and back.months % length.months == 0:
        return ""
    return next((f"1 {name}" for name in ROLLING if _unit(name, 1) == length), f"{length.months} months")


def earlier(period: Period, every: Cycle, number: int, unit: str, fiscal_starts: int) -> Period:
    """The period so many units before; a spec's own days and periods are moved as they are."""
    back = _unit(unit, number)
    if isinstance(every, ReportingDays | NamedPeriods):
        first = back.before(period.first)
        last = first
        if period.first < period.last:
            # The day after it is moved, so that a month's last day stays one; some first day is always left.
            last = max(first, back.before(period.last + _ONE_DAY) - _ONE_DAY)
        return Period(first, last, str(first) if first == last else f"{first}..{last}")
    return period_of(back.before(period.first), every, fiscal_starts)


def _unit(unit: str, number: int) -> Length:
    days, months = ROLLING[unit]
    return Length(days * number, months * number)
