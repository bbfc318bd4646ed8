"""What is held back: its sums to the cent, when they are paid, and what their lines say."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.ground.calendar import Every
from acmspec.program.payment import Earned, Least
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from acmspec.settlement.split import CENT
from tests.settlement.made import (
    agreements_of,
    fixed,
    limit_of,
    measure_of,
    program_of,
    reserve_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)


def settled(amounts, reserves, *, states=None, limits=(), names=("bonus",), last=(1, 1), **of_program):
    """Four quarters of North, in which each term comes to `amounts`; the last result is `last`."""
    measure = measure_of()
    windows = windows_of(measure, 4)
    counts = [*([(1, 1)] * 3), last]
    results = [
        result_of(window, "North", *count, state=(states or {}).get(at))
        for at, (window, count) in enumerate(zip(windows, counts, strict=True))
    ]
    terms = [term_of(fixed(amount), name=name) for amount, name in zip(amounts, names, strict=True)]
    program = program_of(
        (measure,), terms=terms, limits=limits, reserves=reserves, agreements=agreements_of("North"), **of_program
    )
    return settle(program, results_of(measure, results))


def rows(found, name="held_1"):
    return [(one.period, one.amount, one.basis) for one in found.lines if one.term == name]


def test_what_is_held_back_is_paid_when_its_time_is_over():
    found = rows(settled([100], [reserve_of("0.05")]))
    assert [(period, amount) for period, amount, _ in found] == [
        ("2025-Q3", -5), ("2025-Q4", -5), ("2026-Q1", -5), ("2026-Q2", -5), ("2026-Q2", 20),
    ]  # fmt: skip
    assert found[0][2] == "5% of $100.00 is held back for FY2026"
    assert found[-1][2] == "$20.00 was held back in FY2026; all of it is due"


def test_what_is_earned_back_goes_by_weights_and_the_rest_is_kept():
    # 40 held back; 3/4 reaches the first level, of weight 1 of 3, and misses the other.
    found = settled([100], [reserve_of("0.1", ("0.7", 1), ("0.8", 2))], last=(3, 4))
    *_, (period, amount, said) = rows(found)
    assert (period, amount) == ("2026-Q2", Fraction("13.33"))
    assert said == "$40.00 was held back in FY2026; $13.33 is earned back, and $26.67 is kept"
    steps = found.lines[-1].derivation
    assert steps[1].startswith("a part of 1/3: Homes:")
    assert steps[2].startswith("a part of 2/3: Homes:")


def test_a_state_is_earned_as_declared():
    for what, amount in (("pay", 30), ("nothing", 0)):
        held = [reserve_of("0.1", ("0.7", 1), on=[("too_few", what)])]
        found = rows(settled([100], held, states={3: State.TOO_FEW}))
        assert [amount for _, amount, _ in found] == [-10, -10, -10, amount]


@pytest.mark.parametrize(("quarters", "amount"), [(1, 0), (2, 100)])
def test_a_sum_that_ends_in_the_phase_in_is_paid_whole(quarters, amount):
    measure = measure_of()
    windows = windows_of(measure, 4)
    program = program_of(
        (measure,), terms=[term_of(fixed(100), measure=None, on=())],
        reserves=[reserve_of("0.5", ("0.7", 1), every=Every.HALF_YEAR)],
        agreements=agreements_of("North"), phase_in=windows[quarters - 1].last,
    )  # fmt: skip
    # No quarter comes to 70%: the half year that ends on the last day of the phase-in isn't decided, the next one is.
    found = rows(settle(program, results_of(measure, [result_of(one, "North", 1, 4) for one in windows])))
    assert [one for _, one, _ in found[:3]] == [-50, -50, amount]
    assert [one for _, one, _ in found[3:6]] == [-50, -50, 0]


def test_a_sum_waits_while_a_result_of_its_time_waits():
    found = rows(settled([100], [reserve_of("0.1")], states={1: State.IMMATURE}))
    # Without a declared wait, the line of the second quarter is nothing and final.
    assert found[-1][1] == 30
    on = tuple((state, "wait" if state == "immature" else "nothing") for state, _ in term_of(fixed(1)).on)
    measure = measure_of()
    program = program_of(
        (measure,), terms=[term_of(fixed(100), on=on)], reserves=[reserve_of("0.1")], agreements=agreements_of("North")
    )
    results = [
        result_of(window, "North", 1, 1, state=State.IMMATURE if at == 1 else None)
        for at, window in enumerate(windows_of(measure, 4))
    ]
    line = settle(program, results_of(measure, results)).lines[-1]
    assert (line.term, line.amount) == ("held_1", 0)
    assert "it waits until all results of that time are settled" in line.basis


def test_limits_and_maximums_count_it_as_paid():
    cap = limit_of(Least(Earned(), fixed(250)))
    found = settled([100], [reserve_of("0.1")], limits=[cap])
    assert [amount for _, amount, _ in rows(found)] == [-10, -10, -5, 25]
    assert found.total() == 250
    assert settled([100], [reserve_of("0.1")], maximum=Fraction(250)).total() == 250


def test_a_second_one_holds_back_of_the_rest():
    both = [reserve_of("0.1", every=Every.QUARTER), reserve_of("0.5", name="held_2", every=Every.QUARTER)]
    found = settled([100], both)
    assert [amount for _, amount, _ in rows(found, "held_2")][:2] == [-45, 45]


@given(
    st.lists(st.integers(0, 9_999), min_size=2, max_size=2),
    st.lists(st.integers(0, 1000), min_size=1, max_size=3),
    st.sampled_from((Every.QUARTER, Every.FISCAL_YEAR, None)),
)
@settings(max_examples=60)
def test_no_cent_is_lost(cents, shares, every):
    held = [
        reserve_of(Fraction(share, 1000), name=f"held_{at}", over=("a", "b"), every=every)
        for at, share in enumerate(shares)
    ]
    found = settled([cent * CENT for cent in cents], held, names=("a", "b"))
    ended = every is not None
    for name, total in found.by_term():
        if name.startswith("held"):
            assert total == 0 or not ended
    assert all((one.amount / CENT).denominator == 1 for one in found.lines)
    if ended:
        assert found.total() == 4 * sum(cents) * CENT
