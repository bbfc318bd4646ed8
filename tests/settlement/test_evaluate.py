"""Each node of the payment core, evaluated."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.program.payment import (
    Band,
    Bands,
    ByProvider,
    Earned,
    Fixed,
    FreshShare,
    Least,
    Most,
    Outcome,
    Successes,
    Times,
)
from acmspec.settlement.derivation import rounding
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import SPAN

F = Fraction
TIERS = Bands(
    Outcome(),
    (
        Band(F("0.65"), None, Fixed(F(12000)), "at least 65%", SPAN),
        Band(F("0.55"), F("0.65"), Fixed(F(5000)), "at least 55% and below 65%", SPAN),
        Band(None, F("0.55"), Fixed(F(0)), "below 55%", SPAN),
    ),
)


@pytest.mark.parametrize(
    ("node", "at", "amount"),
    [
        (Fixed(F(3)), Environment(), 3),
        (ByProvider(F(5), (("A", F(7)),)), Environment(provider="A"), 7),
        (ByProvider(F(5), (("A", F(7)),)), Environment(provider="B"), 5),
        (Outcome(), Environment(outcome=F("0.4")), F("0.4")),
        (Successes(), Environment(successes=F(4), of_successes=F(9), once=True), 4),
        (FreshShare(), Environment(successes=F(3), of_successes=F(4), once=True), F("0.75")),
        (FreshShare(), Environment(successes=F(0), of_successes=F(0), once=True), 0),
        (FreshShare(), Environment(successes=F(0), of_successes=F(0)), 1),
        (Earned(), Environment(earned=F(8)), 8),
        (Times(Fixed(F(3)), Fixed(F(4))), Environment(), 12),
        (Least(Earned(), Fixed(F(4))), Environment(earned=F(8)), 4),
        (Most(Earned(), Fixed(F(4))), Environment(earned=F(3)), 4),
        (TIERS, Environment(outcome=F("0.65")), 12000),
        (TIERS, Environment(outcome=F("0.649")), 5000),
        (TIERS, Environment(outcome=F("0.55")), 5000),
        (TIERS, Environment(outcome=F("0.549")), 0),
    ],
)
def test_a_node(node, at, amount):
    assert evaluate(node, at) == amount


def test_a_value_that_no_band_holds_is_a_bug_and_not_a_zero():
    with pytest.raises(LookupError):
        evaluate(Bands(Outcome(), TIERS.bands[:1]), Environment(outcome=F("0.1")))


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_a_better_result_never_pays_less(one, other):
    worse, better = sorted((one, other))
    assert evaluate(TIERS, Environment(outcome=worse)) <= evaluate(TIERS, Environment(outcome=better))


def test_what_was_rounded_says_which_way_half_a_cent_goes() -> None:
    assert rounding(Fraction("0.005"), Fraction("0.01"), "USD") == "$0.01, rounded half up to the cent"
    taken = rounding(Fraction("-0.005"), Fraction("-0.01"), "USD")
    assert taken == "-$0.01, rounded to the cent, half a cent away from zero"
