"""The incentive kind `service fee`: an amount for each period, whatever the results; it may change on stated days."""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.schedule import SCHEDULE, Change, said_schedule, scheduled
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext, NoResult
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec.shape import Key, Quantity, Record


@node
class Parameters:
    """The amount of the first periods, and those that follow it, each from a day on."""

    amount: Located[Amount]
    schedule: tuple[Change, ...]
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a service fee",
    Parameters,
    (Key("amount", Quantity("money"), required=True), Key("schedule", SCHEDULE, default=())),
)


@node
class ServiceFee:
    """The same for each period until a change; agreements may set their provider's own fee, which stays."""

    word: str = "service fee"
    priced: bool = True
    shape: Record = _SHAPE

    def measured_by(self, _parameters: Parameters) -> NoResult:
        """A fee rests on no result."""
        return NoResult()

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """The amount in force when the period starts."""
        return scheduled(parameters.amount, parameters.schedule, context)

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """Who pays how much for each period, and when that changes."""
        amount = words.money(parameters.amount.value.value)
        more, grid = said_schedule(parameters.schedule, words)
        said = f"For each {words.period}, the Agency must pay the Provider {amount}.{more}"
        return (Paragraph((Run(said),), (), words.anchor), *grid)


SERVICE_FEE = ServiceFee()
