"""The interval question is exact: it agrees with the interval's ends worked out with a hundred digits."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.results.statistics.wilson import Z, holds


def ends(successes, trials):
    """The ends of the Wilson interval by its textbook formula, to a hundred digits."""
    with localcontext() as context:
        context.prec = 100
        k, n = Decimal(successes), Decimal(trials)
        z = Decimal(Z.numerator) / Decimal(Z.denominator)
        p = k / n
        center = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt() / (1 + z * z / n)
        return center - half, center + half


def as_decimal(value):
    with localcontext() as context:
        context.prec = 100
        return Decimal(value.numerator) / Decimal(value.denominator)


@st.composite
def counts(draw):
    trials = draw(st.integers(1, 5000))
    return draw(st.integers(0, trials)), trials


@given(counts(), st.fractions(0, 1, max_denominator=10_000))
def test_the_question_agrees_with_the_ends(count, share):
    low, high = ends(*count)
    at = as_decimal(share)
    near_an_end = min(abs(at - low), abs(at - high)) < Decimal("1e-80")
    assert near_an_end or holds(*count, share) == (low < at < high)


@given(counts())
def test_just_inside_and_just_outside_the_ends(count):
    step = Fraction(1, 10**40)
    low, high = (Fraction(end) for end in ends(*count))
    assert holds(*count, max(low, Fraction(0)) + step)
    assert holds(*count, min(high, Fraction(1)) - step)
    if low > step:
        assert not holds(*count, low - step)
    if high < 1 - step:
        assert not holds(*count, high + step)


@given(counts())
def test_the_interval_holds_the_share_itself(count):
    assert holds(*count, Fraction(*count))


@pytest.mark.parametrize(
    ("successes", "trials", "target", "expected"),
    [
        (46, 84, "0.55", True),
        (46, 84, "0.64", True),
        (46, 84, "0.70", False),
        (460, 840, "0.65", False),
        (0, 10, "0.2", True),
        (0, 10, "0.3", False),
        (10, 10, "1", True),
        (0, 1, "0", True),
    ],
)
def test_known_cases(successes, trials, target, expected):
    assert holds(successes, trials, Fraction(target)) is expected
