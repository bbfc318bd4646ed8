"""The incentive kind `price adjustment`: what other terms come to, times a factor by a result or by an index."""

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.kinds.factors import SHAPE, Adjusting, adjusted, said_adjusted
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext, NoResult
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph
from acmspec.spec.shape import Record


@node
class PriceAdjustment:
    """A line of its own beside those it adjusts: what the factor adds to them, or takes from them."""

    word: str = "price adjustment"
    priced: bool = False
    shape: Record = SHAPE

    def measured_by(self, parameters: Adjusting) -> Located[str] | NoResult:
        """The metric it names; an index rests on no result."""
        return parameters.metric or NoResult()

    def lower(self, parameters: Adjusting, context: MeasureContext) -> Outcome[Payment]:
        """What the factor is above or below 100 %, times the terms."""
        return adjusted(parameters, context)

    def clause(self, parameters: Adjusting, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """What is adjusted, and by which factor."""
        return said_adjusted(parameters, words)


PRICE_ADJUSTMENT = PriceAdjustment()
