"""Results against targets and history."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Period
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.tree import Benchmark, GroupConstant, Quotient
from acmspec.results.from_facts import evaluate
from acmspec.results.tree import NOT_RECEIVED, State
from tests.results.worked_out import AVERAGE, COUNTED, TOTAL, compared, only, target_of
from tests.settlement.made import (
    COUNT,
    MONEY,
    PROVIDERS,
    SHARE,
    aggregate_of,
    cell_of,
    facts_of,
    measure_of,
    program_of,
    quality_of,
    windows_of,
)


def test_46_of_84_is_54_8_percent_and_misses_55():
    assert compared(46, 84, "0.55").met is False


def test_54_95_percent_rounds_to_55_0_and_meets_55():
    found = compared(1099, 2000, "0.55")
    assert (found.met, found.printed, found.against) == (True, "55%", Fraction("0.55"))


@pytest.mark.parametrize(("better", "met"), [("higher", True), ("lower", True)])
def test_a_tie_is_met(better, met):
    assert compared(11, 20, "0.55", better=better).met is met


def test_lower_is_better_where_the_measure_says_so():
    assert compared(1, 20, "0.12", better="lower").met is True
    assert compared(3, 20, "0.12", better="lower").met is False


def test_sure_is_whether_the_interval_leaves_the_target_out():
    assert compared(46, 84, "0.55").sure is False
    assert compared(460, 840, "0.65").sure is True


def test_only_shares_of_whole_counts_have_an_interval():
    target = Benchmark("target", "target", GroupConstant(Fraction(5), MONEY), (), None)
    found = only(measure_of(AVERAGE, benchmarks=(target,)), {AVERAGE: cell_of(4, total=10, known=3)})
    assert (found.comparisons[0].met, found.comparisons[0].sure) == (False, None)
    money = Quotient(TOTAL, TOTAL, SHARE)
    found = only(measure_of(money, benchmarks=(target_of("0.5"),)), {TOTAL: cell_of(4, total=10)})
    assert (found.comparisons[0].met, found.comparisons[0].sure) == (True, None)
    counts = Quotient(COUNTED, aggregate_of("count distinct", COUNT), SHARE)
    cells = {COUNTED: cell_of(4), counts.denominator: cell_of(9, distinct=8)}
    found = only(measure_of(counts, benchmarks=(target_of("0.5"),)), cells)
    assert found.comparisons[0].sure is False


def test_a_provider_is_held_against_its_own_target_in_each_group_of_its_own():
    measure = measure_of(benchmarks=(target_of("0.5", [("South", Fraction("0.3"))]),))
    window = windows_of(measure, 1)[0]
    cells = {(measure.formula, window, ("provider",), (one,)): cell_of(10, 4) for one in PROVIDERS}
    cells[measure.formula, window, (), ()] = cell_of(30, 12)
    found = evaluate(program_of((measure,)), facts_of(cells)).measures[0].results
    met = {one.group: one.comparisons[0].met for one in found if one.period == window}
    assert met == {(): False, ("North",): False, ("South",): True, ("East",): False}


def test_nothing_is_compared_without_a_value():
    measure = measure_of(minimum=50, benchmarks=(target_of("0.5"),))
    found = only(measure, {measure.formula: cell_of(10, 4)}).comparisons[0]
    assert (found.met, found.sure, found.against) == (None, None, Fraction("0.5"))


HISTORY = Dates(date(2024, 7, 1), date(2025, 6, 30))


@pytest.mark.parametrize(
    ("before", "met", "printed"),
    [
        (cell_of(3, 1), True, "33.3%"),
        (cell_of(2000, 668), False, "33.4%"),
        (cell_of(2, 0), None, ""),
        (cell_of(0, 0), None, ""),
        (cell_of(9, 3, immature=1), None, ""),
    ],
)
def test_history_is_rounded_alike_and_counts_only_with_a_value_of_its_own(before, met, printed):
    formula = aggregate_of()
    history = Benchmark("before", "historical", Slice(formula, HISTORY, SHARE), (), None)
    measure = measure_of(minimum=3, benchmarks=(history,))
    window = windows_of(measure, 1)[0]
    cells = {
        (formula, window, (), ()): cell_of(3, 1),
        (formula, Period(HISTORY.first, HISTORY.last, "any name"), (), ()): before,
    }
    found = evaluate(program_of((measure,)), facts_of(cells)).measures[0].results[0].comparisons[0]
    assert (found.met, found.printed) == (met, printed)


def test_a_history_that_did_not_come_is_told_apart_from_one_of_nothing():
    formula = aggregate_of()
    history = Benchmark("before", "historical", Slice(formula, HISTORY, SHARE), (), None)
    measure = measure_of(benchmarks=(history,))
    window, days = windows_of(measure, 1)[0], Period(HISTORY.first, HISTORY.last, "any name")
    cells = {(formula, when, ("provider",), (one,)): cell_of(9, 3) for when in (window, days) for one in PROVIDERS}
    cells |= {(formula, when, (), ()): cell_of(27, 9) for when in (window, days)}
    quality = quality_of(silent=[("North", date(2025, 1, 1), date(2025, 3, 31))])
    found = evaluate(program_of((measure,)), facts_of(cells, tables=(quality,))).measures[0].results
    north, south = (one for name in PROVIDERS[:2] for one in found if one.period == window and one.group == (name,))
    assert (north.state, north.comparisons[0].against, north.comparisons[0].flags) == (
        State.VALUE,
        None,
        (NOT_RECEIVED,),
    )
    assert (south.comparisons[0].against, south.comparisons[0].flags) == (Fraction("0.333"), ())
