"""A gate stands over something that is paid."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.exposure import Exposure
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM577",
    "a gate over deductions alone",
    "A gate that is missed leaves nothing of what is paid, and all of what is deducted. Over deductions alone it would "
    "change nothing.",
    "Name terms that pay under “over”, or remove the gate.",
    "A condition of payment must be one of something that is paid.",
)


def check(_spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No gate has only terms that can do nothing but deduct."""
    gates = [one for one in program.payments.limits if one.measure] if program else []
    if program is None or not gates:
        return
    taking = {one.name for one in program.payments.terms if one.takes}
    paying = {one.term.name for one in Exposure(program).lines if one.each.most > 0}
    for gate in gates:
        if set(gate.over) <= taking - paying:
            message = f"“{gate.name}” is over nothing that is paid"
            yield PROBLEM.at(gate.span, message, label="changes nothing", path=f"incentives.limits.{gate.place}")
