"""What a line that waits can come to at most, by the proof's bounds and the records that are known; nothing is paid."""

from fractions import Fraction
from math import inf

from acmspec.ground.exact import round_half_up
from acmspec.ledger.tree import ZERO, Counts
from acmspec.program.counting import is_made_of_counts
from acmspec.program.exposure import worth
from acmspec.program.intervals import Bound, Interval, Known, interval, results
from acmspec.program.paid_periods import paid_periods
from acmspec.program.tree import Program
from acmspec.results.tree import State
from acmspec.settlement.terms import CARRY
from acmspec.settlement.tree import Line

_CENTS = 2
_KNOWN = {State.IMMATURE.value, State.VALUE.value}
"""The states in which all records are there, and only what becomes of them is waited for."""


def most(program: Program, line: Line, counts: Counts | None) -> Bound:
    """The most that a waiting line comes to once it settles, within all maximums; infinite where it has no end.

    Where time or a dispute is waited for, no more successes can come than there are records now.
    """
    term = next((one for one in program.payments.terms if one.name == line.term), None)
    agreement = next(one for one in program.payments.agreements if one.provider == line.provider)
    maximums = [one for one in (agreement.maximum, program.payments.maximum) if one is not None]
    if term is None:
        # What a limit held back and lets wait has no bound of its own, yet no payment passes a maximum.
        return min(maximums, default=inf)
    measure = program.measure_of(term)
    period = next(one for one in paid_periods(program, term, agreement) if one.last == line.last)
    bound = min((worth(program, term, agreement, period).most, *maximums))
    is_carried = CARRY in dict(term.on).values()
    if measure is None or counts is None or line.state not in _KNOWN or is_carried:
        return bound
    if not is_made_of_counts(measure.formula):
        return bound
    successes = Interval(ZERO, Fraction(counts.n))
    outcome = results(measure.formula, measure.formula.type)
    known = Known(line.provider, outcome, successes, term.once_per is not None, day=period.first)
    found = interval(term.amount, known).most
    return min(bound, found if isinstance(found, float) else round_half_up(Fraction(found), _CENTS))
