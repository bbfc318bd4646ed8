"""The incentive kind `deduction`: an amount below zero for events, a missed standard or by tiers of a result."""

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.kinds.deduction_words import said
from acmspec.kinds.deductions import SHAPE, Deducting, deducted
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Record


@node
class Deduction:
    """Taken from what other terms come to; what becomes of a total below zero is the contract's to say."""

    word: str = "deduction"
    priced: bool = False
    shape: Record = SHAPE

    def measured_by(self, parameters: Deducting) -> Located[str] | FormulaText | None:
        """The metric it names, else the formula of its events."""
        return parameters.metric or parameters.outcome

    def lower(self, parameters: Deducting, context: MeasureContext) -> Outcome[Payment]:
        """What is taken, with its allowance, steps, rows and most, and what is earned back."""
        return deducted(parameters, context)

    def clause(self, parameters: Deducting, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """What is deducted for, and how much."""
        return said(parameters, words)


DEDUCTION = Deduction()
