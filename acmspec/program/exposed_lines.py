"""The lines a contract can pay, alike ones in lots, and the limits over them: what sums are bounded by; no sum."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil, floor, inf, isinf

from acmspec.ground.calendar import Period, fiscal_year
from acmspec.ground.exact import round_half_up
from acmspec.ground.node import node
from acmspec.program.agreed import Agreement, Reserve
from acmspec.program.cohorts_left import cohorts_left, stated_level
from acmspec.program.intervals import ANYTHING, COUNTED, Bound, Interval, Known, interval, results
from acmspec.program.paid_periods import paid_periods, stretch, stretch_of
from acmspec.program.payment import DEDUCT_MOST, Limit, Most, Term
from acmspec.program.payment_parts import bases, goes_by_time, looks_at_others, looks_back, recovered
from acmspec.program.tree import Measure, Program

_CENTS = 2
_ZERO, _ONE = Fraction(0), Fraction(1)


@node
class Lot:
    """Lines that every sum treats alike: of one agreement, term and fiscal year, in the same scopes of limits."""

    agreement: int
    term: int
    year: int
    each: Interval
    """What one line comes to."""
    phase_in: bool
    scopes: tuple[tuple[str | None, str] | None, ...]
    """For each limit, then reserve, the provider (None for all) and the stretch that counts it; None if it doesn't."""


@node
class Rule:
    """A limit over one of its scopes, or a maximum: what it leaves at most, or adds up to.

    It counts `lots`. `adds` is whether it is a floor; `keeps` whether it leaves at least its amount, after each period,
    which is not above zero. Rules of a later `order` apply after it.
    """

    lots: frozenset[Lot]
    amount: Fraction
    adds: bool
    order: int
    keeps: bool = False


def worth(program: Program, term: Term, agreement: Agreement, period: Period, number: Bound = inf) -> Interval:
    """What a term can come to in a period with a provider, which is the `number`-th of its periods at most.

    On a result, nothing where its state pays nothing, and never less; what rests on none is due in any case.
    """
    named = {one.name: one for one in program.payments.terms}
    amounts = tuple((one, worth(program, named[one], agreement, period)) for one in bases(term.amount) if one in named)
    outcomes = tuple((one.name, results(one.formula, one.formula.type)) for one in program.measures_of(term))
    outcome = ANYTHING if term.measure is None else outcomes[0][1]
    known = Known(
        *(agreement.provider, outcome, COUNTED if outcome.least == 0 else ANYTHING, term.once_per is not None),
        day=period.first,
        every=term.every,
        amounts=amounts,
        scored=outcomes,
        without=frozenset(what for _, what in term.on),
        advanced=_advanced(program, term, agreement, period),
        compared=_stated(program, term, agreement),
        left=_left(program, term, agreement),
        # The most that is deducted where data is missing goes by no row.
        number=inf if DEDUCT_MOST in dict(term.on).values() else number,
    )
    if looks_back(term.amount) and not goes_by_time(term.amount):
        before = interval(term.amount, replace(known, number=max(_ONE, known.number - 1)))
        known = replace(known, taken=max(_ZERO, -_to_the_cent(before.least)))
    found = interval(term.amount, known)
    if not outcomes:
        return Interval(_to_the_cent(found.least), _to_the_cent(found.most))
    least = min(_ZERO, _to_the_cent(found.least)) if term.takes else _ZERO
    return Interval(least, max(_ZERO, _to_the_cent(found.most)))


def _stated(program: Program, term: Term, agreement: Agreement) -> tuple[tuple[str, Fraction], ...]:
    """What benchmarks of the term's measure come to for a provider, where that is stated."""
    measure = program.measure_of(term)
    if measure is None:
        return ()
    levels = ((one.name, stated_level(measure, one.name, agreement.provider)) for one in measure.benchmarks)
    return tuple((name, level) for name, level in levels if level is not None)


