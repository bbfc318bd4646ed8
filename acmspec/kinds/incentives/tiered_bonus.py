"""The incentive kind `tiered bonus`: the printed result falls in one tier of a table, and the tier says what is owed.

Where a success is paid once only, the tier's amount is multiplied by the part of the successes not paid before.
"""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import TIERS, Tier, proved
from acmspec.kinds.paid import once_only, said_once
from acmspec.program.payment import Bands, Payment
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec.shape import Identifier, Key, Record


@node
class Parameters:
    """The metric that decides, and the tiers in the author's order."""

    metric: Located[str]
    bands: tuple[Tier, ...]
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a tiered bonus", Parameters, (Key("metric", Identifier(), required=True), Key("bands", TIERS, required=True))
)


@node
class TieredBonus:
    """One amount a period, by the tier that holds the result."""

    word: str = "tiered bonus"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Parameters) -> Located[str]:
        """The metric it names."""
        return parameters.metric

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """The table over the printed result, times the successes not paid before where each is paid once."""
        bands = proved(parameters.bands, context)
        table = None if bands.value is None else once_only(Bands(Result(), bands.value), context)
        return Outcome(table, bands.diagnostics)

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """Who pays, the table of tiers, and what happens where a success could be paid twice."""
        rows = tuple((_range(tier, words), words.money(tier.pay.value.value)) for tier in parameters.bands)
        said = (
            f"The Agency must pay the Provider one amount for each {words.period}. "
            f"The result for “{words.measure}”, as rounded, decides the tier. The tier decides the amount."
        )
        texts = (said, *said_once(words, "tier’s amount"))
        return (*(Paragraph((Run(text),), (), words.anchor) for text in texts), Grid(("Result", "Amount"), rows, (1,)))


def _range(tier: Tier, words: TermWords) -> str:
    at_least = f"at least {words.amount(tier.first.value)}" if tier.first else ""
    below = f"below {words.amount(tier.below.value)}" if tier.below else ""
    text = " and ".join(part for part in (at_least, below) if part)
    return text[:1].upper() + text[1:]


TIERED_BONUS = TieredBonus()
