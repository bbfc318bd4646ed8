"""What an effect pays for its periods and for all of them together at most, as each event is paid once; no data.

Told as rules over its lines, which the proof takes for ones that apply before all limits.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import isinf

from acmspec.program.cohorts_left import cohorts_left
from acmspec.program.exposed_lines import Lot, Rule
from acmspec.program.payment_parts import of_cohorts
from acmspec.program.tree import Program

_BEFORE = -1


def rules_of_effects(program: Program, lots: Mapping[Lot, int]) -> Iterator[Rule]:
    """For each that pays for all periods together, and each agreement: all of its lines, and those of the last year."""
    terms = program.payments.terms
    for place, term in enumerate(terms):
        of = of_cohorts(term.amount)
        for at, agreement in enumerate(program.payments.agreements if of is not None else ()):
            left = cohorts_left(program, term, agreement)
            own = [one for one in lots if one.agreement == at]
            all_together = [one for one in own if one.term == place]
            each = [one for one in own if of is not None and terms[one.term].name == of.of]
            due = max((one.each.most for one in each), default=Fraction(0))
            for year in (None, *{one.year for one in all_together}):
                counted = [one for one in each if year in {None, one.year}]
                most = None if left is None else left.with_each(due, sum(lots[one] for one in counted))
                if most is not None and not isinf(most):
                    yield Rule(frozenset((*counted, *all_together)), Fraction(most), False, _BEFORE)
