"""The lines of a payment term that rests on no result: due for each whole period once it is over."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.program.paid_periods import paid_periods
from acmspec.program.payment import Term
from acmspec.program.tree import Program
from acmspec.settlement.bases import Key, bases_of
from acmspec.settlement.derivation import arithmetic, phrases, rounding
from acmspec.settlement.evaluate import Environment, evaluate
from acmspec.settlement.split import to_the_cent
from acmspec.settlement.tree import FEE, NOT_OVER, Counted, Due, Line


def fees(program: Program, place: int, term: Term, data_date: date, worked_out: Mapping[Key, Due]) -> Iterator[Due]:
    """A line for each provider and period that has begun by the data date; one that is not over waits.

    `worked_out` gives the lines of terms before this one, which its amount may be worked out from.
    """
    for at, agreement in enumerate(program.payments.agreements):
        for period in paid_periods(program, term, agreement):
            if period.first <= data_date:
                provider, waits = agreement.provider, period.last > data_date
                bases = bases_of(term, provider, period, worked_out)
                base = next((one for one in bases if one.waits), None)
                if waits:
                    line = _waiting(term, provider, period, f"waits until the period is over, on {period.last}")
                elif base is not None:
                    line, waits = _waiting(term, provider, period, f"waits for “{base.term}”"), True
                else:
                    line = _due(program, term, provider, period, bases)
                yield Due(at, place, period, line, waits)


def _due(program: Program, term: Term, provider: str, period: Period, bases: tuple[Line, ...]) -> Line:
    amounts = tuple((one.term, one.amount) for one in bases)
    at = Environment(provider=provider, day=period.first, amounts=amounts, takes=term.takes)
    currency = program.currency
    exact = evaluate(term.amount, at)
    amount = to_the_cent(exact)
    said = phrases(term.amount, at, currency)
    steps = (*said, f"{arithmetic(term.amount, at, currency)} = {rounding(exact, amount, currency)}")
    return Line(provider, period.name, term.name, "", "; ".join(said), amount, steps, _counted(FEE, at))


def _waiting(term: Term, provider: str, period: Period, basis: str) -> Line:
    return Line(provider, period.name, term.name, "", basis, Fraction(0), (basis,), _counted(NOT_OVER))


def _counted(standing: str, at: Environment | None = None) -> Counted:
    return Counted(standing, None, None, None, 0, None, at)
