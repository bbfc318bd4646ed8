"""The incentive kind `scorecard`: points of several metrics, weighted to one score, which decides an amount."""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.kinds.bands import Tier
from acmspec.kinds.bases import OF
from acmspec.kinds.score_words import said_points
from acmspec.kinds.scored_amounts import BANDS, Of, by_score, said_by_score
from acmspec.kinds.scoring import METRICS, Weighted, score
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext, Several
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec.shape import Key, Record


@node
class Parameters:
    """The metrics with their weights and points, the tiers of the score, and what percentages are of."""

    metrics: tuple[Weighted, ...]
    bands: tuple[Tier, ...]
    of: Of
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a scorecard", Parameters, (Key("metrics", METRICS, required=True), Key("bands", BANDS, default=()), OF)
)


@node
class Scorecard:
    """One amount a period, by the exact weighted points of all metrics that count."""

    word: str = "scorecard"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Parameters) -> Several:
        """All of its metrics."""
        return Several(tuple(one.metric for one in parameters.metrics))

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """The amount of the tier that holds the score, or a percentage for each point."""
        points = score(parameters.metrics, context.several)
        if points.value is None:
            return Outcome(None, points.diagnostics)
        amount = by_score(parameters.of, parameters.bands, points.value, context, parameters.metrics[-1].metric.span)
        return Outcome(amount.value, points.diagnostics + amount.diagnostics)

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """What earns points and with which weight, what the score is, and what is paid for it."""
        texts, points = said_points(parameters.metrics, words)
        amounts, tiers = said_by_score(parameters.of, parameters.bands, words)
        first, *rest = (Paragraph((Run(one),), (), words.anchor) for one in (*texts, *amounts))
        return (first, points, *rest, *tiers)


SCORECARD = Scorecard()
