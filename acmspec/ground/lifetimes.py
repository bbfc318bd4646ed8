"""Which days can be meant where a contract is about people and things of our time; knows no spec and no data."""

from datetime import date

from acmspec.ground.calendar import Period, add_months

_YEARS_BEFORE = 130
"""Somebody who is served may be very old; nobody is older."""
_YEARS_AFTER = 50
_MONTHS = 12


def near(first: date, last: date) -> Period:
    """The days that lie near a contract's term: 130 years before it, for births, to 50 years after it, for loans."""
    before = max(date.min.year, first.year - _YEARS_BEFORE)
    after = min(date.max.year, last.year + _YEARS_AFTER)
    return Period(
        add_months(first, _MONTHS * (before - first.year)), add_months(last, _MONTHS * (after - last.year)), "near"
    )
