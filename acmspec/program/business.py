"""Which calendar a number of business days is counted on: the one it names, or the spec's only one."""

from dataclasses import replace
from datetime import date

from acmspec.formula.tree import Between, Number
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import Unit
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.program.calendar import BusinessCalendar
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.record import BusinessDaysBetween, Record
from acmspec.program.types import Form, NumberType
from acmspec.spec.enclosures import Calendar

WHICH_CALENDAR = Problem(
    "ACM485",
    "business days of no calendar",
    "Which days are worked differs from place to place, so business days are counted on a calendar of the spec.",
    "Declare one under “calendars”, as in county: {holidays: {file: holidays.csv, column: day}}; where there are "
    "several, write “5 business days of county”.",
    "Business days must be those of a calendar that this Agreement names.",
)
PROBLEMS = (WHICH_CALENDAR,)

_DAY = "business day"


def calendars_of(declared: tuple[Calendar, ...]) -> tuple[BusinessCalendar, ...]:
    """The meaning of the calendars of a spec: what they cover is declared, or the years of their holidays."""
    return tuple(_calendar(one) for one in declared)


def _calendar(one: Calendar) -> BusinessCalendar:
    first = one.first.value if one.first else None
    last = one.last.value if one.last else None
    if one.holidays:
        first = first or date(one.holidays[0].year, 1, 1)
        last = last or date(one.holidays[-1].year, 12, 31)
    return BusinessCalendar(one.name.value, one.weekend, one.holidays, first, last)


def calendar_named(name: str, span: Span, path: str, meanings: Meanings) -> str | None:
    """The name of the calendar meant, "" being the only one; None if there is none (reported)."""
    spec = meanings.catalog.spec
    known = [one.name.value for one in spec.calendars]
    if name in known:
        return name
    if not name and len(known) == 1:
        return known[0]
    if meanings.catalog.faulty("calendars", name) if name else meanings.catalog.faulty("calendars"):
        return None
    message, fix = f"there is no calendar “{name}”", offer(name, known) if known else ""
    if not name:
        message = "the spec has no calendar to count business days on"
        if known:
            message = "the spec has several calendars, and nothing says which one counts"
            fix = f"Write, for example, “business days of {known[0]}”."
    meanings.findings.say(WHICH_CALENDAR, span, message, path=path, label="which calendar?", fix=fix)
    return None


def settled_length(length: Length, span: Span, path: str, meanings: Meanings) -> Length | None:
    """A length with the calendar that its business days are counted on; None if there is none (reported)."""
    if not length.business:
        return length
    name = calendar_named(length.calendar, span, path, meanings)
    return None if name is None else replace(length, calendar=name)


def settled_number(written: Number, path: str, meanings: Meanings) -> Number | None:
    """A number as an author wrote it, its business days those of a calendar; None if there is none (reported)."""
    unit = written.amount.unit
    word, power = unit.factors[0] if len(unit.factors) == 1 else ("", 1)
    if power != 1 or not is_business(word):
        return written
    name = calendar_named(word.removeprefix(_DAY).removeprefix(" of "), written.span, path, meanings)
    return None if name is None else replace(written, amount=replace(written.amount, unit=_unit(name)))


def business_days(written: Between, start: Record, end: Record, path: str, meanings: Meanings) -> Record:
    """Business days from one date to another; an error node if no calendar counts them (reported)."""
    name = calendar_named(written.calendar, written.span, path, meanings)
    if name is None:
        return FAULTY
    return BusinessDaysBetween(start, end, name, NumberType(Form.NUMBER, _unit(name), integral=True))


def _unit(calendar: str) -> Unit:
    return Unit.of(f"{_DAY} of {calendar}")


def is_business(dimension: str) -> bool:
    """Whether a dimension is business days of some calendar."""
    return dimension == _DAY or dimension.startswith(f"{_DAY} of ")
