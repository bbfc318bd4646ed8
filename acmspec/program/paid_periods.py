"""In which periods a term pays a provider, and in which stretch of time a limit counts them; it knows no result."""

from collections.abc import Sequence
from datetime import date

from acmspec.ground.calendar import Cycle, Period, period_of, periods
from acmspec.program.agreed import Agreement, Reserve
from acmspec.program.payment import Limit, Term
from acmspec.program.payment_parts import of_cohorts
from acmspec.program.tree import Program


def paid_periods(program: Program, term: Term, agreement: Agreement) -> tuple[Period, ...]:
    """The whole periods of a term within an agreement and the contract, in order.

    The phase-in is about results: what rests on none is paid in it, and all else only after it. What looks at all
    periods of another term together is paid once, for the last of them.
    """
    first, last = max(agreement.first, program.first), min(agreement.last, program.last)
    found = tuple(
        one
        for one in periods(term.every, first, last, program.fiscal_starts)
        if first <= one.first and one.last <= last and not (term.rests_on and program.payments.is_phase_in(one.last))
    )
    return found if of_cohorts(term.amount) is None else found[-1:]


def agreement_at(program: Program, provider: str, period: Period) -> int | None:
    """The place of the provider's agreement that holds a whole period, within the contract; None if none does."""

    def holds(one: Agreement) -> bool:
        first, last = max(one.first, program.first), min(one.last, program.last)
        return one.provider == provider and first <= period.first and period.last <= last

    return next((place for place, one in enumerate(program.payments.agreements) if holds(one)), None)


def stretch(program: Program, limit: Limit | Reserve, day: date) -> Period:
    """The stretch of time of a limit that a period ending on a day counts in."""
    return stretch_of(program, limit.every, day)


def stretch_of(program: Program, every: Cycle | None, day: date) -> Period:
    """The stretch of time that a period ending on a day counts in; None is the whole term."""
    if every is None:
        return Period(program.first, program.last, "the whole term")
    # Only own days and periods leave days between them, and then the terms have the very same ones.
    return period_of(day, every, program.fiscal_starts) or Period(day, day, str(day))


def ends_stretch(program: Program, term: Term, every: Cycle | None, provider: str, day: date) -> bool:
    """Whether no later period of a term ends in the stretch of time that holds a day."""
    return _none_after(program, [term], provider, stretch_of(program, every, day), day)


def ends(program: Program, limit: Limit | Reserve, provider: str | None, day: date) -> bool:
    """Whether no later period of a limit's terms, of a provider or of all, ends in the stretch that holds the day."""
    terms = [one for one in program.payments.terms if one.name in limit.over]
    return _none_after(program, terms, provider, stretch(program, limit, day), day)


def are_over(program: Program, provider: str, day: date) -> bool:
    """Whether no later period of any term of a provider is paid."""
    return _none_after(program, program.payments.terms, provider, stretch_of(program, None, day), day)


def _none_after(program: Program, terms: Sequence[Term], provider: str | None, counted: Period, day: date) -> bool:
    for agreement in program.payments.agreements:
        first = max(counted.first, agreement.first, program.first)
        last = min(counted.last, agreement.last, program.last)
        for term in terms:
            if provider in {None, agreement.provider}:
                whole = periods(term.every, first, last, program.fiscal_starts)
                if any(first <= one.first and day < one.last <= last for one in whole):
                    return False
    return True
