"""The incentive kind `difference`: a share of how far a result is better than a target, up to a most.

Where a success is paid once only, the amount is multiplied by the part of the successes not paid before.
"""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.gains import gained, said_gain
from acmspec.kinds.paid import once_only, said_once
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.shape import Identifier, Key, Quantity, Record

_RESULT = Quantity("percent", "number", "money", "duration")


@node
class Parameters:
    """The metric and its target, the price of a unit, the least difference, the part and the most on each side."""

    metric: Located[str]
    target: Located[Amount]
    price: Located[Amount]
    share: Located[Amount]
    dead_band: Located[Amount] | None
    most: Located[Amount]
    share_down: Located[Amount] | None
    most_down: Located[Amount] | None
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a difference",
    Parameters,
    (
        Key("metric", Identifier(), required=True),
        Key("target", _RESULT, required=True),
        Key("price", Quantity("money"), required=True),
        Key("share", Quantity("percent"), required=True),
        Key("dead_band", _RESULT),
        Key("most", Quantity("money"), required=True),
        Key("share_down", Quantity("percent")),
        Key("most_down", Quantity("money")),
    ),
)


@node
class Difference:
    """Evenly more with the difference up to the most; to the worse, a share of it is taken where that is stated."""

    word: str = "difference"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Parameters) -> Located[str]:
        """The metric it names."""
        return parameters.metric

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """A ramp from the target to the most, times the successes not paid before where each is paid once."""
        table = gained(parameters, context)
        return Outcome(None if table.value is None else once_only(table.value, context), table.diagnostics)

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph, ...]:
        """What the difference is, what is paid for it, and what is taken."""
        texts = (said_gain(parameters, words), *said_once(words, "amount"))
        return tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)


DIFFERENCE = Difference()
