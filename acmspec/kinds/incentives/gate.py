"""The limit kind `gate`: what some terms come to for a period is due only if a metric's result reaches a level."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.conditions import KEYS, ON, Condition, asked, bands
from acmspec.program.payment import Earned, Fixed, Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Key, Record


@node
class Parameters:
    """The condition, and what each state leads to in which it is not met."""

    condition: Condition
    on: Mapping[str, str]


def _gate(span: Span, on: Mapping[str, str], **condition: Any) -> Parameters:
    return Parameters(Condition(**condition, span=span), on)


_SHAPE = Record("a gate", _gate, (*KEYS, Key("on", ON, required=True)))


@node
class Gate:
    """Applied after each period to what the terms came to in it: all of it, or nothing but what they deduct."""

    word: str = "gate"
    shape: Record = _SHAPE
    at_end: bool = False

    def decided_by(self, gate: Parameters) -> Located[str]:
        """The metric of its condition."""
        return gate.condition.metric

    def lower(self, gate: Parameters, context: MeasureContext | None) -> Outcome[Payment]:
        """What was earned where the condition is met, and nothing where it isn't."""
        if context is None:
            return Outcome(None)
        return bands(gate.condition, context, Earned(), Fixed(Fraction(0)))

    def consequences(self, gate: Parameters) -> tuple[tuple[str, str], ...]:
        """As declared, for each state."""
        return tuple(gate.on.items())

    def clause(self, gate: Parameters, words: TermWords, over: str, scope: str) -> str:
        """What is asked, and that the same period decides."""
        return (
            f"Payments under {over} are due {scope} only if a condition is met. "
            f"The Provider’s own result for “{words.measure}” must be {asked(gate.condition, words)}. "
            f"The result for the same {words.period} decides, as rounded. "
            "What is deducted stays deducted, whether or not the condition is met."
        )


GATE = Gate()
