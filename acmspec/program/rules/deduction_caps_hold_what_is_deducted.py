"""A deduction cap stands over terms that deduct, and over no other."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.payment import Most
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM598",
    "a deduction cap over what is paid",
    "A deduction cap is the most that terms may take together. A term that only pays never takes anything, and what it "
    "pays would make up for what the others take.",
    "Write “cap:” for the most that may be paid, and name only terms that deduct under “over”.",
    "The most that is deducted must be stated of what is deducted.",
)


def check(_spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No deduction cap has a term that can never be less than zero."""
    if program is None:
        return
    taking = {one.name for one in program.payments.terms if one.takes}
    for cap in program.payments.limits:
        if isinstance(cap.bound, Most) and not cap.at_end and not cap.measure and not taking.issuperset(cap.over):
            paying = next(one for one in cap.over if one not in taking)
            message = f"“{cap.name}” is over “{paying}”, which never deducts"
            yield PROBLEM.at(cap.span, message, label="not of deductions alone", path=f"incentives.limits.{cap.place}")
