"""What can be deducted has an end that a provider can bear."""

from collections.abc import Iterator
from math import isinf

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.catalog import faulty
from acmspec.program.exposure import Exposure
from acmspec.program.payment_parts import adjusts, bases
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM566",
    "a deduction without an end",
    "Nothing says how many events there can be, or what a percentage is of, at most; so nothing ends what is taken "
    "from the provider.",
    "Write “most:” with an amount of money.",
    "The Agreement must state the most that can be deducted.",
)

_BOUND_THE_BASE = "Bound what {} can come to, which this {}: for example by “at_most:” under a rate card."


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every deduction comes to a sum that has an end, whatever the results."""
    if program is None or spec.incentives is None or not any(one.takes for one in program.payments.terms):
        return
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms}
    for term in dict.fromkeys(one.term for one in Exposure(program).lines if isinf(one.each.least)):
        path = f"incentives.terms.{term.written}"
        if not faulty(spec, *path.split(".")):
            message = f"nothing ends what “{term.written}” can take"
            of = " and ".join(f"“{one}”" for one in bases(term.amount))
            fix = PROBLEM.fix
            if adjusts(term.amount):
                fix = _BOUND_THE_BASE.format(of, "adjusts")
            elif of:
                fix = f"{PROBLEM.fix} Or: {_BOUND_THE_BASE.format(of, 'is a part of')}"
            yield PROBLEM.at(written[term.written].span, message, label="without an end", path=path, fix=fix)