def _left(program: Program, term: Term, agreement: Agreement) -> Bound:
    """How many events the periods of another term leave to this one at most, where it pays for all together."""
    found = cohorts_left(program, term, agreement)
    return _ZERO if found is None else found.events


def _advanced(program: Program, term: Term, agreement: Agreement, period: Period) -> Bound:
    """The most that was advanced by the end of a period in its stretch of time, where a term recovers advances."""
    of = recovered(term.amount)
    advance = next((one for one in program.payments.terms if of is not None and one.name == of.advances), None)
    if of is None or advance is None:
        return _ZERO
    stretch = stretch_of(program, of.every, period.last)
    so_far = (
        one
        for one in paid_periods(program, advance, agreement)
        if one.last <= period.last and stretch_of(program, of.every, one.last) == stretch
    )
    return total(worth(program, advance, agreement, one).most for one in so_far)


def most_taken(
    term: Term, measure: Measure, provider: str, day: date | None, amounts: Iterable[tuple[str, Fraction]] = ()
) -> Fraction:
    """The most that a term can take for one period, whatever its result, from what other terms came to."""
    known = Known(
        provider,
        results(measure.formula, measure.formula.type),
        COUNTED,
        day=day,
        every=term.every,
        amounts=tuple((name, Interval(amount, amount)) for name, amount in amounts),
    )
    least = interval(term.amount, known).least
    if isinf(least):
        raise ValueError(f"nothing ends what {term.name} can take")
    return max(_ZERO, -round_half_up(Fraction(least), _CENTS))


def is_in_cents(amount: Bound) -> bool:
    """Whether an amount is a whole number of cents."""
    return round_half_up(Fraction(amount), _CENTS) == amount


def in_cents(least: Bound, most: Bound) -> Interval:
    """What sums of whole cents can come to between two bounds."""
    cents = 10**_CENTS
    return Interval(
        least if isinf(least) else Fraction(ceil(least * cents), cents),
        most if isinf(most) else Fraction(floor(most * cents), cents),
    )


def _to_the_cent(amount: Bound) -> Bound:
    return amount if isinf(amount) else round_half_up(Fraction(amount), _CENTS)


def lots_of(program: Program, bounds: tuple[Limit | Reserve, ...]) -> Iterator[Lot]:
    """The lot of each line."""
    paid = program.payments
    for at, agreement in enumerate(paid.agreements):
        for place, term in enumerate(paid.terms):
            before = _periods_before(program, term, agreement) if looks_at_others(term.amount) else inf
            for number, period in enumerate(paid_periods(program, term, agreement), 1):
                scopes = tuple(
                    _scope(program, one, agreement.provider, period) if term.name in one.over else None
                    for one in bounds
                )
                year = fiscal_year(period.last, program.fiscal_starts)
                each = worth(program, term, agreement, period, before + number)
                yield Lot(at, place, year, each, paid.is_phase_in(period.last), scopes)


def _periods_before(program: Program, term: Term, agreement: Agreement) -> int:
    """How many periods of a term the provider has under its earlier agreements."""
    others = (one for one in program.payments.agreements if one.provider == agreement.provider)
    return sum(len(paid_periods(program, term, one)) for one in others if one.first < agreement.first)


def _scope(program: Program, one: Limit | Reserve, provider: str, period: Period) -> tuple[str | None, str]:
    """In which scope a limit or reserve counts a period of a provider; a gate bounds no sum, and has one for all."""
    if isinstance(one, Limit) and one.measure:
        return provider, ""
    apart = isinstance(one, Reserve) or one.by_provider
    return provider if apart else None, stretch(program, one, period.last).name


