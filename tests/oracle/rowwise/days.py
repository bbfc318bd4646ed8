"""Days, months, periods: counted by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the last day of that month."""
    number = day.year * 12 + (day.month - 1) + months
    year, month = number // 12, number % 12 + 1
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    last = (following - ONE_DAY).day
    return date(year, month, min(day.day, last))


def later(day: date, length: object) -> date:
    """A day plus a length of days or months."""
    return shifted(day, length.months) + timedelta(days=length.days)


def earlier(day: date, length: object) -> date:
    """A day minus a length of days or months."""
    return shifted(day, -length.months) - timedelta(days=length.days)


@dataclass(frozen=True)
class Stretch:
    """A named range of days, both ends in it."""

    first: date
    last: date
    name: str

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and first <= self.last


def period_around(day: date, every: str, fiscal_start: int) -> Stretch:
    """The month, quarter, year, fiscal quarter or fiscal year around a day."""
    start_month = fiscal_start if every.startswith("fiscal") else 1
    size = {"month": 1, "quarter": 3, "year": 12}[every.removeprefix("fiscal ")]
    year_start = date(day.year if day.month >= start_month else day.year - 1, start_month, 1)
    nth = 0
    while shifted(year_start, (nth + 1) * size) <= day:
        nth += 1
    first = shifted(year_start, nth * size)
    last = shifted(first, size) - ONE_DAY
    year = shifted(year_start, 12) - ONE_DAY  # a fiscal year has the name of the year it ends in
    names = {
        "month": f"{first.year}-{first.month:02d}",
        "quarter": f"{first.year}-Q{nth + 1}",
        "year": f"{first.year}",
        "fiscal quarter": f"FY{year.year}-Q{nth + 1}",
        "fiscal year": f"FY{year.year}",
    }
    return Stretch(first, last, names[every])


def periods_between(first: date, last: date, every: str, fiscal_start: int) -> list[Stretch]:
    """All periods with a day in the range, in order."""
    found = []
    day = first
    while day <= last:
        found.append(period_around(day, every, fiscal_start))
        day = found[-1].last + ONE_DAY
    return found
