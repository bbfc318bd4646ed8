"""Periods of every kind, and the days that a result covers, by hand."""

import re
from dataclasses import dataclass
from datetime import date

from rowwise import days

MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip
SIZES = {"month": 1, "quarter": 3, "half year": 6, "year": 12, "fiscal quarter": 3, "fiscal year": 12}


@dataclass(frozen=True, order=True)
class Stretch:
    """A named range of days, both ends in it."""

    first: date
    last: date
    name: str

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and first <= self.last

    @property
    def year(self) -> int:
        """The number of a year."""
        return int(self.name.removeprefix("FY"))

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def around(day: date, every: str, fiscal_start: int) -> Stretch:
    """The period of the calendar around a day."""
    if every == "day":
        return Stretch(day, day, day.isoformat())
    if every == "week":
        return _week(day)
    start_month = fiscal_start if every.startswith("fiscal") else 1
    if every.startswith("year starting "):
        start_month = MONTHS.index(every.removeprefix("year starting ")) + 1
    size = SIZES.get(every, 12)
    year_start = date(day.year if day.month >= start_month else day.year - 1, start_month, 1)
    nth = 0
    while days.shifted(year_start, (nth + 1) * size) <= day:
        nth += 1
    first = days.shifted(year_start, nth * size)
    last = days.shifted(first, size) - days.ONE_DAY
    year = (days.shifted(year_start, 12) - days.ONE_DAY).year  # a fiscal year has the name of the year it ends in
    names = {
        "month": f"{first.year}-{first.month:02d}",
        "quarter": f"{first.year}-Q{nth + 1}",
        "half year": f"{first.year}-H{nth + 1}",
        "year": f"{first.year}",
        "fiscal quarter": f"FY{year}-Q{nth + 1}",
        "fiscal year": f"FY{year}",
    }
    return Stretch(first, last, names.get(every, f"{first:%Y-%m}..{last:%Y-%m}"))


def _week(day: date) -> Stretch:
    """From Monday to Sunday; the first week of a year is the one that holds its first Thursday."""
    monday = day - days.ONE_DAY * day.weekday()
    thursday = monday + 3 * days.ONE_DAY
    number = (thursday - date(thursday.year, 1, 1)).days // 7 + 1
    return Stretch(monday, monday + 6 * days.ONE_DAY, f"{thursday.year}-W{number:02d}")


def between(first: date, last: date, every: object, fiscal_start: int) -> list[Stretch]:
    """All periods with a day in the range, in order. `every` is what the spec says."""
    if every.value == "reporting day":
        own = [Stretch(day, day, day.isoformat()) for day in every.days]
    elif every.value == "reporting period":
        own = [Stretch(one.first, one.last, one.name) for one in every.periods]
    else:
        own, day = [], first
        while day <= last:
            own.append(around(day, every.value, fiscal_start))
            day = own[-1].last + days.ONE_DAY
    return [one for one in own if one.touches(first, last)]


def covered(period: Stretch, window: str, every: str, start: date, fiscal_start: int) -> Stretch:
    """The days a result covers: the window of a period, in the words of the spec; `start` is the contract's."""
    if window == "period":
        return period
    if window == "since start":
        return Stretch(start, period.last, period.name)
    if window == "year to date":
        year = every if every.startswith("year") else "fiscal year"
        return Stretch(around(period.last, year, fiscal_start).first, period.last, period.name)
    _, number, unit = window.split()
    after = period.last + days.ONE_DAY
    return Stretch(back(after, int(number), unit.rstrip("s")), period.last, period.name)


def back(day: date, number: int, unit: str) -> date:
    """A day some units of the calendar earlier."""
    if unit in {"day", "week"}:
        return day - number * days.ONE_DAY * (7 if unit == "week" else 1)
    return days.shifted(day, -number * SIZES[unit])


def named(text: str, kind: str, fiscal_start: int) -> Stretch | None:
    """A month, quarter or year by its name, as cells and formulas write it; none if it is none of that kind."""
    found = PATTERNS[kind].fullmatch(text)
    if found is None:
        return None
    year, nth = int(found["year"]), int(found["nth"] or 1)
    if kind.startswith("fiscal"):
        start = date(year - (fiscal_start > 1), fiscal_start, 1)
        return around(days.shifted(start, 3 * (nth - 1)), kind, fiscal_start)
    return around(date(year, SIZES[kind] * (nth - 1) + 1, 1), kind, fiscal_start)


PATTERNS = {
    "month": re.compile(r"(?P<year>[1-9]\d{3})-(?P<nth>0[1-9]|1[0-2])", re.ASCII),
    "quarter": re.compile(r"(?P<year>[1-9]\d{3})-?Q(?P<nth>[1-4])", re.ASCII),
    "year": re.compile(r"(?P<year>[1-9]\d{3})(?P<nth>)", re.ASCII),
    "fiscal quarter": re.compile(r"(FY)?(?P<year>[1-9]\d{3})-?Q(?P<nth>[1-4])", re.ASCII),
    "fiscal year": re.compile(r"(FY)?(?P<year>[1-9]\d{3})(?P<nth>)", re.ASCII),
}


def written(text: str, fiscal_start: int) -> Stretch:
    """A month, quarter or fiscal period that a formula writes out."""
    kinds = ["fiscal quarter", "fiscal year"] if text.startswith("FY") else ["month", "quarter"]
    return next(found for kind in kinds if (found := named(text, kind, fiscal_start)) is not None)
