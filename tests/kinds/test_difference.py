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


BOTH = GAIN + "share_down: 25%\nmost_down: $1,000\n"


@pytest.mark.parametrize(
    ("better", "dead", "result", "pays"),
    [
        # Each point below 60% takes a quarter of $500.
        ("higher", "2%", "0.58", -250),
        ("higher", "2%", "0.581", 0),
        ("higher", "2%", "0.62", 500),
        ("higher", "2%", "0.521", "-987.50"),
        ("higher", "2%", "0.4", -1_000),
        ("higher", "0%", "0.6", 0),
        ("higher", "0%", "0.599", "-12.50"),
        ("higher", "0%", "0.601", 25),
        ("lower", "2%", "0.62", -250),
        ("lower", "2%", "0.619", 0),
        ("lower", "2%", "0.58", 500),
        ("lower", "0%", "0.6", 0),
        ("lower", "0%", "0.601", "-12.50"),
        ("lower", "0%", "0.599", 25),
    ],
)
def test_what_it_takes_on_the_other_side(decoded, context_of, better, dead, result, pays):  # noqa: PLR0917
    text = BOTH.replace("dead_band: 2%", f"dead_band: {dead}")
    found = DIFFERENCE.lower(decoded(DIFFERENCE, text), context_of(better=better))
    assert found.diagnostics == ()
    assert evaluate(found.value, Environment(outcome=Fraction(result))) == Fraction(pays)
    assert interval(found.value, Known(outcome=SHARES)) == Interval(Fraction(-1_000), Fraction(5_000))


@pytest.mark.parametrize(("old", "marked"), [("share_down: 25%\n", "$1,000"), ("most_down: $1,000\n", "25%")])
def test_a_side_has_a_share_and_a_collar(decoded, context_of, old, marked):
    found = DIFFERENCE.lower(decoded(DIFFERENCE, BOTH.replace(old, "")), context_of())
    assert [(one.code, one.place.text) for one in found.diagnostics] == [("ACM567", marked)]


def test_the_clause_says_what_is_taken(decoded, words):
    text = DIFFERENCE.clause(decoded(DIFFERENCE, BOTH), words)[0].inlines[0].text
    assert "If the result is below 60 percent, the Agency must deduct 25 percent of $500" in text
    assert "for each percentage point by which it is below. " in text
    assert text.endswith(
        "If it is less than 2 percentage points below, nothing is deducted. No more than $1,000 is deducted."
    )


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
