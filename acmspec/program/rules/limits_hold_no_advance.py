"""No limit, and nothing that holds back, stands over an advance: all of it is recovered, so that all of it is paid."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.payment import Recovered
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM605",
    "a limit over an advance",
    "An advance is recovered as it was stated. What a limit kept of it would be recovered too, though it was never "
    "paid. Its own amount bounds it, and “most” how much of the rest is recovered.",
    "Remove the advance from “over”, and limit the terms that it names under “of”.",
    "What is paid ahead must be paid in full, as it is recovered in full.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No name under `over` is that of an advance."""
    if program is None or spec.incentives is None:
        return
    advances = {one.written for one in program.payments.terms if isinstance(one.amount, Recovered)}
    for index, limit in enumerate(spec.incentives.limits):
        for name in limit.over:
            if name.value in advances:
                message = f"“{name.value}” is an advance, which no {limit.use.kind.value} may reduce or raise"
                fix = f"Remove “{name.value}” here, and limit the terms that it names under “of”."
                if len(limit.over) == 1:
                    fix = f"Remove this {limit.use.kind.value}, or name the terms under “of” of “{name.value}” instead."
                path = f"incentives.limits.{index}.over"
                yield PROBLEM.at(name.span, message, label="an advance", path=path, fix=fix)
