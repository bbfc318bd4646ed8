"""A cap stands over something that is paid."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.exposure import Exposure
from acmspec.program.payment import Least
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM519",
    "a cap over deductions alone",
    "A cap is the most that terms may pay. Terms that only deduct never come to that much, so that it changes nothing.",
    "Write “deduction cap:” for the most that may be deducted, or name terms that pay under “over”.",
    "The most that is paid must be stated of something that is paid.",
    Severity.WARNING,
)


def check(_spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No cap has only terms that can do nothing but deduct."""
    if program is None:
        return
    caps = [one for one in program.payments.limits if isinstance(one.bound, Least) and not one.measure]
    if not caps:
        return
    taking = {one.name for one in program.payments.terms if one.takes}
    caps = [one for one in caps if set(one.over) <= taking]
    if not caps:
        return
    paying = {one.term.name for one in Exposure(program).lines if one.each.most > 0}
    for cap in caps:
        if set(cap.over) <= taking - paying:
            message = f"“{cap.name}” is over nothing that is paid"
            yield PROBLEM.at(cap.span, message, label="changes nothing", path=f"incentives.limits.{cap.place}")
