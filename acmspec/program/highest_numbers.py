"""What the highest numbers of successes that are paid make of sums over several periods; it reads no data.

Each is told as a limit on the amounts of its term, which the proof takes for one that applies before all others.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor, isinf

from acmspec.ground.calendar import Cycle
from acmspec.program.agreed import Agreement
from acmspec.program.counting import is_made_of_counts
from acmspec.program.exposed_lines import worth
from acmspec.program.intervals import COUNTED, Bound, Interval, Known, interval
from acmspec.program.paid_periods import paid_periods, stretch_of
from acmspec.program.payment import (
    ByProvider,
    Earned,
    Fixed,
    Least,
    Limit,
    Most,
    Payment,
    Pooled,
    Ramp,
    Recovered,
    Since,
    Stepped,
    Successes,
    Term,
    Times,
)
from acmspec.program.payment_parts import looks_back
from acmspec.program.payment_parts import numbered as paid_by_number
from acmspec.program.tree import Program

EARNED_BACK = "earned back"
"""The kind of a bound on what a term takes and earns back, which is one of what limits leave."""
_CENTS = 100
_HALF = Fraction(1, 200)


def highest_numbers(program: Program) -> Iterator[Limit]:
    """For each highest number over more than one period, the most that its successes can come to by provider."""
    for term in program.payments.terms:
        if looks_back(term.amount):
            # What is earned back had been taken before, and was left by limits: all together is never above nothing.
            nothing = Least(Earned(), Fixed(Fraction(0)))
            yield Limit("", EARNED_BACK, (term.name,), True, None, nothing, False, "", None, term.span)
        if isinstance(term.amount, Recovered):
            yield from _on_account(program, term, term.amount)
        if isinstance(term.amount, Pooled):
            pool = Least(Earned(), Fixed(term.amount.pool))
            yield Limit("", "", (term.name,), False, term.every, pool, False, "", None, term.span)
            continue
        number = paid_by_number(term.amount)
        if number is None or not _adds_up(term.amount):
            continue
        for every, most in number.most:
            if every != term.every:
                amounts = {one.provider: _amount(program, term, one.provider, every, most)
                           for one in program.payments.agreements}  # fmt: skip
                ends = tuple((name, Fraction(amount)) for name, amount in amounts.items() if not isinf(amount))
                if len(ends) == len(amounts) > 0:
                    bound = Least(Earned(), ByProvider(max(amount for _, amount in ends), ends))
                    yield Limit("", "", (term.name,), True, every, bound, False, "", None, term.span)


def _on_account(program: Program, term: Term, of: Recovered) -> Iterator[Limit]:
    """No more is recovered than was advanced; with what they are set off against, advances come to the greater."""
    advanced: dict[str, Bound] = {}
    together: dict[str, Bound] = {}
    for one in program.payments.agreements:
        ahead, earned = (_by_stretch(program, names, one, of) for names in ((of.advances,), of.of))
        advanced[one.provider] = max((amount for amount, _ in ahead.values()), default=Fraction(0))
        both = (_together(ahead.get(name), earned.get(name)) for name in {**ahead, **earned})
        together[one.provider] = max(both, default=Fraction(0))
    least = tuple((name, -Fraction(amount)) for name, amount in advanced.items() if not isinf(amount))
    if len(least) == len(advanced) > 0:
        kept = Most(Earned(), ByProvider(min(amount for _, amount in least), least))
        yield Limit("", "", (term.name,), True, of.every, kept, False, "", None, term.span)
    most = tuple((name, Fraction(amount)) for name, amount in together.items() if not isinf(amount))
    # What is earned after a day of settlement is not set off any more.
    if of.until is None and len(most) == len(together) > 0:
        bound = Least(Earned(), ByProvider(max(amount for _, amount in most), most))
        over = (*of.of, of.advances, term.name)
        yield Limit("", "", over, True, of.every, bound, False, "", None, term.span)


_Stretch = tuple[Bound, date]
"""What some terms come to in a stretch of time at most, and the last day of their periods in it."""


def _together(ahead: _Stretch | None, earned: _Stretch | None) -> Bound:
    """The greater of both, or their sum where something may be earned behind the last advance."""
    if ahead is None or earned is None:
        return (ahead or earned or (Fraction(0), date.min))[0]
    return max(ahead[0], earned[0]) if earned[1] <= ahead[1] else ahead[0] + earned[0]


def _by_stretch(program: Program, names: tuple[str, ...], agreement: Agreement, of: Recovered) -> dict[str, _Stretch]:
    """The most that some terms come to together in each stretch of time."""
    found: dict[str, _Stretch] = {}
    for term in (one for one in program.payments.terms if one.name in names):
        for period in paid_periods(program, term, agreement):
            stretch = stretch_of(program, of.every, period.last).name
            amount, last = found.get(stretch, (Fraction(0), date.min))
            more = worth(program, term, agreement, period).most
            found[stretch] = (amount + more, max(last, period.last))
    return found


def _adds_up(amount: Payment) -> bool:
    """Whether the amounts of some periods are those of their successes taken together, at the prices there are."""
    match amount:
        case Stepped() | Times(left=ByProvider() | Since() | Fixed() | Ramp(), right=Successes()):
            return True
        case _:
            return False


def _amount(program: Program, term: Term, provider: str, every: Cycle | None, most: Fraction) -> Bound:
    """The most that so many successes in a stretch of time come to, with what rounding may add."""
    known = Known(provider, successes=Interval(Fraction(0), most), earned=COUNTED, every=every)
    amount = interval(_over(term.amount, every, most), known).most
    measure = program.measure_of(term)
    if isinf(amount) or measure is None:
        return amount
    counts = is_made_of_counts(measure.formula) or most == 1
    if not counts or not _in_cents(term.amount, most):
        lines = max(len(paid_periods(program, term, one)) for one in program.payments.agreements)
        amount += lines * _HALF
    return Fraction(floor(Fraction(amount) * _CENTS), _CENTS)


def _over(amount: Payment, every: Cycle | None, most: Fraction) -> Payment:
    """A payment for the successes of a whole stretch, to which the numbers of its parts don't apply."""
    only = Successes(((every, most),))
    match amount:
        case Stepped():
            return replace(amount, of=only)
        case Times(left=left, right=Successes()):
            return Times(left, only)
        case _:
            return amount


def _in_cents(amount: Payment, most: Fraction) -> bool:
    """Whether all prices are whole cents; what lies between two is rounded to no more than one where one is paid."""
    match amount:
        case Fixed(amount=stated):
            return (stated * _CENTS).denominator == 1
        case Ramp(lower=lower, upper=upper):
            return most == 1 and all((one.pays * _CENTS).denominator == 1 for one in (lower, upper))
        case ByProvider(shared=shared, own=own):
            return all((one * _CENTS).denominator == 1 for one in (shared, *(price for _, price in own)))
        case Since(steps=steps):
            return all(_in_cents(one, most) for _, one in steps)
        case Stepped(steps=steps):
            return all(_in_cents(one, most) for _, one in steps)
        case Times(left=left):
            return _in_cents(left, most)
        case _:
            return False
