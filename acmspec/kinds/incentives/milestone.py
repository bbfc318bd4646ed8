"""The incentive kind `milestone`: an amount for an event or accepted deliverable, once, and less if it is late."""

from fractions import Fraction

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.kinds.events import EVENT, Event, after_the_term, event, lateness, said_late, unsound
from acmspec.program.payment import Payment, Successes, Times
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Record

_ONCE = Successes(((None, Fraction(1)),), first=True)
_SHAPE = Record("a milestone", event, EVENT)


@node
class Milestone:
    """The first event of the term pays; the result is how many days after its due day it came."""

    word: str = "milestone"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Event) -> FormulaText:
        """The days from the due day to the event."""
        return parameters.formula

    def lower(self, parameters: Event, context: MeasureContext) -> Outcome[Payment]:
        """The amount by the days late, for one event in the whole term."""
        found = unsound(parameters)
        told = (*found, *after_the_term(parameters, context.last))
        return Outcome(None if found else Times(lateness(parameters), _ONCE), told)

    def clause(self, parameters: Event, words: TermWords) -> tuple[Paragraph, ...]:
        """The amount and what it is paid for, when that is due, and what shows that it was reached."""
        amount, evidence = words.money(parameters.amount.value.value), parameters.evidence.value.strip().rstrip(".")
        said = f"The Agency must pay the Provider {amount} once in the Contract Term, for the first {words.success}"
        texts = (
            f"{said} counted in “{words.measure}”. Nothing is due for a later one, even if nothing was for the first.",
            said_late(parameters, words),
            f"The evidence is: {evidence}.",
        )
        return tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)


MILESTONE = Milestone()
