"""The difference: what it pays on either side of the target, within its dead band and beyond its most; its bounds."""

from fractions import Fraction

import pytest

from acmspec.kinds.incentives.difference import DIFFERENCE
from acmspec.program.intervals import Interval, Known, interval
from acmspec.settlement.derivation import arithmetic
from acmspec.settlement.evaluate import Environment, evaluate

GAIN = "metric: homes\ntarget: 60%\nprice: $500\nshare: 50%\ndead_band: 2%\nmost: $5,000\n"
SHARES = Interval(Fraction(0), Fraction(1))


@pytest.mark.parametrize(
    ("better", "result", "pays"),
    [
        ("higher", "0.5", 0),
        ("higher", "0.619", 0),
        ("higher", "0.62", 500),
        ("higher", "0.701", 2_525),
        ("higher", "0.9", 5_000),
        ("lower", "0.7", 0),
        ("lower", "0.581", 0),
        ("lower", "0.58", 500),
        ("lower", "0.1", 5_000),
    ],
)
def test_what_it_pays(decoded, context_of, better, result, pays):
    found = DIFFERENCE.lower(decoded(DIFFERENCE, GAIN), context_of(better=better))
    assert found.diagnostics == ()
    assert evaluate(found.value, Environment(outcome=Fraction(result))) == pays
    assert interval(found.value, Known(outcome=SHARES)) == Interval(Fraction(0), Fraction(5_000))


def test_the_most_is_no_more_than_the_best_result_comes_to(decoded, context_of):
    text = GAIN.replace("60%", "90%").replace("$5,000", "$9,000")
    found = DIFFERENCE.lower(decoded(DIFFERENCE, text), context_of()).value
    assert interval(found, Known(outcome=SHARES)).most == 2_500
    shown = arithmetic(found, Environment(outcome=Fraction("0.95")), "USD")
    assert shown == "$0.00 + ($9,000.00 − $0.00) × (0.95 − 0.9) / (1.26 − 0.9)"


@pytest.mark.parametrize(
    ("old", "new", "code", "marked"),
    [
        ("$500", "$0", "ACM596", "$0"),
        ("50%", "0%", "ACM596", "0%"),
        ("2%", "-2%", "ACM319", "-2%"),
        ("$5,000", "-$5", "ACM526", "-$5"),
        ("60%", "60", "ACM310", "60"),
        ("60%", "99%", "ACM517", "2%"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, old, new, code, marked
):
    found = DIFFERENCE.lower(decoded(DIFFERENCE, GAIN.replace(old, new, 1)), context_of())
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


def test_the_clause_says_that_nothing_is_taken_back(decoded, words):
    (one, once) = DIFFERENCE.clause(decoded(DIFFERENCE, GAIN), words)
    text = one.inlines[0].text
    assert "The amount is 50 percent of $500 for each percentage point of the difference." in text
    assert "If the difference is less than 2 percentage points, no payment is due." in text
    assert text.endswith("The amount is no more than $5,000. A result that is not above 60 percent takes nothing back.")
    assert "multiply the amount by a fraction" in once.inlines[0].text
