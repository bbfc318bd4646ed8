"""The benchmark kind `target`: a value somebody set; agreements may set their provider's own."""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.program.ports import MeasureContext
from acmspec.program.tree import Group, GroupConstant
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Key, Quantity, Record

_SIGNS = {"higher": "≥", "lower": "≤"}
_BOUNDS = {"higher": "at least", "lower": "no more than"}


@node
class Parameters:
    """The value to reach."""

    value: Located[Amount]
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a target", Parameters, (Key("value", Quantity("percent", "number", "money", "duration"), required=True),)
)


@node
class Target:
    """A result is met if it reaches the value as rounded; a tie is met."""

    word: str = "target"
    shape: Record = _SHAPE

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Group]:
        """A constant of the measure's type, or a wrong unit."""
        value = context.convert(parameters.value)
        return Outcome(
            None if value.value is None else GroupConstant(value.value, context.type),
            value.diagnostics,
        )

    def clause(self, parameters: Parameters, words: TermWords) -> str:
        """What must be reached."""
        return f"The result must be {_BOUNDS[words.better]} {words.amount(parameters.value.value)}."

    def short(self, parameters: Parameters, words: TermWords) -> str:
        """The bound for a table: `≥ 65%`."""
        return f"{_SIGNS[words.better]} {words.amount(parameters.value.value)}"


TARGET = Target()
