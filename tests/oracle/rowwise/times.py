"""Days, moments, windows and lengths of time in a formula, counted by hand.

A length of time is kept in the smallest unit of its family: seconds, days or months.
"""

from datetime import date
from fractions import Fraction

from acmspec.formula.tree import (
    Age,
    Between,
    Birthday,
    CalendarPeriod,
    During,
    PartOf,
    PeriodValue,
    Within,
)
from acmspec.formula.tree import Moment as WrittenMoment
from rowwise import business, days, moments, periods
from rowwise.lengths import length
from rowwise.moments import Moment, day_of
from rowwise.periods import Stretch
from rowwise.tables import Value
from rowwise.values import reads, value
from rowwise.world import Here

MONTHS = {"month": 1, "year": 12}


@reads(WrittenMoment)
def _moment(here: Here, formula: WrittenMoment) -> Value:
    return moments.from_clock(formula.value, here.world.zone)


@reads(CalendarPeriod)
def _calendar_period(here: Here, formula: CalendarPeriod) -> Value:
    return periods.written(formula.name, here.world.spec.contract.fiscal_year_starts)


@reads(Between)
def _between(here: Here, formula: Between) -> Value:
    first, last = value(here, formula.start), value(here, formula.end)
    if first is None or last is None:
        return None
    if formula.unit in {"hour", "minute"}:
        passed = last.at - first.at
        return Fraction(passed.days * 86_400 + passed.seconds) + Fraction(passed.microseconds, 1_000_000)
    first, last = day_of(first), day_of(last)
    if formula.unit == "business day":
        number = business.between(here.world, formula.calendar, first, last)
        return None if number is None else Fraction(number)
    if formula.unit in MONTHS:
        size = MONTHS[formula.unit]
        return Fraction(_whole(days.months_between(first, last), size))
    return Fraction((last - first).days)


def _whole(months: int, size: int) -> int:
    """The months of whole years, or of whole months."""
    return abs(months) // size * size * (-1 if months < 0 else 1)


@reads(Age)
def _age(here: Here, formula: Age) -> Value:
    birth, day = day_of(value(here, formula.birth)), day_of(value(here, formula.day))
    return None if birth is None or day is None else Fraction(_whole(days.months_between(birth, day), 12))


@reads(Birthday)
def _birthday(here: Here, formula: Birthday) -> Value:
    birth = day_of(value(here, formula.birth))
    return None if birth is None else days.shifted(birth, 12 * formula.years)


@reads(PartOf)
def _part_of(here: Here, formula: PartOf) -> Value:
    inner = value(here, formula.operand)
    if inner is None:
        return None
    day = inner.first if isinstance(inner, Stretch) else day_of(inner)
    return (
        day
        if formula.part == "date"
        else periods.around(day, formula.part, here.world.spec.contract.fiscal_year_starts)
    )


@reads(Within, During)
def _within(here: Here, formula: Within | During) -> Value:
    """Windows in hours go from moment to moment, all others by dates."""
    inner = value(here, formula.operand)
    if isinstance(formula, Within):
        size = length(here, formula.length)
        if size is None or (formula.opens is not None and length(here, formula.opens) is None):
            return None
        if isinstance(inner, Moment) and size.seconds:
            return _within_hours(here, formula, inner)
    stretch = window(here, formula)
    if inner is None or stretch is None:
        return None
    first, last = (inner.first, inner.last) if isinstance(inner, Stretch) else (day_of(inner), day_of(inner))
    return stretch[0] <= first and last <= stretch[1]


def _within_hours(here: Here, formula: Within, inner: Value) -> Value:
    ends = moments_of(here, formula)
    if inner is None or ends is None:
        return None
    if formula.inclusive or formula.opens is not None:
        return ends[0] <= inner <= ends[1]
    return ends[0] <= inner < ends[1] if formula.before else ends[0] < inner <= ends[1]


def moments_of(here: Here, formula: Within) -> tuple[Moment, Moment] | None:
    """The moments at which a window in hours begins and ends."""
    anchor, zone = value(here, formula.anchor), here.world.zone
    if anchor is None:
        return None
    seconds = length(here, formula.length).seconds
    if formula.before:
        return anchor.moved(-seconds, zone), anchor
    opens = 0 if formula.opens is None else length(here, formula.opens).seconds
    return anchor.moved(opens, zone), anchor.moved(seconds, zone)


def window(here: Here, formula: Within | During) -> tuple[date, date] | None:
    """The first and the last day of a window, None where they are unknown."""
    if isinstance(formula, During):
        return _during(here, formula)
    size = length(here, formula.length)
    opens = None if formula.opens is None else length(here, formula.opens)
    if size is None or (opens is None and formula.opens is not None):
        return None
    if size.seconds:
        ends = moments_of(here, formula)
        return None if ends is None else (ends[0].day, ends[1].day)
    anchor = day_of(value(here, formula.anchor))
    if anchor is None:
        return None
    beside = days.ONE_DAY * (not formula.inclusive)
    if formula.before:
        return moved(here, anchor, size, -1), anchor - beside
    if opens is not None:
        return moved(here, anchor, opens, 1), moved(here, anchor, size, 1)
    return anchor + beside, moved(here, anchor, size, 1)


def _during(here: Here, formula: During) -> tuple[date, date] | None:
    """The period, a span, or a part of the calendar so many on."""
    if formula.what == "period":
        return here.window.first, here.window.last
    if formula.what == "span":
        start, end = _nearest_span(here if formula.operand is not None else here.around())
        return None if start is None else (start, date.max if end is None else end - days.ONE_DAY)
    anchor = value(here, formula.anchor)
    if anchor is None:
        return None
    day = anchor.first if isinstance(anchor, Stretch) else day_of(anchor)
    start = periods.around(day, formula.what, 1).first
    moved_to = periods.back(start, formula.number if formula.before else -formula.number, formula.what)
    found = periods.around(moved_to, formula.what, 1)
    return found.first, found.last


def _nearest_span(here: Here) -> tuple[date | None, date | None]:
    """The span of the nearest record in sight that has one."""
    while here.interval is None and here.world.table(here.row.table).interval is None:
        here = here.around()
    return span(here)


def span(here: Here) -> tuple[date | None, date | None]:
    """The day the record at hand starts and the day it ends, by the span of its set or its table."""
    start, end = (here.row.values[name] for name in span_fields(here))
    return day_of(start), day_of(end)


def span_fields(here: Here) -> tuple[str, str]:
    """The names of the fields of the span of the record at hand."""
    names = here.interval or here.world.table(here.row.table).interval
    return names[0].value, names[1].value


def moved(here: Here, day: date, length: object, direction: int) -> date:
    """A day some length later or (with -1) earlier."""
    if length.business:
        return business.moved(here.world, length.calendar, day, length.business * direction)
    return days.later(day, length) if direction > 0 else days.earlier(day, length)


@reads(PeriodValue)
def _period_value(here: Here, formula: PeriodValue) -> Value:
    term = here.world.spec.contract.term
    match formula.which:
        case "contract start":
            return term.first.value
        case "contract end":
            return term.last.value
        case "data date":
            return here.world.data_date
    assert here.window is not None, "no period is at hand"
    if formula.which == "length of period":
        return Fraction(here.window.length)
    return here.window.first if formula.which == "period start" else here.window.last
