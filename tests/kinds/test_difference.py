"""The difference: what it pays on either side of the target, within its dead band and beyond its most; its bounds."""

from fractions import Fraction

import pytest

from acmspec.kinds.incentives.difference import DIFFERENCE
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.payments import INVOICED
from acmspec.renderers.worksheet import render
from acmspec.report.proof import proof
from acmspec.settlement.derivation import arithmetic
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import agreements_of, measure_of, program_of, result_of, results_of, term_of, windows_of
from tests.worksheet.drawn import outputs_of
from tests.worksheet.recalculated import checks, recalculated

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


def settled(decoded, context_of, text, *counts):
    """A program of one difference, and its run over some quarters."""
    measure = measure_of(decimals=0)
    found = DIFFERENCE.lower(decoded(DIFFERENCE, text), context_of(decimals=0))
    program = program_of(
        (measure,), terms=[term_of(found.value, takes=True)], agreements=agreements_of("North"), negative_total=INVOICED
    )
    results = [
        result_of(window, "North", *count, decimals=0)
        for window, count in zip(windows_of(measure, len(counts)), counts, strict=True)
    ]
    return program, results_of(measure, results)


def test_a_difference_is_told_by_its_points_and_worked_out_again(decoded, context_of):
    """11% is 49 points below 60%: $10.01 x 77.7% x 49 = $381.11; 90% is 30 above: $10.01 x 33% x 30 = $99.10."""
    text = (
        "metric: homes\ntarget: 60%\nprice: $10.01\nshare: 33%\ndead_band: 5%\nmost: $100\nshare_down: 77.7%\n"
        "most_down: $390.55\n"
    )
    made = outputs_of(*settled(decoded, context_of, text, (1, 9), (9, 10), (100, 100), (0, 9), (3, 5)))
    lines = made.settlement.lines
    assert [one.amount for one in lines] == [Fraction(one) for one in ("-381.11", "99.10", "100", "-390.55", "0")]
    assert lines[0].basis.endswith("77.7% × $10.01 for each of 49 percentage points below 60%")
    assert lines[1].basis.endswith("33% × $10.01 for each of 30 percentage points above 60%")
    assert lines[2].derivation[-1].startswith("33% × $10.01 × 40, held at $100.00 = $100.00")
    again = list(checks(recalculated(render(made))))
    assert {words for _, _, words in again} == {"agrees"}


def test_the_proof_says_what_moves_where_the_dead_band_ends(decoded, context_of):
    program, _ = settled(decoded, context_of, BOTH)
    (_, grid) = proof(program)[-1].blocks
    assert [row[:4] for row in grid.rows] == [
        ("bonus", "at most 58%: -$250.00", "above 58% and below 62%: $0.00", "$250.00"),
        ("bonus", "above 58% and below 62%: $0.00", "at least 62%: $500.00", "$500.00"),
    ]


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
    assert shown == "50% × $500.00 × 5"


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
