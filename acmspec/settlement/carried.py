"""Totals below zero that are carried forward: what a provider would owe for a period is taken from the next one.

A total is that of a provider's lines of the periods that end on one day, which stand on one invoice. What is left after
its last period is not carried any further: the provider owes it.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from acmspec.program.paid_periods import are_over
from acmspec.program.payments import CARRIED, CARRY, NEGATIVE_TOTAL
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.settlement.tree import Due, Line

_ZERO = Fraction(0)


class Carried:
    """What of totals below zero is carried, by provider, while a settlement is worked out."""

    __slots__ = ("_left", "_program")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._left: dict[str, Fraction] = {}

    def settle(self, dues: Sequence[Due], changes: Sequence[Line]) -> Iterator[Line]:
        """What earlier totals take from those of a day, and what is carried on, by provider."""
        if self._program.payments.negative_total != CARRY:
            return
        lines = [*(due.line for due in dues), *changes]
        periods = {due.line.provider: due.period.name for due in dues}
        for provider, period in periods.items():
            before = self._left.get(provider, _ZERO)
            own = sum((one.amount for one in lines if one.provider == provider), _ZERO)
            total, day = own - before, dues[0].period.last
            came = f"the lines of the period come to {self._money(own)}"
            if before:
                said = f"{self._money(before)} carried forward from an earlier total below zero"
                yield Line(provider, period, CARRIED, "", said, -before, (said, self._money(-before)), last=day)
                came += f", less {self._money(before)} carried forward"
            goes_on = total < 0 and not are_over(self._program, provider, day)
            self._left[provider] = -total if goes_on else _ZERO
            if goes_on:
                said = f"a total of {self._money(total)} is carried forward"
                yield Line(provider, period, NEGATIVE_TOTAL, "", said, -total, (came, said), last=day)

    def _money(self, amount: Fraction) -> str:
        return money(amount, self._program.currency)
