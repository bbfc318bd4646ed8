"""Caps, floors and maxima: their rows, their order, and what always holds."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.calendar import Every, fiscal_year
from acmspec.program.agreed import Agreement
from acmspec.program.payment import Earned, Least, Most, Successes, Times
from acmspec.results.tree import PROVISIONAL, State
from acmspec.settlement.from_results import settle
from acmspec.settlement.split import CENT
from tests.settlement.made import (
    ON,
    agreements_of,
    fixed,
    limit_of,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

A_CENT_EACH = Times(fixed("0.01"), Successes())


def settled(amounts, *, terms=("bonus",), limits=(), agreements=None, flags=(), **of_program):
    """A settlement in which provider p earns `amounts[p][i]` cents in quarter i under each term."""
    providers = list(amounts)
    count = max(len(one) for one in amounts.values())
    measure = measure_of()
    results = [
        result_of(window, provider, cents[index], 10**9, flags=flags)
        for index, window in enumerate(windows_of(measure, count))
        for provider, cents in amounts.items()
        if index < len(cents)
    ]
    program = program_of(
        (measure,),
        terms=[term_of(A_CENT_EACH, name=name) for name in terms],
        limits=limits,
        agreements=agreements if agreements is not None else agreements_of(*providers),
        **of_program,
    )
    return settle(program, results_of(measure, results))


def cap(cents, **changes):
    return limit_of(Least(Earned(), fixed(cents * CENT)), **changes)


def floor(cents, **changes):
    return limit_of(Most(Earned(), fixed(cents * CENT)), at_end=True, kind="floor", name="floor_1", **changes)


def rows(found, term):
    return [(line.provider, line.period, int(line.amount / CENT)) for line in found.lines if line.term == term]


def test_a_cap_takes_what_is_over_it_in_its_scope_so_far():
    found = settled({"North": [60, 30, 30, 30, 70]}, limits=[cap(100)])
    assert rows(found, "cap_1") == [("North", "2026-Q1", -20), ("North", "2026-Q2", -30)]
    line = next(one for one in found.lines if one.term == "cap_1")
    assert (line.state, line.basis) == ("", "cap $1.00 in FY2026; its terms came to $1.20")
    assert line.derivation == ("its terms came in FY2026 so far to $1.20", "cap: $1.00", "-$0.20")


def test_a_cap_for_all_takes_from_the_periods_lines_in_proportion():
    found = settled({"North": [50], "South": [25], "East": [25]}, limits=[cap(90, by_provider=False, every=None)])
    assert rows(found, "cap_1") == [("North", "2025-Q3", -5), ("South", "2025-Q3", -3), ("East", "2025-Q3", -2)]
    assert "in proportion" in found.lines[-1].derivation[2]


def test_limits_see_what_limits_before_them_left():
    quarter = cap(50, every=Every.QUARTER, over=("bonus",), name="cap_1")
    year = cap(120, name="cap_2", over=("bonus", "other"))
    found = settled({"North": [80]}, terms=("bonus", "other"), limits=[quarter, year])
    assert rows(found, "cap_1") == [("North", "2025-Q3", -30)]
    assert rows(found, "cap_2") == [("North", "2025-Q3", -10)]
    found = settled({"North": [80]}, terms=("bonus", "other"), limits=[year, quarter])
    assert rows(found, "cap_2") == [("North", "2025-Q3", -40)]
    assert rows(found, "cap_1") == [("North", "2025-Q3", -10)]


def test_a_floor_is_reached_once_when_its_scope_ends():
    found = settled({"North": [10] * 5}, limits=[floor(100)])
    assert rows(found, "floor_1") == [("North", "2026-Q2", 60)]


def test_a_floor_waits_while_a_line_of_its_scope_waits():
    assert rows(settled({"North": [10] * 4}, limits=[floor(100)], flags=(PROVISIONAL,)), "floor_1") == []


@pytest.mark.parametrize("last", [date(2025, 12, 31), date(2026, 2, 15)])
def test_a_floor_ends_with_the_last_whole_period_of_the_agreement(last):
    short = (Agreement("North", "1", date(2025, 7, 1), last, None),)
    found = settled({"North": [10, 10, 10]}, limits=[floor(100)], agreements=short)
    assert rows(found, "floor_1") == [("North", "2025-Q4", 80)]


def test_a_floor_for_all_is_shared_out_evenly_where_nobody_earned():
    found = settled({"North": [0] * 4, "South": [0] * 4}, limits=[floor(101, by_provider=False)])
    assert rows(found, "floor_1") == [("North", "2026-Q2", 51), ("South", "2026-Q2", 50)]


def test_maxima_come_last_and_have_rows_of_their_own():
    amounts = {"North": [80, 80], "South": [50, 50]}
    found = settled(amounts, agreements=agreements_of("North", "South", maximum=Fraction("1.20")), maximum=Fraction(2))
    assert rows(found, "maximum") == [("North", "2025-Q4", -40)]
    assert rows(found, "contract maximum") == [("North", "2025-Q4", -9), ("South", "2025-Q4", -11)]
    assert [line.term for line in found.lines[-3:]] == ["maximum", "contract maximum", "contract maximum"]
    assert found.total() == 2


def test_lines_come_by_period_then_term_then_agreement():
    found = settled({"South": [5, 5], "North": [5, 5]}, terms=("b", "a"), limits=[cap(8, over=("b", "a"), every=None)])
    assert [(line.period, line.term, line.provider) for line in found.lines][:6] == [
        ("2025-Q3", "b", "South"),
        ("2025-Q3", "b", "North"),
        ("2025-Q3", "a", "South"),
        ("2025-Q3", "a", "North"),
        ("2025-Q3", "cap_1", "South"),
        ("2025-Q3", "cap_1", "North"),
    ]


# --- what always holds ------------------------------------------------------------------------------------------

CENTS = st.integers(0, 5_000)
AMOUNTS = st.dictionaries(
    st.sampled_from(["North", "South", "East", "West"]), st.lists(CENTS, min_size=5, max_size=5), min_size=1
)
MAYBE = st.none() | st.integers(0, 9_000)


@st.composite
def caps(draw):
    return tuple(
        cap(
            draw(st.integers(0, 9_000)),
            name=f"cap_{place}",
            over=draw(st.sampled_from([("a",), ("b",), ("a", "b")])),
            by_provider=draw(st.booleans()),
            every=draw(st.sampled_from([None, Every.QUARTER, Every.FISCAL_YEAR])),
        )
        for place in range(draw(st.integers(0, 3)))
    )


@st.composite
def cases(draw):
    amounts = draw(AMOUNTS)
    own, whole = draw(MAYBE), draw(MAYBE)
    return {
        "amounts": amounts,
        "terms": ("a", "b"),
        "limits": draw(caps()),
        "agreements": agreements_of(*amounts, maximum=None if own is None else own * CENT),
        "maximum": None if whole is None else whole * CENT,
    }


def net_of(found, limit, program_terms=("a", "b")):
    """Sums by scope of a limit over all terms and limits, where the limit is over all terms."""
    sums = {}
    for line in found.lines:
        day = {"Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}[line.period[-2:]]
        last = date(int(line.period[:4]), day, 28)
        when = {None: "", Every.QUARTER: line.period, Every.FISCAL_YEAR: fiscal_year(last, 7)}[limit.every]
        key = (line.provider if limit.by_provider else "", when)
        sums[key] = sums.get(key, 0) + line.amount
    return sums


@given(cases())
def test_rows_sum_to_the_totals_and_limits_only_take(case):
    found = settled(**case)
    assert sum(total for _, total in found.by_provider()) == found.total()
    assert sum(total for _, total in found.by_term()) == found.total()
    assert all((line.amount / CENT).denominator == 1 for line in found.lines)
    assert all(line.amount < 0 for line in found.lines if line.term not in {"a", "b"})


@given(cases())
def test_caps_and_maxima_hold_after_every_period(case):
    """Cut the settlement after each period: no cap over all terms and no maximum is ever passed."""
    whole = settled(**case)
    for count in range(1, 6):
        periods = [window.name for window in windows_of(measure_of(), count)]
        found = type(whole)(tuple(line for line in whole.lines if line.period in periods))
        for limit in case["limits"]:
            if limit.over == ("a", "b"):
                assert all(total <= limit.bound.right.amount for total in net_of(found, limit).values())
        for agreement, (provider, total) in zip(case["agreements"], found.by_provider(), strict=True):
            assert agreement.provider == provider
            assert agreement.maximum is None or total <= agreement.maximum
        assert case["maximum"] is None or found.total() <= case["maximum"]


@given(cases())
def test_no_provider_is_ever_left_below_zero_in_a_period(case):
    sums = {}
    for line in settled(**case).lines:
        sums[line.provider, line.period] = sums.get((line.provider, line.period), 0) + line.amount
    assert all(total >= 0 for total in sums.values())


@given(AMOUNTS, st.integers(0, 9_000), st.booleans())
def test_a_cap_that_bites_leaves_exactly_its_bound(amounts, cents, by_provider):
    found = settled(amounts, limits=[cap(cents, by_provider=by_provider, every=None)])
    earned = {one: sum(cents) for one, cents in amounts.items()}
    if by_provider:
        expected = {one: min(total, cents) * CENT for one, total in earned.items()}
        assert dict(found.by_provider()) == expected
    else:
        assert found.total() == min(sum(earned.values()), cents) * CENT


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_providers_never_matters_to_what_is_taken_per_provider(case, random):
    """Where limits are each provider's own, shuffling the agreements changes the order of rows only."""
    case["limits"] = tuple(one for one in case["limits"] if one.by_provider)
    case["maximum"] = None
    shuffled = dict(case, agreements=tuple(random.sample(case["agreements"], len(case["agreements"]))))
    assert sorted(map(repr, settled(**case).lines)) == sorted(map(repr, settled(**shuffled).lines))


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_providers_moves_at_most_one_tied_cent_a_row(case, random):
    """A cap for all, shuffled: the total is the same, and no row moves by more than the one cent that a tie gives."""
    case["limits"] = tuple(one for one in case["limits"] if not one.by_provider)[:1]
    case["maximum"] = None
    case["amounts"] = {provider: cents[:1] for provider, cents in case["amounts"].items()}
    shuffled = dict(case, agreements=tuple(random.sample(case["agreements"], len(case["agreements"]))))
    one, other = settled(**case), settled(**shuffled)
    assert one.total() == other.total()
    sums = dict(other.by_provider())
    assert all(abs(total - sums[provider]) <= 2 * CENT for provider, total in one.by_provider())


@pytest.mark.parametrize("state", list(State))
def test_no_state_breaks_a_cap(state):
    measure = measure_of()
    window = windows_of(measure, 1)[0]
    program = program_of((measure,), terms=[term_of(A_CENT_EACH, on=ON)], limits=[cap(1)])
    results = results_of(measure, [result_of(window, "North", 5, 9, state=state)])
    assert settle(program, results).total() == (CENT if state is State.VALUE else 0)
