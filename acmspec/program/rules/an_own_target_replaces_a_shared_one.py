"""An agreement's own target replaces a shared one."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.catalog import faulty
from acmspec.program.tree import GroupConstant, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM386",
    "own target without a shared one",
    "An agreement's target takes the place of the metric's target for its provider, and this metric has none.",
    "Give the metric a benchmark of kind “target”, or remove the agreement's target.",
    "A target agreed with one Provider must replace a target that this Agreement states.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every metric for which an agreement has an own target has a stated level to replace."""
    measures = {one.name: one for one in program.measures} if program is not None else {}
    for index, agreement in enumerate(spec.agreements):
        for name, _ in agreement.targets:
            measure = measures.get(name.value)
            if measure is None or faulty(spec, "metrics", name.value):
                continue
            if not any(isinstance(one.value, GroupConstant) for one in measure.benchmarks):
                message = f"“{name.value}” has no target that could be replaced"
                yield PROBLEM.at(name.span, message, path=f"agreements.{index}.targets.{name.value}")
