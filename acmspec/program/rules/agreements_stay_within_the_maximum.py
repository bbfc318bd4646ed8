"""The agreements' maximums together stay within the contract's."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.ground.currency import money
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM392",
    "agreements above the contract's maximum",
    "If every provider earned its maximum, more would be owed than the contract allows.",
    "Lower the agreements' maximums, or raise the contract's.",
    "The maximum amounts of all agreements must together not exceed the maximum of the contract.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """The sum of what the agreements allow is no more than what the contract allows."""
    maximum = spec.contract.maximum
    own = [one.maximum for one in spec.agreements if one.maximum is not None]
    total = sum((one.value.value for one in own), Fraction(0))
    if maximum is None or maximum.value.value < 0 or total <= maximum.value.value:
        return
    figures = [money(one, spec.contract.currency) for one in (total, maximum.value.value)]
    related = (Label(own[-1].span, "the last of the agreements' maximums"),)
    message = f"the agreements together may come to {figures[0]}, and the contract to {figures[1]}"
    yield PROBLEM.at(maximum.span, message, label="less than the agreements", path="contract.maximum", related=related)
