"""Where the data know how a person's county changed, results of each period are broken down by the county of then."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.record import FieldValue
from acmspec.program.tree import Dimension, Program
from acmspec.spec.tree import Metric, Spec, Table

PROBLEM = Problem(
    "ACM459",
    "a group as it is today",
    "A step to a table with one record for each thing finds what that record says today, also for periods long past: "
    "each delivery can move past results from one group to another.",
    "Break down by the value at the time of the record, taken from the table that has it with its days.",
    "Results of a past period should be stated for the groups that people were in at that time.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No breakdown takes over a step what another table has with its days, under the same name."""
    tables = {one.name.value: one for one in spec.data}
    measures = {one.name: one for one in program.measures} if program is not None else {}
    for metric in spec.metrics:
        measure = measures.get(metric.name.value)
        for found in {one.path: one for row in measure.breakdowns for one in row}.values() if measure else ():
            for measured, value in found.values:
                if isinstance(value, FieldValue) and value.steps:
                    yield from _said(metric, found, value, tables.get(measured), tables)


def _said(
    metric: Metric, found: Dimension, value: FieldValue, measured: Table | None, tables: dict[str, Table]
) -> Iterator[Diagnostic]:
    entity = _entity(tables.get(value.column.table))
    history = next((one for one in tables.values() if _knows(one, entity, value)), None)
    if history is None or measured is None:
        return
    name, field = history.name.value, value.column.name
    at = measured.date.value if measured.date else "DATE"
    fix = f"Define “the({field} over {name} for same {entity} open on {at})” and break down by that."
    if history is measured:
        fix = f"Break down by “{field}”, which “{name}” has itself."
    message = f"“{found.path}” is as it stands today, and “{name}” has “{field}” with its days"
    span = next(one.span for row in metric.break_down_by for one in row if one.value == found.path)
    path = f"metrics.{metric.name.value}.break_down_by"
    yield PROBLEM.at(span, message, label="of today", path=path, fix=fix)


def _entity(table: Table | None) -> str:
    """What a table has one record for each of."""
    if table is None or len(table.key) != 1:
        return ""
    return next(
        (one.entity.value for one in table.fields if one.name.value == table.key[0].value and one.entity is not None),
        "",
    )


def _knows(table: Table, entity: str, value: FieldValue) -> bool:
    """Whether records of a table say the same of the same thing, each for its span."""
    same = any(one.entity is not None and one.entity.value == entity for one in table.fields)
    named = any(one.name.value == value.column.name for one in table.fields)
    return bool(entity) and table.name.value != value.column.table and table.interval is not None and same and named
