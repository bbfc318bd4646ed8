"""Every state, flag, count and comparison of a result, from hand-made facts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.calendar import Every, Period
from acmspec.ground.exact import Unit
from acmspec.program.record import Column, Exists, IsKnown, Step
from acmspec.program.tree import (
    Benchmark,
    Dates,
    Dimension,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    Quotient,
    Slice,
    Window,
)
from acmspec.program.types import BooleanType, Form, NumberType
from acmspec.results.from_facts import evaluate
from acmspec.results.reach import tables
from acmspec.results.tree import PROVISIONAL, State
from tests.settlement.made import (
    COUNT,
    DATA_DATE,
    MONEY,
    PROVIDERS,
    SHARE,
    aggregate_of,
    by_provider,
    cell_of,
    facts_of,
    field_of,
    measure_of,
    program_of,
    quality_of,
    windows_of,
)

COUNTED = aggregate_of("count", COUNT)
TOTAL = aggregate_of("sum", MONEY, expression=field_of("cost", of=MONEY))
AVERAGE = aggregate_of("average", MONEY, expression=field_of("cost", of=MONEY))
MEDIAN = aggregate_of("median", MONEY, expression=field_of("cost", of=MONEY))


def only(measure, cells, *, tables=None, group=(), paths=(), data_date=DATA_DATE, **of_facts):
    """The first window's result of a measure; `cells` pairs aggregates with what was gathered for them."""
    window = windows_of(measure, 1)[0]
    facts = facts_of(
        {(one, window, paths, group): cell for one, cell in cells.items()},
        tables=tables,
        data_date=data_date,
        **of_facts,
    )
    found = evaluate(program_of((measure,)), facts).measures[0]
    return next(one for one in found.results if (one.period, one.breakdown, one.group) == (window, paths, group))


def shared(n, true, **changes):
    measure = measure_of(**{key: value for key, value in changes.items() if key in {"minimum", "maturity", "decimals"}})
    of_cell = {key: value for key, value in changes.items() if key in {"immature", "matures", "records", "unjudged"}}
    return only(measure, {measure.formula: cell_of(n, true, **of_cell)})


# --- values ---------------------------------------------------------------------------------------------------


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
    found = only(measure_of(MEDIAN, decimals=3), {MEDIAN: cell_of(2, low_middle="0.01", high_middle="0.02", known=2)})
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


# --- states ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closed", "immature", "true", "records", "state"),
    [
        (True, 3, 0, 0, State.MISSING),
        (False, 3, 0, 0, State.IMMATURE),
        (False, 0, 0, 0, State.UNDEFINED),
        (False, 0, 2, 4, State.TOO_FEW),
        (False, 0, 2, 5, State.VALUE),
    ],
)
def test_the_gravest_state_wins(closed, immature, true, records, state):
    measure = measure_of(minimum=5)
    cell = cell_of(20, true, immature=immature, records=records, matures=date(2028, 1, 1))
    found = only(measure, {measure.formula: cell}, tables=(quality_of(is_open=not closed),))
    assert found.state is state
    assert (found.value is None) is (state is not State.VALUE)
    assert (found.numerator is None) is (state is State.MISSING)
    assert (found.matures is None) is (state is not State.IMMATURE)


def test_immature_records_matter_only_where_all_are_waited_for():
    assert shared(20, 9, immature=5).state is State.IMMATURE
    found = shared(20, 9, immature=5, maturity="each record")
    assert (found.state, found.denominator, found.printed) == (State.VALUE, 15, "60.0%")


def test_the_minimum_is_held_against_the_denominator_where_it_counts_records_else_against_n():
    assert shared(20, 2, records=4, minimum=5).state is State.TOO_FEW
    per_stay = GroupArithmetic("/", TOTAL, COUNTED, MONEY)
    cells = {TOTAL: cell_of(20, total=9), COUNTED: cell_of(20, records=4)}
    assert only(measure_of(per_stay, minimum=5), cells).state is State.TOO_FEW
    assert only(measure_of(TOTAL, minimum=5), cells).state is State.VALUE
    per_dollar = GroupArithmetic("/", COUNTED, TOTAL, MONEY)
    cells = {TOTAL: cell_of(20, total=2), COUNTED: cell_of(20)}
    assert only(measure_of(per_dollar, minimum=5), cells).state is State.VALUE


