"""What may be earned is not less than nothing."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM365",
    "an amount below zero",
    "Maximums and limits bound what is earned, and a price is what a success earns: below zero, none means anything.",
    "Remove the minus sign, or correct the amount.",
    "No maximum, limit or price may be less than nothing.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Maximums, limits and the prices agreed are zero or more."""
    for what, path, amount in _amounts(spec):
        if amount.value.value < 0:
            yield PROBLEM.at(amount.span, f"{what} is less than nothing", label="below zero", path=path)


def _amounts(spec: Spec) -> Iterator[tuple[str, str, Located[Amount]]]:
    if spec.contract.maximum is not None:
        yield "the contract's maximum", "contract.maximum", spec.contract.maximum
    for index, limit in enumerate(spec.incentives.limits if spec.incentives else ()):
        bound = limit.use.parameters
        if isinstance(bound, Located) and isinstance(bound.value, Amount):
            yield f"the {limit.use.kind.value}", f"incentives.limits.{index}.{limit.use.kind.value}", bound
    for index, one in enumerate(spec.agreements):
        if one.maximum is not None:
            yield "the agreement's maximum", f"agreements.{index}.maximum", one.maximum
        for term, price in one.prices:
            yield f"the price of “{term.value}”", f"agreements.{index}.prices.{term.value}", price
