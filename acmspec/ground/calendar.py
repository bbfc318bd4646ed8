"""Dates, lengths of time and reporting periods, fiscal years included; there is no clock here or anywhere."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from acmspec.ground.node import node

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_YEAR = 12
_QUARTER = 3


class Every(Enum):
    """How often a period starts. The value is the word of the spec."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_QUARTER = "fiscal quarter"
    FISCAL_YEAR = "fiscal year"

    @property
    def months(self) -> int:
        """How many months one period has."""
        return {"month": 1, "quarter": _QUARTER, "fiscal quarter": _QUARTER}.get(self.value, _YEAR)

    @property
    def is_fiscal(self) -> bool:
        """Whether periods follow the contract's fiscal year."""
        return self.value.startswith("fiscal")


@node
class Length:
    """A length of time: a whole number of days, months, seconds or business days, counted on the calendar.

    Weeks are days, quarters and years are months, minutes and hours are seconds; one family is never turned into
    another. `calendar` names the calendar that business days are of, "" for the spec's only one.
    """

    days: int = 0
    months: int = 0
    seconds: int = 0
    business: int = 0
    calendar: str = ""

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


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or that month's last day where it has no such day (31 January + 1: 28 February)."""
    year, month = divmod(start.year * _YEAR + start.month - 1 + months, _YEAR)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def fiscal_year(day: date, starts: int) -> int:
    """The fiscal year a day is in, named by the calendar year it ends in; `starts` is its first month (1 to 12)."""
    return day.year + (1 if starts > 1 and day.month >= starts else 0)


def period_of(day: date, every: Every, fiscal_starts: int) -> Period:
    """The period that contains a day."""
    anchor = fiscal_starts if every.is_fiscal else 1
    into = (day.month - anchor) % _YEAR % every.months
    first = add_months(day.replace(day=1), -into)
    last = add_months(first, every.months) - timedelta(days=1)
    return Period(first, last, _name(first, every, anchor))


def _name(first: date, every: Every, anchor: int) -> str:
    if every is Every.MONTH:
        return f"{first.year:04d}-{first.month:02d}"
    quarter = (first.month - anchor) % _YEAR // _QUARTER + 1
    if every is Every.QUARTER:
        return f"{first.year:04d}-Q{quarter}"
    if every is Every.YEAR:
        return f"{first.year:04d}"
    year = f"FY{fiscal_year(first, anchor):04d}"
    return year if every is Every.FISCAL_YEAR else f"{year}-Q{quarter}"


def periods(every: Every, start: date, end: date, fiscal_starts: int) -> tuple[Period, ...]:
    """All periods that have a day in `[start, end]`, in order; none if the end lies before the start."""
    found: list[Period] = []
    day = start
    while day <= end:
        found.append(period_of(day, every, fiscal_starts))
        day = found[-1].last + timedelta(days=1)
    return tuple(found)


def rolling(period: Period, months: int) -> Period:
    """The window of `months` whole months that ends with the period, under the period's name."""
    first = add_months(period.last + timedelta(days=1), -months)
    return Period(first, period.last, period.name)
