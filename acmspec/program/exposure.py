"""The least and the most that a contract can pay: by period, provider, fiscal year, term and in all; it reads no data.

Each line of a term lies in an interval, by its payment over all results there can be. A limit bounds the sum of the
lines in its scope. Sums are bounded from the inside out: what lies in one scope is taken together, then what lies in
the next larger one. A cap whose scope cuts through another's is left aside there, which never makes the most too small.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import isinf

from acmspec.ground.calendar import Period, fiscal_year
from acmspec.ground.exact import round_half_up
from acmspec.ground.node import node
from acmspec.program.highest_numbers import highest_numbers
from acmspec.program.intervals import ANYTHING, COUNTED, Bound, Interval, Known, hull, interval, results
from acmspec.program.paid_periods import paid_periods, stretch
from acmspec.program.payment import Agreement, Limit, Reserve, Term
from acmspec.program.tree import Program

_CENTS = 2
_ZERO = Fraction(0)


@node
class Line:
    """A term with a provider: in how many periods it pays, and what it can come to in one of them."""

    term: Term
    agreement: Agreement
    periods: int
    each: Interval


@node
class Exposed:
    """What something can come to: by terms and limits alone, and within the maximums of agreements and contract."""

    name: str
    owed: Interval
    payable: Interval


@node
class _Lot:
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
class _Rule:
    """A limit over one of its scopes, or a maximum: what it leaves at most, or adds up to.

    It counts `lots`. `adds` is whether it is a floor; rules of a later `order` apply after it.
    """

    lots: frozenset[_Lot]
    amount: Fraction
    adds: bool
    order: int


_Group = tuple[frozenset[_Lot], Bound]


def worth(program: Program, term: Term, agreement: Agreement, period: Period) -> Interval:
    """What a term can come to in a period with a provider.

    On a result, nothing where its state pays nothing, and never less; what rests on none is due in any case.
    """
    measure = program.measure_of(term)
    if measure is None:
        sure = interval(term.amount, Known(agreement.provider, day=period.first))
        return Interval(_to_the_cent(sure.least), _to_the_cent(sure.most))
    outcome = results(measure.formula, measure.formula.type)
    successes = COUNTED if outcome.least == 0 else ANYTHING
    known = Known(agreement.provider, outcome, successes, term.once_per is not None, day=period.first, every=term.every)
    return Interval(_ZERO, max(_ZERO, _to_the_cent(interval(term.amount, known).most)))


def _is_in_cents(amount: Bound) -> bool:
    return round_half_up(Fraction(amount), _CENTS) == amount


def _to_the_cent(amount: Bound) -> Bound:
    return amount if isinf(amount) else round_half_up(Fraction(amount), _CENTS)


def _lots(program: Program, bounds: tuple[Limit | Reserve, ...]) -> Iterator[_Lot]:
    """The lot of each line."""
    paid = program.payments
    for at, agreement in enumerate(paid.agreements):
        for place, term in enumerate(paid.terms):
            for period in paid_periods(program, term, agreement):
                scopes = tuple(
                    _scope(program, one, agreement.provider, period) if term.name in one.over else None
                    for one in bounds
                )
                year, each = fiscal_year(period.last, program.fiscal_starts), worth(program, term, agreement, period)
                yield _Lot(at, place, year, each, paid.is_phase_in(period.last), scopes)


def _scope(program: Program, one: Limit | Reserve, provider: str, period: Period) -> tuple[str | None, str]:
    """In which scope a limit or reserve counts a period of a provider; a gate bounds no sum, and has one for all."""
    if isinstance(one, Limit) and one.measure:
        return provider, ""
    apart = isinstance(one, Reserve) or one.by_provider
    return provider if apart else None, stretch(program, one, period.last).name


class Exposure:
    """What a contract can pay, each line and sum worked out when it is asked for."""

    def __init__(self, program: Program) -> None:
        paid = program.payments
        self._program = program
        numbers = tuple(highest_numbers(program))
        limits = (*numbers, *paid.limits)
        self._lots = Counter(_lots(program, (*limits, *paid.reserves)))
        # From the inside out: what lies in a small scope is taken together before what lies in a larger one.
        rules = sorted(_limits(limits, self._lots), key=lambda one: len(one.lots))
        # A gate that opens takes nothing, and one that closes may take all: it bounds no most, and spoils a least.
        self._gates = [one for one in rules if limits[one.order].measure]
        self._bounds = [one for one in rules if not limits[one.order].measure]
        self._limits = [one for one in self._bounds if one.order >= len(numbers)]
        self._held = list(_held(paid.reserves, len(limits), self._lots))
        self._maximums = list(_maximums(program, self._lots, len(limits)))

    @property
    def lines(self) -> Iterator[Line]:
        """Each term with each provider it can be paid to, in the author's order of terms."""
        paid = self._program.payments
        pairs = {(lot.term, lot.agreement) for lot in self._lots}
        for term, at in sorted(pairs):
            lots = [lot for lot in self._lots if (lot.term, lot.agreement) == (term, at)]
            count = sum(self._lots[lot] for lot in lots)
            yield Line(paid.terms[term], paid.agreements[at], count, hull([lot.each for lot in lots]))

    @property
    def total(self) -> Exposed:
        """The whole contract."""
        return self._of("")

    @property
    def terms(self) -> tuple[Exposed, ...]:
        """Each term, with all providers."""
        return tuple(self._of(one.name, term=at) for at, one in enumerate(self._program.payments.terms))

    @property
    def providers(self) -> tuple[Exposed, ...]:
        """Each agreement, over all of its time."""
        return tuple(self._of(one.provider, at) for at, one in enumerate(self._program.payments.agreements))

    @property
    def years(self) -> tuple[Exposed, ...]:
        """Each fiscal year in which a period ends that is paid."""
        return tuple(self._of(f"FY{year}", year=year) for year in self._years)

    @property
    def provider_years(self) -> tuple[Exposed, ...]:
        """Of each agreement in turn, its fiscal years, by the names of both."""
        agreements = enumerate(self._program.payments.agreements)
        return tuple(
            self._of(f"{one.provider} FY{year}", at, year=year) for at, one in agreements for year in self._years
        )

    @property
    def _years(self) -> list[int]:
        return sorted({one.year for one in self._lots})

    def _of(self, name: str, agreement: int | None = None, term: int | None = None, year: int | None = None) -> Exposed:
        """What the lots of an agreement, a term and a fiscal year come to together, of all where none is said."""
        wanted = (agreement, term, year)
        some = frozenset(
            lot
            for lot in self._lots
            if all(want in {None, has} for want, has in zip(wanted, (lot.agreement, lot.term, lot.year), strict=True))
        )
        owed, payable = (
            Interval(
                self._least(some, [*self._limits, *maximums]),
                self._most(some, [*self._bounds, *maximums])
                + self._from_before(some, year, [*self._bounds, *maximums]),
            )
            for maximums in ([], self._maximums)
        )
        paid = self._program.payments
        ends = (paid.maximum, None if agreement is None else paid.agreements[agreement].maximum)
        most = min((payable.most, *(one for one in ends if one is not None)))
        return Exposed(name, owed, Interval(payable.least, most))

    def _from_before(self, some: frozenset[_Lot], year: int | None, rules: Sequence[_Rule]) -> Bound:
        """What was held back in earlier fiscal years, and may be paid in this one."""
        found: Bound = _ZERO
        same = {(one.agreement, one.term) for one in some}
        for reserve, lots in self._held if year is not None else ():
            if reserve.share and max(one.year for one in lots) == year:
                before = frozenset(one for one in lots if one.year != year and (one.agreement, one.term) in same)
                found += self._taken(reserve, before, rules)
        return found

    def _taken(self, reserve: Reserve, lots: frozenset[_Lot], rules: Sequence[_Rule]) -> Bound:
        """The most that is held back of some lots; each part of it is rounded to the cent."""
        rounded = reserve.share * self._most(lots, rules) + self._rounding(lots)
        alone = [reserve.share * self._most_of(one) for one in lots]
        in_cents = all(not isinf(one.each.most) and _is_in_cents(reserve.share * one.each.most) for one in lots)
        return min(rounded, _sum(alone)) if in_cents else rounded

    def _rounding(self, lots: frozenset[_Lot]) -> Fraction:
        """What rounding half up can add to, or take from, a share of each line."""
        return Fraction(sum(self._lots[one] for one in lots), 2 * 10**_CENTS)

    def _most_of(self, lot: _Lot) -> Bound:
        """The most that the lines of a lot come to, each by itself."""
        return lot.each.most * self._lots[lot] if lot.each.most else _ZERO

    def _most(self, some: frozenset[_Lot], rules: Sequence[_Rule]) -> Bound:
        """No less than some lots can come to under some rules."""
        groups: list[_Group] = [(frozenset([lot]), self._most_of(lot)) for lot in some]
        for rule in rules:
            # Whatever a floor adds may fall to lines of a group that it holds in part only.
            added = rule.amount if rule.adds else _ZERO
            groups = [
                (lots, most + added) if lots & rule.lots and not lots <= rule.lots else (lots, most)
                for lots, most in groups
            ]
            inside = [one for one in groups if one[0] <= rule.lots]
            if inside:
                lots = frozenset[_Lot]().union(*(one[0] for one in inside))
                earned = _sum(most for _, most in inside)
                bound = rule.amount + self._later(rule, lots)
                most = max(earned, bound) if rule.adds else min(earned, bound)
                groups = [*(one for one in groups if one not in inside), (lots, most)]
        return _sum(most for _, most in groups)

    def _later(self, rule: _Rule, lots: frozenset[_Lot]) -> Bound:
        """What floors may add after a cap has taken what was above it, or another floor has added what was lacking."""
        return _sum(one.amount for one in self._limits if one.adds and one.order > rule.order and one.lots & lots)

    def _least(self, some: frozenset[_Lot], rules: Sequence[_Rule]) -> Fraction:
        """No more than some lots come to under some rules, whatever the results: what is due anyhow, and floors."""
        shut = frozenset[_Lot]().union(*(one.lots for one in self._gates))
        groups = [
            (frozenset([lot]), _ZERO if lot in shut else Fraction(lot.each.least) * self._lots[lot]) for lot in some
        ]
        for rule in rules:
            inside = [one for one in groups if one[0] <= rule.lots]
            if not rule.adds:
                # A cap may take all that a group earned which it holds in part.
                groups = [(lots, min(least, _ZERO)) if lots & rule.lots and not lots <= rule.lots else (lots, least)
                          for lots, least in groups]  # fmt: skip
            if inside:
                lots = frozenset[_Lot]().union(*(one[0] for one in inside))
                least = sum((one for _, one in inside), _ZERO)
                if not rule.adds:
                    least = min(least, self._left(rule, lots, rules))
                elif lots == rule.lots:
                    least = max(least, self._sure(rule, rules))
                groups = [*(one for one in groups if one not in inside), (lots, least)]
        return sum((self._kept(lots, least, some) for lots, least in groups), _ZERO)

    def _left(self, cap: _Rule, lots: frozenset[_Lot], rules: Sequence[_Rule]) -> Fraction:
        """What a cap leaves to some of its lots, however much the others have earned before them."""
        # What a later gate takes may have filled the cap before, and left less to the rest.
        gone = frozenset[_Lot]().union(*(one.lots for one in self._gates if one.order > cap.order))
        others = cap.lots - lots | lots & gone
        more = (one.amount for one in rules if one.adds and one.lots & others)
        taken = _sum((*map(self._most_of, others), *more))
        return _ZERO if isinf(taken) else max(_ZERO, cap.amount - Fraction(taken))

    def _kept(self, lots: frozenset[_Lot], least: Fraction, some: frozenset[_Lot]) -> Fraction:
        """What of a least is sure to be paid with some lots: what is held back may be kept, or paid elsewhere."""
        for reserve, held in self._held:
            if lots & held and (reserve.back or not held <= some):
                least = max(_ZERO, least * (1 - reserve.share) - self._rounding(lots & held))
        return least

    def _sure(self, floor: _Rule, rules: Sequence[_Rule]) -> Fraction:
        """What no cap can take from a floor: where others may have earned what a cap leaves room for, nothing is."""
        sure = floor.amount
        if any(one.order > floor.order and one.lots & floor.lots for one in self._gates):
            return _ZERO
        for cap in rules:
            if not cap.adds and cap.lots & floor.lots:
                others = cap.lots - floor.lots
                more = (one.amount for one in rules if one.adds and one is not floor and one.lots & cap.lots)
                taken = _sum((*map(self._most_of, others), *more))
                sure = _ZERO if isinf(taken) else max(_ZERO, min(sure, cap.amount - Fraction(taken)))
        return sure


