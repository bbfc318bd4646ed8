"""The incentive kind `tiered bonus`: the printed result falls in one tier of a table, and the tier says what is owed.

Where a success is paid once only, the tier's amount is multiplied by the part of the successes not paid before.
"""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import HIGHEST, MARGINAL, TIERS, Tier, proved
from acmspec.kinds.credit import CREDIT, Credit, credited, said_credit
from acmspec.kinds.paid import once_only, said_once
from acmspec.kinds.tier_words import said_tiers
from acmspec.program.payment import Bands, Payment
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec.shape import Choice, Identifier, Key, Quantity, Record


@node
class Parameters:
    """The metric that decides, the tiers in the author's order, and what else an improved result comes to."""

    metric: Located[str]
    bands: tuple[Tier, ...]
    method: Located[str] | None
    of: Located[Amount] | None
    otherwise: Credit | None
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a tiered bonus",
    Parameters,
    (
        Key("metric", Identifier(), required=True),
        Key("bands", TIERS, required=True),
        Key("method", Choice(HIGHEST, MARGINAL)),
        Key("of", Quantity("money")),
        Key("otherwise", CREDIT),
    ),
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
        method = parameters.method.value if parameters.method else HIGHEST
        bands = proved(parameters.bands, context, parameters.of, method)
        if bands.value is None:
            return Outcome(None, bands.diagnostics)
        table = credited(parameters.otherwise, Bands(Result(), bands.value), context)
        amount = None if table.value is None else once_only(table.value, context)
        return Outcome(amount, bands.diagnostics + table.diagnostics)

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """Who pays, the table of tiers, and what happens where a success could be paid twice."""
        said, grid = said_tiers(parameters.bands, parameters.of, parameters.method, words)
        credit = () if parameters.otherwise is None else (said_credit(parameters.otherwise, words),)
        texts = (said, *credit, *said_once(words, "tier’s amount"))
        return (*(Paragraph((Run(text),), (), words.anchor) for text in texts), grid)


TIERED_BONUS = TieredBonus()
