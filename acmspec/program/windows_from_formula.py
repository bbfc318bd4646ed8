"""Turns windows that are no written length into days: the period, a span, parts of the calendar, lengths by value.

It must not know what is held against them.
"""

from collections.abc import Callable
from datetime import date

from acmspec.formula.tree import During, Formula, Name, Window, Within
from acmspec.ground.calendar import Every, Length
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.business import settled_length
from acmspec.program.lookup_values import refused_quotient
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.moments import day_of
from acmspec.program.record import (
    Conditional,
    Constant,
    Defined,
    EdgeOf,
    FieldValue,
    InDays,
    IsKnown,
    Later,
    Logic,
    PeriodOf,
    PeriodValue,
    Record,
)
from acmspec.program.relocate import relocate
from acmspec.program.said import type_words
from acmspec.program.scope import Scope
from acmspec.program.span_from_formula import NO_SPAN, has_faulty_span, span_of
from acmspec.program.time_from_formula import TimeReader
from acmspec.program.types import BooleanType, DatetimeType, DateType, ErrorType, Form, NumberType, PeriodType
from acmspec.program.units import family, is_time

NO_LENGTH = Problem(
    "ACM450",
    "window without a length of time",
    "A window is so many days, months, hours or business days long: neither a number nor a unit alone says how long.",
    "Write a number and its unit, as in “within 30 days after X”, or a field that says “unit: days” in the spec.",
    "Every period of time must be stated in a unit of time.",
)
PROBLEMS = (NO_LENGTH,)

_DATE, _TRUTH = DateType(), BooleanType()
_ONE_DAY = Length(days=1)
_WORDS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "quarter", "year"}
    | {"seconds", "minutes", "hours", "days", "weeks", "months", "quarters", "years"}
)

Read = Callable[[Formula], Record]


@node
class Stretch:
    """Days from a first to a last one, both counted unless `after` or `before` says otherwise; all as in `InDays`."""

    first: Record
    last: Record
    what: str
    after: bool = False
    before: bool = False

    @property
    def whole(self) -> tuple[Record, Record]:
        """The first and the last day that count."""
        first = Later(self.first, _ONE_DAY, _DATE) if self.after else self.first
        return first, Later(self.last, _ONE_DAY, _DATE, back=True) if self.before else self.last


