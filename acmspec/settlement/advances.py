"""The lines that recover advances: what other terms have come to is set off against them, and in the end the rest.

What waits of those terms is not set off yet, and the rest is not recovered while any of it waits.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.paid_periods import ends_stretch, paid_periods, stretch_of
from acmspec.program.payment import Recovered, Term
from acmspec.program.tree import Program
from acmspec.settlement.bases import Key
from acmspec.settlement.evaluate import Environment, OnAccount
from acmspec.settlement.fees import without_result, worked_out_at
from acmspec.settlement.standing import Standing
from acmspec.settlement.tree import CLOSED, FEE, OPEN, Due, Line

_ZERO = Fraction(0)
_SETTLED = "the advances have been settled before"


@node
class AdvanceDesk:
    """One term that recovers advances and one agreement, with the lines of terms before it as they stand."""

    program: Program
    place: int
    term: Term
    of: Recovered
    agreement: int
    worked_out: Mapping[Key, Due]
    standing: Standing

    @property
    def provider(self) -> str:
        """Whose agreement it is."""
        return self.program.payments.agreements[self.agreement].provider

    def dues(self, data_date: date) -> Iterator[Due]:
        """A line for each period that has begun by the data date."""
        before: dict[str, Fraction] = {}
        for period in paid_periods(self.program, self.term, self.program.payments.agreements[self.agreement]):
            if period.first <= data_date:
                stretch = self._stretch(period.last)
                line, waits = self._line(period, before.get(stretch, _ZERO), data_date)
                stands = self.standing.get((self.provider, self.term.name, period.name))
                amount = line.amount if stands is None else stands.amount
                before[stretch] = before.get(stretch, _ZERO) - amount
                yield Due(self.agreement, self.place, period, line, waits)

    def _stretch(self, day: date) -> str:
        return stretch_of(self.program, self.of.every, day).name

    def _line(self, period: Period, before: Fraction, data_date: date) -> tuple[Line, bool]:
        if period.last > data_date:
            why = f"waits until the period is over, on {period.last}"
            return without_result(self.term, self.provider, period, why), True
        if self.of.until is not None and period.first > self.of.until:
            return without_result(self.term, self.provider, period, _SETTLED, CLOSED), False
        so_far = [due for key, due in self.worked_out.items() if self._counts(key, period.last)]
        advanced = sum((due.line.amount for due in so_far if due.line.term == self.of.advances), _ZERO)
        earned = sum((due.line.amount for due in so_far if due.line.term in self.of.of), _ZERO)
        waits = any(due.waits for due in so_far)
        account = OnAccount(advanced, earned, before, ends=self._ends(period) and not waits)
        at = Environment(provider=self.provider, day=period.first, takes=True, on_account=account)
        more = ("more may be set off, as some of it waits",) if waits else ()
        standing = OPEN if waits else FEE
        return worked_out_at(at, self.term, period, self.program.currency, after=more, standing=standing), waits

    def _counts(self, key: Key, day: date) -> bool:
        """Whether a line is one of the advances, or of what they are set off against, of this stretch so far."""
        name, provider, last = key
        named = name == self.of.advances or name in self.of.of
        return named and provider == self.provider and last <= day and self._stretch(last) == self._stretch(day)

    def _ends(self, period: Period) -> bool:
        """Whether the advances are settled with a period."""
        if self.of.until is not None and period.last >= self.of.until:
            return True
        return ends_stretch(self.program, self.term, self.of.every, self.provider, period.last)
