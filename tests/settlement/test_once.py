"""No success is paid twice, whatever the windows, states and limits."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.windows import Covers, Rolling
from acmspec.program.payment import ByProvider, FreshShare, Successes, Times
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    agreements_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

PRICE = Times(ByProvider(Fraction(100), ()), Successes())
STATES = st.sampled_from([State.VALUE, State.TOO_FEW, State.VALUE, State.TOO_FEW, State.IMMATURE, State.MISSING])
ENTITIES = st.frozensets(st.sampled_from("abcdefghijklmnop"), min_size=1, max_size=4)
WINDOWS = st.lists(st.tuples(ENTITIES, STATES), min_size=4, max_size=8)
ON = tuple(
    (state, "carry forward once" if state == "too_few" else "wait")
    for state in ("undefined", "too_few", "immature", "missing", "disputed")
)


def settled(amount, windows, rolling):
    measure = measure_of(window=Rolling(rolling, "month") if rolling else Covers.PERIOD)
    periods = windows_of(measure, len(windows))
    results = [
        result_of(period, "North", len(entities), 10, state=state)
        for period, (entities, state) in zip(periods, windows, strict=True)
    ]
    successes = [
        ("bonus", period, "North", one)
        for period, (entities, _) in zip(periods, windows, strict=True)
        for one in sorted(entities)
    ]
    term = term_of(amount, once_per="client", on=ON)
    program = program_of((measure,), terms=(term,), agreements=agreements_of("North"))
    return settle(program, results_of(measure, results, successes))


@given(WINDOWS, st.sampled_from([None, 12]))
def test_a_price_is_paid_once_for_each_success_that_was_ever_decided(windows, rolling):
    paid_for, carried = set(), None
    for entities, state in windows:
        # The minimum is 0, so counts that were carried make even too small a period a value.
        joins = carried is not None and state in {State.VALUE, State.TOO_FEW}
        if joins or state is State.VALUE:
            paid_for |= entities | (carried or frozenset())
        carried = entities if state is State.TOO_FEW and not joins and rolling is None else None
    assert settled(PRICE, windows, rolling).total() == 100 * len(paid_for)


@given(WINDOWS, st.sampled_from([None, 12]))
def test_a_tier_never_pays_more_often_than_its_windows_have_new_successes(windows, rolling):
    found = settled(Times(fixed(60), FreshShare()), windows, rolling)
    seen = set()
    for (entities, state), line in zip(windows, found.lines, strict=True):
        if rolling is not None:
            fresh = entities - seen if state is State.VALUE else frozenset()
            expected = Fraction(60) * len(fresh) / len(entities) if fresh else Fraction(0)
            assert abs(line.amount - expected) <= Fraction(1, 200)
            seen |= fresh
        assert 0 <= line.amount <= 60


def test_a_rolling_window_pays_no_success_before_the_agreement_or_in_the_phase_in():
    measure = measure_of(window=Rolling(12, "month"))
    first, second = windows_of(measure, 2)
    days = {"early": date(2025, 6, 30), "phase": date(2025, 9, 30), "due": date(2025, 10, 1)}
    successes = [("bonus", window, "North", who, day) for window in (first, second) for who, day in days.items()]
    results = [result_of(window, "North", 3, 10) for window in (first, second)]
    term = term_of(PRICE, once_per="client", on=ON)
    program = program_of((measure,), terms=(term,), agreements=agreements_of("North"))
    assert settle(program, results_of(measure, results, successes)).total() == 200
    phased = replace(program, payments=replace(program.payments, phase_in_until=date(2025, 9, 30)))
    assert [line.amount for line in settle(phased, results_of(measure, results, successes)).lines] == [0, 100]