@node
class WindowReader:
    """Reads windows in one scope. `read` reads any formula there and `date` one that must be a date.

    `around` is the record in sight that a span is looked for from: the nearest one, or the one around it.
    """

    read: Read
    date: Read
    scope: Scope
    meanings: Meanings
    around: int = 0

    @property
    def time(self) -> TimeReader:
        """Reads dates and moments here."""
        return TimeReader(self.read, self.scope.path, self.meanings)

    def held(self, formula: Window) -> Record:
        """A date, a moment, or a whole month, quarter or year held against a window."""
        if formula.operand is None:
            raise TypeError(f"{formula.span.text!r} is not a window of a date")
        if isinstance(formula, Within):
            return self._held_within(formula, formula.operand)
        found, operand = self.stretch(formula), self.read(formula.operand)
        if isinstance(operand.type, PeriodType):
            return FAULTY if found is None else self._whole_period(operand, found)
        # A moment counts as the day it belongs to.
        day = day_of(operand) if isinstance(operand.type, DatetimeType) else self.date(formula.operand)
        return FAULTY if found is None else _in(day, found)

    def _held_within(self, formula: Within, operand: Formula) -> Record:
        """A date or moment held against a length after or before another of its kind."""
        lengths = self._lengths(formula)
        if lengths is not None and _family(lengths[0]) == "second":
            days = self.time.moments(operand, formula.anchor, "within LENGTH")
        else:
            days = self.time.days(operand, formula.anchor)
        return FAULTY if lengths is None else _in(days[0], _within(formula, days[1], *lengths))

    def days(self, window: Window) -> tuple[Record, Record] | None:
        """The first and the last day of a window that count; None if they can't be told (reported)."""
        found = self.stretch(window)
        return None if found is None else found.whole

    def _whole_period(self, operand: Record, found: Stretch) -> Record:
        """A month, quarter or year is in a window where all its days are."""
        ends = tuple(EdgeOf(operand, last, _DATE) for last in (False, True))
        return Logic("and", tuple(_in(one, found) for one in ends), _TRUTH)

    def stretch(self, window: Window) -> Stretch | None:
        """The days of a window; None if they can't be told (reported)."""
        if isinstance(window, Within):
            return self._of_days(window)
        if window.what == "period":
            return Stretch(PeriodValue("period start", _DATE), PeriodValue("period end", _DATE), "period")
        return self._span(window) if window.what == "span" else self._calendar(window)

    def _span(self, window: During) -> Stretch | None:
        """The span of the nearest record in sight that has one: up to, and without, the day it ends."""
        frames = self.scope.frames
        for index in range(self.around, len(frames)):
            own = span_of(frames[index], self.meanings.catalog)
            if own is not None:
                end = relocate(own.end, index)
                # A span that is still open has no last day yet, and no record is judged by it before it has.
                open_end = Constant(date.max, _DATE)
                last_day = Later(end, _ONE_DAY, _DATE, back=True)
                last = Conditional(IsKnown(end, True, _TRUTH), last_day, open_end, _DATE)
                return Stretch(relocate(own.start, index), last, "span")
            if has_faulty_span(frames[index], self.meanings.catalog):
                return None
        tables = " and ".join(dict.fromkeys(f"“{one.table}”" for one in frames[self.around :]))
        message = f"no record in sight has a span: those of {tables} have none"
        if not tables:
            message = "“in span” asks of the span of a record around this one, and there is none"
        fix = "" if tables else "For the record's own span write “lasts 90 days”, or “days from A to B” with its dates."
        self.say(NO_SPAN, window.span, message, label="which span?", fix=fix)
        return None

    def _of_days(self, window: Within) -> Stretch | None:
        """The days within a length after or before a date."""
        anchor, lengths = self.date(window.anchor), self._lengths(window)
        if lengths is None:
            return None
        if _family(lengths[0]) == "second":
            message = "a record's own span is counted in days, and this is a length in hours"
            self.say(NO_LENGTH, window.span, message, label="hours", fix="Write the length in days.")
            return None
        return _within(window, anchor, *lengths)

    def _calendar(self, window: During) -> Stretch | None:
        """The week, month, quarter or year so many after the one that holds a date, or before it."""
        if window.anchor is None:
            raise TypeError(f"{window.span.text!r} has no anchor")
        anchor, every = self.date(window.anchor), Every(window.what)
        begins = EdgeOf(PeriodOf(anchor, PeriodType(every)), False, _DATE)
        one = every.length
        start = -window.number if window.before else window.number
        first, following = _moved(begins, one, start), _moved(begins, one, start + 1)
        return Stretch(first, Later(following, _ONE_DAY, _DATE, back=True), window.what)

    def _lengths(self, window: Within) -> "tuple[Length | Record, Length | Record | None] | None":
        """How long a window is, and where it opens; None if that can't be told (reported)."""
        length = self.length(window.length, window.span)
        opens = None if window.opens is None else self.length(window.opens, window.span)
        if length is None or (window.opens is not None and opens is None):
            return None
        if opens is None or _family(opens) == _family(length):
            return length, opens
        message = "the ends of this window are in different units of time"
        fix = "Give both in days, both in months or both in business days of one calendar."
        self.say(NO_LENGTH, window.span, message, label="different units", fix=fix)
        return None

    # --- lengths --------------------------------------------------------------------------------------------

    def length(self, written: "Length | Formula", span: Span) -> "Length | Record | None":
        """A length that is written out, or a whole number with a unit of time; None if it is neither (reported)."""
        if isinstance(written, Length):
            return settled_length(written, span, self.scope.path, self.meanings)
        if isinstance(written, Name) and len(written.parts) == 1 and self._is_a_unit(written.parts[0]):
            word = written.parts[0]
            message, fix = f"“{word}” doesn't say how many", f"Write a number before it, as in “within 30 {word}”."
            self.say(NO_LENGTH, written.span, message, label="how many?", fix=fix)
            return None
        found = self.read(written)
        if isinstance(found.type, ErrorType) or refused_quotient(found, written.span, self.scope.path, self.meanings):
            return None
        return found if self._is_length(found, written) else None

    def _is_a_unit(self, word: str) -> bool:
        """Whether a word is a unit of time and no name in sight."""
        catalog = self.meanings.catalog
        tables = [frame.table for frame in self.scope.frames if not frame.alias]
        named = any(word in catalog.fields(one) or catalog.is_defined_for(one, word) for one in tables)
        return word in _WORDS and not named

    def _is_length(self, found: Record, written: Formula) -> bool:
        kind, text = found.type, written.span.text
        if not isinstance(kind, NumberType) or kind.form is not Form.NUMBER:
            message, fix = f"the length of a window is a number of days or months, and this is {type_words(kind)}", ""
        elif not (len(kind.unit.factors) == 1 and kind.unit.factors[0][1] == 1 and is_time(kind.unit.factors[0][0])):
            message = f"“{text}” is {type_words(kind)}, which says nothing of time"
            fix = _unit_offered(found)
        elif not kind.integral:
            message = f"“{text}” may have a part of a unit, and a window ends with a whole day"
            fix = "Count whole units: give the field “type: integer”."
        else:
            return True
        self.say(NO_LENGTH, written.span, message, label="how long?", fix=fix)
        return False

    def say(self, problem: Problem, span: Span, message: str, *, label: str = "", fix: str = "") -> None:
        """Report at the formula's place in the spec."""
        self.meanings.findings.say(problem, span, message, path=self.scope.path, label=label, fix=fix)


def _within(window: Within, anchor: Record, length: "Length | Record", opens: "Length | Record | None") -> Stretch:
    """`within L after X` and its like; the anchor itself counts only with `on or within`."""
    kind = anchor.type
    if window.before:
        return Stretch(Later(anchor, length, kind, back=True), anchor, "within", before=not window.inclusive)
    end = Later(anchor, length, kind)
    if opens is None:
        return Stretch(anchor, end, "within", after=not window.inclusive)
    return Stretch(Later(anchor, opens, kind), end, "within")


def _in(day: Record, found: Stretch) -> Record:
    return InDays(day, found.first, found.last, found.what, _TRUTH, found.after, found.before)


def _moved(begins: Record, one: Length, number: int) -> Record:
    """The first day of the part of the calendar so many after another; before it, if the number is negative."""
    length = Length(days=one.days * abs(number), months=one.months * abs(number))
    return Later(begins, length, _DATE, back=number < 0)


def _family(length: "Length | Record | None") -> str:
    """Which lengths of time a length can stand beside: its smallest unit, and its calendar."""
    if isinstance(length, Length):
        business = f"business day of {length.calendar}" if length.business else ""
        return business or ("second" if length.seconds else "month" if length.months else "day")
    kind = None if length is None else length.type
    return family(kind.unit) if isinstance(kind, NumberType) else ""


def _unit_offered(found: Record) -> str:
    """What to write where a number lacks its unit: at its field, if it is one."""
    while isinstance(found, Defined):
        found = found.body
    if isinstance(found, FieldValue):
        name = found.column.name
        return f"Give the field “{name}” its unit, such as “{name}: {{type: integer, unit: days}}”."
    return "Write it with its unit, as in “30 days”, or give the field it comes from “unit: days”."
