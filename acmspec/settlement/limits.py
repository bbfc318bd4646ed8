"""What limits and maxima take from or add to the lines of each period, as lines of their own; evaluates no term."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.program.paid_periods import ends, stretch
from acmspec.program.payment import Limit
from acmspec.program.payment_parts import adjustments
from acmspec.program.payments import CONTRACT_MAXIMUM, MAXIMUM, NEGATIVE_TOTAL, ZEROED
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.results.tree import Results
from acmspec.settlement.evaluate import Environment, evaluate
from acmspec.settlement.gates import Decision, Gates
from acmspec.settlement.held import Held
from acmspec.settlement.put_off import PutOff
from acmspec.settlement.split import split
from acmspec.settlement.standing import AS_CERTIFIED, Standing
from acmspec.settlement.tree import Due, Line
from acmspec.settlement.without_advances import WithoutAdvances

_ZERO = Fraction(0)
BELOW_ZERO = "a total below zero is raised to zero"
_Scope = tuple[int, str | None, str]
"""A limit's place, its provider (None for all together), the name of the stretch of time."""


class Ledger:
    """Running sums while a settlement is worked out, period by period.

    `net` holds, for the period at hand, what each agreement and term still comes to after the limits applied so far,
    `known` its lines as each would be where the others are as they stand.
    """

    __slots__ = (
        "_due_again", "_earned", "_gates", "_held", "_moved", "_own", "_program", "_put_off", "_standing", "_total",
        "_waiting", "_without", "known", "net",
    )  # fmt: skip

    def __init__(self, program: Program, results: Results, standing: Standing) -> None:
        self._program = program
        self._gates = Gates(program, results)
        self._standing = standing
        self._held = Held(program, self._gates, standing)
        self._earned: defaultdict[_Scope, Fraction] = defaultdict(Fraction)
        self._own: defaultdict[int, Fraction] = defaultdict(Fraction)
        self._waiting: set[_Scope] = set()
        self._total = _ZERO
        self.net: dict[tuple[int, int], Fraction] = {}
        self.known: list[Line] = []
        self._moved: dict[tuple[int, int], Fraction] = {}
        self._put_off = PutOff(program)
        self._without = WithoutAdvances(program)
        self._due_again: Mapping[tuple[int, int], Fraction] | None = None

    def settle(self, dues: Sequence[Due]) -> Iterator[Line]:
        """The lines of limits and maxima after the lines of periods that end on one day, in the order they apply."""
        self.net, self.known = {}, []
        day = dues[0].period.last
        for due in dues:
            self._post(due.agreement, due.term, due.line.amount, day)
            if due.waits:
                self._wait([(due.agreement, due.term)], day)
        payments = self._program.payments
        for place, limit in enumerate(payments.bounds):
            applies = not (limit.at_end and payments.is_phase_in(day))
            found = self._limit(place, limit, dues) if applies else ()
            yield from self._stood((limit.name, limit.over, not limit.at_end), found, dues)
        without = self._without.left(self.net) if self._put_off.is_needed else None
        if without is not None:
            self._count({line: amount - self.net[line] for line, amount in without.items()}, day)
        yield from self._within_maximums(dues)
        # What is raised to zero is not brought below it again by what is held back.
        held_of = self.net if without is None or payments.negative_total == ZEROED else without
        yield from self._held.settle(held_of, longest(dues))
        self.known += self._held.known

    def _within_maximums(self, dues: Sequence[Due]) -> Iterator[Line]:
        """The lines of the maximums, which give back what they have put off as advances are recovered."""
        put_off, before = self._put_off, dict(self._own)
        put_off.begin(self.net, dues[0].period.last)
        every = tuple(one.name for one in self._program.payments.terms)
        for name, maximum in ((MAXIMUM, self._maximums), (CONTRACT_MAXIMUM, self._maximum)):
            self._due_again = put_off.due(own=name == MAXIMUM)
            yield from self._stood((name, every, put_off.is_needed), maximum(dues), dues)
        self._due_again = None
        put_off.end({agreement: self._own[agreement] - before[agreement] for agreement, _ in self.net})

    def _maximums(self, dues: Sequence[Due]) -> Iterator[Line]:
        for place, agreement in enumerate(self._program.payments.agreements):
            if agreement.maximum is not None:
                lines = [key for key in self.net if key[0] == place]
                what = f"the maximum of agreement {agreement.number}".rstrip()
                found = self._most(what, agreement.maximum, "the agreement", self._own[place], lines)
                if found is not None:
                    yield from self._take(lines, self._own[place], found, (MAXIMUM, "the agreement"), dues)

    def _maximum(self, dues: Sequence[Due]) -> Iterator[Line]:
        most = self._program.payments.maximum
        if most is not None:
            lines = list(self.net)
            found = self._most("the maximum of the contract", most, "the contract", self._total, lines)
            if found is not None:
                yield from self._take(lines, self._total, found, (CONTRACT_MAXIMUM, "the contract"), dues)

    def _most(
        self, what: str, maximum: Fraction, where: str, earned: Fraction, lines: Sequence[tuple[int, int]]
    ) -> Decision | None:
        """What a maximum leaves of what was earned, and of what is due again; None where it leaves all there is."""
        if earned > maximum:
            return self._bounded(what, maximum, where)
        again = sum(self._weights(lines, back=True), _ZERO)
        if not again or earned == maximum:
            return None
        currency = self._program.currency
        said = f"as advances are recovered, {money(again, currency)} that was put off is due"
        bound = min(maximum, earned + again)
        return Decision(bound, said, f"{said}; {what}: {money(maximum, currency)}", back=True)

    def _stood(
        self, limit: tuple[str, tuple[str, ...], bool], lines: Iterable[Line], dues: Sequence[Due]
    ) -> Iterator[Line]:
        """The lines of a limit, or at what they stand; it has a name, terms, and may give back what was taken."""
        self._moved = {}
        found, period, (name, over, back) = tuple(lines), longest(dues), limit
        self.known += found
        providers = dict.fromkeys(one.provider for one in self._program.payments.agreements)
        keys = ((provider, name, period.name) for provider in providers)
        stands = {key[0]: self._standing[key].amount for key in keys if key in self._standing}
        yield from (one for one in found if one.provider not in stands)
        for provider, amount in stands.items():
            self._bring(provider, over, amount, period.last, back=back and amount > 0)
            if amount:
                steps = (AS_CERTIFIED,)
                yield Line(provider, period.name, name, "", AS_CERTIFIED, amount, steps, last=period.last)

    def _bring(self, provider: str, over: Sequence[str], amount: Fraction, day: date, *, back: bool) -> None:
        """Move the lines of a provider by an amount, and not by what a limit has moved them now."""
        payments = self._program.payments
        lines = [
            key
            for key in self.net
            if payments.agreements[key[0]].provider == provider and payments.terms[key[1]].name in over
        ]
        for key in lines:
            self._post(*key, -self._moved.get(key, _ZERO), day)
        for key, part in zip(lines, split(amount, self._weights(lines, back=back)), strict=True) if lines else ():
            self._post(*key, part, day)

    def _weights(self, lines: Sequence[tuple[int, int]], *, back: bool) -> list[Fraction]:
        if back and self._due_again is not None:
            return [self._due_again.get(key, _ZERO) for key in lines]
        return [max(-self.net[key] if back else self.net[key], _ZERO) for key in lines]

    def _wait(self, lines: Iterable[tuple[int, int]], day: date) -> None:
        """Nothing is final in the scopes of some lines."""
        for line in lines:
            self._waiting.update(self._scopes(*line, day))
            self._held.wait(*line, day)

    def _bounded(self, what: str, amount: Fraction, where: str) -> Decision:
        said = money(amount, self._program.currency)
        return Decision(amount, f"{what} {said} in {where}", f"{what}: {said}")

    def _limit(self, place: int, limit: Limit, dues: Sequence[Due]) -> Iterator[Line]:
        day, agreements = dues[0].period.last, self._program.payments.agreements
        providers = dict.fromkeys(one.provider for one in agreements) if limit.by_provider else (None,)
        over = [i for i, term in enumerate(self._program.payments.terms) if term.name in limit.over]
        counted = stretch(self._program, limit, day)
        for provider in providers:
            scope = (place, provider, counted.name)
            earned = self._earned[scope]
            lines = [
                (agreement, term)
                for agreement, term in self.net
                if term in over and provider in {None, agreements[agreement].provider}
            ]
            found = self._bound(limit, provider or "", day, earned, counted.name, lines)
            if found.bound == earned or not lines:
                continue
            if limit.at_end and (scope in self._waiting or not ends(self._program, limit, provider, day)):
                continue
            stands = self._standing.get((provider or "", limit.name, longest(dues).name))
            if found.waits and not (stands is not None and stands.is_final):
                self._wait(lines, day)
            # What bounds from below after each period gives back of what was taken, to those from whom it was.
            found = replace(found, back=found.bound > earned and not limit.at_end)
            yield from self._take(lines, earned, found, (limit.name, counted.name), dues)

    def _bound(  # noqa: PLR0913, PLR0917  (whose terms are bounded, when, and by what)
        self, limit: Limit, provider: str, day: date, earned: Fraction, where: str, lines: Sequence[tuple[int, int]]
    ) -> Decision:
        """What the terms of a limit may come to, and why."""
        if limit.measure:
            return self._gated(limit, provider, day, earned, self._deducted(limit, earned, lines))
        bound = evaluate(limit.bound, Environment(provider=provider, earned=earned))
        if limit.kind == NEGATIVE_TOTAL:
            return Decision(bound, BELOW_ZERO, BELOW_ZERO)
        return self._bounded(limit.kind, bound, where)

    def _gated(self, limit: Limit, provider: str, day: date, earned: Fraction, deducted: Fraction) -> Decision:
        """What a gate leaves: of what is paid all or nothing, and all of what is deducted."""
        found = self._gates.decide(limit, provider, day, earned - deducted)
        if not deducted or found.bound:
            return replace(found, bound=found.bound + deducted)
        said = f"{found.why}; deductions of {money(-deducted, self._program.currency)} remain"
        return replace(found, bound=deducted, why=said, step=said)

    def _deducted(self, limit: Limit, earned: Fraction, lines: Sequence[tuple[int, int]]) -> Fraction:
        """What the terms of a gate take in the period, as an amount below zero.

        An adjustment of what the gate holds, too, is no deduction but a part of it.
        """
        adjusting = adjustments(self._program.payments, limit)
        taken = (min(_ZERO, self.net[key]) for key in lines if key[1] not in adjusting)
        return min(earned, sum(taken, _ZERO))

    def _take(
        self,
        lines: list[tuple[int, int]],
        earned: Fraction,
        found: Decision,
        said: tuple[str, str],
        dues: Sequence[Due],
    ) -> Iterator[Line]:
        """Bring some lines of the period from what was earned to the bound, in proportion; at most to zero."""
        name, where = said
        weights = self._weights(lines, back=found.back)
        difference = max(found.bound - earned, -sum(weights, _ZERO))
        rows: dict[int, Fraction] = {}
        for (agreement, term), part in zip(lines, split(difference, weights), strict=True):
            self._post(agreement, term, part, dues[0].period.last)
            self._moved[agreement, term] = part
            rows[agreement] = rows.get(agreement, _ZERO) + part
        period, currency = longest(dues), self._program.currency
        for agreement, part in sorted(rows.items()):
            if part:
                basis = f"{found.why}; its terms came to {money(earned, currency)}"
                so_far = f"its terms came in {where} so far to {money(earned, currency)}"
                steps = [so_far, found.step]
                if len(rows) > 1:
                    steps.append(f"{money(difference, currency)} in proportion to the period's lines, to the cent")
                provider = self._program.payments.agreements[agreement].provider
                steps.append(money(part, currency))
                yield Line(
                    provider, period.name, name, "", basis, part, tuple(steps), last=period.last, waits=found.waits
                )

    def _post(self, agreement: int, term: int, amount: Fraction, day: date) -> None:
        self.net[agreement, term] = self.net.get((agreement, term), _ZERO) + amount
        self._own[agreement] += amount
        self._total += amount
        # Limits count what maximums would take without advances, as what these put off is only late.
        if self._due_again is None or not self._put_off.is_needed:
            self._count({(agreement, term): amount}, day)

    def _count(self, amounts: Mapping[tuple[int, int], Fraction], day: date) -> None:
        """Count amounts of lines in the scopes of limits."""
        for line, amount in amounts.items():
            for scope in self._scopes(*line, day):
                self._earned[scope] += amount

    def _scopes(self, agreement: int, term: int, day: date) -> Iterator[_Scope]:
        payments = self._program.payments
        for place, limit in enumerate(payments.bounds):
            if payments.terms[term].name in limit.over:
                provider = payments.agreements[agreement].provider if limit.by_provider else None
                yield (place, provider, stretch(self._program, limit, day).name)


def longest(dues: Sequence[Due]) -> Period:
    """The longest of some periods that end on one day."""
    return min((due.period for due in dues), key=lambda period: period.first)
