"""A result on a single day counts what is there on that day, or looks back."""

from collections.abc import Iterator

from acmspec.ground.calendar import ReportingDays
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.windows import Covers
from acmspec.program.relocate import parts
from acmspec.program.tree import Aggregate, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM300",
    "a result that measures one day",
    "Without a window, only the records dated on the reporting day itself are measured.",
    "Add “window:”, such as “rolling 12 months” or “since start”, or count what is open on the day: “count(SET open on "
    "period end)”.",
    "A result for a single day should state what is there on that day, or over which time before it is measured.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No metric with reporting days measures the records dated on those very days, unless it says so."""
    written = {one.name.value: one for one in spec.metrics}
    for measure in program.measures if program is not None else ():
        metric = written.get(measure.name)
        if metric is None or not isinstance(measure.every, ReportingDays) or measure.window is not Covers.PERIOD:
            continue
        is_said = metric.window.span != metric.span
        dated = (
            one for one in parts(measure.formula) if isinstance(one, Aggregate) and one.population.dated is not None
        )
        one = next(dated, None)
        if one is not None and not is_said:
            message = f"“{measure.name}” measures the {one.population.many} dated on each reporting day, and no others"
            path = f"metrics.{measure.name}.every"
            yield PROBLEM.at(metric.every.span, message, label="one day each", path=path)
