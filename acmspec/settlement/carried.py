"""Totals below zero that are carried forward: what a provider would owe for a period is taken from the next one.

A total is that of a provider's lines of the periods that end on one day, which stand on one invoice. What is left after
its last period is not carried any further: the provider owes it.
"""

from collections.abc import Generator, Iterator, Sequence
from datetime import date
from fractions import Fraction

from acmspec.program.paid_periods import are_over
from acmspec.program.payments import CARRIED, CARRY, NEGATIVE_TOTAL
from acmspec.program.tree import Program
from acmspec.results.printed import money
from acmspec.settlement.limits import longest
from acmspec.settlement.standing import Standing, as_certified
from acmspec.settlement.tree import Due, Line

_ZERO = Fraction(0)


class Carried:
    """What of totals below zero is carried, by provider, while a settlement is worked out.

    `known` are the lines of a day as each would be where the others are as they stand.
    """

    __slots__ = ("_left", "_program", "_standing", "known")

    def __init__(self, program: Program, standing: Standing) -> None:
        self._program = program
        self._standing = standing
        self._left: dict[str, Fraction] = {}
        self.known: list[Line] = []

    def settle(self, dues: Sequence[Due], changes: Sequence[Line]) -> Iterator[Line]:
        """What earlier totals take from those of a day, and what is carried on, by provider."""
        self.known = []
        if self._program.payments.negative_total != CARRY:
            return
        lines = [*(due.line for due in dues), *changes]
        period = longest(dues)
        for provider in dict.fromkeys(due.line.provider for due in dues):
            own = sum((one.amount for one in lines if one.provider == provider), _ZERO)
            yield from self._of(provider, period.name, own, period.last)

    def _of(self, provider: str, period: str, own: Fraction, day: date) -> Iterator[Line]:
        """The lines of one provider, whose others come to an amount."""
        before = self._left.get(provider, _ZERO)
        said = f"{self._money(before)} carried forward from an earlier total below zero"
        steps = (said, self._money(-before))
        taken = yield from self._stood(Line(provider, period, CARRIED, "", said, -before, steps, last=day))
        total = own + taken
        came = f"the lines of the period come to {self._money(own)}"
        if before:
            came += f", less {self._money(before)} carried forward"
        goes_on = total < 0 and not are_over(self._program, provider, day)
        said, left = f"a total of {self._money(total)} is carried forward", -total if goes_on else _ZERO
        on = Line(provider, period, NEGATIVE_TOTAL, "", said, left, (came, said), last=day)
        self._left[provider] = yield from self._stood(on)

    def _stood(self, line: Line) -> Generator[Line, None, Fraction]:
        """A line as it stands, if it comes to anything, and to how much."""
        stands = self._standing.get((line.provider, line.term, line.period))
        if line.amount:
            self.known.append(line)
        shown = line if stands is None else as_certified(line, stands.amount)
        if shown.amount:
            yield shown
        return shown.amount

    def _money(self, amount: Fraction) -> str:
        return money(amount, self._program.currency)
