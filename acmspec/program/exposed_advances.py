"""What advances that are settled once come to in their first fiscal year, with what is set off; it reads no data.

At any time the greater of both has been paid, so that the first year is bounded by what falls in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import isinf

from acmspec.ground.calendar import fiscal_year
from acmspec.program.agreed import Agreement
from acmspec.program.exposed_lines import Lot, Rule, worth
from acmspec.program.intervals import Bound
from acmspec.program.paid_periods import paid_periods
from acmspec.program.payment import Limit, Recovered, Term
from acmspec.program.tree import Program


def rules_of_advances(program: Program, lots: Mapping[Lot, int], numbers: Sequence[Limit]) -> Iterator[Rule]:
    """For each agreement and all advances that are settled with the last of the term: the lines of the first year.

    `numbers` hold what bounds the whole term, in whose place each rule stands.
    """
    terms = program.payments.terms
    for term in terms:
        of = term.amount
        if not isinstance(of, Recovered) or of.every is not None or of.until is not None:
            continue
        over = (*of.of, of.advances, term.name)
        order = next((place for place, one in enumerate(numbers) if one.over == over), None)
        if order is None:
            continue
        for at, agreement in enumerate(program.payments.agreements):
            own = [one for one in lots if one.agreement == at and terms[one.term].name in over]
            first = min((one.year for one in own), default=0)
            ahead, earned = (
                _of_year(program, [one for one in terms if one.name in names], agreement, first)
                for names in ((of.advances,), of.of)
            )
            # What is earned behind the last advance of the year is set off in the next one.
            most = max(ahead[0], earned[0]) if earned[1] <= ahead[1] else ahead[0] + earned[0]
            if not isinf(most):
                yield Rule(frozenset(one for one in own if one.year == first), Fraction(most), False, order)


def _of_year(program: Program, terms: Iterable[Term], agreement: Agreement, year: int) -> tuple[Bound, date]:
    """The most that some terms come to in a fiscal year, and the last day of their periods in it."""
    found: tuple[Bound, date] = Fraction(0), date.min
    for term in terms:
        for period in paid_periods(program, term, agreement):
            if fiscal_year(period.last, program.fiscal_starts) == year:
                more = worth(program, term, agreement, period).most
                found = found[0] + more, max(found[1], period.last)
    return found
