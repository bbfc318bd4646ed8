"""What gives a part of a pool, when its prizes are sound, and how that reads; it knows no single kind."""

from fractions import Fraction
from typing import Protocol

from acmspec.english import numbers
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located, Span
from acmspec.kinds.conditions import Condition, asked, bands
from acmspec.kinds.paid import against, negative, uncounted
from acmspec.program.payment import Fixed, Payment, Successes
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords

BY_SUCCESSES, EQUAL, PRIZES = "share of successes", "equal", "prizes"

NOT_THE_POOL = Problem(
    code="ACM557",
    title="prizes that are not the pool",
    cause="Prizes are the parts of the pool by place: they come to it, and none is more than the one before.",
    fix="Correct the prizes or the pool; write “split: prizes” where there are prizes, and only there.",
    contract="The parts of a pool must come to the pool.",
)
ONCE_BY_SUCCESSES = Problem(
    code="ACM558",
    title="paid once, and not by successes",
    cause="A part that is equal, or a prize, is not made of successes, so that none of them can be told to be paid.",
    fix="Write “split: share of successes”, or remove “once_per” and measure each period by itself.",
    contract="What is paid once for each person must be divided by successes.",
)
PROBLEMS = (NOT_THE_POOL, ONCE_BY_SUCCESSES)


class Pool(Protocol):
    """The keys of a pool."""

    @property
    def metric(self) -> Located[str]:
        """What decides."""

    @property
    def at_least(self) -> Located[Amount] | None:
        """The level from which a provider takes part."""

    @property
    def at_most(self) -> Located[Amount] | None:
        """The same where lower is better."""

    @property
    def pool(self) -> Located[Amount]:
        """The sum of one period."""

    @property
    def split(self) -> Located[str]:
        """How it is divided."""

    @property
    def prizes(self) -> tuple[Located[Amount], ...]:
        """The parts by place."""

    @property
    def span(self) -> Span:
        """Where it is written."""


def _level(pool: Pool) -> Condition | None:
    if pool.at_least is None and pool.at_most is None:
        return None
    return Condition(pool.metric, pool.at_least, pool.at_most, pool.span)


def claimed(pool: Pool, context: MeasureContext) -> Outcome[Payment]:
    """What a provider's part is in proportion to: its successes, or one; nothing if it misses the level."""
    part: Payment = Successes() if pool.split.value == BY_SUCCESSES else Fixed(Fraction(1))
    level = _level(pool)
    return Outcome(part) if level is None else bands(level, context, part, Fixed(Fraction(0)))


def unsound(pool: Pool, context: MeasureContext) -> tuple[Diagnostic, ...]:
    """Amounts below zero, successes that can't be counted, prizes that are not the pool."""
    found = [wrong for one in (pool.pool, *pool.prizes) for wrong in negative(one)]
    if pool.split.value == BY_SUCCESSES:
        found += (*uncounted(context, pool.metric.span), *against(context, pool.metric))
    elif context.once_per:
        message = "a part of this pool is not made of successes"
        found.append(ONCE_BY_SUCCESSES.at(pool.split.span, message, label="not by successes"))
    amounts = [one.value.value for one in pool.prizes]
    ranked = pool.split.value == PRIZES
    if bool(amounts) is not ranked:
        message = "there are no prizes" if ranked else "there are prizes, and the pool is divided otherwise"
        place = pool.split if ranked else pool.prizes[0]
        found.append(NOT_THE_POOL.at(place.span, message, label="which prizes?"))
    elif ranked and sum(amounts) != pool.pool.value.value:
        currency = pool.pool.value.unit.factors[0][0]
        prizes, whole = (numbers.money(one, currency) for one in (Fraction(sum(amounts)), pool.pool.value.value))
        message = f"the prizes come to {prizes}, and the pool is {whole}"
        found.append(NOT_THE_POOL.at(pool.pool.span, message, label="not their sum"))
    elif ranked and amounts != sorted(amounts, reverse=True):
        message = "a later place has a larger prize"
        found.append(NOT_THE_POOL.at(pool.prizes[0].span, message, label="not the largest first"))
    return tuple(found)


def said_split(pool: Pool, words: TermWords) -> tuple[str, ...]:
    """The sentences of a pool."""
    level = _level(pool)
    who = "Each Provider with a result takes part."
    if level is not None:
        who = f"A Provider takes part if its result for “{words.measure}” is {asked(level, words)}, as rounded."
    sums = numbers.series(tuple(words.money(one.value.value) for one in pool.prizes))
    how = {
        BY_SUCCESSES: f"It is divided in proportion to the successes. A success is {words.one}.",
        EQUAL: "It is divided equally.",
        PRIZES: f"The prizes are {sums}, from the best result on. Providers with equal results share the prizes of the "
        "places that they hold together equally. A prize that nobody wins is kept by the Agency.",
    }[pool.split.value]
    pool_of = f"For each {words.period}, the Agency must pay {words.money(pool.pool.value.value)}"
    wait = "Nothing is divided until the results of all Providers are known or pay nothing."
    return (
        f"{pool_of} to all Providers together. {who}",
        f"{how} Cents that are left over go to the largest fractions of a cent, then in the order of the agreements.",
        f"{wait} If nobody takes part, the Agency keeps the sum.",
    )
