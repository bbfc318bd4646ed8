"""Which state and which flags a result has."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every, Length, Period
from acmspec.ground.exact import Unit
from acmspec.ground.windows import Rolling
from acmspec.program.aggregates import Part, aggregate
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.record import Column, IsKnown, Lookup, Step
from acmspec.program.tree import Dimension, GroupArithmetic, Window
from acmspec.program.types import BooleanType, NumberType
from acmspec.results.from_facts import evaluate
from acmspec.results.reach import tables
from acmspec.results.tree import PROVISIONAL, State
from tests.results.worked_out import COUNTED, TOTAL, only, shared
from tests.settlement.made import (
    MONEY,
    PROVIDERS,
    SHARE,
    aggregate_of,
    cell_of,
    facts_of,
    field_of,
    measure_of,
    program_of,
    quality_of,
    windows_of,
)


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


def test_where_no_record_can_be_judged_yet_there_is_no_result_yet_rather_than_nobody():
    found = shared(20, 0, immature=20, records=0, maturity="each record", matures=date(2028, 1, 1))
    assert (found.state, found.matures) == (State.IMMATURE, date(2028, 1, 1))


def test_the_minimum_is_held_against_the_denominator_where_it_counts_records_else_against_n():
    assert shared(20, 2, records=4, minimum=5).state is State.TOO_FEW
    per_stay = GroupArithmetic("/", TOTAL, COUNTED, MONEY)
    cells = {TOTAL: cell_of(20, total=9), COUNTED: cell_of(20, records=4)}
    assert only(measure_of(per_stay, minimum=5), cells).state is State.TOO_FEW
    assert only(measure_of(TOTAL, minimum=5), cells).state is State.VALUE
    per_dollar = GroupArithmetic("/", COUNTED, TOTAL, MONEY)
    cells = {TOTAL: cell_of(20, total=2), COUNTED: cell_of(20)}
    assert only(measure_of(per_dollar, minimum=5), cells).state is State.VALUE


DAYS = NumberType(unit=Unit.of("day"))


@pytest.mark.parametrize("function", ["average", "median", "lowest", "highest", "range"])
def test_the_minimum_is_held_against_the_records_that_have_a_number(function):
    numbers = aggregate_of(function, DAYS, expression=field_of("days", of=DAYS))
    parts = {part: Fraction(3) for part in aggregate(function).parts} | {Part.KNOWN: Fraction(4)}
    cell = replace(cell_of(20), parts=parts)
    assert only(measure_of(numbers, minimum=5), {numbers: cell}).state is State.TOO_FEW
    assert only(measure_of(numbers, minimum=4), {numbers: cell}).rests_on == 4


def test_a_closed_gate_anywhere_below_a_measure_makes_it_missing():
    looked_up = Lookup("any", None, "visits", "", (), False, None, BooleanType())
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
    links = ((Column("b", "id"), field_of("id")),)
    one = aggregate_of(expression=Lookup("any", None, "b", "", links, True, inner, SHARE))
    one = replace(one, windows=(Window(field_of("left"), Length(days=180), "late"),))
    assert tables(Slice(one, Dates(date(2025, 1, 1), date(2025, 2, 1)), SHARE)) == {"stays", "b", "c", "d", "late"}


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


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (date(2025, 4, 1), date(2025, 6, 30), State.VALUE),
        (date(2025, 4, 1), date(2025, 7, 1), State.MISSING),
        (date(2025, 4, 1), date(2026, 6, 30), State.MISSING),
        (date(2025, 9, 30), date(2025, 10, 31), State.MISSING),
        (date(2025, 10, 1), date(2025, 10, 31), State.VALUE),
    ],
)
def test_a_silent_stretch_counts_from_its_first_day_in_the_window_to_its_last(first, last, state):
    measure = measure_of()
    quality = quality_of(silent=[("North", first, last)])
    cells = {measure.formula: cell_of(9, 3)}
    found = only(measure, cells, tables=(quality,), paths=("provider",), group=("North",))
    assert found.state is state
    everybody = only(measure, cells, tables=(quality,))
    assert everybody.flags == (() if state is State.VALUE else (PROVISIONAL,))


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
    measure = measure_of(window=Rolling(12, "month"))
    found = evaluate(program_of((measure,)), facts_of({})).measures[0].of()
    assert found[0].period == Period(date(2024, 10, 1), date(2025, 9, 30), "2025-Q3")
    assert found[0].flags == ()
