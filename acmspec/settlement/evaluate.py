"""The value of a payment expression on exact numbers, and nothing else: the same nodes can be walked over intervals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.program.intervals import in_force
from acmspec.program.payment import (
    Amounts,
    Band,
    Bands,
    Beyond,
    ByProvider,
    Change,
    Earned,
    Fixed,
    FreshShare,
    Gained,
    Improved,
    Least,
    Most,
    Outcome,
    Part,
    Payment,
    Pooled,
    Ramp,
    Recovered,
    Repeated,
    Score,
    Scored,
    Since,
    Stepped,
    Successes,
    Taken,
    TakenBefore,
    Times,
    Together,
    Unpaid,
)
from acmspec.program.payment_parts import tables

_ZERO = Fraction(0)


@node
class OnAccount:
    """What was advanced in a stretch of time so far, what other terms came to in it, and what was recovered before.

    `ends` is whether nothing more can come of the stretch, so that the rest is due.
    """

    advanced: Fraction = Fraction(0)
    earned: Fraction = Fraction(0)
    recovered: Fraction = Fraction(0)
    ends: bool = False


@node
class Cohorts:
    """What the periods of another term come to together: how many events were expected, and how many better it was.

    `left` is how many better it was in those for which nothing was due, below zero if it was worse.
    """

    expected: Fraction = Fraction(0)
    better: Fraction = Fraction(0)
    left: Fraction = Fraction(0)


@node
class Environment:
    """What a payment may depend on.

    `outcome` is the result as printed, `of_successes` all successes of the window, `successes` those that are paid now
    (fewer where `once` and some were paid before), `earned` what a limit's terms have come to, `day` the first of the
    period, `before` how many successes were paid before in each stretch of time that is counted over,
    `compared` what the benchmarks came to, `amounts` what other terms did for the same period. `takes` is whether the
    term takes, `in_a_row` for how many periods right before this one it had something to take, `taken` what it took for
    the last of them. `pooled` is the part of a pool, None while only the claim to one is known. `unnamed` is how many
    of all successes don't say whose they are, where they are told apart. `scored` are the results of a scorecard's
    measures that count, None for one that counts with no points. `on_account` is what advances stand at. `base` is what
    is counted below the line of the result, 1 where it is no quotient. `cohorts` are the periods of another term.
    """

    provider: str = ""
    outcome: Fraction = Fraction(0)
    successes: Fraction = Fraction(0)
    of_successes: Fraction = Fraction(0)
    once: bool = False
    earned: Fraction = Fraction(0)
    day: date = date.min
    before: tuple[tuple[Cycle | None, Fraction], ...] = ()
    compared: tuple[tuple[str, Fraction], ...] = ()
    amounts: tuple[tuple[str, Fraction], ...] = ()
    takes: bool = False
    pooled: Fraction | None = None
    in_a_row: int = 0
    taken: Fraction = Fraction(0)
    unnamed: Fraction = Fraction(0)
    scored: tuple[tuple[str, Fraction | None], ...] = ()
    on_account: OnAccount = OnAccount()
    base: Fraction = Fraction(1)
    cohorts: Cohorts = Cohorts()

    @property
    def fresh_share(self) -> Fraction:
        """The part of the window's successes not paid before."""
        if not self.once:
            return Fraction(1)
        return self.successes / self.of_successes if self.of_successes else Fraction(0)


def evaluate(node: Payment, at: Environment) -> Fraction:  # noqa: C901  (a case a node)
    """What a payment expression comes to, exactly; nothing is rounded here."""
    match node:
        case Fixed(amount=amount):
            return amount
        case ByProvider(shared=shared, own=own):
            return dict(own).get(at.provider, shared)
        case Since(steps=steps):
            return evaluate(in_force(steps, at.day)[0], at)
        case Outcome():
            return at.outcome
        case Successes(most=most):
            left = (number - dict(at.before).get(every, _ZERO) for every, number in most)
            return min((at.successes, *left))
        case Stepped(of=of):
            return sum((count * price for count, price in by_step(node, evaluate(of, at), at)), _ZERO)
        case FreshShare():
            return at.fresh_share
        case Earned():
            return at.earned
        case Times(left=left, right=right):
            return evaluate(left, at) * evaluate(right, at)
        case Least(left=left, right=right):
            return min(evaluate(left, at), evaluate(right, at))
        case Most(left=left, right=right):
            return max(evaluate(left, at), evaluate(right, at))
        case Bands(of=of, bands=bands):
            return evaluate(band_of(evaluate(of, at), bands).pays, at)
        case Improved(table=table):
            return evaluate(band_of(counts_as(node, at), table.bands).pays, at)
        case Ramp(of=of, lower=lower, upper=upper):
            value = min(max(evaluate(of, at), lower.at), upper.at)
            return lower.pays + (upper.pays - lower.pays) * (value - lower.at) / (upper.at - lower.at)
        case Beyond(of=of, point=point, unit=unit, rises=rises):
            far = evaluate(of, at) - point
            return max(_ZERO, (far if rises else -far) / unit)
        case Amounts(terms=terms):
            return sum((dict(at.amounts).get(one, _ZERO) for one in terms), _ZERO)
        case Part(share=share, of=of):
            return share * evaluate(of, at)
        case Taken(of=of):
            return -max(_ZERO, evaluate(of, at))
        case Repeated(of=of):
            return evaluate(of, at) * factor_of(node, at)
        case TakenBefore():
            return at.taken
        case Pooled(claim=claim):
            return evaluate(claim, at) if at.pooled is None else at.pooled
        case Recovered():
            return -max(_ZERO, recovered_so_far(node, at.on_account) - at.on_account.recovered)
        case Change() | Gained() | Together() | Unpaid():
            return _of_effect(node, at)
        case Score(of=of):
            counted = [one for one in of if one.measure in dict(at.scored)]
            weighted = sum((one.weight * points_of(one, at) for one in counted), _ZERO)
            return weighted / sum(one.weight for one in counted)


