"""The line of a term that looks at all periods of another together: due once, when they are over and nothing waits.

What was due for a period by itself is not due again: what is left of it are the periods for which nothing was.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.paid_periods import paid_periods
from acmspec.program.payment import Term
from acmspec.program.payment_parts import by_rate, effect
from acmspec.program.tree import Program
from acmspec.results.printed import plain
from acmspec.results.tree import NOT_RECEIVED, Result, Results
from acmspec.settlement.bases import Key
from acmspec.settlement.evaluate import Cohorts, Environment, better, told
from acmspec.settlement.fees import without_result, worked_out_at
from acmspec.settlement.own_results import held_against, not_final, own_results
from acmspec.settlement.standing import Standing
from acmspec.settlement.terms import WAIT, WITHHOLD
from acmspec.settlement.tree import OPEN, Due, Line

_ZERO = Fraction(0)


@node
class CohortDesk:
    """One such term and one agreement, with the lines of the term `of` as they stand."""

    program: Program
    place: int
    term: Term
    of: Term
    agreement: int
    worked_out: Mapping[Key, Due]
    standing: Standing

    def dues(self, results: Results) -> Iterator[Due]:
        """A line for the last period, if it has begun by the data date."""
        agreement, data_date = self.program.payments.agreements[self.agreement], results.data_date
        for period in paid_periods(self.program, self.term, agreement):
            if period.first <= data_date:
                line, waits = self._line(agreement.provider, period, results)
                yield Due(self.agreement, self.place, period, line, waits)

    def _line(self, provider: str, period: Period, results: Results) -> tuple[Line, bool]:
        if period.last > results.data_date:
            said = f"waits until the last period is over, on {period.last}"
            return without_result(self.term, provider, period, said), True
        found = [
            due
            for (name, _, _), due in self.worked_out.items()
            if name == self.of.name and due.agreement == self.agreement
        ]
        waiting = next((due for due in found if due.waits), None)
        if waiting is not None:
            said = f"waits for “{self.of.name}” of {waiting.line.period}"
            return without_result(self.term, provider, period, said, OPEN), True
        open_ = next((due for due in found if self._is_open(due, results)), None)
        if open_ is not None:
            said = f"waits for what {open_.line.period} is held against"
            return without_result(self.term, provider, period, said, OPEN), True
        rows = [(due, *self._of_period(due, results)) for due in found]
        sums = Cohorts(
            sum((expected for _, expected, _ in rows), _ZERO),
            sum((more for _, _, more in rows), _ZERO),
            sum((more for due, _, more in rows if due.line.amount == 0), _ZERO),
        )
        at = Environment(provider=provider, day=period.first, cohorts=sums)
        steps = tuple(_said(*one) for one in rows)
        return worked_out_at(at, self.term, period, self.program.currency, before=steps), False

    def _of_period(self, due: Due, results: Results) -> tuple[Fraction, Fraction]:
        """How many events were expected in a period, and how many better it was; none where that can't be told."""
        change, at = effect(self.of.amount), self._rested_on(due, results)
        prior = None if at is None or change is None else told(change, at)
        if at is None or change is None or prior is None:
            return _ZERO, _ZERO
        base = at.base if by_rate(self.of.amount) else Fraction(1)
        return prior * base, better(at.outcome, prior, rise=change.rise) * base

    def _rested_on(self, due: Due, results: Results) -> Environment | None:
        """What a line was evaluated on; where it stands as certified, its result as it was then."""
        at = None if due.line.counted is None else due.line.counted.at
        stands = self.standing.get((due.line.provider, self.of.name, due.line.period))
        rested = None if stands is None else stands.rested
        if self.program.payments.is_phase_in(due.period.last):
            return None
        if rested is None:
            return at
        if rested.value is None:
            return None
        change = effect(self.of.amount)
        if rested.against and change is not None:
            compared = tuple((change.prior.benchmark, one) for one in rested.against if one is not None)
        else:
            # What is known now may be no result, or one of too few: it is held against the same, whatever became of it.
            compared = self._held_against(due, results) if at is None else at.compared
        return Environment(outcome=rested.value, base=rested.denominator or Fraction(1), compared=compared)

    def _held_against(self, due: Due, results: Results) -> tuple[tuple[str, Fraction], ...]:
        """What the benchmarks of a line's period come to now."""
        measure, result = self.program.measure_of(self.of), self._result(due, results)
        return () if measure is None or result is None else held_against(result, measure)

    def _is_open(self, due: Due, results: Results) -> bool:
        """Whether a period counts, and what it is held against may change."""
        result = self._result(due, results)
        stands = self.standing.get((due.line.provider, self.of.name, due.line.period))
        is_kept = stands is not None and stands.rested is not None and bool(stands.rested.against)
        if result is None or is_kept or self._rested_on(due, results) is None:
            return False
        # What did not come is waited for only where the term does so.
        waits = dict(self.of.on)["missing"] in {WAIT, *WITHHOLD}
        return any(flag != NOT_RECEIVED or waits for flag in not_final(result, self.of.amount)[1])

    def _result(self, due: Due, results: Results) -> Result | None:
        """The result of a line's period as it is known now."""
        measure, line = self.program.measure_of(self.of), due.line
        of = () if measure is None else own_results(results, measure, line.provider)
        return next((one for one in of if one.period.name == line.period), None)


def _said(due: Due, expected: Fraction, more: Fraction) -> str:
    """What a period adds to all of them together."""
    if not expected:
        return f"{due.line.period}: left out"
    side = "better" if more >= 0 else "worse"
    paid = ", paid for" if due.line.amount else ""
    return f"{due.line.period}: {plain(expected)} events expected, {plain(abs(more))} {side}{paid}"
