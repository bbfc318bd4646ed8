"""Turns what formulas say of dates, moments, months and ages into record expressions; knows nothing of sets.

Where days, weeks, months or years are counted, moments count as the day they belong to; where hours and minutes are,
only moments do. One of each is never set against the other: the author says which day is meant.
"""

from collections.abc import Callable
from datetime import date

from acmspec.formula.tree import (
    Age,
    Between,
    Birthday,
    CalendarPeriod,
    Formula,
    Moment,
    PartOf,
    Within,
)
from acmspec.ground import zones
from acmspec.ground.calendar import Every, Length, add_months
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.moments import day_of
from acmspec.program.record import (
    Completed,
    Constant,
    DaysBetween,
    EdgeOf,
    Elapsed,
    InWindow,
    Later,
    LookBack,
    PeriodOf,
    Record,
)
from acmspec.program.said import type_words
from acmspec.program.side_by_side import in_unit
from acmspec.program.types import BooleanType, DatetimeType, DateType, ErrorType, Form, NumberType, PeriodType
from acmspec.program.typing_rules import DAY_AND_MOMENT
from acmspec.program.units import DAY, HOUR, MINUTE, MONTH, WEEK, YEAR

DATE_NEEDED = Problem(
    "ACM315",
    "a date is needed here",
    "Time is counted from one date to another.",
    "Name a field that holds a date.",
    "Periods of time must be counted from one named date to another.",
)
MOMENT_NEEDED = Problem(
    "ACM323",
    "a time of day is needed here",
    "Hours and minutes are counted between moments; a date alone does not say at what time.",
    "Name fields of type datetime, or count days.",
    "Hours must be counted from one recorded time to another.",
)
NO_PERIOD = Problem(
    "ACM325",
    "no month, quarter or year of this",
    "A date lies in one month, quarter and year, and a month in one quarter and year.",
    "Name a field that holds a date.",
    "A month, quarter or year must be that of a named date.",
)
NO_TIME = Problem(
    "ACM326",
    "a time that no clock shows",
    "On that day clocks are put forward past this time.",
    "Write a time that clocks show.",
    "A time must be one that clocks in the time zone of this Agreement show.",
)
PROBLEMS = (DATE_NEEDED, MOMENT_NEEDED, NO_PERIOD, NO_TIME)

_TRUTH = BooleanType()
_UNITS = {"day": DAY, "week": WEEK, "month": MONTH, "year": YEAR, "hour": HOUR, "minute": MINUTE}
_YEAR = 12