def _limits(limits: tuple[Limit, ...], lots: Iterable[_Lot]) -> Iterator[_Rule]:
    """Each limit over each of its scopes."""
    for order, limit in enumerate(limits):
        scopes: dict[tuple[str | None, str], set[_Lot]] = {}
        for lot in lots:
            scope = lot.scopes[order]
            if scope is not None:
                scopes.setdefault(scope, set()).add(lot)
        for (provider, _), held in scopes.items():
            if limit.at_end and all(lot.phase_in for lot in held):
                continue
            found = interval(limit.bound, Known(provider or "", earned=COUNTED))
            amount = found.least if limit.at_end or limit.measure else found.most
            yield _Rule(frozenset(held), Fraction(amount), limit.at_end, order)


def _held(reserves: tuple[Reserve, ...], after: int, lots: Iterable[_Lot]) -> Iterator[tuple[Reserve, frozenset[_Lot]]]:
    """Each reserve over each of its scopes; its place is `after` that of all limits."""
    for at, reserve in enumerate(reserves, after):
        scopes: dict[tuple[str | None, str], set[_Lot]] = {}
        for lot in lots:
            scope = lot.scopes[at]
            if scope is not None:
                scopes.setdefault(scope, set()).add(lot)
        yield from ((reserve, frozenset(held)) for held in scopes.values())


def _maximums(program: Program, lots: Iterable[_Lot], after: int) -> Iterator[_Rule]:
    """The maximums of agreements, then that of the contract; nothing comes after them."""
    paid = program.payments
    for at, one in enumerate(paid.agreements):
        if one.maximum is not None:
            yield _Rule(frozenset(lot for lot in lots if lot.agreement == at), one.maximum, False, after)
    if paid.maximum is not None:
        yield _Rule(frozenset(lots), paid.maximum, False, after)


def _sum(some: Iterable[Bound]) -> Bound:
    total: Bound = _ZERO
    for one in some:
        total += one
    return total
