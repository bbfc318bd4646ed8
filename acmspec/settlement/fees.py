"""The lines of payment terms that rest on no result of their own, and the fees among them.

A fee is due for each whole period once that is over.
"""

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
                    line = without_result(term, provider, period, f"waits until the period is over, on {period.last}")
                elif base is not None:
                    line, waits = without_result(term, provider, period, f"waits for “{base.term}”"), True
                else:
                    line = _due(program, term, provider, period, bases)
                yield Due(at, place, period, line, waits)


def _due(program: Program, term: Term, provider: str, period: Period, bases: tuple[Line, ...]) -> Line:
    amounts = tuple((one.term, one.amount) for one in bases)
    at = Environment(provider=provider, day=period.first, amounts=amounts, takes=term.takes)
    return worked_out_at(at, term, period, program.currency)


def worked_out_at(  # noqa: PLR0913  (the parts of a line)
    at: Environment,
    term: Term,
    period: Period,
    currency: str,
    *,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    standing: str = FEE,
) -> Line:
    """The line of what a term comes to; steps stand `before` what is said, and more is said `after` it."""
    exact = evaluate(term.amount, at)
    amount, said = to_the_cent(exact), (*phrases(term.amount, at, currency), *after)
    steps = (*before, *said, f"{arithmetic(term.amount, at, currency)} = {rounding(exact, amount, currency)}")
    return Line(at.provider, period.name, term.name, "", "; ".join(said), amount, steps, _counted(standing, at))


def without_result(term: Term, provider: str, period: Period, why: str, standing: str = NOT_OVER) -> Line:
    """A line of nothing, with its reason."""
    return Line(provider, period.name, term.name, "", why, Fraction(0), (why,), _counted(standing))


def _counted(standing: str, at: Environment | None = None) -> Counted:
    return Counted(standing, None, None, None, 0, None, at)
