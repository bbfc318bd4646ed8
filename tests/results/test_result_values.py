"""Values and the counts beside them, exact and in print."""

from fractions import Fraction

import pytest

from acmspec.ground.exact import Unit
from acmspec.program.record import IsKnown
from acmspec.program.tree import (
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    Quotient,
)
from acmspec.program.types import BooleanType, NumberType
from acmspec.results.tree import State
from tests.results.worked_out import AVERAGE, COUNTED, MEDIAN, TOTAL, only, shared
from tests.settlement.made import (
    COUNT,
    MONEY,
    SHARE,
    aggregate_of,
    cell_of,
    field_of,
    measure_of,
)


def test_a_share_keeps_its_counts_and_prints_the_contracts_decimals():
    found = shared(84, 46)
    assert (found.numerator, found.denominator, found.value) == (46, 84, Fraction(23, 42))
    assert (found.printed, found.rounded, found.state) == ("54.8%", Fraction("0.548"), State.VALUE)


def test_counts_and_sums_of_nothing_are_zero_but_averages_and_medians_are_undefined():
    for formula, state, printed in (
        (COUNTED, State.VALUE, "0"),
        (TOTAL, State.VALUE, "$0"),
        (AVERAGE, State.UNDEFINED, ""),
        (MEDIAN, State.UNDEFINED, ""),
    ):
        measure = measure_of(formula, decimals=0)
        found = only(measure, {})
        assert (found.state, found.printed) == (state, printed)


def test_a_share_of_nobody_is_undefined_and_shows_its_zeros():
    found = shared(0, 0)
    assert (found.state, found.numerator, found.denominator, found.value) == (State.UNDEFINED, 0, 0, None)


def test_an_average_and_a_median_are_exact():
    found = only(measure_of(AVERAGE), {AVERAGE: cell_of(4, total="10.01", known=3)})
    assert (found.value, found.numerator, found.denominator) == (Fraction("10.01") / 3, Fraction("10.01"), 3)
    found = only(measure_of(MEDIAN, decimals=3), {MEDIAN: cell_of(2, below="0.01", above="0.02", known=2)})
    assert (found.value, found.printed, found.numerator) == (Fraction("0.015"), "$0.015", None)


@pytest.mark.parametrize("node", [Quotient, GroupArithmetic])
def test_a_quotient_has_the_two_values_as_numerator_and_denominator(node):
    sides = (TOTAL, COUNTED, MONEY) if node is Quotient else ("/", TOTAL, COUNTED, MONEY)
    formula = GroupDefined("cost", node(*sides), MONEY)
    found = only(measure_of(formula), {TOTAL: cell_of(9, total=100), COUNTED: cell_of(8)})
    assert (found.numerator, found.denominator, found.value, found.n) == (100, 8, Fraction(25, 2), 8)


def test_the_numerators_set_counts_where_the_denominators_has_nothing():
    formula = Quotient(aggregate_of("count", COUNT, where=IsKnown(field_of("x"), True, BooleanType())), COUNTED, SHARE)
    cells = {formula.numerator: cell_of(7, unjudged=3, immature=2, records=5), COUNTED: cell_of(9)}
    found = only(measure_of(formula, maturity="each record"), cells)
    assert (found.n, found.immature, found.unjudged) == (9, 2, 3)
    assert only(measure_of(formula), cells).state is State.IMMATURE


def test_other_arithmetic_has_no_numerator_and_takes_the_counts_of_the_set_that_waits_most():
    formula = GroupArithmetic("-", GroupConstant(Fraction(1), SHARE), aggregate_of(), SHARE)
    found = only(measure_of(formula), {formula.right: cell_of(10, 4)})
    assert (found.value, found.numerator, found.denominator, found.n) == (Fraction(3, 5), None, None, 10)
    both = GroupArithmetic("+", COUNTED, TOTAL, COUNT)
    found = only(
        measure_of(both, maturity="judge now"),
        {COUNTED: cell_of(5, immature=1, records=5), TOTAL: cell_of(6, immature=2, total=7)},
    )
    assert (found.value, found.n, found.immature) == (12, 6, 2)


def test_arithmetic_on_what_is_undefined_is_undefined():
    formula = GroupArithmetic("*", MEDIAN, COUNTED, MONEY)
    assert only(measure_of(formula), {COUNTED: cell_of(5)}).state is State.UNDEFINED


def test_division_by_a_zero_sum_is_undefined_and_shows_it():
    formula = GroupArithmetic("/", COUNTED, TOTAL, NumberType(unit=Unit.of("USD")))
    found = only(measure_of(formula), {COUNTED: cell_of(5), TOTAL: cell_of(5, total=0)})
    assert (found.state, found.numerator, found.denominator) == (State.UNDEFINED, 5, 0)