def test_a_closed_gate_anywhere_below_a_measure_makes_it_missing():
    looked_up = Exists("visits", "", (), False, None, False, BooleanType())
    step = Step("client", Column("stays", "client_id"), "clients")
    race = Dimension("client.race", (("stays", replace(field_of("race", "clients"), steps=(step,))),), False, (), ())
    measure = measure_of(aggregate_of(expression=looked_up), breakdowns=((), (race,)))
    window = windows_of(measure, 1)[0]
    cells = {
        (measure.formula, window, (), ()): cell_of(9, 3),
        (measure.formula, window, ("client.race",), ("a",)): cell_of(9, 3),
    }
    groups = {(measure.formula, window, ("client.race",)): (("a",),)}

    def states(closed):
        quality = [quality_of(name, is_open=name != closed) for name in ("stays", "visits", "clients")]
        found = evaluate(program_of((measure,)), facts_of(cells, tables=quality, groups=groups))
        return [one.state for one in found.measures[0].results if one.period == window]

    assert states("") == [State.VALUE, State.VALUE]
    assert states("stays") == states("visits") == [State.MISSING, State.MISSING]
    assert states("clients") == [State.VALUE, State.MISSING]


def test_tables_are_found_wherever_they_hide():
    inner = IsKnown(replace(field_of("x", "d"), steps=(Step("s", Column("b", "k"), "c"),)), True, BooleanType())
    one = aggregate_of(expression=Exists("b", "", ((Column("b", "id"), field_of("id")),), True, inner, False, SHARE))
    one = replace(one, windows=(Window(field_of("left"), replace_length(), "late"),))
    assert tables(Slice(one, Dates(date(2025, 1, 1), date(2025, 2, 1)), SHARE)) == {"stays", "b", "c", "d", "late"}


def replace_length():
    from acmspec.ground.calendar import Length

    return Length(days=180)


def test_a_silent_provider_is_missing_and_makes_everybody_else_provisional():
    measure = measure_of()
    window = windows_of(measure, 1)[0]
    cells = {(measure.formula, window, ("provider",), (one,)): cell_of(9, 3) for one in PROVIDERS}
    cells[measure.formula, window, (), ()] = cell_of(27, 9)
    quality = quality_of(silent=[("North", date(2025, 9, 1), date(2025, 9, 30))])
    found = evaluate(program_of((measure,)), facts_of(cells, tables=(quality,))).measures[0].results
    of = {one.group: one for one in found if one.period == window}
    assert of["North",].state is State.MISSING
    assert of["South",].state is State.VALUE
    assert of["South",].flags == ()
    assert (of[()].state, of[()].flags) == (State.VALUE, (PROVISIONAL,))
    later = [one for one in found if one.period == windows_of(measure, 2)[1] and one.group == ("North",)]
    assert [one.state for one in later] == [State.UNDEFINED]


@pytest.mark.parametrize(("through", "flags"), [(date(2025, 9, 29), (PROVISIONAL,)), (date(2025, 9, 30), ())])
def test_provisional_until_the_data_is_complete_to_the_last_day(through, flags):
    measure = measure_of()
    found = only(measure, {measure.formula: cell_of(9, 3)}, tables=(quality_of(through=through),))
    assert found.flags == flags


def test_a_period_partly_outside_the_contract_is_provisional():
    measure = measure_of(every=Every.YEAR)
    found = evaluate(program_of((measure,)), facts_of({})).measures[0].of()
    assert [(one.period.name, one.flags) for one in found] == [
        ("2025", (PROVISIONAL,)),
        ("2026", ()),
        ("2027", (PROVISIONAL,)),
    ]


