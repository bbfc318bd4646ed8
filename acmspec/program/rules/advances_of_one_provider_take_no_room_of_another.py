"""With advances, no maximum is shared by several agreements: the advance of one would use up the room of another."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.ground.currency import money
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.exposed_lines import total
from acmspec.program.exposure import Exposure
from acmspec.program.payment_parts import paid_ahead
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM607",
    "a maximum that advances of another provider can use up",
    "What the maximum of the contract takes from one provider, because the advances of another have used it up, is not "
    "paid when these are recovered.",
    "Give each agreement a maximum of its own, which together are no more than that of the contract.",
    "What is paid ahead to one Provider must not reduce what is due to another.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Where there are advances, all agreements together can't come to more than the contract's maximum."""
    maximum = spec.contract.maximum
    if program is None or maximum is None or len(program.payments.agreements) < 2:  # noqa: PLR2004  (one shares nothing)
        return
    if not paid_ahead(program.payments):
        return
    pairs = zip(program.payments.agreements, Exposure(program).providers, strict=True)
    most = total(one.owed.most if own.maximum is None else min(own.maximum, one.owed.most) for own, one in pairs)
    if most > maximum.value.value:
        said = money(Fraction(maximum.value.value), program.currency)
        message = f"the agreements together can come to more than {said}, and advances are paid under them"
        yield PROBLEM.at(maximum.span, message, label="shared", path="contract.maximum")