def rules_of(limits: tuple[Limit, ...], lots: Iterable[Lot]) -> Iterator[Rule]:
    """Each limit over each of its scopes."""
    for order, limit in enumerate(limits):
        scopes: dict[tuple[str | None, str], set[Lot]] = {}
        for lot in lots:
            scope = lot.scopes[order]
            # In the phase-in a gate takes nothing.
            if scope is not None and not (limit.measure and lot.phase_in):
                scopes.setdefault(scope, set()).add(lot)
        for (provider, _), held in scopes.items():
            if limit.at_end and all(lot.phase_in for lot in held):
                continue
            found = interval(limit.bound, Known(provider or "", earned=COUNTED))
            keeps = isinstance(limit.bound, Most) and not limit.at_end
            if keeps:
                found = interval(limit.bound, Known(provider or "", earned=ANYTHING))
            amount = found.least if limit.at_end or limit.measure or keeps else found.most
            yield Rule(frozenset(held), Fraction(amount), limit.at_end, order, keeps)


def last_year(rule: Rule) -> int:
    """The fiscal year in which the last period of a limit's scope ends."""
    return max(one.year for one in rule.lots)


def by_year(rule: Rule) -> Iterator[Rule]:
    """What is earned back in a fiscal year beyond what is taken in it: that of the period before, which its first has.

    `rule` says that nothing is in all of a provider's periods.
    """
    first = min(one.year for one in rule.lots)
    for year in sorted({one.year for one in rule.lots}):
        lots = frozenset(one for one in rule.lots if one.year == year)
        most = _ZERO if year == first else max(one.each.most for one in lots)
        if not isinf(most):
            yield replace(rule, lots=lots, amount=Fraction(most))


def held_of(reserves: tuple[Reserve, ...], after: int, lots: Iterable[Lot]) -> Iterator[tuple[Reserve, frozenset[Lot]]]:
    """Each reserve over each of its scopes; its place is `after` that of all limits."""
    for at, reserve in enumerate(reserves, after):
        scopes: dict[tuple[str | None, str], set[Lot]] = {}
        for lot in lots:
            scope = lot.scopes[at]
            if scope is not None:
                scopes.setdefault(scope, set()).add(lot)
        for held in scopes.values():
            # What would be decided in the phase-in is paid whole.
            whole = reserve.back and all(lot.phase_in for lot in held)
            yield replace(reserve, back=()) if whole else reserve, frozenset(held)


def maximums_of(program: Program, lots: Iterable[Lot], after: int) -> Iterator[Rule]:
    """The maximums of agreements, then that of the contract; nothing comes after them."""
    paid = program.payments
    for at, one in enumerate(paid.agreements):
        if one.maximum is not None:
            yield Rule(frozenset(lot for lot in lots if lot.agreement == at), one.maximum, False, after)
    if paid.maximum is not None:
        yield Rule(frozenset(lots), paid.maximum, False, after)


def total(some: Iterable[Bound]) -> Bound:
    """A sum of bounds."""
    found: Bound = _ZERO
    for one in some:
        # Most of what is summed comes to nothing, and to add that to a fraction costs as much as to add anything.
        if one:
            found += one
    return found


def least_total(program: Program, most: Bound) -> Bound:
    """The least that a provider's lines of the periods that end on one day can come to together.

    `most` is what all lines come to at most. What a limit may take from some of the lines of a day is not sure.
    """
    paid = program.payments
    names = {one.name for one in paid.terms}
    shared = paid.maximum is not None and most > paid.maximum and len(paid.agreements) > 1
    partial = [one for one in paid.limits if not isinstance(one.bound, Most) and set(one.over) != names]
    unsure = names if shared else {name for one in partial for name in one.over}
    unsure |= {
        name for one in paid.limits if not one.by_provider and not isinstance(one.bound, Most) for name in one.over
    }
    found: dict[tuple[str, date], Bound] = {}
    for agreement in paid.agreements:
        for term in paid.terms:
            for period in paid_periods(program, term, agreement):
                least = worth(program, term, agreement, period).least
                sure = min(_ZERO, least) if term.name in unsure else least
                key = agreement.provider, period.last
                found[key] = found.get(key, _ZERO) + sure
    return min(found.values(), default=_ZERO)
