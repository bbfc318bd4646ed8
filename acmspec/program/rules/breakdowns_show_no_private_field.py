"""Breakdowns show no private field: bands of it at most, or on which side of something it lies."""

from collections.abc import Iterator
from dataclasses import fields

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.record import Banded, Compare, FieldValue, InWindow, IsKnown, LookBack, OwnSpan, Record
from acmspec.program.tree import Dimension, Program
from acmspec.program.types import DatetimeType, DateType, NumberType, PeriodType
from acmspec.spec.tree import Metric, Spec

PROBLEM = Problem(
    "ACM398",
    "private field in a breakdown",
    "The values of a breakdown are printed on every page; a private field's values must never be.",
    "Break down by something else, such as bands of the value, or whether it is at least some amount.",
    "Private information must not appear in any report under this Agreement.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No dimension of a metric shows a private field's values."""
    private = {
        (table.name.value, field.name.value): field.span
        for table in spec.data
        for field in table.fields
        if field.private
    }
    measures = {one.name: one for one in program.measures} if program is not None else {}
    for metric in spec.metrics:
        measure = measures.get(metric.name.value)
        for found in {one.path: one for row in measure.breakdowns for one in row}.values() if measure else ():
            for value in dict.fromkeys(one for _, each in found.values for one in _shown(each)):
                key = (value.column.table, value.column.name)
                if key in private:
                    related = (Label(private[key], f"“{key[1]}” is private"),)
                    yield _said(metric, found, key[1], related)


_IN_ORDER = NumberType | DateType | DatetimeType | PeriodType


def _shown(record: Record) -> Iterator[FieldValue]:
    """The fields whose values can be told from a value, through definitions and lookups."""
    match record:
        case FieldValue():
            yield record
        case Banded() | IsKnown() | InWindow() | LookBack():
            return
        case Compare(operator="<" | "<=" | ">" | ">=", left=left) if isinstance(left.type, _IN_ORDER):
            return
        case _ if isinstance(record, OwnSpan) and not isinstance(record.type, NumberType):
            return
        case _:
            for one in fields(record):
                yield from _inside(getattr(record, one.name))


def _inside(value: object) -> Iterator[FieldValue]:
    if isinstance(value, tuple):
        for each in value:
            yield from _inside(each)
    elif isinstance(value, Record):
        yield from _shown(value)


def _said(metric: Metric, found: Dimension, field: str, related: tuple[Label, ...]) -> Diagnostic:
    span = next(one.span for row in metric.break_down_by for one in row if one.value == found.path)
    message = f"the breakdown by “{found.path}” would show the private field “{field}”"
    path = f"metrics.{metric.name.value}.break_down_by"
    return PROBLEM.at(span, message, label="private", path=path, related=related)
