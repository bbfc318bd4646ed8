"""Whole expressions say what they come to, bind as they must, and know when a spreadsheet is out of digits."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.exact import round_half_up
from acmspec.renderers.worksheet.whole import LARGEST, LONGEST, Ratio, cell, first_if, literal

numbers = st.integers(-(10**6), 10**6)


@given(st.lists(st.tuples(st.sampled_from("+-*"), numbers), min_size=1, max_size=6), numbers, st.booleans())
def test_the_text_comes_to_the_value(parts, first, from_left) -> None:
    made = literal(first)
    for sign, number in parts:
        one, two = (made, literal(number)) if from_left else (literal(number), made)
        made = one + two if sign == "+" else one - two if sign == "-" else one * two
    assert eval(made.text, {}) == made.value  # noqa: S307  (digits, signs and brackets of this test)
    assert made.peak >= abs(made.value)


@given(numbers, st.integers(1, 10**6))
def test_a_quotient_is_rounded_half_up(top, bottom) -> None:
    made = Ratio(cell("A1", top), cell("B1", bottom)).nearest()
    assert made.value == round_half_up(Fraction(top, bottom), 0)
    assert made.text == "ROUND(A1/B1,0)"


@given(st.lists(st.tuples(numbers, st.integers(1, 1000)), min_size=2, max_size=2), st.booleans(), st.booleans())
def test_the_smaller_and_the_greater_of_two(two, written, smaller) -> None:
    bottom = literal if written else lambda value: cell(f"B{value}", value)
    pair = [Ratio(cell("A1", top), bottom(below)) for top, below in two]
    wanted = (min if smaller else max)(each.value for each in pair)
    assert first_if(*pair, smaller=smaller).value == wanted


def test_a_number_met_on_the_way_counts() -> None:
    large, small = cell("A1", LARGEST - 1), cell("B1", 2)
    assert (large - small).is_exact
    assert not (large * small - large).is_exact
    assert (large * small - large).value == LARGEST - 1


def test_a_formula_too_long_for_a_cell_is_not_relied_on() -> None:
    short = cell("A" * LONGEST, 1)
    assert short.is_exact
    assert not (short + literal(1)).is_exact


def test_what_is_shortened_is_the_same() -> None:
    assert Ratio(cell("A1", 7), literal(1000)).times(100) == Ratio(cell("A1", 7), literal(10))
    assert Ratio(cell("A1", 7), literal(100)).times(100).nearest() == cell("A1", 7)
    assert Ratio(cell("A1", 7), cell("B1", 3)).times(100).top.text == "100*A1"
