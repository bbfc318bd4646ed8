"""Breakdowns show no private field."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.dimensions import fields_of
from acmspec.program.tree import Dimension, Program
from acmspec.spec.tree import Metric, Spec

PROBLEM = Problem(
    "ACM398",
    "private field in a breakdown",
    "The values of a breakdown are printed on every page; a private field's values must never be.",
    "Break down by something else, such as bands of the value.",
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
            for value in fields_of(found):
                key = (value.column.table, value.column.name)
                if key in private:
                    related = (Label(private[key], f"“{key[1]}” is private"),)
                    yield _said(metric, found, key[1], related)


def _said(metric: Metric, found: Dimension, field: str, related: tuple[Label, ...]) -> Diagnostic:
    span = next(one.span for row in metric.break_down_by for one in row if one.value == found.path)
    message = f"the breakdown by “{found.path}” would show the private field “{field}”"
    path = f"metrics.{metric.name.value}.break_down_by"
    return PROBLEM.at(span, message, label="private", path=path, related=related)
