"""A rank among providers is the rank of a provider, so that its metric is broken down by provider."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.dimension import Dimension
from acmspec.program.group import ForEach
from acmspec.program.relocate import parts
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM417",
    "a rank that nobody has",
    "A rank is the place of one group among all; the result of all groups together has none and is undefined.",
    "Break the metric down by what is ranked.",
    "A rank must be stated for each of those who are ranked.",
    Severity.WARNING,
)

_RANK = "rank"


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Each metric with a rank has a breakdown by the groups that are ranked."""
    spans = {one.name.value: one.formula.span for one in spec.metrics}
    for measure in program.measures if program is not None else ():
        shown = [one.path for row in measure.breakdowns for one in row]
        for each in parts(measure.formula):
            if not isinstance(each, ForEach) or each.function != _RANK or not isinstance(each.over, Dimension):
                continue
            if each.over.path not in shown and measure.name in spans:
                message = f"“{measure.name}” ranks each {each.over.path} and is not broken down by it"
                fix = f"Add “break_down_by: [{each.over.path}]”."
                path = f"metrics.{measure.name}.formula"
                yield PROBLEM.at(spans[measure.name], message, label="whose rank?", path=path, fix=fix)
