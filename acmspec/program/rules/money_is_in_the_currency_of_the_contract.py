"""All money is stated in the currency of the contract."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from acmspec.formula.tree import Number
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.exact import Amount, Unit
from acmspec.ground.source import Located, Source, Span
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

_MOST = 5

PROBLEM = Problem(
    "ACM367",
    "money in another currency",
    "The contract has one currency, and nothing says what another one is worth in it.",
    "Write the amount in the contract's currency, or correct “currency” of the contract.",
    "Every amount of money must be stated in the currency of this Agreement.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Maximums, prices, tiers, limits, targets, worked examples and formulas are in the contract's currency.

    What a formula holds beside the amount of a field is found by its unit, so formulas are asked where that is sound.
    """
    if faulty(spec, "contract", "currency"):
        return
    own = Unit.of(spec.contract.currency)
    found: dict[str, list[Located[Amount]]] = {}
    written = (spec.contract.maximum, spec.metrics, spec.agreements, spec.incentives, spec.examples)
    for part in (*written, spec.definitions, spec.cohorts):
        # What is paid at several intervals stands in each of its parts.
        for amount in {one.span.start: one for one in _amounts(part, formulas=program is not None)}.values():
            if amount.value.unit != own:
                found.setdefault(amount.value.unit.factors[0][0], []).append(amount)
    for currency, (first, *others) in found.items():
        message = f"this is in {currency}, and the contract is in {spec.contract.currency}"
        related = tuple(Label(one.span, f"in {currency}, too") for one in others[:_MOST])
        label = f"not {spec.contract.currency}"
        yield PROBLEM.at(first.span, message, label=label, path="contract.currency", related=related)


def _amounts(part: object, *, formulas: bool) -> Iterator[Located[Amount]]:
    """Every amount written as money below a part of the spec, in the author's order."""
    if isinstance(part, Number):
        if formulas and part.amount.written == "money":
            yield Located(part.amount, part.span)
    elif isinstance(part, Located) and isinstance(part.value, Amount):
        if part.value.written == "money":
            yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _amounts(one, formulas=formulas)
    elif is_dataclass(part) and not isinstance(part, Source | Span):
        for one in fields(part):
            yield from _amounts(getattr(part, one.name), formulas=formulas)
