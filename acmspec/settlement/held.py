"""What is held back of the lines of each period, and what of it is paid when its time is over, to the cent.

It is taken from what limits and maximums left, which have counted it as paid; so its payment is counted nowhere again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.ground.exact import significant
from acmspec.program.agreed import Reserve
from acmspec.program.paid_periods import ends, stretch
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.settlement.gates import Gates
from acmspec.settlement.split import split, to_the_cent
from acmspec.settlement.standing import Standing, as_certified
from acmspec.settlement.tree import Line

_ZERO = Fraction(0)
_PERCENT = 100
_Lines = dict[tuple[int, int], Fraction]
"""Amounts by agreement and term."""
_Scope = tuple[int, str, str]
"""A reserve's place, its provider, the name of the stretch of time."""


class Held:
    """The sums held back so far, by reserve, provider and stretch of time.

    `known` are the lines of a day as each would be where the others are as they stand.
    """

    __slots__ = ("_gates", "_program", "_standing", "_sums", "_waiting", "known")

    def __init__(self, program: Program, gates: Gates, standing: Standing) -> None:
        self._program = program
        self._gates = gates
        self._standing = standing
        self.known: list[Line] = []
        self._sums: dict[_Scope, Fraction] = {}
        self._waiting: set[_Scope] = set()

    def wait(self, agreement: int, term: int, day: date) -> None:
        """A line of a period is not final, so that no sum it belongs to is paid."""
        for place, one in enumerate(self._program.payments.reserves):
            if self._program.payments.terms[term].name in one.over:
                self._waiting.add(self._scope(place, one, self._provider(agreement), day))

    def settle(self, net: Mapping[tuple[int, int], Fraction], period: Period) -> Iterator[Line]:
        """What is held back of the lines of a period, then the sums whose time is over, reserve by reserve."""
        due, self.known = dict(net), []
        terms = self._program.payments.terms
        for place, reserve in enumerate(self._program.payments.reserves):
            for provider in dict.fromkeys(self._provider(agreement) for agreement, _ in due):
                lines = [
                    line for line in due if self._provider(line[0]) == provider and terms[line[1]].name in reserve.over
                ]
                if lines:
                    scope = self._scope(place, reserve, provider, period.last)
                    yield from self._of(reserve, scope, {line: due[line] for line in lines}, period, due)

    def _of(self, reserve: Reserve, scope: _Scope, lines: _Lines, period: Period, due: _Lines) -> Iterator[Line]:
        """What is held back of some lines and what is paid of their stretch, as they stand if they do.

        Both have one name. On a day on which nothing is paid what stands was held back, on another it was paid.
        """
        stands = self._standing.get((scope[1], reserve.name, period.name))
        pays = ends(self._program, reserve, scope[1], period.last)
        hold = self._hold(reserve, scope, lines, period, due)
        self.known += [hold] if hold.amount else []
        if stands is not None and not pays:
            hold = as_certified(hold, stands.amount)
        self._sums[scope] = self._sums.get(scope, _ZERO) - hold.amount
        for line, part in zip(lines, split(-hold.amount, [max(_ZERO, one) for one in lines.values()]), strict=True):
            due[line] -= part
        if hold.amount:
            yield hold
        if pays:
            known = self._release(reserve, scope, period) if self._sums[scope] else None
            self.known += [] if known is None else [known]
            release = known if stands is None else as_certified(known or hold, stands.amount - hold.amount)
            if release is not None:
                more = release.waits and not (stands is not None and stands.is_final)
                yield replace(release, waits=more)

    def _hold(self, reserve: Reserve, scope: _Scope, lines: _Lines, period: Period, due: _Lines) -> Line:
        """The share of some lines, which reserves behind this one find the less `due`."""
        whole = max(_ZERO, sum(lines.values(), _ZERO))
        left = (amount for line, amount in due.items() if self._provider(line[0]) == scope[1])
        # Where other lines are below zero, no more is held back than what is left of all together.
        taken = min(to_the_cent(reserve.share * whole), max(_ZERO, sum(left, _ZERO)))
        said = f"{_percent(reserve.share)} of {self._money(whole)} is held back for {scope[2]}"
        steps = (said, self._money(-taken))
        return Line(scope[1], period.name, reserve.name, "", said, -taken, steps, last=period.last)

    def _release(self, reserve: Reserve, scope: _Scope, period: Period) -> Line:
        provider, held = scope[1], self._sums[scope]
        of = f"{self._money(held)} was held back in {scope[2]}"
        parts = [
            (self._gates.decide(gate, provider, period.last, held * weight), weight) for gate, weight in reserve.back
        ]
        waits = scope in self._waiting or any(one.waits for one, _ in parts)
        earned = _ZERO if waits else held if not parts else to_the_cent(sum((one.bound for one, _ in parts), _ZERO))
        steps = tuple(f"{_part(weight)}: {one.step}" for one, weight in parts)
        if waits:
            said = f"{of}; it waits until all results of that time are settled"
        elif earned == held:
            said = f"{of}; all of it is due"
        else:
            said = f"{of}; {self._money(earned)} is earned back, and {self._money(held - earned)} is kept"
        told = (of, *steps, said, self._money(earned))
        return Line(provider, period.name, reserve.name, "", said, earned, told, last=period.last, waits=waits)

    def _scope(self, place: int, reserve: Reserve, provider: str, day: date) -> _Scope:
        return (place, provider, stretch(self._program, reserve, day).name)

    def _provider(self, agreement: int) -> str:
        return self._program.payments.agreements[agreement].provider

    def _money(self, amount: Fraction) -> str:
        return money(amount, self._program.currency)


def _percent(share: Fraction) -> str:
    return f"{significant(share * _PERCENT)}%"


def _part(weight: Fraction) -> str:
    return f"a part of {weight.numerator}/{weight.denominator}" if weight != 1 else "all of it"
