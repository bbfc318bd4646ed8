"""The keys of a rate card: a price, what it is paid for, and by which groups it differs; it proves nothing."""

from dataclasses import field
from typing import Any

from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.counted import AtMost, PriceStep
from acmspec.kinds.grouped import GROUPS, Grouped, Groups, by_group
from acmspec.kinds.prices import PRICING
from acmspec.spec.ports import Parted
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import FormulaShape, Identifier, Key, Record


@node
class Card:
    """The price, and what is paid for: a metric's successes, or those of a formula."""

    price: Located[Amount] | None
    figure: Located[str] | None
    steps: tuple[PriceStep, ...]
    counted: Located[str] | None
    at_most: tuple[AtMost, ...]
    metric: Located[str] | None
    outcome: FormulaText | None
    grouped: Grouped | None
    span: Span = field(compare=False, repr=False)


def card(span: Span, groups: Groups, price: Located[Amount] | None, **of: Any) -> Parted[Card]:
    """One part, or one for each group."""
    parts = by_group(groups, price, of.pop("outcome"))
    made = ((word, Card(price=own, outcome=outcome, grouped=at, span=span, **of)) for word, own, outcome, at in parts)
    return Parted(tuple(made), together=True)


_OWN = (Key("groups", GROUPS, default=()), Key("metric", Identifier()), Key("outcome", FormulaShape()))
CARD = Record("a rate card", card, (*PRICING, *_OWN))
