"""The incentive kind `sustainment`: a price for each person whose outcome lasts, at each of some intervals once."""

from acmspec.english import numbers
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.kinds.paid import against, negative, uncounted
from acmspec.kinds.sustained import INTERVALS, Interval, parted, unsound
from acmspec.program.payment import ByProvider, Payment, Successes, Times
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import FormulaShape, Key, Record

_SHAPE = Record(
    "a sustainment",
    parted,
    (Key("intervals", INTERVALS, required=True), Key("outcome", FormulaShape())),
)


@node
class Sustainment:
    """Each interval is a part with a line of its own: its price times the successes that are due at it."""

    word: str = "sustainment"
    priced: bool = False
    shape: Record = _SHAPE

    def measured_by(self, parameters: Interval) -> Located[str] | FormulaText | None:
        """The metric of the interval, its own formula, or the shared one written out for it."""
        return parameters.own.metric or parameters.outcome

    def lower(self, parameters: Interval, context: MeasureContext) -> Outcome[Payment]:
        """The interval's price times its successes."""
        own = parameters.own
        found = (
            *(*uncounted(context, (own.metric or own).span), *against(context, own.metric)),
            *(*negative(own.price), *unsound(parameters, context)),
        )
        return Outcome(None if found else Times(ByProvider(own.price.value.value, ()), Successes()), found)

    def clause(self, parameters: Interval, words: TermWords) -> tuple[Paragraph, ...]:
        """The price at the interval, what it is paid for, and how often one person is paid for at most."""
        price, after = words.money(parameters.own.price.value.value), numbers.length(parameters.own.after.value)
        said = f"For each {words.period}, the Agency must pay the Provider {price} for each success after {after}. "
        texts = [f"{said}A success is {words.one}."]
        if len(parameters.every) > 1:
            intervals = numbers.series(tuple(numbers.length(one.after.value) for one in parameters.every))
            most = f"The Provider may be paid for no {words.once_per} more than {len(parameters.every)} times."
            texts.append(f"There is a payment after {intervals}, each once. {most}")
        return tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)


SUSTAINMENT = Sustainment()