def test_a_rolling_window_that_reaches_back_before_the_contract_is_not_provisional_for_that():
    measure = measure_of(rolling_months=12)
    found = evaluate(program_of((measure,)), facts_of({})).measures[0].of()
    assert found[0].period == Period(date(2024, 10, 1), date(2025, 9, 30), "2025-Q3")
    assert found[0].flags == ()


# --- groups ---------------------------------------------------------------------------------------------------


def test_the_roster_comes_first_in_every_period_then_others_sorted_and_missing_last():
    measure = measure_of()
    window = windows_of(measure, 1)[0]
    groups = {(measure.formula, window, ("provider",)): ((None,), ("Zed",), ("South",), ("Abe",))}
    found = evaluate(program_of((measure,)), facts_of({}, groups=groups)).measures[0].of("provider")
    first = [one.group[0] for one in found if one.period == window]
    assert first == ["North", "South", "East", "Abe", "Zed", None]
    assert [one.group[0] for one in found if one.period == windows_of(measure, 2)[1]] == list(PROVIDERS)


def test_other_dimensions_show_what_was_found_in_declared_order_then_by_code_point():
    kind = Dimension("kind", (("stays", field_of("kind")),), False, (), ("b", "a"))
    measure = measure_of(breakdowns=((), (kind,), (by_provider(), kind)))
    window = windows_of(measure, 1)[0]
    groups = {
        (measure.formula, window, ("kind",)): (("Z",), (None,), ("a",), ("b",)),
        (measure.formula, window, ("provider", "kind")): (("South", None), ("North", "a"), ("South", "b")),
    }
    found = evaluate(program_of((measure,)), facts_of({}, groups=groups)).measures[0]
    assert [one.group for one in found.of("kind")] == [("b",), ("a",), ("Z",), (None,)]
    assert [one.group for one in found.of("provider", "kind")] == [("North", "a"), ("South", "b"), ("South", None)]


# --- comparisons ----------------------------------------------------------------------------------------------


def target_of(value, own=()):
    return Benchmark("target", "target", GroupConstant(Fraction(value), SHARE), tuple(own), None)


def compared(numerator, denominator, target, *, better="higher", decimals=1):
    measure = measure_of(better=better, decimals=decimals, benchmarks=(target_of(target),))
    return only(measure, {measure.formula: cell_of(denominator, numerator)}).comparisons[0]


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


# --- everything together --------------------------------------------------------------------------------------


def test_successes_come_in_the_order_of_terms_windows_providers():
    from acmspec.program.payment import Fixed
    from tests.settlement.made import term_of

    first, second = windows_of(measure_of(), 2)
    program = program_of(terms=(term_of(Fixed(Fraction(1)), name="b"), term_of(Fixed(Fraction(1)), name="a")))
    successes = {("a", first): (("N", "1"),), ("b", second): (("N", "2"), ("S", "3")), ("b", first): (("S", "1"),)}
    found = evaluate(program, facts_of({}, successes=successes)).successes
    assert found == (("b", first, "S", "1"), ("b", second, "N", "2"), ("b", second, "S", "3"), ("a", first, "N", "1"))


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 3))
def test_met_follows_from_the_printed_text_alone(successes, failures, decimals):
    found = compared(successes, successes + failures, "0.55", decimals=decimals)
    measure = measure_of(decimals=decimals)
    result = only(measure, {measure.formula: cell_of(successes + failures, successes)})
    if result.state is State.VALUE:
        assert found.met is (Fraction(result.printed.rstrip("%")) >= 55)
    else:
        assert found.met is None


def test_points_and_ratios_keep_their_own_decimals():
    for form, printed in ((Form.POINTS, "25.0 points"), (Form.RATIO, "0.3")):
        formula = GroupArithmetic("-", aggregate_of(), GroupConstant(Fraction(1, 2), SHARE), NumberType(form))
        assert only(measure_of(formula), {formula.left: cell_of(4, 3)}).printed == printed
