"""All money is stated in the currency of the contract."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from acmspec.formula.tree import Number
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.exact import Amount, Unit
from acmspec.ground.source import Located, Source, Span
from acmspec.program.catalog import faulty
from acmspec.program.group import GroupConstant
from acmspec.program.record import Constant
from acmspec.program.relocate import is_faulty, parts
from acmspec.program.said import is_currency
from acmspec.program.tree import Program
from acmspec.program.types import NumberType
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

    What a formula holds beside an amount in the contract's currency is found by its unit, and not told again here.
    """
    if faulty(spec, "contract", "currency"):
        return
    own = Unit.of(spec.contract.currency)
    found: dict[str, list[Located[Amount]]] = {}
    written = (spec.contract.maximum, spec.metrics, spec.agreements, spec.incentives, spec.examples)
    for part in written:
        # What is paid at several intervals stands in each of its parts.
        for amount in {one.span.start: one for one in _amounts(part)}.values():
            if amount.value.unit != own:
                found.setdefault(amount.value.unit.factors[0][0], []).append(amount)
    if program is not None and (strange := _of_formulas(spec, own)):
        for currency in _said_soundly(program):
            found.setdefault(currency, []).extend(strange.get(currency, ()))
    for currency, (first, *others) in ((one, some) for one, some in found.items() if some):
        message = f"this is in {currency}, and the contract is in {spec.contract.currency}"
        related = tuple(Label(one.span, f"in {currency}, too") for one in others[:_MOST])
        label = f"not {spec.contract.currency}"
        yield PROBLEM.at(first.span, message, label=label, path="contract.currency", related=related)


def _of_formulas(spec: Spec, own: Unit) -> dict[str, list[Located[Amount]]]:
    """The amounts that formulas hold in other currencies, by currency."""
    found: dict[str, list[Located[Amount]]] = {}
    for part in (spec.definitions, spec.cohorts, spec.metrics):
        for number in _parts(part):
            if isinstance(number, Number) and number.amount.written == "money" and number.amount.unit != own:
                amount = Located(number.amount, number.span)
                found.setdefault(number.amount.unit.factors[0][0], []).append(amount)
    return found


def _said_soundly(program: Program) -> set[str]:
    """The currencies of the amounts in measures without an error: where there is one, it is of the unit."""
    sound = [one.formula for one in program.measures if not is_faulty(one.formula)]
    amounts = (part for one in sound for part in parts(one) if isinstance(part, Constant | GroupConstant))
    kinds = (one.type for one in amounts if isinstance(one.type, NumberType))
    return {name for kind in kinds for name, _ in kind.unit.factors if is_currency(name)}


def _amounts(part: object) -> Iterator[Located[Amount]]:
    """Every amount written as money below a part of the spec, in the author's order."""
    for one in _parts(part):
        if isinstance(one, Located) and isinstance(one.value, Amount) and one.value.written == "money":
            yield one


def _parts(part: object) -> Iterator[object]:
    """Every value with a place and every number of a formula below a part of the spec, in the author's order."""
    if isinstance(part, Number | Located):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _parts(one)
    elif is_dataclass(part) and not isinstance(part, Source | Span):
        for one in fields(part):
            yield from _parts(getattr(part, one.name))
