"""A goal has a metric that measures it."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM380",
    "goal without a metric",
    "Nobody can tell whether a goal is reached that no metric measures.",
    "Give at least one metric this goal, or remove the goal.",
    "Each goal of this Agreement must be measured by at least one metric.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every goal is the goal of some metric; nothing is said while a metric can't be read."""
    if faulty(spec, "metrics"):
        return
    used = {one.goal.value for one in spec.metrics}
    for goal in spec.goals:
        if goal.name.value not in used:
            name = goal.name.value
            message = f"no metric measures the goal “{name}”"
            yield PROBLEM.at(goal.name.span, message, label="not measured", path=f"goals.{name}")
