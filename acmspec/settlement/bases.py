"""The lines of other terms that the amount of a term is worked out from; it works out none itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from acmspec.ground.calendar import Period
from acmspec.program.payment import Term
from acmspec.program.payment_parts import bases
from acmspec.settlement.tree import Due, Line

Key = tuple[str, str, date]
"""A term, a provider and the last day of a period."""


def bases_of(term: Term, provider: str, period: Period, worked_out: Mapping[Key, Due]) -> tuple[Line, ...]:
    """The lines of the same provider and period that a term's amount is worked out from."""
    found = (worked_out.get((name, provider, period.last)) for name in bases(term.amount))
    return tuple(replace(one.line, waits=one.waits) for one in found if one is not None)
