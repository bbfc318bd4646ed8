"""What maximums would leave of each line if nothing were paid ahead, day by day; no limit is known here.

What a maximum takes for an advance is only late. So limits, and what is held back, go by what is due without it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from acmspec.program.payment_parts import paid_ahead
from acmspec.program.tree import Program
from acmspec.settlement.split import split

_ZERO = Fraction(0)
_Line = tuple[int, int]
"""An agreement and a term, by their places."""


class WithoutAdvances:
    """The sums of agreements, and of all of them, under the maximums without advances."""

    __slots__ = ("_ahead", "_own", "_program", "_total")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._ahead = paid_ahead(program.payments)
        self._own: defaultdict[int, Fraction] = defaultdict(Fraction)
        self._total = _ZERO

    def left(self, net: Mapping[_Line, Fraction]) -> dict[_Line, Fraction]:
        """What maximums would leave of the lines of a day, each of which has come to so much before them."""
        left = {line: amount for line, amount in net.items() if line[1] not in self._ahead}
        for (agreement, _), amount in left.items():
            self._own[agreement] += amount
        self._total += sum(left.values(), _ZERO)
        for place, one in enumerate(self._program.payments.agreements):
            if one.maximum is not None:
                self._take(self._own[place] - one.maximum, [line for line in left if line[0] == place], left)
        maximum = self._program.payments.maximum
        if maximum is not None:
            self._take(self._total - maximum, list(left), left)
        return left

    def _take(self, above: Fraction, lines: Sequence[_Line], left: dict[_Line, Fraction]) -> None:
        """Take from some lines what is above a maximum, in proportion; at most to zero."""
        weights = [max(left[line], _ZERO) for line in lines]
        taken = min(above, sum(weights, _ZERO))
        if taken > 0:
            for line, part in zip(lines, split(taken, weights), strict=True):
                left[line] -= part
                self._own[line[0]] -= part
            self._total -= taken
