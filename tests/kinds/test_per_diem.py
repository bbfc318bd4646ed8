"""The per diem: the formula of its days, what it pays to the cent, its proof and its words."""

from fractions import Fraction

import pytest

from acmspec.formula.print import text
from acmspec.ground.exact import Unit
from acmspec.kinds.incentives.per_diem import PER_DIEM
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.types import NumberType
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import aggregate_of

DAYS = aggregate_of("sum", NumberType(unit=Unit.of("day")))
STAY = """\
of: stays
for_each: client
price: $15.12
qualifies: 1 year
unless: reason = "planned"
at_most:
  - {days: 400, per: fiscal year}
"""


def test_the_days_that_are_paid_are_a_formula(decoded):
    assert text(PER_DIEM.measured_by(decoded(PER_DIEM, STAY)).tree) == (
        'sum(days in period over stays active in period where lasts 1 year or reason = "planned")'
    )
    bare = "of: stays\nfor_each: client\nprice: $15.12\n"
    assert PER_DIEM.measured_by(decoded(PER_DIEM, bare)).text == "sum(days in period over stays active in period)"


def test_so_many_days_come_to_the_cent(decoded, context_of):
    found = PER_DIEM.lower(decoded(PER_DIEM, STAY), context_of(DAYS, own_prices=(("East", Fraction(16)),)))
    assert found.diagnostics == ()
    at = Environment(provider="West", successes=Fraction(299_928), of_successes=Fraction(299_928))
    assert evaluate(found.value, at) == Fraction("4534911.36")
    assert arithmetic(found.value, at, "USD") == "$15.12 × 299928"
    assert phrases(found.value, at, "USD") == ("$15.12 for each day", "299928 days")
    some = Environment(provider="East", successes=Fraction(1), of_successes=Fraction(31))
    assert evaluate(found.value, some) == 16
    assert phrases(found.value, some, "USD") == (
        "$16.00 for each day by own agreement",
        "1 of 31 days: no more than 400 in the fiscal year for each client",
    )
    known = Known("East", successes=Interval(Fraction(0), Fraction(92)))
    assert interval(found.value, known) == Interval(Fraction(0), Fraction(1_472))


@pytest.mark.parametrize(
    ("old", "new", "code", "marked"),
    [
        ("qualifies: 1 year\n", "", "ACM555", 'reason = "planned"'),
        ("$15.12", "-$15.12", "ACM526", "-$15.12"),
        ("per: fiscal year", "per: month", "ACM588", "month"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, old, new, code, marked
):
    found = PER_DIEM.lower(decoded(PER_DIEM, STAY.replace(old, new, 1)), context_of(DAYS))
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


def test_the_clause_says_which_days_are_paid_and_how_many(decoded, words):
    assert [one.inlines[0].text for one in PER_DIEM.clause(decoded(PER_DIEM, STAY), words)] == [
        (
            "For each calendar quarter, the Agency must pay the Provider $15.12 for each day of “Exits to a permanent "
            "home”. The Agency must state the number of days that are paid for each Client."
        ),
        "No day of a Leaver of less than 1 year is paid. This section states the days that are paid all the same.",
        (
            "No more than 400 days are paid to one Provider for one Client in one Fiscal Year. "
            "Days beyond that are not paid, now or later."
        ),
    ]