def _of_effect(node: Change | Gained | Together | Unpaid, at: Environment) -> Fraction:
    """A change or a number of events, of one period or of all together."""
    match node:
        case Change(rise=rise):
            prior = told(node, at)
            return _ZERO if prior is None else better(at.outcome, prior, rise=rise) / prior
        case Gained(prior=of, rise=rise, rate=rate):
            prior = dict(at.compared).get(of.benchmark, at.outcome)
            return max(_ZERO, better(at.outcome, prior, rise=rise)) * (at.base if rate else 1)
        case Together():
            return at.cohorts.better / at.cohorts.expected if at.cohorts.expected > 0 else _ZERO
        case Unpaid():
            return max(_ZERO, at.cohorts.left)


def told(node: Change, at: Environment) -> Fraction | None:
    """What a result is held against; None where nothing is there, or where no change from it could be told."""
    prior = dict(at.compared).get(node.prior.benchmark)
    return None if prior is None or prior <= 0 or prior < node.least else prior


def better(result: Fraction, prior: Fraction, *, rise: bool) -> Fraction:
    """How much better a result is than another; below zero where it is worse."""
    return result - prior if rise else prior - result


def recovered_so_far(node: Recovered, account: OnAccount) -> Fraction:
    """All that is recovered of the advances of a stretch of time, this period included."""
    if account.ends and node.most is None:
        return account.advanced
    return min(account.advanced, account.earned + (node.most or _ZERO if account.ends else _ZERO))


def points_of(one: Scored, at: Environment) -> Fraction:
    """The points of a measure that counts; none without a result."""
    outcome = dict(at.scored)[one.measure]
    return _ZERO if outcome is None else evaluate(one.points, replace(at, outcome=outcome))


def factor_of(node: Repeated, at: Environment) -> Fraction:
    """The factor of how many periods in a row there was something to take, this one included."""
    return [factor for first, factor in node.factors if first <= at.in_a_row + 1][-1]


def prior_of(node: Improved, at: Environment) -> Fraction | None:
    """The prior result, None if there is none."""
    return node.prior.amount if isinstance(node.prior, Fixed) else dict(at.compared).get(node.prior.benchmark)


def counts_as(node: Improved, at: Environment) -> Fraction:
    """The result that decides the tier: what is credited, where the gain is large enough and the result not better."""
    result, prior = evaluate(node.table.of, at), prior_of(node, at)
    if prior is None or (result - prior if node.rise else prior - result) < node.gain:
        return result
    return max(result, node.credited) if node.rise else min(result, node.credited)


def by_step(node: Stepped, number: Fraction, at: Environment) -> Iterator[tuple[Fraction, Fraction]]:
    """How many of some more successes fall in each step, and its price; fewer than none fall in the first."""
    before = dict(at.before).get(node.every, _ZERO)
    ends = (*(above for above, _ in node.steps[1:]), before + max(_ZERO, number))
    for (above, price), end in zip(node.steps, ends, strict=True):
        count = min(end, before + number) - max(above, before) if number > 0 else number
        if count > 0 or number < 0:
            yield count, evaluate(price, at)
        if number <= 0:
            return


def followed(node: Payment, at: Environment) -> tuple[str, ...]:
    """What follows without money from the bands that hold."""
    found = (band_of(evaluate(table.of, at), table.bands) for table in tables(node))
    return tuple(band.follows for band in found if band.follows)


def band_of(value: Fraction, bands: Sequence[Band]) -> Band:
    """The band that holds a value; that there is exactly one was proved when the spec was checked."""
    for band in bands:
        if (band.first is None or value >= band.first) and (band.below is None or value < band.below):
            return band
    raise LookupError(f"no band holds {value}")
