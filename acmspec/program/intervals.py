"""What a payment expression can come to at least and at most, over the nodes that settlement evaluates on numbers.

An end without a bound is infinite; nothing is calculated with infinity but signs, so every finite end is exact.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import inf, isinf

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.program.counting import is_count, is_part, said
from acmspec.program.group import Aggregate, Group, Quotient
from acmspec.program.payment import (
    NO_POINTS,
    SPREAD,
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
from acmspec.program.types import Form, NumberType, Type

Bound = Fraction | float
"""A number, or a float that is infinite and nothing else."""
_ZERO, _ONE = Fraction(0), Fraction(1)


@node
class Interval:
    """All numbers from `least` to `most`."""

    least: Bound
    most: Bound

    @property
    def ends(self) -> bool:
        """Whether there is a most."""
        return not isinf(self.most)


ANYTHING = Interval(-inf, inf)
NOTHING = Interval(_ZERO, _ZERO)
COUNTED = Interval(_ZERO, inf)


@node
class Known:
    """What is known of one line: whose it is, in which interval its result and what is earned lie, and how it pays.

    `day` is the period's first day, None for any; `every` the stretch in which nothing was paid before it, which is the
    period itself. `amounts` is what other terms come to, `scored` what the results of several measures do, and
    `without` what is declared for those that have none. `advanced` is what was advanced so far at most. `compared` are
    benchmarks that come to a stated level, `left` how many events the periods of an effect leave at most. `number` is
    which of the provider's periods this is at most, counted from 1, `taken` what the one before took at most.
    """

    provider: str = ""
    outcome: Interval = ANYTHING
    successes: Interval = COUNTED
    once: bool = False
    earned: Interval = NOTHING
    day: date | None = None
    every: Cycle | None = None
    amounts: tuple[tuple[str, Interval], ...] = ()
    scored: tuple[tuple[str, Interval], ...] = ()
    without: frozenset[str] = frozenset()
    advanced: Bound = _ZERO
    compared: tuple[tuple[str, Fraction], ...] = ()
    left: Bound = inf
    number: Bound = inf
    taken: Bound = inf


def results(formula: Group, of: Type) -> Interval:
    """What a measure can come to: a share lies between 0 and 1, and a count is not below zero."""
    found = said(formula)
    if isinstance(found, Quotient) and not is_part(found):
        # What is “out of” something need not be a part of it: a budget is overspent, a cell is below zero.
        return COUNTED if is_count(found.numerator) and is_count(found.denominator) else ANYTHING
    if isinstance(of, NumberType) and of.form is Form.SHARE:
        return Interval(_ZERO, _ONE)
    return COUNTED if isinstance(found, Aggregate) and found.function in {"count", "count distinct"} else ANYTHING


def interval(payment: Payment, at: Known) -> Interval:  # noqa: C901  (a case a node)
    """All that a payment expression can come to; nothing is rounded here."""
    match payment:
        case Fixed(amount=amount):
            return Interval(amount, amount)
        case ByProvider(shared=shared, own=own):
            price = dict(own).get(at.provider, shared)
            return Interval(price, price)
        case Since(steps=steps):
            return hull([interval(one, at) for one in in_force(steps, at.day)])
        case Outcome():
            return at.outcome
        case Successes(most=most):
            fewest = min((at.successes.least, *(_ZERO for _ in most)))
            return Interval(fewest, min((at.successes.most, *(number for _, number in most))))
        case Stepped():
            return _stepped(payment, at)
        case FreshShare():
            return Interval(_ZERO, _ONE) if at.once else Interval(_ONE, _ONE)
        case Earned():
            return at.earned
        case Times(left=left, right=right):
            return _product(interval(left, at), interval(right, at))
        case Least(left=left, right=right):
            one, other = interval(left, at), interval(right, at)
            return Interval(min(one.least, other.least), min(one.most, other.most))
        case Most(left=left, right=right):
            one, other = interval(left, at), interval(right, at)
            return Interval(max(one.least, other.least), max(one.most, other.most))
        case Bands(of=of, bands=bands):
            within = interval(of, at)
            return hull([interval(band.pays, at) for band in bands if meets(band, within)])
        case Pooled(pool=pool, prizes=prizes):
            return Interval(_ZERO, max(prizes, default=pool))
        case Improved(table=table, credited=credited):
            more = [interval(band.pays, at) for band in table.bands if meets(band, Interval(credited, credited))]
            return hull([interval(table, at), *more])
        case Ramp(of=of) | Beyond(of=of):
            within = interval(of, at)
            return hull([_at_end(payment, end) for end in (within.least, within.most)])
        case Amounts(terms=terms):
            return _sum([dict(at.amounts).get(one, COUNTED) for one in terms])
        case Part(share=share, of=of):
            return _product(Interval(share, share), interval(of, at))
        case Taken(of=of):
            taken = interval(of, at)
            return Interval(-max(_ZERO, taken.most), -max(_ZERO, taken.least))
        case Repeated(of=of, factors=factors):
            reached = [factor for first, factor in factors if first <= at.number]
            return _product(interval(of, at), Interval(min(reached), max(reached)))
        case TakenBefore(most=most):
            return _taken_before(most, at)
        case Score(of=of):
            return _scored(of, at)
        case Recovered():
            return Interval(-at.advanced, _ZERO)
        case Change() | Gained() | Together() | Unpaid():
            return _of_effect(payment, at)


def _taken_before(most: Payment, at: Known) -> Interval:
    """What was taken for the period before, which followed from another result; nothing before the first."""
    if at.number == 1:
        return NOTHING
    return Interval(_ZERO, max(_ZERO, min(at.taken, interval(most, replace(at, outcome=ANYTHING)).most)))


def _scored(of: tuple[Scored, ...], at: Known) -> Interval:
    """The weighted points; where some measures may be left out, those of any of them alone, as none lie beyond."""
    outcomes = dict(at.scored)
    each = [interval(one.points, replace(at, outcome=outcomes.get(one.measure, ANYTHING))) for one in of]
    if NO_POINTS in at.without:
        each = [Interval(min(_ZERO, one.least), one.most) for one in each]
    if SPREAD in at.without:
        return hull(each)
    weighted = [_product(Interval(one.weight, one.weight), points) for one, points in zip(of, each, strict=True)]
    whole = sum((one.weight for one in of), _ZERO)
    return _product(Interval(1 / whole, 1 / whole), _sum(weighted))


def _of_effect(of: Change | Gained | Together | Unpaid, at: Known) -> Interval:
    """A change or a number of events; what all periods together come to has no end but that of money."""
    match of:
        case Change():
            return _changed(of, at)
        case Gained():
            return _gained(of, at)
        case Together():
            return ANYTHING
        case Unpaid():
            return Interval(_ZERO, at.left)


def _changed(of: Change, at: Known) -> Interval:
    """The change from what is stated, or from anything above zero; one not below zero falls by all of it at most."""
    prior = dict(at.compared).get(of.prior.benchmark)
    if prior is None:
        lost: Bound = _ONE if at.outcome.least >= 0 else inf
        return Interval(-lost, inf) if of.rise else Interval(-inf, lost)
    if prior <= 0 or prior < of.least:
        return NOTHING
    part = Fraction(1) / prior
    ends = [_times(one - prior if of.rise else prior - one, part) for one in (at.outcome.least, at.outcome.most)]
    return Interval(min(ends), max(ends))


def _gained(of: Gained, at: Known) -> Interval:
    """The events between a stated level and the best result, or any number of them."""
    prior = dict(at.compared).get(of.prior.benchmark)
    best = at.outcome.most if of.rise else at.outcome.least
    if prior is None:
        return COUNTED
    most = max(_ZERO, best - prior if of.rise else prior - best)
    return COUNTED if of.rate and most else Interval(_ZERO, most)


def _stepped(payment: Stepped, at: Known) -> Interval:
    """By step where it is known that none was paid before; else each success may have any price that it can reach."""
    number = interval(payment.of, at)
    own: list[Bound] = [most for every, most in payment.of.most if every == payment.every]
    alone = payment.every is not None and payment.every == at.every
    highest, reached = min([number.most, *own]), min([inf, *own])
    if alone:
        reached = highest
    prices = [interval(price, at) for above, price in payment.steps if above < reached or not above]
    if not alone:
        return _product(hull(prices), number)
    edges: list[Bound] = [*(above for above, _ in payment.steps if above < highest or not above), highest]
    most: Bound = _ZERO
    for low, high, price in zip(edges, edges[1:], prices, strict=False):
        most += _times(price.most, max(_ZERO, high - low))
    return Interval(_product(prices[0], number).least if number.least < 0 else _ZERO, most)


def _at_end(ramp: Ramp | Beyond, value: Bound) -> Interval:
    """What a ramp pays at an end of an interval; in between, it pays something in between."""
    if isinstance(ramp, Beyond):
        return _beyond(ramp, value)
    low, high = ramp.lower, ramp.upper
    held = Fraction(min(max(value, low.at), high.at))
    pays = low.pays + (high.pays - low.pays) * (held - low.at) / (high.at - low.at)
    return Interval(pays, pays)


def _beyond(node: Beyond, value: Bound) -> Interval:
    """How many units an end of an interval lies beyond a point."""
    far = value - node.point if node.rises else node.point - value
    units: Bound = far if isinf(far) else Fraction(far) / node.unit
    return Interval(max(_ZERO, units), max(_ZERO, units))


def in_force(steps: tuple[tuple[date, Payment], ...], day: date | None) -> list[Payment]:
    """The amount that holds on a day; all of them where no day is known."""
    if day is None:
        return [one for _, one in steps]
    return [next((one for first, one in reversed(steps) if first <= day), steps[0][1])]


def meets(band: Band, within: Interval) -> bool:
    """Whether some number of an interval falls in a band."""
    return (band.first is None or band.first <= within.most) and (band.below is None or within.least < band.below)


def hull(some: list[Interval]) -> Interval:
    """The least interval that holds all of some; nothing where there is none."""
    if not some:
        return NOTHING
    return Interval(min(one.least for one in some), max(one.most for one in some))


def _sum(some: list[Interval]) -> Interval:
    least: Bound = _ZERO
    most: Bound = _ZERO
    for one in some:
        least, most = least + one.least, most + one.most
    return Interval(least, most)


def _product(one: Interval, other: Interval) -> Interval:
    corners = [_times(left, right) for left in (one.least, one.most) for right in (other.least, other.most)]
    return Interval(min(corners), max(corners))


def _times(left: Bound, right: Bound) -> Bound:
    if left == 0 or right == 0:
        return _ZERO  # of nothing there is nothing, however often
    if isinf(left) or isinf(right):
        return inf if (left > 0) is (right > 0) else -inf
    return Fraction(left) * Fraction(right)
