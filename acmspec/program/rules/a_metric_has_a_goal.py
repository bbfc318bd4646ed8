"""A metric serves a goal that the spec states."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM381",
    "metric without a goal",
    "A metric is there to show progress toward a goal, and this one names a goal that the spec doesn't have.",
    "Name one of the goals under “goals”, or state the goal there.",
    "Each metric must measure progress toward a goal of this Agreement.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every metric's goal is stated."""
    known = [one.name.value for one in spec.goals]
    for metric in spec.metrics:
        goal, path = metric.goal.value, f"metrics.{metric.name.value}.goal"
        if goal not in known and not faulty(spec, "goals", goal) and not faulty(spec, *path.split(".")):
            message = f"there is no goal “{goal}”"
            yield PROBLEM.at(metric.goal.span, message, label="unknown", path=path, fix=offer(goal, known))
