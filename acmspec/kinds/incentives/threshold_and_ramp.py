"""The incentive kind `threshold and ramp`: from a threshold on, the amount goes evenly with the result, up to an end.

Where a success is paid once only, the amount is multiplied by the part of the successes not paid before.
"""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.paid import once_only, said_once
from acmspec.kinds.ramps import EDGE, Edge, ramp
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.shape import Identifier, Key, Record


@node
class Parameters:
    """The metric that decides, and the two ends."""

    metric: Located[str]
    lower: Edge
    upper: Edge
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a threshold and ramp",
    Parameters,
    (Key("metric", Identifier(), required=True), Key("lower", EDGE, required=True), Key("upper", EDGE, required=True)),
)


@node
class ThresholdAndRamp:
    """Nothing before the threshold; then evenly from one end to the other; beyond it, what is paid there."""

    word: str = "threshold and ramp"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Parameters) -> Located[str]:
        """The metric it names."""
        return parameters.metric

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """The ramp over the printed result, times the successes not paid before where each is paid once."""
        table = ramp(parameters.lower, parameters.upper, context)
        return Outcome(None if table.value is None else once_only(table.value, context), table.diagnostics)

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph, ...]:
        """From where on what is paid, and how much it is in between."""
        edges = (parameters.lower, parameters.upper)
        low, high = ((words.amount(one.result.value), words.money(one.pay.value.value)) for one in edges)
        begins, full, none, more = (low, high, "below", "at least")
        if words.better == "lower":
            begins, full, none, more = high, low, "above", "at most"
        text = (
            f"The Agency must pay the Provider one amount for each {words.period}. "
            f"The result for “{words.measure}”, as rounded, decides the amount. "
            f"If the result is {none} {begins[0]}, no payment is due. If it is {begins[0]}, {begins[1]} is due. "
            f"If it is {more} {full[0]}, {full[1]} is due. "
            f"Between {low[0]} and {high[0]}, the amount goes evenly with the result."
        )
        texts = (text, *said_once(words, "amount"))
        return tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)


THRESHOLD_AND_RAMP = ThresholdAndRamp()
