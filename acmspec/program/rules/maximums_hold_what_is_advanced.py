"""A maximum is no smaller than all that is advanced under it."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.ground.currency import money
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.agreed import Agreement
from acmspec.program.exposed_lines import total, worth
from acmspec.program.paid_periods import paid_periods
from acmspec.program.payment import Recovered, Term
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM606",
    "a maximum below what is advanced",
    "Advances are paid on what will be due, and no more can be due than the maximum. What is advanced above it could "
    "never be paid.",
    "Raise the maximum, or lower the advances.",
    "What is paid ahead in all must not exceed the maximum amount of the Agreement.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Each agreement's maximum holds its advances, and the contract's those of all agreements."""
    if program is None:
        return
    paid = program.payments
    named = {one.amount.advances for one in paid.terms if isinstance(one.amount, Recovered)}
    advances = [one for one in paid.terms if one.name in named]
    if not advances:
        return
    said = {one.provider: Fraction(_advanced(program, advances, one)) for one in paid.agreements}
    for index, one in enumerate(spec.agreements):
        amount = said.get(one.provider.value, Fraction(0))
        if one.maximum is not None and amount > one.maximum.value.value:
            message = f"“{one.provider.value}” is advanced {money(amount, spec.contract.currency)} in all"
            path = f"agreements.{index}.maximum"
            yield PROBLEM.at(one.maximum.span, message, label="less than is advanced", path=path)
    maximum, amount = spec.contract.maximum, sum(said.values(), Fraction(0))
    if maximum is not None and amount > maximum.value.value:
        message = f"all providers together are advanced {money(amount, spec.contract.currency)} in all"
        yield PROBLEM.at(maximum.span, message, label="less than is advanced", path="contract.maximum")


def _advanced(program: Program, advances: list[Term], agreement: Agreement) -> Fraction:
    """All that is advanced in an agreement."""
    periods = ((term, one) for term in advances for one in paid_periods(program, term, agreement))
    return Fraction(total(worth(program, term, agreement, one).most for term, one in periods))
