"""What an effect comes to in the payment core: from a change on, so much for each event; it says nothing in words."""

from fractions import Fraction

from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located
from acmspec.kinds.effect_keys import EACH, Effect
from acmspec.kinds.effect_proof import least_level, said_share, unsound
from acmspec.kinds.paid import uncounted
from acmspec.program.counting import is_rate
from acmspec.program.payment import (
    Band,
    Bands,
    ByProvider,
    Change,
    Compared,
    Fixed,
    Gained,
    Least,
    Payment,
    Times,
    Together,
    Unpaid,
)
from acmspec.program.ports import MeasureContext
from acmspec.program.rounding import is_percentage, width


def lowered(of: Effect, context: MeasureContext) -> Outcome[Payment]:
    """A tier of no payment, and from the least change on the price of each event; or all that is wrong with it."""
    found = (*uncounted(context, of.metric.span), *unsound(of, context))
    if found:
        return Outcome(None, found)
    rise, at_least = context.better == "higher", of.at_least.value.value
    prior = Compared(of.comparator.value)
    least = least_level(at_least, width(context.type, context.decimals))
    change = Change(prior, least, rise, is_percentage(context.type))
    owed = _priced(of, Gained(prior, rise, is_rate(context.formula)), of.most, context)
    return Outcome(_table(change, at_least, owed, of))


def pooled(of: Effect, context: MeasureContext) -> Payment | None:
    """The same over all periods, for those that were not paid for; nothing where the term has no periods."""
    name = f"{context.term}_{EACH}"
    if of.pooled is None or all(one.name != name for one in context.before):
        return None
    owed = _priced(of, Unpaid(name), of.pooled.most, context)
    return _table(Together(name), of.pooled.at_least.value.value, owed, of)


def _priced(of: Effect, events: Gained | Unpaid, most: Located[Amount] | None, context: MeasureContext) -> Payment:
    owed = Times(ByProvider(of.price.value.value, context.own_prices), events)
    return owed if most is None else Least(owed, Fixed(most.value.value))


def _table(change: Change | Together, at_least: Fraction, owed: Payment, of: Effect) -> Bands:
    edge, nothing = said_share(at_least), Fixed(Fraction(0))
    low = Band(None, at_least, nothing, f"below {edge}", of.span)
    return Bands(change, (low, Band(at_least, None, owed, f"at least {edge}", of.span)))
