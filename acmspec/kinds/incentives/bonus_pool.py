"""The incentive kind `bonus pool`: a sum for each period that the providers divide by their results."""

from dataclasses import field
from fractions import Fraction

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.conditions import KEYS
from acmspec.kinds.pooled import BY_SUCCESSES, EQUAL, PRIZES, claimed, said_split, unsound
from acmspec.program.payment import Payment, Pooled
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.shape import Choice, Key, ListOf, Quantity, Record


@node
class Parameters:
    """The pool and how it is divided, the metric, the level from which a provider takes part, the prizes by place."""

    metric: Located[str]
    at_least: Located[Amount] | None
    at_most: Located[Amount] | None
    pool: Located[Amount]
    split: Located[str]
    prizes: tuple[Located[Amount], ...]
    unearned: Located[str]
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a bonus pool",
    Parameters,
    (
        *KEYS,
        Key("pool", Quantity("money"), required=True),
        Key("split", Choice(BY_SUCCESSES, EQUAL, PRIZES), required=True),
        Key("prizes", ListOf(Quantity("money")), default=()),
        Key("unearned", Choice("kept by the agency"), required=True),
    ),
)


@node
class BonusPool:
    """All providers' parts of one period come to the pool; where nobody takes part, it is kept."""

    word: str = "bonus pool"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Parameters) -> Located[str]:
        """The metric it names."""
        return parameters.metric

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """The pool, what gives a part of it, and the prizes."""
        found = unsound(parameters, context)
        claim = claimed(parameters, context)
        if found or claim.value is None:
            return Outcome(None, (*found, *claim.diagnostics))
        prizes: tuple[Fraction, ...] = tuple(one.value.value for one in parameters.prizes)
        return Outcome(Pooled(claim.value, parameters.pool.value.value, prizes, context.better == "higher"))

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph, ...]:
        """How large the pool is, who takes part, how it is divided, and what becomes of the rest."""
        return tuple(Paragraph((Run(text),), (), words.anchor) for text in said_split(parameters, words))


BONUS_POOL = BonusPool()
