"""Results in print: the contract's decimals, rounded half up, with their units."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.exact import Unit
from acmspec.program.rounding import rounded
from acmspec.program.types import Form, NumberType
from acmspec.results.printed import cents, money, plain, printed, stated

SHARE, POINTS, RATIO = NumberType(Form.SHARE), NumberType(Form.POINTS), NumberType(Form.RATIO)
DAYS, DOLLARS = NumberType(unit=Unit.of("day")), NumberType(unit=Unit.of("USD"))
PER_LEAVER = NumberType(unit=Unit.of("USD") / Unit.of("Leaver"))


@pytest.mark.parametrize(
    ("value", "of", "decimals", "text"),
    [
        ("46/84", SHARE, 1, "54.8%"),
        ("0.5495", SHARE, 1, "55.0%"),
        ("1", SHARE, 0, "100%"),
        ("0.0425", POINTS, 1, "4.3 points"),
        ("-0.0425", POINTS, 1, "-4.3 points"),
        ("0.955", RATIO, 2, "0.96"),
        ("1234", NumberType(unit=Unit.of("Stay"), integral=True), 0, "1,234"),
        ("1250", DOLLARS, 2, "$1,250.00"),
        ("-1250.555", DOLLARS, 2, "-$1,250.56"),
        ("12.5", DAYS, 1, "12.5 days"),
        ("1", DAYS, 0, "1 day"),
        ("1", DAYS, 1, "1.0 days"),
        ("412.5", PER_LEAVER, 2, "$412.50 per Leaver"),
        ("12.34", NumberType(unit=Unit.of("Case") / Unit.of("Worker")), 1, "12.3 per Worker"),
        ("2", NumberType(unit=Unit.of("month")), 0, "2 months"),
    ],
)
def test_a_result_in_print(value, of, decimals, text):
    assert printed(Fraction(value), of, decimals, "USD") == text


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [
        ("13/20", SHARE, "65%"),
        ("0.625", SHARE, "62.5%"),
        ("1250", DOLLARS, "$1,250"),
        ("12.5", DAYS, "12.5 days"),
    ],
)
def test_a_stated_value_keeps_the_decimals_it_needs(value, of, text):
    assert stated(Fraction(value), of, "USD") == text


def test_other_currencies_carry_their_code():
    assert money(Fraction(-3, 2), "CAD") == "-CAD 1.50"
    assert money(Fraction(3, 2), "EUR") == "€1.50"
    assert cents(Fraction("1234.5")) == "1234.50"


def test_a_price_finer_than_a_cent_is_printed_in_full():
    assert money(Fraction("10.005"), "USD") == "$10.005"
    assert money(Fraction(10, 3), "USD") == "$3.33"


def test_nothing_is_never_minus_nothing():
    assert money(Fraction(-1, 300), "USD") == "$0.00"


@given(st.fractions(-10, 10), st.integers(0, 6))
def test_rounding_is_half_up_away_from_zero(value, decimals):
    scaled = value * 100
    exact = Decimal(scaled.numerator * 10**30 // scaled.denominator) / Decimal(10**30)
    kept = rounded(value, SHARE, decimals) * 100
    assert abs(kept - scaled) * 2 * 10**decimals <= 1
    if (abs(kept - scaled) * 2 * 10**decimals) == 1:
        assert abs(kept) > abs(scaled)
    else:
        assert kept == Fraction(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


@given(st.fractions(-1000, 1000))
def test_data_text_is_exact_where_decimals_end(value):
    ends = value.denominator
    for prime in (2, 5):
        while ends % prime == 0:
            ends //= prime
    assert (Fraction(plain(value)) == value) is (ends == 1)
