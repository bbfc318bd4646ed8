"""What limits and maxima take from or add to the lines of each period, as lines of their own; evaluates no term."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period, periods
from acmspec.program.paid_periods import stretch
from acmspec.program.payment import CONTRACT_MAXIMUM, MAXIMUM, Limit
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.settlement.evaluate import Environment, evaluate
from acmspec.settlement.split import split
from acmspec.settlement.tree import Due, Line

_ZERO = Fraction(0)
_Scope = tuple[int, str | None, str]
"""A limit's place, its provider (None for all together), the name of the stretch of time."""


class Ledger:
    """Running sums while a settlement is worked out, period by period.

    `net` holds, for the period at hand, what each agreement and term still comes to after the limits applied so far.
    """

    __slots__ = ("_earned", "_own", "_program", "_total", "_waiting", "net")

    def __init__(self, program: Program) -> None:
        self._program = program
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
            for scope in self._scopes(due.agreement, due.term, day) if due.waits else ():
                self._waiting.add(scope)
        payments = self._program.payments
        for place, limit in enumerate(payments.limits):
            if not (limit.at_end and payments.is_phase_in(day)):
                yield from self._limit(place, limit, dues)
        for place, agreement in enumerate(payments.agreements):
            if agreement.maximum is not None and self._own[place] > agreement.maximum:
                lines = [key for key in self.net if key[0] == place]
                said = (MAXIMUM, f"the maximum of agreement {agreement.number}".rstrip(), "the agreement")
                yield from self._take(lines, self._own[place], agreement.maximum, said, dues)
        if payments.maximum is not None and self._total > payments.maximum:
            said = (CONTRACT_MAXIMUM, "the maximum of the contract", "the contract")
            yield from self._take(list(self.net), self._total, payments.maximum, said, dues)

    def _limit(self, place: int, limit: Limit, dues: Sequence[Due]) -> Iterator[Line]:
        day, agreements = dues[0].period.last, self._program.payments.agreements
        providers = dict.fromkeys(one.provider for one in agreements) if limit.by_provider else (None,)
        over = [i for i, term in enumerate(self._program.payments.terms) if term.name in limit.over]
        counted = stretch(self._program, limit, day)
        for provider in providers:
            scope = (place, provider, counted.name)
            earned = self._earned[scope]
            bound = evaluate(limit.bound, Environment(provider=provider or "", earned=earned))
            lines = [
                (agreement, term)
                for agreement, term in self.net
                if term in over and provider in {None, agreements[agreement].provider}
            ]
            if bound == earned or not lines:
                continue
            if limit.at_end and (scope in self._waiting or not self.ends(limit, provider, day)):
                continue
            yield from self._take(lines, earned, bound, (limit.name, limit.kind, counted.name), dues)

    def _take(
        self,
        lines: list[tuple[int, int]],
        earned: Fraction,
        bound: Fraction,
        said: tuple[str, str, str],
        dues: Sequence[Due],
    ) -> Iterator[Line]:
        """Bring some lines of the period from what was earned to the bound, in proportion; at most to zero."""
        name, what, where = said
        weights = [max(self.net[key], _ZERO) for key in lines]
        difference = max(bound - earned, -sum(weights, _ZERO))
        rows: dict[int, Fraction] = {}
        for (agreement, term), part in zip(lines, split(difference, weights), strict=True):
            self._post(agreement, term, part, dues[0].period.last)
            rows[agreement] = rows.get(agreement, _ZERO) + part
        period, currency = _longest(dues), self._program.currency
        for agreement, part in sorted(rows.items()):
            if part:
                basis = f"{what} {money(bound, currency)} in {where}; its terms came to {money(earned, currency)}"
                so_far = f"its terms came in {where} so far to {money(earned, currency)}"
                steps = [so_far, f"{what}: {money(bound, currency)}"]
                if len(rows) > 1:
                    steps.append(f"{money(difference, currency)} in proportion to the period's lines, to the cent")
                provider = self._program.payments.agreements[agreement].provider
                steps.append(money(part, currency))
                yield Line(provider, period.name, name, "", basis, part, tuple(steps), last=period.last)

    def _post(self, agreement: int, term: int, amount: Fraction, day: date) -> None:
        self.net[agreement, term] = self.net.get((agreement, term), _ZERO) + amount
        self._own[agreement] += amount
        self._total += amount
        for scope in self._scopes(agreement, term, day):
            self._earned[scope] += amount

    def _scopes(self, agreement: int, term: int, day: date) -> Iterator[_Scope]:
        payments = self._program.payments
        for place, limit in enumerate(payments.limits):
            if payments.terms[term].name in limit.over:
                provider = payments.agreements[agreement].provider if limit.by_provider else None
                yield (place, provider, stretch(self._program, limit, day).name)

    def ends(self, limit: Limit, provider: str | None, day: date) -> bool:
        """Whether no later period of the limit's terms ends in the stretch that holds the day."""
        program, counted = self._program, stretch(self._program, limit, day)
        for agreement in program.payments.agreements:
            first = max(counted.first, agreement.first, program.first)
            last = min(counted.last, agreement.last, program.last)
            for term in program.payments.terms:
                if term.name in limit.over and provider in {None, agreement.provider}:
                    whole = periods(term.every, first, last, program.fiscal_starts)
                    if any(first <= one.first and day < one.last <= last for one in whole):
                        return False
        return True


def _longest(dues: Sequence[Due]) -> Period:
    """The longest of some periods that end on one day."""
    return min((due.period for due in dues), key=lambda period: period.first)
