"""A deduction cap stands over something that is deducted."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.payment import Most
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM598",
    "a deduction cap over nothing that deducts",
    "A deduction cap is the most that terms may take. Terms that only pay never take anything, so that it changes "
    "nothing.",
    "Write “cap:” for the most that may be paid, or name terms that deduct under “over”.",
    "The most that is deducted must be stated of something that is deducted.",
    Severity.WARNING,
)


def check(_spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No deduction cap has only terms that can never be less than zero."""
    if program is None:
        return
    taking = {one.name for one in program.payments.terms if one.takes}
    for cap in program.payments.limits:
        if isinstance(cap.bound, Most) and not cap.at_end and not cap.measure and taking.isdisjoint(cap.over):
            message = f"“{cap.name}” is over nothing that deducts"
            yield PROBLEM.at(cap.span, message, label="changes nothing", path=f"incentives.limits.{cap.place}")
