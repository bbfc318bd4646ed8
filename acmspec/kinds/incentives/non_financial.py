"""The incentive kind `non-financial`: a consequence without money that follows from a result, such as an extension."""

from dataclasses import field

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.conditions import KEYS
from acmspec.kinds.follows import CONSEQUENCES, IF, followed, said_consequence, unsound
from acmspec.program.payment import Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.shape import Choice, Key, Record, Text, Whole


@node
class Parameters:
    """The condition and whether it must be reached or missed, what follows, and the days of a plan and of its cure."""

    metric: Located[str]
    at_least: Located[Amount] | None
    at_most: Located[Amount] | None
    if_: Located[str]
    consequence: Located[str]
    text: Located[str]
    days: Located[int] | None
    cure_days: Located[int] | None
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a consequence without money",
    Parameters,
    (
        *KEYS,
        Key("if", Choice(*IF), required=True, into="if_"),
        Key("consequence", Choice(*CONSEQUENCES), required=True),
        Key("text", Text(), required=True),
        Key("days", Whole(1)),
        Key("cure_days", Whole(1)),
    ),
)


@node
class NonFinancial:
    """A line of no money for each period, which says whether the consequence follows."""

    word: str = "non-financial"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Parameters) -> Located[str]:
        """The metric it names."""
        return parameters.metric

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """A table whose one side has the consequence; both pay nothing."""
        found = unsound(parameters)
        table = followed(parameters, context)
        return Outcome(None if found else table.value, (*found, *table.diagnostics))

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph, ...]:
        """When it follows, and what it is."""
        texts = said_consequence(parameters, words)
        return tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)


NON_FINANCIAL = NonFinancial()
