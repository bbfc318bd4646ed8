"""The least and the most that a contract can pay: by period, provider, fiscal year, term and in all; it reads no data.

Each line of a term lies in an interval, by its payment over all results there can be. A limit bounds the sum of the
lines in its scope. Sums are bounded from the inside out: what lies in one scope is taken together, then what lies in
the next larger one. A cap whose scope cuts through another's is left aside there, which never makes the most too small.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import inf, isinf

from acmspec.ground.node import node
from acmspec.program.agreed import Agreement, Reserve
from acmspec.program.exposed_advances import rules_of_advances
from acmspec.program.exposed_effects import rules_of_effects
from acmspec.program.exposed_lines import (
    Lot,
    Rule,
    by_year,
    held_of,
    in_cents,
    is_in_cents,
    last_year,
    lots_of,
    maximums_of,
    rules_of,
    total,
    worth,
)
from acmspec.program.highest_numbers import EARNED_BACK, highest_numbers
from acmspec.program.intervals import Bound, Interval, hull
from acmspec.program.payment import Term
from acmspec.program.payments import CARRY, ZEROED
from acmspec.program.tree import Program

__all__ = ["Exposed", "Exposure", "Line", "worth"]
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


_Group = tuple[frozenset[Lot], Bound]


class Exposure:
    """What a contract can pay, each line and sum worked out when it is asked for."""

    def __init__(self, program: Program) -> None:
        paid = program.payments
        self._program = program
        numbers = tuple(highest_numbers(program))
        limits = (*numbers, *paid.bounds)
        self._lots = Counter(lots_of(program, (*limits, *paid.reserves)))
        # From the inside out: what lies in a small scope is taken together before what lies in a larger one.
        rules = sorted(rules_of(limits, self._lots), key=lambda one: len(one.lots))
        # A gate that opens takes nothing, and one that closes may take all: it bounds no most, and spoils a least.
        self._gates = [one for one in rules if limits[one.order].measure]
        bounds = [one for one in rules if not limits[one.order].measure and not one.keeps]
        self._earned_back = {at for at, one in enumerate(numbers) if one.kind == EARNED_BACK}
        years = (each for one in bounds if one.order in self._earned_back for each in by_year(one))
        own = (*rules_of_effects(program, self._lots), *rules_of_advances(program, self._lots, numbers), *years)
        self._bounds = sorted((*own, *bounds), key=lambda one: len(one.lots))
        self._keeps = [one for one in rules if one.keeps]
        self._limits = [one for one in self._bounds if one.order >= len(numbers)]
        # What is recovered of advances in a stretch of time is never more than was advanced in it.
        self._recovered = [one for one in self._keeps if one.order < len(numbers)]
        self._held = list(held_of(paid.reserves, len(limits), self._lots))
        self._maximums = list(maximums_of(program, self._lots, len(limits)))
        # Each is asked for once for every sum and limit.
        self._most_of = {lot: lot.each.most * number if lot.each.most else _ZERO for lot, number in self._lots.items()}
        self._least_of = {lot: lot.each.least * number for lot, number in self._lots.items()}

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
        paid = self._program.payments
        # A total below zero is made up for in its own year, and taken from a later one.
        raised = year is not None and paid.negative_total == CARRY
        # A floor adds with the last period of its scope.
        bounds = [one for one in self._bounds if not one.adds or year in {None, last_year(one)}]
        owed, payable = (
            in_cents(
                self._least(some, [*self._limits, *maximums]) - self._carried(some, year),
                self._most(some, [*bounds, *maximums], raised=raised)
                + self._from_before(some, year, [*self._bounds, *maximums]),
            )
            for maximums in ([], self._maximums)
        )
        left = frozenset[Lot]() if raised else some
        ends = [] if paid.maximum is None else [paid.maximum - self._taken_of(self._lots.keys() - left)]
        own = None if agreement is None else paid.agreements[agreement].maximum
        if own is not None:
            ends.append(own - self._taken_of({one for one in self._lots if one.agreement == agreement} - left))
        most = min((payable.most, *ends))
        return Exposed(name, owed, Interval(payable.least, most))

    def _taken_of(self, lots: Iterable[Lot]) -> Bound:
        """The most that some lots take, below zero: so much more others may come to under a limit on all together."""
        below = {lot for lot in lots if lot.each.least < 0}
        together = [(one.amount, below & one.lots) for one in self._recovered if not below.isdisjoint(one.lots)]
        alone = below.difference(*(some for _, some in together))
        kept = (max(amount, total(map(self._least_of.__getitem__, some))) for amount, some in together)
        return total((*map(self._least_of.__getitem__, alone), *kept))

    def _added(self, floor: Rule) -> Bound:
        """The most that a floor adds: up to its amount, from the least that its lines come to below zero."""
        return floor.amount - self._taken_of(floor.lots)

    def _carried(self, some: frozenset[Lot], year: int | None) -> Bound:
        """What totals below zero of earlier fiscal years may take from one, where they are carried forward."""
        if year is None or self._program.payments.negative_total != CARRY:
            return _ZERO
        whose = {one.agreement for one in some}
        return -self._taken_of(one for one in self._lots if one.agreement in whose and one.year < year)

    def _from_before(self, some: frozenset[Lot], year: int | None, rules: Sequence[Rule]) -> Bound:
        """What was held back in earlier fiscal years, and may be paid in this one."""
        found: Bound = _ZERO
        same = {(one.agreement, one.term) for one in some}
        for reserve, lots in self._held if year is not None else ():
            if reserve.share and max(one.year for one in lots) == year:
                before = frozenset(one for one in lots if one.year != year and (one.agreement, one.term) in same)
                found += self._taken(reserve, before, rules)
        return found

    def _taken(self, reserve: Reserve, lots: frozenset[Lot], rules: Sequence[Rule]) -> Bound:
        """The most that is held back of some lots; each part of it is rounded to the cent."""
        rounded = reserve.share * self._most(lots, rules) + self._rounding(lots)
        alone = [reserve.share * self._most_of[one] for one in lots]
        in_cents = all(not isinf(one.each.most) and is_in_cents(reserve.share * one.each.most) for one in lots)
        # What a floor adds is held back of, too.
        more = any(one.adds and one.lots & lots for one in rules)
        return min(rounded, total(alone)) if in_cents and not more else rounded

    def _rounding(self, lots: frozenset[Lot]) -> Fraction:
        """What rounding half up can add to, or take from, a share of each line."""
        return Fraction(sum(self._lots[one] for one in lots), 2 * 10**_CENTS)

    def _most(self, some: frozenset[Lot], rules: Sequence[Rule], *, raised: bool = False) -> Bound:
        """No less than some lots can come to under some rules, also where totals below zero are `raised` after them."""
        groups: list[_Group] = [(frozenset([lot]), self._most_of[lot]) for lot in some]
        for rule in rules:
            # Whatever a floor adds may fall to lines of a group that it holds in part only.
            added = self._added(rule) if rule.adds else _ZERO
            groups = [
                (lots, most + added) if lots & rule.lots and not lots <= rule.lots else (lots, most)
                for lots, most in groups
            ]
            inside = [one for one in groups if one[0] <= rule.lots]
            if inside:
                lots = frozenset[Lot]().union(*(one[0] for one in inside))
                earned = total(most for _, most in inside)
                below = rule.lots if raised else rule.lots - lots
                bound = rule.amount + self._later(rule, lots) - self._taken_of(below)
                most = max(earned, bound - self._due(rule.lots - lots, rules)) if rule.adds else min(earned, bound)
                groups = [*(one for one in groups if one not in inside), (lots, most)]
        return total(most for _, most in groups)

    def _due(self, lots: frozenset[Lot], rules: Sequence[Rule]) -> Bound:
        """What some lots come to in any case, where nothing can take of it, be it later than what counts it."""
        caps = (one for one in (*rules, *self._maximums) if not one.adds)
        free = lots.difference(*(one.lots for one in (*self._gates, *caps)))
        return total(max(_ZERO, self._least_of[one]) for one in free)

    def _later(self, rule: Rule, lots: frozenset[Lot]) -> Bound:
        """What floors may add after a cap has taken what was above it, or another floor has added what was lacking."""
        floors = (self._added(one) for one in self._limits if one.adds and one.order > rule.order and one.lots & lots)
        back = (
            -self._taken_of(one.lots & lots)
            for one in self._keeps
            if one.order > rule.order and one.lots & lots and not self._is_day_of(one, rule)
        )
        # What is given back of a deduction isn't earned back besides.
        return total(floors if rule.order in self._earned_back else (*floors, *back))

    def _is_day_of(self, one: Rule, scope: Rule) -> bool:
        """Whether something raises a provider’s total to zero, which leaves its own scope as it was the day before."""
        paid = self._program.payments
        is_raised = paid.negative_total == ZEROED and one.keeps and one.order == max(each.order for each in self._keeps)
        return is_raised and one.lots <= scope.lots and len({lot.agreement for lot in scope.lots}) == 1

    def _least(self, some: frozenset[Lot], rules: Sequence[Rule]) -> Bound:
        """No more than some lots come to under some rules, whatever the results: what is due anyhow, and floors.

        What is sure and what may be taken are told apart: a cap takes of the one, and leaves all of the other.
        """
        shut = frozenset[Lot]().union(*(one.lots for one in self._gates))
        groups = [
            (
                frozenset([lot]),
                _ZERO if lot in shut else max(_ZERO, self._least_of[lot]),
                min(_ZERO, self._least_of[lot]),
            )
            for lot in some
        ]
        for rule in sorted((*rules, *self._keeps), key=lambda one: len(one.lots)):
            inside = [one for one in groups if one[0] <= rule.lots]
            if not rule.adds and not rule.keeps:
                # A cap may take all that a group earned which it holds in part.
                groups = [
                    (lots, _ZERO, taken) if lots & rule.lots and not lots <= rule.lots else (lots, sure, taken)
                    for lots, sure, taken in groups
                ]
                inside = [one for one in groups if one[0] <= rule.lots]
            if inside:
                lots = frozenset[Lot]().union(*(one[0] for one in inside))
                sure, taken = total(one for _, one, _ in inside), total(one for *_, one in inside)
                if rule.keeps:
                    taken = max(taken, self._kept_at(rule, lots, rules) - sure)
                elif not rule.adds:
                    sure = min(sure, self._left(rule, lots, rules))
                elif all(one.year < last_year(rule) for one in rule.lots - lots):
                    # What the years before came to is no more added.
                    added = self._sure(rule, rules) - self._filled(rule, rule.lots - lots)
                    if sure + taken < added:
                        sure, taken = added, _ZERO
                groups = [*(one for one in groups if one not in inside), (lots, sure, taken)]
        # What a floor adds may be taken again by a gate, a later limit or a share held back: deductions stay.
        open_ = self._taken_again(rules)
        found: Bound = _ZERO
        for lots, sure, taken in groups:
            least, below = self._kept(lots, Fraction(sure), some) + taken, self._taken_of(lots)
            found += min(least, below) if below < 0 and lots & open_ else least
        return found

    def _taken_again(self, rules: Sequence[Rule]) -> frozenset[Lot]:
        """The lots of floors of whose sum something later may take."""
        held = frozenset[Lot]().union(*(lots for _, lots in self._held))
        found = frozenset[Lot]()
        for floor in (one for one in self._limits if one.adds):
            later = (one for one in (*self._gates, *rules) if one.order > floor.order and not one.adds)
            if floor.lots & held or any(one.lots & floor.lots for one in later):
                found |= floor.lots
        return found

    def _kept_at(self, rule: Rule, lots: frozenset[Lot], rules: Sequence[Rule]) -> Bound:
        """What some lots are kept at, at least, where what others earned or were given may make up for more of it."""
        # What a later gate takes may have made up for it, too.
        gone = frozenset[Lot]().union(*(one.lots for one in self._gates if one.order > rule.order))
        others = (max(_ZERO, self._most_of[one]) for one in rule.lots - lots | rule.lots & gone)
        given = (self._added(one) for one in self._limits if one.adds and one.lots & rule.lots)
        if all(one.each.most <= 0 for one in rule.lots):
            return rule.amount - total(given)
        later = [one for one in rules if one.order > rule.order and one.lots & rule.lots and not one.adds]
        mixed = (one for one in later if len({lot.agreement for lot in one.lots}) > 1)
        if any(total(map(self._most_of.__getitem__, one.lots)) > one.amount for one in mixed):
            return -inf  # a limit on all may take what makes up for a line below zero
        return rule.amount - total((*others, *given))

    def _left(self, cap: Rule, lots: frozenset[Lot], rules: Sequence[Rule]) -> Fraction:
        """What a cap leaves to some of its lots, however much the others have earned before them."""
        # What a later gate takes may have filled the cap before, and left less to the rest.
        gone = frozenset[Lot]().union(*(one.lots for one in self._gates if one.order > cap.order))
        others = cap.lots - lots | lots & gone
        more = (self._added(one) for one in rules if one.adds and one.lots & others)
        taken = total((*map(self._most_of.__getitem__, others), *more, *self._cut(cap, lots, rules)))
        return _ZERO if isinf(taken) else max(_ZERO, cap.amount - Fraction(taken))

    def _cut(self, cap: Rule, lots: frozenset[Lot], rules: Sequence[Rule]) -> Iterator[Bound]:
        """What narrower caps may take after it of what has filled a cap, so that nothing else comes in its place.

        One that is narrower in time alone takes of what would have filled the cap later.
        """
        whose = {(one.agreement, one.term) for one in cap.lots}
        for one in rules:
            narrower = one.lots < cap.lots and {(each.agreement, each.term) for each in one.lots} != whose
            if not one.adds and one.order > cap.order and narrower and one.lots & lots:
                yield max(_ZERO, min(cap.amount, total(map(self._most_of.__getitem__, one.lots))) - one.amount)

    def _kept(self, lots: frozenset[Lot], least: Fraction, some: frozenset[Lot]) -> Fraction:
        """What of a least is sure to be paid with some lots: what is held back may be kept, or paid elsewhere."""
        for reserve, held in self._held:
            if lots & held and (reserve.back or not held <= some):
                least = max(_ZERO, least * (1 - reserve.share) - self._rounding(lots & held))
        return least

    def _filled(self, floor: Rule, lots: frozenset[Lot]) -> Bound:
        """The most of a floor that some of its lots come to by themselves, with what other floors add to them."""
        others = (self._added(one) for one in self._limits if one.adds and one is not floor and one.lots & lots)
        return total((*(max(_ZERO, self._most_of[one]) for one in lots), *others))

    def _sure(self, floor: Rule, rules: Sequence[Rule]) -> Fraction:
        """What no cap can take from a floor: where others may have earned what a cap leaves room for, nothing is."""
        sure = floor.amount
        if any(one.order > floor.order and one.lots & floor.lots for one in self._gates):
            return _ZERO
        for cap in rules:
            if not cap.adds and cap.lots & floor.lots:
                others = cap.lots - floor.lots
                more = (self._added(one) for one in rules if one.adds and one is not floor and one.lots & cap.lots)
                taken = total((*map(self._most_of.__getitem__, others), *more))
                sure = _ZERO if isinf(taken) else max(_ZERO, min(sure, cap.amount - Fraction(taken)))
        return sure
