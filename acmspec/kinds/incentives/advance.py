"""The incentive kind `advance`: an amount paid ahead for each period, set off against what other terms come to."""

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.kinds.advances import KEYS, Advance, lowered, parted, said
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext, NoResult
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec.shape import Record


@node
class Advances:
    """Two lines: the advance, and below zero what is set off against it and what is recovered in the end."""

    word: str = "advance"
    priced: bool = True
    shape: Record = Record("an advance", parted, KEYS)

    def measured_by(self, _parameters: Advance) -> NoResult:
        """Neither line rests on a result of its own."""
        return NoResult()

    def lower(self, parameters: Advance, context: MeasureContext) -> Outcome[Payment]:
        """The amount in force, or what is recovered of it so far."""
        return lowered(parameters, context)

    def clause(self, parameters: Advance, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """What is advanced; what is set off against it, when the rest is recovered, and how much of it at most."""
        texts, grid = said(parameters, words)
        return (*(Paragraph((Run(one),), (), words.anchor) for one in texts), *grid)


ADVANCE = Advances()
