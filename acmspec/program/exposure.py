"""The least and the most that a contract can pay: by period, provider, fiscal year, term and in all; it reads no data.

Each line of a term lies in an interval, by its payment over all results there can be. A limit bounds the sum of the
lines in its scope. Sums are bounded from the inside out: what lies in one scope is taken together, then what lies in
the next larger one. A cap whose scope cuts through another's is left aside there, which never makes the most too small.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import isinf

from acmspec.ground.calendar import fiscal_year
from acmspec.ground.exact import round_half_up
from acmspec.ground.node import node
from acmspec.program.intervals import ANYTHING, COUNTED, Bound, Interval, Known, interval, results
from acmspec.program.paid_periods import paid_periods, stretch
from acmspec.program.payment import Agreement, Limit, Term
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
class Exposure:
    """What a contract can pay: each line, and the sums by term, provider and fiscal year, and of all."""

    lines: tuple[Line, ...]
    terms: tuple[Exposed, ...]
    providers: tuple[Exposed, ...]
    years: tuple[Exposed, ...]
    provider_years: tuple[Exposed, ...]
    """Of each provider in turn, its fiscal years, by the names of both."""
    total: Exposed


@node
class _Lot:
    """Lines that every sum treats alike: of one agreement, term and fiscal year, in the same scopes of limits."""

    agreement: int
    term: int
    year: int
    scopes: tuple[tuple[str | None, str] | None, ...]
    """For each limit in order, the provider (None for all) and the stretch it counts them in; None if it doesn't."""


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


def exposure(program: Program) -> Exposure:
    """What a program's terms can pay under its agreements."""
    paid = program.payments
    lines = tuple(
        Line(term, agreement, count, worth(program, term, agreement))
        for term in paid.terms
        for agreement in paid.agreements
        if (count := len(paid_periods(program, term, agreement)))
    )
    lots = Counter(_lots(program))
    desk = _Desk(program, lots)
    years = sorted({one.year for one in lots})

    def of(name: str, agreement: int | None = None, term: int | None = None, year: int | None = None) -> Exposed:
        wanted = (agreement, term, year)
        some = [
            lot
            for lot in lots
            if all(want in {None, has} for want, has in zip(wanted, (lot.agreement, lot.term, lot.year), strict=True))
        ]
        return desk.of(name, some)

    providers = [(at, one.provider) for at, one in enumerate(paid.agreements)]
    return Exposure(
        lines,
        terms=tuple(of(one.name, term=at) for at, one in enumerate(paid.terms)),
        providers=tuple(of(name, at) for at, name in providers),
        years=tuple(of(f"FY{year}", year=year) for year in years),
        provider_years=tuple(of(f"{name} FY{year}", at, year=year) for at, name in providers for year in years),
        total=of(""),
    )


def worth(program: Program, term: Term, agreement: Agreement) -> Interval:
    """What a term can come to in one period with a provider: nothing where a state pays nothing, and never less."""
    measure = program.measure(term.measure)
    outcome = results(measure.formula, measure.formula.type)
    successes = COUNTED if outcome.least == 0 else ANYTHING
    most = interval(term.amount, Known(agreement.provider, outcome, successes, term.once_per is not None)).most
    return Interval(_ZERO, max(_ZERO, _to_the_cent(most)))


def _to_the_cent(amount: Bound) -> Bound:
    return amount if isinf(amount) else round_half_up(Fraction(amount), _CENTS)


def _lots(program: Program) -> Iterator[_Lot]:
    """The lot of each line."""
    paid = program.payments
    for at, agreement in enumerate(paid.agreements):
        for place, term in enumerate(paid.terms):
            for period in paid_periods(program, term, agreement):
                scopes = tuple(
                    (agreement.provider if one.by_provider else None, stretch(program, one, period.last).name)
                    if term.name in one.over
                    else None
                    for one in paid.limits
                )
                yield _Lot(at, place, fiscal_year(period.last, program.fiscal_starts), scopes)


class _Desk:
    """Works out sums of lots."""

    def __init__(self, program: Program, lots: Counter[_Lot]) -> None:
        paid = program.payments
        self._lines: dict[_Lot, Bound] = {}
        for lot, count in lots.items():
            most = worth(program, paid.terms[lot.term], paid.agreements[lot.agreement]).most
            self._lines[lot] = most * count if most else _ZERO
        # From the inside out: what lies in a small scope is taken together before what lies in a larger one.
        self._limits = sorted(_limits(paid.limits, lots), key=lambda one: len(one.lots))
        self._maximums = [*self._limits, *_maximums(program, lots)]

    def of(self, name: str, lots: Iterable[_Lot]) -> Exposed:
        """What some lots can come to together."""
        some = frozenset(lots)
        owed, payable = (
            Interval(self._least(some, rules), self._most(some, rules)) for rules in (self._limits, self._maximums)
        )
        return Exposed(name, owed, payable)

    def _most(self, some: frozenset[_Lot], rules: Sequence[_Rule]) -> Bound:
        """No less than some lots can come to under some rules."""
        groups: list[_Group] = [(frozenset([lot]), most) for lot, most in self._lines.items() if lot in some]
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
                most = max(earned, rule.amount) if rule.adds else min(earned, rule.amount + self._later(rule, lots))
                groups = [*(one for one in groups if one not in inside), (lots, most)]
        return _sum(most for _, most in groups)

    def _later(self, rule: _Rule, lots: frozenset[_Lot]) -> Bound:
        """What floors may add after a cap has taken what was above it."""
        return _sum(one.amount for one in self._limits if one.adds and one.order > rule.order and one.lots & lots)

    def _least(self, some: frozenset[_Lot], rules: Sequence[_Rule]) -> Fraction:
        """No more than some lots come to under some rules, whatever the results: what floors add to them alone."""
        sure = [(self._sure(one, rules), one.lots) for one in rules if one.adds and one.lots <= some]
        least, counted = _ZERO, frozenset[_Lot]()
        for amount, lots in sorted(sure, key=lambda one: one[0], reverse=True):
            if not lots & counted:
                least, counted = least + amount, counted | lots
        return least

    def _sure(self, floor: _Rule, rules: Sequence[_Rule]) -> Fraction:
        """What no cap can take from a floor: where others may have earned what a cap leaves room for, nothing is."""
        sure = floor.amount
        for cap in rules:
            if not cap.adds and cap.lots & floor.lots:
                others = cap.lots - floor.lots
                more = (one.amount for one in rules if one.adds and one is not floor and one.lots & cap.lots)
                taken = _sum((*(self._lines[one] for one in others), *more))
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
            found = interval(limit.bound, Known(provider or "", earned=COUNTED))
            amount = found.least if limit.at_end else found.most
            yield _Rule(frozenset(held), Fraction(amount), limit.at_end, order)


def _maximums(program: Program, lots: Iterable[_Lot]) -> Iterator[_Rule]:
    """The maximums of agreements, then that of the contract; nothing comes after them."""
    paid, after = program.payments, len(program.payments.limits)
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
