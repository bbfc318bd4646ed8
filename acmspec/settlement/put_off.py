"""What maximums take while advances are open, and give back as they are recovered; no maximum is known here.

Advances use up a maximum and make room in it again. So of what is taken meanwhile, as much as is open of the advances
is put off and not lost. With each period it is due again, no more of it than is recovered with that period.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from acmspec.program.paid_periods import stretch_of
from acmspec.program.payment_parts import recovered
from acmspec.program.tree import Program

_ZERO = Fraction(0)
_Line = tuple[int, int]
"""An agreement and a term, by their places."""


class PutOff:
    """What is put off so far, by agreement; a day is begun before maximums apply and ended after them."""

    __slots__ = ("_day", "_due", "_ending", "_open", "_program", "_sums", "is_needed")

    def __init__(self, program: Program) -> None:
        self._program = program
        places = {one.name: place for place, one in enumerate(program.payments.terms)}
        found = ((place, recovered(one.amount)) for place, one in enumerate(program.payments.terms))
        self._ending = {place: (places[of.advances], of.every) for place, of in found if of is not None}
        self._open: dict[_Line, tuple[str, Fraction]] = {}
        self._sums: defaultdict[int, Fraction] = defaultdict(Fraction)
        self._day: dict[int, Fraction] = {}
        self._due: dict[_Line, Fraction] = {}
        self.is_needed = bool(self._ending)

    def begin(self, net: Mapping[_Line, Fraction], day: date) -> None:
        """Work out what is due again with the lines of a day, each of which has come to so much before maximums."""
        self._day, self._due = {}, {}
        for agreement in dict.fromkeys(one for one, _ in net) if self.is_needed else ():
            before = max(_ZERO, min(self._sums[agreement], self._stands_open(agreement, day)))
            back = [place for place in self._ending if (agreement, place) in net]
            now = max(_ZERO, -sum((net[agreement, place] for place in back), _ZERO))
            if back and before and now:
                self._due[agreement, back[0]] = min(before, now)
            self._sums[agreement] = before
            for place, (advances, every) in self._ending.items():
                name = stretch_of(self._program, every, day).name
                more = net.get((agreement, advances), _ZERO) + net.get((agreement, place), _ZERO)
                self._open[agreement, place] = name, self._left((agreement, place), name) + more
            self._day[agreement] = self._stands_open(agreement, day)

    def due(self, *, own: bool) -> Mapping[_Line, Fraction]:
        """What is due again with lines of the day: of the agreements that have a maximum of their `own`, or of others.

        What the maximum of the contract took of an agreement with its own is given back within the latter.
        """
        agreements = self._program.payments.agreements
        return {line: due for line, due in self._due.items() if (agreements[line[0]].maximum is not None) is own}

    def end(self, moved: Mapping[int, Fraction]) -> None:
        """Remember what maximums have taken of each agreement on the day, or given back."""
        for agreement, still_open in self._day.items():
            self._sums[agreement] = max(_ZERO, min(still_open, self._sums[agreement] - moved[agreement]))

    def _stands_open(self, agreement: int, day: date) -> Fraction:
        """What was advanced in the stretches of time that hold a day, and is not recovered."""
        found = (
            self._left((agreement, place), stretch_of(self._program, every, day).name)
            for place, (_, every) in self._ending.items()
        )
        return sum(found, _ZERO)

    def _left(self, line: _Line, stretch: str) -> Fraction:
        name, amount = self._open.get(line, ("", _ZERO))
        return amount if name == stretch else _ZERO
