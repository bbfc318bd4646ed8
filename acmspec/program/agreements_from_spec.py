"""Turns agreements into who is paid under which terms, and into the prices they set for their provider alone."""

from fractions import Fraction

from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import Unit
from acmspec.ground.source import Span
from acmspec.program import agreed
from acmspec.program.amounts import converter
from acmspec.program.definitions import Definitions
from acmspec.program.ports import TermKind
from acmspec.program.types import NumberType
from acmspec.spec.tree import Spec

OWN_PRICE = Problem(
    "ACM363",
    "own price that nothing uses",
    "Agreements may set a price only for terms of a kind that has one price.",
    "Remove the price, or name a term that has a price, such as a rate card.",
    "A price agreed with one Provider must belong to a payment term.",
)
PROBLEMS = (OWN_PRICE,)


def own_prices(term: str, kind: TermKind, names: Definitions) -> tuple[tuple[str, Fraction], ...]:
    """What agreements set for their provider in a term, or in a group on its card; one without use is told."""
    spec = names.catalog.spec
    convert = converter(NumberType(unit=Unit.of(spec.contract.currency)), None)
    found = []
    for index, agreement in enumerate(spec.agreements):
        for name, amount in agreement.prices:
            path = f"agreements.{index}.prices.{name.value}"
            if name.value != term:
                continue
            if not kind.priced:
                message = f"“{name.value}” is a {kind.word} and has no price of its own"
                names.findings.say(OWN_PRICE, name.span, message, path=path)
                continue
            converted = convert(amount)
            names.findings.extend(converted.diagnostics, path)
            if converted.value is not None:
                found.append((agreement.provider.value, converted.value))
    return tuple(found)


def own_targets(metric: str, spec: Spec) -> tuple[tuple[str, Span, str], ...]:
    """Where agreements state their provider's target of a metric, and the path of that place."""
    return tuple(
        (one.provider.value, amount.span, f"agreements.{place}.targets.{name.value}")
        for place, one in enumerate(spec.agreements)
        for name, amount in one.targets
        if name.value == metric
    )


def agreements_of(names: Definitions) -> tuple[agreed.Agreement, ...]:
    """Each provider's agreement; a second one of a provider is left out."""
    spec = names.catalog.spec
    found: dict[str, agreed.Agreement] = {}
    for one in spec.agreements:
        term = one.term or spec.contract.term
        maximum = one.maximum.value.value if one.maximum else None
        agreement = agreed.Agreement(one.provider.value, one.number, term.first.value, term.last.value, maximum)
        found.setdefault(one.provider.value, agreement)
    return tuple(found.values())
