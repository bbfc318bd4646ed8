"""What limits and maxima take from or add to the lines of each period, as lines of their own; evaluates no term."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.program.paid_periods import ends, stretch
from acmspec.program.payment import Limit
from acmspec.program.payment_parts import adjustments
from acmspec.program.payments import CONTRACT_MAXIMUM, MAXIMUM, NEGATIVE_TOTAL
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.results.tree import Results
from acmspec.settlement.evaluate import Environment, evaluate
from acmspec.settlement.gates import Decision, Gates
from acmspec.settlement.held import Held
from acmspec.settlement.split import split
from acmspec.settlement.tree import Due, Line

_ZERO = Fraction(0)
BELOW_ZERO = "a total below zero is raised to zero"
_Scope = tuple[int, str | None, str]
"""A limit's place, its provider (None for all together), the name of the stretch of time."""


class Ledger:
    """Running sums while a settlement is worked out, period by period.

    `net` holds, for the period at hand, what each agreement and term still comes to after the limits applied so far.
    """

    __slots__ = ("_earned", "_gates", "_held", "_own", "_program", "_total", "_waiting", "net")

    def __init__(self, program: Program, results: Results) -> None:
        self._program = program
        self._gates = Gates(program, results)
        self._held = Held(program, self._gates)
        self._earned: defaultdict[_Scope, Fraction] = defaultdict(Fraction)
        self._own: defaultdict[int, Fraction] = defaultdict(Fraction)
        self._waiting: set[_Scope] = set()
        self._total = _ZERO
        self.net: dict[tuple[int, int], Fraction] = {}

    def settle(self, dues: Sequence[Due]) -> Iterator[Line]:
        """The lines of limits and maxima after the lines of periods that end on one day, in the order they apply."""
        self.net = {}
        day = dues[0].period.last
        for due in dues:
            self._post(due.agreement, due.term, due.line.amount, day)
            if due.waits:
                self._wait([(due.agreement, due.term)], day)
        payments = self._program.payments
        for place, limit in enumerate(payments.bounds):
            if not (limit.at_end and payments.is_phase_in(day)):
                yield from self._limit(place, limit, dues)
        for place, agreement in enumerate(payments.agreements):
            if agreement.maximum is not None and self._own[place] > agreement.maximum:
                lines = [key for key in self.net if key[0] == place]
                what = f"the maximum of agreement {agreement.number}".rstrip()
                found = self._bounded(what, agreement.maximum, "the agreement")
                yield from self._take(lines, self._own[place], found, (MAXIMUM, "the agreement"), dues)
        if payments.maximum is not None and self._total > payments.maximum:
            found = self._bounded("the maximum of the contract", payments.maximum, "the contract")
            yield from self._take(list(self.net), self._total, found, (CONTRACT_MAXIMUM, "the contract"), dues)
        yield from self._held.settle(self.net, _longest(dues))

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
            if found.waits:
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
        weights = [max(-self.net[key] if found.back else self.net[key], _ZERO) for key in lines]
        difference = max(found.bound - earned, -sum(weights, _ZERO))
        rows: dict[int, Fraction] = {}
        for (agreement, term), part in zip(lines, split(difference, weights), strict=True):
            self._post(agreement, term, part, dues[0].period.last)
            rows[agreement] = rows.get(agreement, _ZERO) + part
        period, currency = _longest(dues), self._program.currency
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
        for scope in self._scopes(agreement, term, day):
            self._earned[scope] += amount

    def _scopes(self, agreement: int, term: int, day: date) -> Iterator[_Scope]:
        payments = self._program.payments
        for place, limit in enumerate(payments.bounds):
            if payments.terms[term].name in limit.over:
                provider = payments.agreements[agreement].provider if limit.by_provider else None
                yield (place, provider, stretch(self._program, limit, day).name)


def _longest(dues: Sequence[Due]) -> Period:
    """The longest of some periods that end on one day."""
    return min((due.period for due in dues), key=lambda period: period.first)
