"""The incentive kind `rate card`: a price for each success of a metric, or of an outcome formula of its own."""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.paid import against, negative, uncounted
from acmspec.program.payment import ByProvider, Payment, Successes, Times
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import FormulaShape, Identifier, Key, Quantity, Record

TWO_MEASURES = Problem(
    code="ACM529",
    title="a price for two things",
    cause="A rate card pays for the successes of one measure.",
    fix="Keep “metric” or “outcome” and remove the other, or write two terms.",
    contract="Each price must be for one outcome.",
)
PROBLEMS = (TWO_MEASURES,)


@node
class Parameters:
    """The price, and what is paid for: a metric's successes, or those of a formula."""

    price: Located[Amount]
    metric: Located[str] | None
    outcome: FormulaText | None
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a rate card",
    Parameters,
    (Key("price", Quantity("money"), required=True), Key("metric", Identifier()), Key("outcome", FormulaShape())),
)


@node
class RateCard:
    """Price times successes; agreements may set their provider's own price."""

    word: str = "rate card"
    priced: bool = True
    shape: Record = _SHAPE

    def measured_by(self, parameters: Parameters) -> Located[str] | FormulaText | None:
        """The metric it names, else its own formula, if it has either."""
        return parameters.metric or parameters.outcome

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """The provider's price times its successes."""
        if parameters.metric and parameters.outcome:
            message = "the price is for a metric and for an outcome of its own"
            return Outcome(None, (TWO_MEASURES.at(parameters.outcome.span, message, label="and “metric” too"),))
        found = negative(parameters.price) + uncounted(context, (parameters.metric or parameters).span)
        found += against(context, parameters.metric)
        if found:
            return Outcome(None, found)
        return Outcome(Times(ByProvider(parameters.price.value.value, context.own_prices), Successes()))

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph, ...]:
        """The price and what it is paid for."""
        price = words.money(parameters.price.value.value)
        said = (
            f"For each {words.period}, the Agency must pay the Provider {price} for each success. "
            f"A success is a {words.success} counted as one in “{words.measure}”."
        )
        return (Paragraph((Run(said),), (), words.anchor),)


RATE_CARD = RateCard()
