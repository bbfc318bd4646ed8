"""Pools that providers divide: every cent of it, worked out by hand; ties, who takes no part, and who is waited for."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.program.exposure import Exposure
from acmspec.program.payment import Band, Bands, Outcome, Pooled, Successes
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from acmspec.settlement.pools import WAITS
from tests.settlement.made import (
    PROVIDERS,
    SPAN,
    agreements_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

POOL = Fraction("1000.00")
MEASURE = measure_of()
LEVEL = Bands(
    Outcome(),
    (Band(None, Fraction("0.5"), fixed(0), "below", SPAN), Band(Fraction("0.5"), None, fixed(1), "enough", SPAN)),
)
PRIZES = tuple(Fraction(one) for one in ("500.01", "300", "199.99"))


def lines_of(pool, *counts, on=(), states=()):
    """The lines of one quarter; counts are the successes and all records of each provider."""
    term = term_of(pool, on=tuple((dict(term_of(pool).on) | dict(on)).items()))
    program = program_of((MEASURE,), terms=[term], agreements=agreements_of(*PROVIDERS))
    (window,) = windows_of(MEASURE, 1)
    results = [
        result_of(window, name, *count, state=dict(states).get(name))
        for name, count in zip(PROVIDERS, counts, strict=True)
    ]
    return settle(program, results_of(MEASURE, results)).lines


def amounts(lines):
    return [one.amount for one in lines]


def test_by_successes_the_cent_that_is_left_goes_to_the_largest_remainder():
    lines = lines_of(Pooled(Successes(), POOL, (), rise=True), (1, 5), (1, 4), (4, 4))
    assert amounts(lines) == [Fraction("166.67"), Fraction("166.67"), Fraction("666.66")]
    assert lines[2].basis == "4 of 6 parts of the pool of $1,000.00"
    assert sum(amounts(lines)) == POOL


def test_who_misses_the_level_takes_no_part():
    lines = lines_of(Pooled(LEVEL, POOL, (), rise=True), (1, 2), (1, 3), (9, 9))
    assert amounts(lines) == [500, 0, 500]
    assert lines[1].basis == "takes no part in the pool of $1,000.00"
    assert amounts(lines_of(Pooled(LEVEL, POOL, (), rise=True), (0, 2), (1, 3), (0, 0))) == [0, 0, 0]


def test_prizes_go_by_place():
    lines = lines_of(Pooled(LEVEL, POOL, PRIZES, rise=True), (6, 10), (9, 10), (7, 10))
    assert amounts(lines) == [Fraction("199.99"), Fraction("500.01"), 300]
    assert lines[0].basis == "place 3 in the pool of $1,000.00"


@pytest.mark.parametrize(
    ("counts", "paid"),
    [
        (((9, 10), (9, 10), (7, 10)), ("400.01", "400.00", "199.99")),
        (((7, 10), (9, 10), (7, 10)), ("250.00", "500.01", "249.99")),
        (((7, 10), (7, 10), (7, 10)), ("333.34", "333.33", "333.33")),
        (((7, 10), (1, 10), (7, 10)), ("400.01", "0", "400.00")),
    ],
)
def test_equal_results_share_the_prizes_of_their_places(counts, paid):
    assert amounts(lines_of(Pooled(LEVEL, POOL, PRIZES, rise=True), *counts)) == [Fraction(one) for one in paid]


def test_where_lower_is_better_the_lowest_result_is_first():
    everybody = Pooled(fixed(1), POOL, PRIZES, rise=False)
    assert amounts(lines_of(everybody, (3, 10), (1, 10), (2, 10))) == [Fraction("199.99"), Fraction("500.01"), 300]


@pytest.mark.parametrize(("state", "on"), [(State.IMMATURE, "wait"), (State.MISSING, "withhold until received")])
def test_all_wait_for_one_that_waits(state, on):
    pool = Pooled(Successes(), POOL, (), rise=True)
    lines = lines_of(pool, (1, 5), (1, 4), (4, 4), on=[(state.value, on)], states=[("South", state)])
    assert amounts(lines) == [0, 0, 0]
    assert all(one.waits for one in lines)
    assert [one.basis == WAITS for one in lines] == [True, False, True]


@pytest.mark.parametrize("state", [State.UNDEFINED, State.TOO_FEW, State.MISSING])
def test_a_state_that_pays_nothing_takes_no_part_and_holds_nobody_up(state):
    lines = lines_of(Pooled(Successes(), POOL, (), rise=True), (1, 5), (3, 4), (4, 4), states=[("East", state)])
    assert amounts(lines) == [250, 750, 0]


@given(
    st.tuples(*[st.tuples(st.integers(0, 60), st.just(60))] * 3),
    st.sampled_from([Pooled(Successes(), POOL, (), rise=True), Pooled(LEVEL, POOL, (), rise=True),
                     Pooled(LEVEL, POOL, PRIZES, rise=True)]),
)  # fmt: skip
def test_the_parts_are_the_pool_or_what_was_won_of_it(counts, pool):
    takers = sum(top > 0 if isinstance(pool.claim, Successes) else top >= 30 for top, _ in counts)
    whole = sum(PRIZES[:takers]) if pool.prizes else POOL * bool(takers)
    assert sum(amounts(lines_of(pool, *counts))) == whole


def test_the_pool_is_the_most_of_each_quarter():
    program = program_of((MEASURE,), terms=[term_of(Pooled(Successes(), POOL, (), rise=True))])
    assert Exposure(program).total.owed.most == 8 * POOL
    assert {one.each.most for one in Exposure(program).lines} == {POOL}
