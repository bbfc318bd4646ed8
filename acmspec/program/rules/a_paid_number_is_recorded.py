"""A metric that is paid takes no number that may be missing, unless its words set aside the records without it."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.aggregates import Takes, aggregate
from acmspec.program.demands import demands
from acmspec.program.gap import JUDGING, MISSING, Gap
from acmspec.program.gaps import Gaps
from acmspec.program.record import FieldValue, IsKnown
from acmspec.program.relocate import parts
from acmspec.program.tree import Aggregate, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM480",
    "payment by a number that may be missing",
    "A sum, average or median leaves out records without the number, so a payment could change by not recording it.",
    "Measure the records “where … is known” and say so in the clause, or make the field one that must be filled in.",
    "A payment must not depend on whether a number was recorded.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """What every paid metric adds up, averages or ranks is recorded for each record it measures."""
    if program is None:
        return
    gaps, written = Gaps(program.stores), {one.name.value: one for one in spec.metrics}
    for measure in program.measures:
        metric = written.get(measure.name)
        if metric is None or metric.use.value != "paid":
            continue
        found = (
            (one, gap) for one in parts(measure.formula) if isinstance(one, Aggregate) for gap in _lacking(one, gaps)
        )
        for figure, gap in dict.fromkeys(found):
            message = f"“{measure.name}” is paid by the {figure.function} of what may be missing: “{gap.of}”"
            path = f"metrics.{measure.name}.formula"
            yield PROBLEM.at(metric.formula.span, message, label="may be missing", path=path)


def _lacking(figure: Aggregate, gaps: Gaps) -> Iterator[Gap]:
    """The fields that may leave the number of a record open and that no condition asks to be known."""
    if figure.expression is None or aggregate(figure.function).takes is not Takes.NUMBER:
        return
    conditions = [*([] if figure.where is None else [figure.where]), *figure.population.wheres]
    settled = {
        _path(one.operand)
        for condition in conditions
        for one in demands(condition)
        if isinstance(one, IsKnown) and one.known and isinstance(one.operand, FieldValue)
    }
    dated = figure.population.dated
    if isinstance(dated, FieldValue):
        settled.add(_path(dated))  # a record without its date is in no period
    yield from (
        told.gap
        for told in gaps.of(figure.expression, JUDGING)
        if told.gap.why == MISSING and told.gap.of not in settled
    )


def _path(field: FieldValue) -> str:
    return ".".join([*(step.name for step in field.steps), field.column.name])
