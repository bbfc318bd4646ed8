"""A price for each success, which may come from a figure, change with their number and end: keys, meaning, words.

It is shared by the kinds that multiply a price and knows no single one.
"""

from fractions import Fraction
from typing import Protocol

from acmspec.english.words import humanised, quoted
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located, Span
from acmspec.kinds.counted import (
    AT_MOST,
    PRICE_STEPS,
    STRETCH,
    AtMost,
    PriceStep,
    apart,
    cycle_of,
    out_of_order,
    paid,
    price_table,
    said_most,
    shorter,
)
from acmspec.kinds.paid import negative
from acmspec.program.payment import ByProvider, Payment, Stepped, Times
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec.shape import Identifier, Key, Quantity

ONE_PRICE = Problem(
    code="ACM591",
    title="no price, or two",
    cause="Each success has one price: the amount under “price”, or the one that the figure states.",
    fix="Write “price” or “figure”, and not both.",
    contract="Each success that is paid for must have one price.",
)
NOTHING_STEPS = Problem(
    code="ACM592",
    title="a count that nothing uses",
    cause="“counted” says over which stretch of time successes are counted on for “steps”, and there are none.",
    fix="Add “steps”, or remove “counted”.",
    contract="A price that changes with the number of successes must state the steps.",
)
PROBLEMS = (ONE_PRICE, NOTHING_STEPS)


class Pricing(Protocol):
    """The first price or the figure that states it, the steps after it and where they are counted, the most paid."""

    @property
    def price(self) -> Located[Amount] | None:
        """The price of the first success."""

    @property
    def figure(self) -> Located[str] | None:
        """The figure that states it."""

    @property
    def steps(self) -> tuple[PriceStep, ...]:
        """From which success on it is another."""

    @property
    def counted(self) -> Located[str] | None:
        """The stretch of time over which successes are counted for the steps."""

    @property
    def at_most(self) -> tuple[AtMost, ...]:
        """How many are paid at most."""


PRICING = (
    Key("price", Quantity("money")),
    Key("figure", Identifier()),
    Key("steps", PRICE_STEPS, default=()),
    Key("counted", STRETCH),
    Key("at_most", AT_MOST, default=()),
)


def priced(pricing: Pricing, place: Span, context: MeasureContext) -> Outcome[Payment]:
    """The price times the successes that are paid, or step by step; or everything that is wrong with it."""
    prices = (pricing.price, *(one.price for one in pricing.steps))
    found = [wrong for one in prices if one is not None for wrong in negative(one)]
    stretches = (pricing.counted, *(one.per for one in pricing.at_most))
    found += [wrong for one in stretches for wrong in shorter(one, context.every)]
    found += (*out_of_order(pricing.steps), *apart(pricing.at_most, context))
    if pricing.counted is not None and not pricing.steps:
        found.append(NOTHING_STEPS.at(pricing.counted.span, "there are no steps to count for", label="counts nothing"))
    first = _first(pricing, place, context, found)
    if first is None or found:
        return Outcome(None, tuple(found))
    successes = paid(pricing.at_most, context.every)
    if not pricing.steps:
        return Outcome(Times(first, successes))
    later = (
        (Fraction(one.above.value), ByProvider(one.price.value.value, context.own_prices)) for one in pricing.steps
    )
    every = cycle_of(pricing.counted, context.every) if pricing.counted else context.every
    return Outcome(Stepped(successes, ((Fraction(0), first), *later), every))


def _first(pricing: Pricing, place: Span, context: MeasureContext, found: list[Diagnostic]) -> Payment | None:
    """The price before any step; None where there is none, or two (noted)."""
    price, figure = pricing.price, pricing.figure
    if price is not None and figure is None:
        return ByProvider(price.value.value, context.own_prices)
    if figure is not None and price is None:
        outcome = context.figure(figure, context.own_prices)
        found += outcome.diagnostics
        return outcome.value
    span = place if figure is None else figure.span
    message = "there is no price" if figure is None else "there is a price and a figure that states one"
    found.append(ONE_PRICE.at(span, message, label="which price?" if figure else "at what price?"))
    return None


def said_price(pricing: Pricing, what: str, words: TermWords) -> str:
    """Who pays how much for each of what."""
    if pricing.steps:
        price = "the price in the table below"
    elif pricing.price is not None:
        price = words.money(pricing.price.value.value)
    else:
        price = "the price that holds when the period starts"
    return f"For each {words.period}, the Agency must pay the Provider {price} for each {what}."


def said_pricing(pricing: Pricing, said: str, words: TermWords) -> tuple[Paragraph | Grid, ...]:
    """The paragraphs of a price: what is paid for, where the price stands, and how many are paid; then the steps."""
    texts = [said]
    if pricing.figure is not None:
        texts.append(f"The price is the one stated in the reference figure {quoted(humanised(pricing.figure.value))}.")
    if pricing.at_most:
        texts.append(said_most(pricing.at_most, words))
    paragraphs = tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)
    if not pricing.steps:
        return paragraphs
    first = "as stated in the figure" if pricing.price is None else words.money(pricing.price.value.value)
    return (*paragraphs, price_table(first, pricing.steps, pricing.counted, words))
