"""The incentive kind `rate card`: a price for each success of a metric, or of an outcome formula of its own."""

from acmspec.ground.diagnostic import Outcome, Problem
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.kinds.cards import CARD, Card
from acmspec.kinds.grouped import said_group, unsound
from acmspec.kinds.paid import against, uncounted
from acmspec.kinds.prices import priced, said_price, said_pricing
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Record

TWO_MEASURES = Problem(
    code="ACM529",
    title="a price for two things",
    cause="A rate card pays for the successes of one measure.",
    fix="Keep “metric” or “outcome” and remove the other, or write two terms.",
    contract="Each price must be for one outcome.",
)
PROBLEMS = (TWO_MEASURES,)


@node
class RateCard:
    """Price times successes; agreements may set their provider's own price."""

    word: str = "rate card"
    priced: bool = True
    shape: Record = CARD

    def measured_by(self, parameters: Card) -> Located[str] | FormulaText | None:
        """The metric it names, else its own formula, if it has either."""
        return parameters.metric or parameters.outcome

    def lower(self, parameters: Card, context: MeasureContext) -> Outcome[Payment]:
        """The provider's price times its successes, or step by step."""
        if parameters.metric and parameters.outcome:
            message = "the price is for a metric and for an outcome of its own"
            return Outcome(None, (TWO_MEASURES.at(parameters.outcome.span, message, label="and “metric” too"),))
        found = unsound(parameters.grouped, parameters, (parameters.outcome or parameters.metric or parameters).span)
        if found:
            return Outcome(None, found)
        found = uncounted(context, (parameters.metric or parameters).span) + against(context, parameters.metric)
        amount = priced(parameters, parameters.span, context)
        return Outcome(None if found else amount.value, amount.diagnostics + found)

    def clause(self, parameters: Card, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """The price and what it is paid for, how many are paid, and the price of each where it changes."""
        success = f"A success is {words.one}."
        said = f"{said_price(parameters, 'success', words)} {success}{said_group(parameters.grouped, words)}"
        return said_pricing(parameters, said, words)


RATE_CARD = RateCard()
