"""The incentive kind `threshold on effect`: a price for each event fewer or more than expected, if they are enough."""

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.kinds.effect_keys import ALL, KEYS, Effect, parted
from acmspec.kinds.effect_words import said, said_pooled
from acmspec.kinds.effects import lowered, pooled
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext, NoResult
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.shape import Record


@node
class ThresholdOnEffect:
    """Each period pays for itself where its change is large enough; else all of them do together, in the end."""

    word: str = "threshold on effect"
    priced: bool = True
    shape: Record = Record("a threshold on effect", parted, KEYS)

    def measured_by(self, parameters: Effect) -> Located[str] | NoResult:
        """The metric it names; all periods together rest on what those came to."""
        return NoResult() if parameters.part == ALL else parameters.metric

    def lower(self, parameters: Effect, context: MeasureContext) -> Outcome[Payment]:
        """The price times the events of a period from the least change on, or of all that were not paid for."""
        return Outcome(pooled(parameters, context)) if parameters.part == ALL else lowered(parameters, context)

    def clause(self, parameters: Effect, words: TermWords) -> tuple[Paragraph, ...]:
        """What the change is and is held against, how many events that is, and what is paid for them."""
        texts = said_pooled(parameters, words) if parameters.part == ALL else said(parameters, words)
        return tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)


THRESHOLD_ON_EFFECT = ThresholdOnEffect()