@node
class TimeReader:
    """Reads formulas about time in one place of the spec. `read` reads any formula there."""

    read: Callable[[Formula], Record]
    path: str
    meanings: Meanings

    # --- values -------------------------------------------------------------------------------------------

    def constant(self, formula: Moment | CalendarPeriod) -> Record:
        """A moment, a month, a quarter or a fiscal period that is written out."""
        catalog = self.meanings.catalog
        if isinstance(formula, CalendarPeriod):
            return named_period(formula.name, catalog.spec.contract.fiscal_year_starts)
        if catalog.zone and zones.zone(catalog.zone).offset_of(formula.value) is None:
            message = f"no clock in {catalog.zone} shows {formula.span.text}"
            self.say(NO_TIME, formula.span, message, label="clocks are put forward")
            return FAULTY
        return Constant(formula.value, DatetimeType(catalog.zone))

    def between(self, formula: Between) -> Record:
        """`days from A to B` and its like."""
        unit = _UNITS[formula.unit]
        if unit in {HOUR, MINUTE}:
            start, end = self.moments(formula.start, formula.end, f"days from {_texts(formula)}")
            return Elapsed(start, end, NumberType(Form.NUMBER, unit))
        start, end = self.days(formula.start, formula.end)
        if unit in {MONTH, YEAR}:
            months = _YEAR if unit == YEAR else 1
            return Completed(months, start, end, NumberType(Form.NUMBER, unit, integral=True))
        found = DaysBetween(start, end, NumberType(Form.NUMBER, DAY, integral=True))
        return found if unit == DAY else in_unit(found, WEEK)

    def part_of(self, formula: PartOf) -> Record:
        """`date of X`, `month of D` and its like."""
        found = self.read(formula.operand)
        if isinstance(found.type, ErrorType):
            return FAULTY
        if formula.part == "date":
            if isinstance(found.type, DatetimeType):
                return day_of(found)
            fix = "Leave “date of” out." if isinstance(found.type, DateType) else ""
            message = f"“date of” takes a moment, and this is {type_words(found.type)}"
            self.say(MOMENT_NEEDED, formula.operand.span, message, label="not a moment", fix=fix)
            return FAULTY
        of = self.meanings.catalog.period_type(Every(formula.part))
        if isinstance(found.type, DatetimeType | DateType):
            return PeriodOf(day_of(found), of)
        if isinstance(found.type, PeriodType) and _nests(found.type, of):
            return PeriodOf(EdgeOf(found, False, DateType()), of)
        message = f"{type_words(found.type)} lies in no one {formula.part}"
        fix = ""
        if isinstance(found.type, PeriodType):
            operand = formula.operand.span.text
            fix = f"Compare the {found.type.every.value} itself, “{operand}”, or name a field that holds a date."
        self.say(NO_PERIOD, formula.operand.span, message, label="not a date", fix=fix)
        return FAULTY

    def age(self, formula: Age) -> Record:
        """The years completed on a day."""
        birth, day = self.days(formula.birth, formula.day)
        return Completed(_YEAR, birth, day, NumberType(Form.NUMBER, YEAR, integral=True))

    def birthday(self, formula: Birthday) -> Record:
        """The day on which so many years are completed."""
        return Later(self.day(formula.birth), Length(months=_YEAR * formula.years), DateType())

    # --- windows ------------------------------------------------------------------------------------------

    def window(self, formula: Within, length: Length, opens: Length | None) -> Record:
        """A date or moment in a window of written lengths after or before another."""
        if formula.operand is None:
            raise TypeError(f"{formula.span.text!r} is not a window of a date")
        if length.seconds:
            days = max(1, round(length.seconds / 86400))
            instead = f"within {days} day{'' if days == 1 else 's'}"
            operand, anchor = self.moments(formula.operand, formula.anchor, instead)
        else:
            operand, anchor = self.days(formula.operand, formula.anchor)
        if formula.before:
            return LookBack(operand, formula.inclusive, length, anchor, _TRUTH)
        return InWindow(operand, formula.inclusive, length, anchor, _TRUTH, opens)

    # --- what is needed -----------------------------------------------------------------------------------

    def day(self, formula: Formula) -> Record:
        """A formula that must be a date; a moment is the author's to turn into one."""
        found = self.read(formula)
        if isinstance(found.type, DateType | ErrorType):
            return found
        text = formula.span.text
        fix = f"Write “date of {text}”." if isinstance(found.type, DatetimeType) else ""
        self.say(DATE_NEEDED, formula.span, f"a date is needed, and this is {type_words(found.type)}",
                 label="not a date", fix=fix)  # fmt: skip
        return FAULTY

    def days(self, one: Formula, other: Formula) -> tuple[Record, Record]:
        """Two dates, or two moments as the days they belong to."""
        first, second = self.read(one), self.read(other)
        if self.are_mixed(one, first, other, second):
            return FAULTY, FAULTY
        return self._as_day(one, first), self._as_day(other, second)

    def _as_day(self, formula: Formula, found: Record) -> Record:
        if isinstance(found.type, DateType | DatetimeType | ErrorType):
            return day_of(found)
        message = f"a date is needed, and this is {type_words(found.type)}"
        self.say(DATE_NEEDED, formula.span, message, label="not a date")
        return FAULTY

    def moments(self, one: Formula, other: Formula, instead: str) -> tuple[Record, Record]:
        """Two moments; `instead` is what to write where days are meant."""
        first, second = self.read(one), self.read(other)
        found = []
        for formula, each in ((one, first), (other, second)):
            if not isinstance(each.type, DatetimeType | ErrorType):
                message = f"a time of day is needed, and this is {type_words(each.type)}"
                dates = isinstance(first.type, DateType) and isinstance(second.type, DateType)
                fix = f"Write “{instead}”, which counts days." if dates else ""
                self.say(MOMENT_NEEDED, formula.span, message, label="no time of day", fix=fix)
            found.append(each if isinstance(each.type, DatetimeType) else FAULTY)
        return found[0], found[1]

    def are_mixed(self, one: Formula, first: Record, other: Formula, second: Record) -> bool:
        """Whether one side is a date and the other a moment, which is then reported."""
        kinds = (type(first.type), type(second.type))
        if kinds not in {(DateType, DatetimeType), (DatetimeType, DateType)}:
            return False
        moment = other if kinds[0] is DateType else one
        message = f"“{one.span.text}” is {type_words(first.type)}, and “{other.span.text}” {type_words(second.type)}"
        self.say(DAY_AND_MOMENT, moment.span, message, label="a moment", fix=f"Write “date of {moment.span.text}”.")
        return True

    def say(self, problem: Problem, span: Span, message: str, *, label: str = "", fix: str = "") -> None:
        """Report at the formula's place in the spec."""
        self.meanings.findings.say(problem, span, message, path=self.path, label=label, fix=fix)


def named_period(name: str, fiscal_starts: int) -> Constant:
    """The month, quarter or fiscal period of a name: 2025-07, 2025-Q3, FY2026, FY2026-Q1."""
    year, _, rest = name.removeprefix("FY").partition("-")
    is_fiscal, starts = name.startswith("FY"), fiscal_starts if name.startswith("FY") else 1
    every = Every.FISCAL_YEAR if is_fiscal else Every.MONTH
    month = starts
    if rest.startswith("Q"):
        every = Every.FISCAL_QUARTER if is_fiscal else Every.QUARTER
        month = starts + 3 * (int(rest[1:]) - 1)
    elif rest:
        month = int(rest)
    before = _YEAR if starts > 1 else 0  # a fiscal year is named by the calendar year in which it ends
    return Constant(add_months(date(int(year), 1, 1), month - 1 - before), PeriodType(every, starts))


def _nests(one: PeriodType, of: PeriodType) -> bool:
    """Whether each period of a kind lies in one period of another."""
    short, long = one.every.length.months, of.every.length.months
    return bool(short and long) and long % short == 0 and (of.starts - one.starts) % short == 0


def _texts(formula: Between) -> str:
    return f"{formula.start.span.text} to {formula.end.span.text}"
