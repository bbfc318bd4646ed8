"""The ramp: what it pays at, between and beyond its ends, either way; its proof, words and derivation."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from acmspec.kinds.incentives.threshold_and_ramp import THRESHOLD_AND_RAMP
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.payment import FreshShare, Times
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate

UNIT = Interval(Fraction(0), Fraction(1))


def written(low, low_pay, high, high_pay):
    return f"metric: homes\nlower:\n  result: {low}\n  pay: {low_pay}\nupper:\n  result: {high}\n  pay: {high_pay}\n"


RISING = written("50%", "$5,000", "65%", "$20,000")
FALLING = written("8%", "$9,000", "12%", "$3,000")


def at(result):
    return Environment(outcome=Fraction(result))


@pytest.mark.parametrize(
    ("text", "better", "result", "pays"),
    [
        (RISING, "higher", "0.499", 0),
        (RISING, "higher", "0.5", 5_000),
        (RISING, "higher", "0.501", 5_100),
        (RISING, "higher", "0.575", 12_500),
        (RISING, "higher", "0.649", 19_900),
        (RISING, "higher", "0.65", 20_000),
        (RISING, "higher", "1", 20_000),
        (FALLING, "lower", "0", 9_000),
        (FALLING, "lower", "0.08", 9_000),
        (FALLING, "lower", "0.1", 6_000),
        (FALLING, "lower", "0.12", 3_000),
        (FALLING, "lower", "0.121", 0),
        (FALLING, "lower", "1", 0),
    ],
)
def test_what_it_pays(decoded, context_of, text, better, result, pays):  # noqa: PLR0917  (pytest passes them by name)
    found = THRESHOLD_AND_RAMP.lower(decoded(THRESHOLD_AND_RAMP, text), context_of(better=better))
    assert found.diagnostics == ()
    assert evaluate(found.value, at(result)) == pays
    assert THRESHOLD_AND_RAMP.measured_by(decoded(THRESHOLD_AND_RAMP, text)).value == "homes"


@pytest.mark.parametrize(
    ("text", "better", "code", "marked"),
    [
        (written("65%", "$1", "50%", "$2"), "higher", "ACM518", "50%"),
        (written("50%", "$1", "50%", "$2"), "higher", "ACM518", "50%"),
        (RISING, "lower", "ACM525", "$5,000"),
        (FALLING, "higher", "ACM525", "$3,000"),
        (written("50%", "-$1", "65%", "$2"), "higher", "ACM526", "-$1"),
        (written("50", "$1", "65%", "$2"), "higher", "ACM310", "50"),
    ],
)
def test_ends_without_a_slope_are_refused_at_their_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, text, better, code, marked
):
    found = THRESHOLD_AND_RAMP.lower(decoded(THRESHOLD_AND_RAMP, text), context_of(better=better))
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


@given(st.integers(0, 998), st.integers(1, 999), st.integers(0, 900), st.integers(0, 900), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_better_result_never_pays_less_and_none_leaves_the_bounds(  # noqa: PLR0917  (drawn by name)
    decoded, context_of, low, more, low_pay, more_pay, rises
):
    high = min(low + more, 999)
    pays = (low_pay, low_pay + more_pay) if rises else (low_pay + more_pay, low_pay)
    assume(low < high)
    text = written(f"{low / 10:.1f}%", f"${pays[0]}", f"{high / 10:.1f}%", f"${pays[1]}")
    better = "higher" if rises else "lower"
    found = THRESHOLD_AND_RAMP.lower(decoded(THRESHOLD_AND_RAMP, text), context_of(better=better))
    assert found.value is not None
    paid = [evaluate(found.value, at(Fraction(tenth, 1000))) for tenth in range(1001)]
    assert paid == sorted(paid, reverse=not rises)
    bound = interval(found.value, Known(outcome=UNIT))
    assert (bound.least, bound.most) == (min(*pays, *paid), max(paid))


def test_once_per_multiplies_by_the_part_not_paid_before(decoded, context_of):
    found = THRESHOLD_AND_RAMP.lower(decoded(THRESHOLD_AND_RAMP, RISING), context_of(once_per=True)).value
    assert isinstance(found, Times)
    assert found.right == FreshShare()


def test_the_derivation_shows_where_on_the_ramp_a_result_lies(decoded, context_of):
    found = THRESHOLD_AND_RAMP.lower(decoded(THRESHOLD_AND_RAMP, RISING), context_of()).value
    assert phrases(found, at("0.575"), "USD") == (
        "the result is at least 50%: $12,500.00",
        "evenly from $5,000.00 at 50% to $20,000.00 at 65%",
    )
    shown = arithmetic(found, at("0.575"), "USD")
    assert shown == "$5,000.00 + ($20,000.00 − $5,000.00) × (0.575 − 0.5) / (0.65 − 0.5)"
    assert arithmetic(found, at("0.7"), "USD") == "$20,000.00"
    assert phrases(found, at("0.3"), "USD") == ("the result is below 50%: $0.00",)


UP = (
    "If the result is below 50 percent, no payment is due. If it is 50 percent, $5,000 is due. "
    "If it is at least 65 percent, $20,000 is due. "
)
DOWN = (
    "If the result is above 12 percent, no payment is due. If it is 12 percent, $3,000 is due. "
    "If it is at most 8 percent, $9,000 is due. "
)


@pytest.mark.parametrize(("text", "better", "says"), [(RISING, "higher", UP), (FALLING, "lower", DOWN)])
def test_the_clause_says_each_part(decoded, words, text, better, says):
    (said,) = THRESHOLD_AND_RAMP.clause(decoded(THRESHOLD_AND_RAMP, text), replace(words, better=better, once_per=""))
    assert says in said.inlines[0].text
    once = THRESHOLD_AND_RAMP.clause(decoded(THRESHOLD_AND_RAMP, text), words)
    assert "multiply the amount by a fraction" in once[1].inlines[0].text
