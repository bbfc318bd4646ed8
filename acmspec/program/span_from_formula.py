"""Turns what a formula asks of a record's own span into record expressions: how long, whether open, whether lasting."""

from collections.abc import Callable
from typing import Protocol

from acmspec.formula.tree import Active as WrittenActive
from acmspec.formula.tree import DaysIn as WrittenDays
from acmspec.formula.tree import Formula, Window
from acmspec.formula.tree import Lasts as WrittenLasts
from acmspec.formula.tree import OpenOn as WrittenOpen
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Problem
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.catalog import Catalog
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.moments import day_of
from acmspec.program.record import (
    Active,
    Column,
    DaysIn,
    FieldValue,
    Lasts,
    OpenOn,
    Record,
)
from acmspec.program.scope import Frame, Scope
from acmspec.program.types import BooleanType, DateType, Form, NumberType
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


class Windows(Protocol):
    """How the days that a span is held against are read; each is None where it can't be told (reported)."""

    @property
    def date(self) -> Callable[[Formula], Record]:
        """Reads a formula that must be a date; an error node if it is none."""

    def days(self, window: Window) -> tuple[Record, Record] | None:
        """The first and the last day of a window."""

    def length(self, written: "Length | Formula", span: Span) -> "Length | Record | None":
        """A length of time, written out or a value."""


def own_span(formula: Written, scope: Scope, meanings: Meanings, windows: Windows) -> Record:
    """What a formula asks of the span of the record at hand; an error node if that has none (reported)."""
    found = span_of(scope.own, meanings.catalog)
    if found is None:
        if not has_faulty_span(scope.own, meanings.catalog):
            say_no_span(scope.own.table, formula.span, scope.path, meanings)
        return FAULTY
    return _asked(formula, found, windows)


def has_faulty_span(frame: Frame, catalog: Catalog) -> bool:
    """Whether a table's span is declared and has an error, which is reported where it stands."""
    table = catalog.tables[frame.table]
    return frame.span is not None or table.interval is not None or catalog.faulty("data", frame.table, "span")


def say_no_span(table: str, span: Span, path: str, meanings: Meanings) -> None:
    """Report that records have no span."""
    meanings.findings.say(
        NO_SPAN, span, f"records of \u201c{table}\u201d have no span", path=path, label="from when to when?"
    )


def _asked(formula: Written, own: OwnSpan, windows: Windows) -> Record:
    """Any of the questions."""
    if isinstance(formula, WrittenOpen):
        return OpenOn(own.start, own.end, windows.date(formula.day), _TRUTH)
    if isinstance(formula, WrittenLasts):
        length = windows.length(formula.length, formula.span)
        anchor = own.start if formula.anchor is None else windows.date(formula.anchor)
        return FAULTY if length is None else Lasts(own.start, own.end, anchor, length, _TRUTH)
    days = windows.days(formula.window)
    if days is None:
        return FAULTY
    if isinstance(formula, WrittenActive):
        return Active(own.start, own.end, *days, _TRUTH)
    return DaysIn(own.start, own.end, *days, own.table, NumberType(Form.NUMBER, DAY, integral=True))
