"""Turns what a formula asks of a record's own span into record expressions: how long, whether open, whether lasting."""

from collections.abc import Callable
from typing import TypeGuard

from acmspec.formula.tree import Active as WrittenActive
from acmspec.formula.tree import DaysIn as WrittenDays
from acmspec.formula.tree import During, Formula, Window, Within
from acmspec.formula.tree import Lasts as WrittenLasts
from acmspec.formula.tree import OpenOn as WrittenOpen
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.business import settled_length
from acmspec.program.catalog import Catalog
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.moments import day_of
from acmspec.program.record import (
    Active,
    Column,
    DaysIn,
    FieldValue,
    Lasts,
    Later,
    OpenOn,
    PeriodValue,
    Record,
    Sooner,
)
from acmspec.program.scope import NOT_YET, Frame, Scope
from acmspec.program.types import BooleanType, DateType, ErrorType, Form, NumberType
from acmspec.program.units import DAY

NO_SPAN = Problem(
    "ACM347",
    "records without a span",
    "Whether a record is open, active or lasting, and for how many days, goes by its first day and the day it ends.",
    "Give the table a \u201cspan: [START, END]\u201d of two of its dates, or the cohort one of its own.",
    "A stay must have a day on which it starts and one on which it ends.",
)
PROBLEMS = (NO_SPAN,)

Written = WrittenDays | WrittenOpen | WrittenActive | WrittenLasts
ReadDate = Callable[[Formula], Record]

_ONE_DAY = Length(days=1)
_DATE = DateType()
_TRUTH = BooleanType()


@node
class OwnSpan:
    """The days a record of some table starts and ends on."""

    table: str
    start: Record
    end: Record


def span_of(frame: Frame, catalog: Catalog) -> OwnSpan | None:
    """The span of a record in sight, as its innermost scope sees it; None if it has none, or one with an error."""
    table = catalog.tables[frame.table]
    names = frame.span or (None if table.interval is None else tuple(one.value for one in table.interval))
    found = [catalog.fields(frame.table).get(one) for one in names or ()]
    ends = [
        day_of(FieldValue(0, (), Column(frame.table, one.name.value), catalog.type_of(frame.table, one), one.optional))
        for one in found
        if one is not None and one.type in {"date", "datetime"}
    ]
    return OwnSpan(frame.table, *ends) if len(ends) == 2 else None  # noqa: PLR2004  (a start and an end)


def own_span(formula: Written, scope: Scope, meanings: Meanings, date: ReadDate) -> Record:
    """What a formula asks of the span of the record at hand; an error node if that has none (reported)."""
    read = _Reader(scope, meanings, date)
    found = span_of(scope.own, meanings.catalog)
    if found is None:
        if not has_faulty_span(scope.own, meanings.catalog):
            say_no_span(scope.own.table, formula.span, scope.path, meanings)
        return FAULTY
    return read.asked(formula, found)


def has_faulty_span(frame: Frame, catalog: Catalog) -> bool:
    """Whether a table's span is declared and has an error, which is reported where it stands."""
    table = catalog.tables[frame.table]
    return frame.span is not None or table.interval is not None or catalog.faulty("data", frame.table, "span")


def say_no_span(table: str, span: Span, path: str, meanings: Meanings) -> None:
    """Report that records have no span."""
    meanings.findings.say(
        NO_SPAN, span, f"records of \u201c{table}\u201d have no span", path=path, label="from when to when?"
    )


class _Reader:
    """Reads what is asked of one record's span."""

    def __init__(self, scope: Scope, meanings: Meanings, date: ReadDate) -> None:
        self.scope = scope
        self.meanings = meanings
        self.date = date

    def asked(self, formula: Written, own: OwnSpan) -> Record:
        """Any of the questions."""
        if isinstance(formula, WrittenOpen):
            return OpenOn(own.start, own.end, self.date(formula.day), _TRUTH)
        if isinstance(formula, WrittenLasts):
            return self.lasts(formula, own)
        days = self.days(formula.window)
        if days is None:
            return FAULTY
        if isinstance(formula, WrittenActive):
            return Active(own.start, own.end, *days, _TRUTH)
        return DaysIn(own.start, own.end, *days, own.table, NumberType(Form.NUMBER, DAY, integral=True))

    def lasts(self, formula: WrittenLasts, own: OwnSpan) -> Record:
        """`lasts L` from the start of the span on, or from a date in it."""
        if not _is_plain(formula.length):
            return self.not_yet(formula.span)
        anchor = own.start if formula.anchor is None else self.date(formula.anchor)
        length = settled_length(formula.length, formula.span, self.scope.path, self.meanings)
        return FAULTY if length is None else Lasts(own.start, own.end, anchor, length, _TRUTH)

    def days(self, window: Window) -> tuple[Record, Record] | None:
        """The first and the last day of a window; None if they can't be told (reported)."""
        if isinstance(window, During):
            if window.what == "period":
                return PeriodValue("period start", _DATE), PeriodValue("period end", _DATE)
            self.not_yet(window.span)
            return None
        if not _is_plain(window.length):
            self.not_yet(window.span)
            return None
        length = settled_length(window.length, window.span, self.scope.path, self.meanings)
        return None if length is None else self.within(window, length)

    def within(self, window: Within, length: Length) -> tuple[Record, Record]:
        """`within L after X` and its like: the day X is one of the days only with `on or within`."""
        anchor = self.date(window.anchor)
        if isinstance(anchor.type, ErrorType):
            return anchor, anchor
        if window.before:
            return Sooner(anchor, length, _DATE), anchor if window.inclusive else Sooner(anchor, _ONE_DAY, _DATE)
        return anchor if window.inclusive else Later(anchor, _ONE_DAY, _DATE), Later(anchor, length, _DATE)

    def not_yet(self, span: Span) -> Record:
        """Report what has no meaning yet."""
        message = "a record's own span can't be held against this yet"
        self.meanings.findings.say(NOT_YET, span, message, path=self.scope.path, label="not yet")
        return FAULTY


def _is_plain(length: "Length | Formula") -> "TypeGuard[Length]":
    """Whether a length is written out, in days, months or business days."""
    return isinstance(length, Length) and not length.seconds
