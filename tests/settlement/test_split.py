"""Splitting never loses a cent and never gives anybody more than the next whole cent."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.settlement.split import CENT, split, to_the_cent

CENTS = st.integers(0, 10**7).map(lambda cents: cents * CENT)


@given(CENTS, st.lists(CENTS, min_size=1, max_size=9), st.booleans())
def test_the_parts_sum_to_the_whole_and_each_is_within_a_cent_of_its_due(amount, weights, negative):
    whole = -amount if negative else amount
    parts = split(whole, weights)
    assert sum(parts) == whole
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        due = whole * weight / total if total else whole / len(weights)
        assert abs(part - due) < CENT
        assert (part / CENT).denominator == 1


@given(st.lists(CENTS, min_size=1, max_size=9), st.data())
def test_nobody_gives_more_than_it_has(weights, data):
    amount = data.draw(st.integers(0, int(sum(weights) / CENT))) * CENT
    assert all(part <= weight for part, weight in zip(split(amount, weights), weights, strict=True))


@pytest.mark.parametrize(
    ("cents", "weights", "expected"),
    [
        (100, (1, 1, 1), (34, 33, 33)),
        (-100, (1, 1, 1), (-34, -33, -33)),
        (1, (1, 2, 2), (0, 1, 0)),
        (5, (0, 0), (3, 2)),
        (7, (0, 9), (0, 7)),
    ],
)
def test_left_over_cents_go_to_the_largest_remainder_then_to_the_earlier(cents, weights, expected):
    found = split(cents * CENT, [Fraction(one) for one in weights])
    assert [part / CENT for part in found] == list(expected)


@pytest.mark.parametrize(("exact", "cents"), [("0.005", 1), ("0.0049", 0), ("1/3", 33), ("-0.005", -1)])
def test_half_a_cent_goes_up(exact, cents):
    assert to_the_cent(Fraction(exact)) == cents * CENT
