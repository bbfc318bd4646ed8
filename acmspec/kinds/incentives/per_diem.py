"""The incentive kind `per diem`: a price for each day, of those who stayed long enough or left as planned."""

from acmspec.english import numbers
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.kinds.days import DAYS, PaidDays, days_of, paid_days, said_most, unsound
from acmspec.kinds.paid import negative
from acmspec.program.payment import ByProvider, Payment, Times
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Paragraph, Run
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Record

_SHAPE = Record("a per diem", paid_days, DAYS)


@node
class PerDiem:
    """Days times price; agreements may set their provider's own price."""

    word: str = "per diem"
    priced: bool = True
    shape: Record = _SHAPE

    def measured_by(self, parameters: PaidDays) -> FormulaText:
        """The days of the period in the set."""
        return parameters.formula

    def lower(self, parameters: PaidDays, context: MeasureContext) -> Outcome[Payment]:
        """The provider's price times the days that are paid."""
        found = (*negative(parameters.price), *unsound(parameters, context))
        price = ByProvider(parameters.price.value.value, context.own_prices)
        return Outcome(None if found else Times(price, days_of(parameters, context)), found)

    def clause(self, parameters: PaidDays, words: TermWords) -> tuple[Paragraph, ...]:
        """The price of a day, which days are paid, and for whom how many."""
        price, whose = words.money(parameters.price.value.value), words.entity(parameters.for_each.value)
        said = f"For each {words.period}, the Agency must pay the Provider {price} for each day of “{words.measure}”."
        texts = [f"{said} The Agency must state the number of days that are paid for each {whose}."]
        if parameters.qualifies is not None:
            least = numbers.length(parameters.qualifies.value)
            but = "" if parameters.unless is None else " This section states the days that are paid all the same."
            texts.append(f"No day of a {words.success} of less than {least} is paid.{but}")
        if parameters.at_most:
            texts.append(f"{said_most(parameters, words)} Days beyond that are not paid, now or later.")
        return tuple(Paragraph((Run(one),), (), words.anchor) for one in texts)


PER_DIEM = PerDiem()
