"""How many events the periods of an effect leave to all of them together at most; it reads no data and sums no lines.

What a period leaves is less than the least change that is paid for by itself. So where a number is held against a
stated level, all of them together leave no more than so much each, however large what is paid for may be.
"""

from fractions import Fraction
from math import ceil, floor, inf, isinf

from acmspec.ground.exact import round_half_up
from acmspec.ground.node import node
from acmspec.program.agreed import Agreement
from acmspec.program.intervals import Bound, results
from acmspec.program.paid_periods import paid_periods
from acmspec.program.payment import Band, Bands, ByProvider, Fixed, Least, Payment, Term, Times
from acmspec.program.payment_parts import by_rate, effect, of_cohorts
from acmspec.program.rounding import rounded
from acmspec.program.tree import Measure, Program
from acmspec.program.types import NumberType, Type

_ZERO = Fraction(0)
_CENTS = 2
_HALF = Fraction(1, 200)
"""What is less than half a cent is rounded to nothing, so that nothing was due for it."""


@node
class CohortsLeft:
    """The `periods` of an effect, and at most how many of them can leave how many events `each` to all together.

    `price` is that of an event, `most` what is paid for all together.
    """

    periods: int
    unpaid: int
    each: Bound
    price: Fraction
    most: Bound

    @property
    def events(self) -> Bound:
        """What all of them leave at most."""
        return self.each * self.unpaid if self.unpaid else _ZERO

    def with_each(self, due: Bound, last: int) -> Bound:
        """What is paid at most for the `last` periods and all together, where so much is `due` for one by itself.

        Each of them is paid for by itself, or is left with all the others.
        """
        worth = self.each * self.price if self.each else _ZERO
        enough = [0, 1]
        if worth and not isinf(worth) and not isinf(self.most):
            enough = [floor(self.most / worth), ceil(self.most / worth)]
        first = self.periods - last
        # The more are left, the less each of them adds, so that the most lies where that changes.
        edges = {max(first, min(one, self.periods)) for one in (first, self.periods, self.unpaid, *enough)}
        most = max(self._paid(due, worth, one) for one in edges)
        return most if isinf(most) else round_half_up(Fraction(most), _CENTS)

    def _paid(self, due: Bound, worth: Bound, left: int) -> Bound:
        """What is paid where so many periods are left, each for what its events are worth."""
        number, paid = min(left, self.unpaid), self.periods - left
        return (min(self.most, worth * number) if number else _ZERO) + (due * paid if paid else _ZERO)


def cohorts_left(program: Program, term: Term, agreement: Agreement) -> CohortsLeft | None:
    """What the periods of an agreement leave to a term that pays for all of them together; None if it does not."""
    together = of_cohorts(term.amount)
    of = None if together is None else next(one for one in program.payments.terms if one.name == together.of)
    measure = None if of is None else program.measure_of(of)
    if of is None or measure is None:
        return None
    periods, found = len(paid_periods(program, of, agreement)), _Period(of, measure, agreement.provider)
    reached, _, most = _owed(term.amount, agreement.provider)
    return CohortsLeft(periods, found.unpaid(periods, reached), found.left, found.price, most)


class _Period:
    """One period of an effect with a provider: by how much better it can be, and how much of that is not paid for."""

    def __init__(self, of: Term, measure: Measure, provider: str) -> None:
        change = effect(of.amount)
        if change is None:
            raise ValueError(f"{of.name} goes by no change")
        at_least, self.price, most = _owed(of.amount, provider)
        self._is_rate = by_rate(of.amount)
        prior = stated_level(measure, change.prior.benchmark, provider)
        self._prior = prior
        self._best: Bound = inf
        self._unpaid: Bound = inf
        self._paid = _ZERO
        if prior is not None:
            ends, edge = results(measure.formula, measure.formula.type), at_least * prior
            self._best = max(_ZERO, ends.most - prior if change.rise else prior - ends.least)
            below, self._paid = _beside(edge, prior if change.rise else -prior, measure.formula.type)
            tells = 0 < prior >= change.least
            self._unpaid = min(self._best, max(_ZERO, below)) if tells else _ZERO
            self._best = self._best if tells else _ZERO
        if most < _HALF:
            self._unpaid = self._best  # nothing is due for a period by itself, whatever it comes to

    @property
    def left(self) -> Bound:
        """How many events it can leave at most."""
        if not self.price:
            return _ZERO
        if self._is_rate:
            # Whatever is counted below the line, it may be that many times as much.
            return inf if self._unpaid else _HALF / self.price
        return max(self._unpaid, min(self._best, _HALF / self.price)) if self._is_rounded_off else self._unpaid

    @property
    def _is_rounded_off(self) -> bool:
        """Whether what is paid for can come to less than half a cent."""
        return self.price * self._paid < _HALF

    def unpaid(self, periods: int, reached: Fraction) -> int:
        """How many of some periods can be left, where all of them together come to a change."""
        needed = _ZERO if self._prior is None else reached * self._prior
        if self._best < needed:
            return 0
        # Of rates, one that is paid for may have all the weight.
        if self._unpaid >= needed or self._is_rate or self._is_rounded_off:
            return periods
        if isinf(self._best):
            return periods - 1
        return floor(periods * (self._best - needed) / (self._best - self._unpaid))


def _beside(edge: Fraction, prior: Fraction, of: Type) -> tuple[Fraction, Fraction]:
    """How much better results are at most that stay below an edge, and at least those that don't.

    `prior` is what they are held against, with a minus where they fall: whole numbers lie whole steps apart.
    """
    if not isinstance(of, NumberType) or not of.integral:
        return edge, edge
    first = ceil(prior + edge)
    return first - 1 - prior, first - prior


def stated_level(measure: Measure, benchmark: str, provider: str) -> Fraction | None:
    """What a benchmark comes to for a provider where that is stated, as rounded as results are."""
    level = next((one.level(provider) for one in measure.benchmarks if one.name == benchmark), None)
    return None if level is None else rounded(level, measure.formula.type, measure.decimals)


def _owed(amount: Payment, provider: str) -> tuple[Fraction, Fraction, Bound]:
    """From which change on, and at which price, events are paid for, and the most that is."""
    match amount:
        case Bands(bands=(_, Band(first=Fraction() as edge, pays=Times(left=ByProvider() as price)))):
            return edge, dict(price.own).get(provider, price.shared), inf
        case Bands(bands=(_, Band(first=Fraction() as edge, pays=Least(left=Times(left=ByProvider() as price),
                                                                       right=Fixed(amount=most))))):  # fmt: skip
            return edge, dict(price.own).get(provider, price.shared), most
    raise ValueError("what is paid for no effect")
