"""Which period a name is of, which are paid, and what comes next after the last closing; it knows no amount."""

from collections.abc import Iterator
from datetime import date, timedelta

from acmspec.ground.calendar import Every, Period, fiscal_year, periods
from acmspec.program.paid_periods import agreement_at, paid_periods
from acmspec.program.tree import Program


def named(program: Program, name: str) -> Period | None:
    """The period of the contract that has a name: one of the calendar, or of a term's own periods."""
    cycles = (*(one.every for one in program.payments.terms), *Every)
    for every in cycles:
        for one in periods(every, program.first, program.last, program.fiscal_starts):
            if one.name == name:
                return one
    return None


def unclosed(program: Program, after: date, before: date) -> Iterator[Period]:
    """The paid periods that end after a day and before another, in order of their last day."""
    found = {
        period
        for agreement in program.payments.agreements
        for term in program.payments.terms
        for period in paid_periods(program, term, agreement)
        if after < period.last < before
    }
    yield from sorted(found, key=lambda one: (one.last, one.first))


def has_line(program: Program, provider: str, term: str, period: Period) -> bool:
    """Whether a term has a line of a provider for a period, or a limit, whose lines are of the longest one of a day."""
    paid, first, last, starts = program.payments, program.first, program.last, program.fiscal_starts
    own = next((one for one in paid.terms if one.name == term), None)
    if own is not None:
        return period in periods(own.every, first, last, starts) and agreement_at(program, provider, period) is not None
    providers = {one.provider for one in paid.agreements}
    found = [
        one
        for every in dict.fromkeys(one.every for one in paid.terms)
        for one in periods(every, first, last, starts)
        if one.last == period.last and any(agreement_at(program, each, one) is not None for each in providers)
    ]
    return min(found, key=lambda one: one.first, default=None) == period


def year_of(program: Program, day: date) -> str:
    """The name of the fiscal year that a day is in."""
    return f"FY{fiscal_year(day, program.fiscal_starts)}"


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
