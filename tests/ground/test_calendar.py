"""Periods of every kind: their edges and names, and that they follow each other without a gap."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.calendar import Every, NamedPeriods, Period, ReportingDays, YearStarting, period_of, periods
from acmspec.ground.windows import (
    ROLLING,
    Bounds,
    Covers,
    Rolling,
    earlier,
    overlap,
    parts_of,
    whole_move,
    window,
    windows,
)

REGULAR = (*Every, *(YearStarting(month) for month in range(1, 13)))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def day(text):
    return date.fromisoformat(text)


def named(first, last, name):
    return Period(day(first), day(last), name)


@pytest.mark.parametrize(
    ("at", "every", "expected"),
    [
        ("2024-02-29", Every.DAY, named("2024-02-29", "2024-02-29", "2024-02-29")),
        ("2025-02-16", Every.WEEK, named("2025-02-10", "2025-02-16", "2025-W07")),
        ("2024-12-30", Every.WEEK, named("2024-12-30", "2025-01-05", "2025-W01")),
        ("2027-01-03", Every.WEEK, named("2026-12-28", "2027-01-03", "2026-W53")),
        ("2024-02-29", Every.MONTH, named("2024-02-01", "2024-02-29", "2024-02")),
        ("2025-06-30", Every.HALF_YEAR, named("2025-01-01", "2025-06-30", "2025-H1")),
        ("2025-07-01", Every.HALF_YEAR, named("2025-07-01", "2025-12-31", "2025-H2")),
        ("2025-06-30", Every.FISCAL_QUARTER, named("2025-04-01", "2025-06-30", "FY2025-Q4")),
        ("2025-07-01", Every.FISCAL_YEAR, named("2025-07-01", "2026-06-30", "FY2026")),
        ("2025-09-30", YearStarting(10), named("2024-10-01", "2025-09-30", "2024-10..2025-09")),
        ("2025-03-01", YearStarting(1), named("2025-01-01", "2025-12-31", "2025-01..2025-12")),
        ("9999-12-31", Every.QUARTER, named("9999-10-01", "9999-12-31", "9999-Q4")),
        ("9999-12-31", Every.WEEK, named("9999-12-27", "9999-12-31", "9999-W52")),
        ("0001-01-01", Every.WEEK, named("0001-01-01", "0001-01-07", "0001-W01")),
    ],
)
def test_a_period_by_a_day_in_it(at, every, expected):
    assert period_of(day(at), every, 7) == expected


@given(DAYS, st.integers(0, 1200), st.sampled_from(REGULAR), st.integers(1, 12))
def test_periods_follow_each_other_and_hold_every_day_once(start, more, every, fiscal):
    end = start + timedelta(days=more)
    found = periods(every, start, end, fiscal)
    assert found[0].first <= start <= found[0].last
    assert found[-1].first <= end <= found[-1].last
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise(found))
    assert len({one.name for one in found}) == len(found)
    assert [one.name for one in found] == sorted(one.name for one in found)
    assert all(period_of(at, every, fiscal) == one for one in found for at in (one.first, one.last))


def test_own_days_and_periods_are_what_was_written():
    days = ReportingDays((day("2025-01-29"), day("2025-07-30")))
    assert period_of(day("2025-07-30"), days, 1) == named("2025-07-30", "2025-07-30", "2025-07-30")
    assert period_of(day("2025-07-29"), days, 1) is None
    assert [one.name for one in periods(days, day("2025-01-30"), day("2025-12-31"), 1)] == ["2025-07-30"]
    terms = NamedPeriods((named("2025-01-13", "2025-04-04", "One"), named("2025-05-05", "2025-08-01", "Two")))
    assert period_of(day("2025-04-05"), terms, 1) is None
    assert [one.name for one in periods(terms, day("2025-04-04"), day("2025-05-04"), 1)] == ["One"]
    assert periods(terms, day("2025-08-01"), day("2025-01-01"), 1) == ()


# --- windows --------------------------------------------------------------------------------------------------------

TERM = Bounds(day("2025-02-15"), day("2026-12-31"), 7)


def first_days(every, covers, bounds=TERM):
    return [str(one.first) for one in windows(every, covers, bounds, day("2025-07-31"))]


def test_windows_end_with_their_periods_and_bear_their_names():
    for covers in (*Covers, Rolling(3, "month"), Rolling(10, "day")):
        found = windows(Every.MONTH, covers, TERM, day("2025-04-30"))
        assert [(one.name, str(one.last)) for one in found] == [
            ("2025-02", "2025-02-28"), ("2025-03", "2025-03-31"), ("2025-04", "2025-04-30"),
        ]  # fmt: skip


def test_where_windows_start():
    assert first_days(Every.QUARTER, Covers.YEAR_TO_DATE) == ["2024-07-01", "2024-07-01", "2025-07-01"]
    assert first_days(Every.QUARTER, Covers.SINCE_START) == ["2025-02-15"] * 3
    assert first_days(Every.QUARTER, Rolling(5, "week")) == ["2025-02-25", "2025-05-27", "2025-08-27"]
    assert first_days(YearStarting(10), Covers.YEAR_TO_DATE) == ["2024-10-01"]
    assert first_days(Every.YEAR, Covers.YEAR_TO_DATE) == ["2025-01-01"]
    assert first_days(Every.FISCAL_QUARTER, Rolling(1, "year")) == ["2024-04-01", "2024-07-01", "2024-10-01"]


def test_a_window_never_starts_before_the_first_day_there_is():
    early = Period(day("0050-01-01"), day("0050-01-31"), "0050-01")
    assert window(early, Every.MONTH, Rolling(99, "year"), TERM).first == date.min


@pytest.mark.parametrize(
    ("every", "covers", "expected"),
    [
        (Every.QUARTER, Covers.PERIOD, False),
        (Every.QUARTER, Rolling(3, "month"), False),
        (Every.QUARTER, Rolling(1, "quarter"), False),
        (Every.QUARTER, Rolling(4, "month"), True),
        (Every.QUARTER, Rolling(90, "day"), False),
        (Every.QUARTER, Rolling(91, "day"), True),  # the first quarter of a common year has 90 days
        (Every.MONTH, Rolling(4, "week"), False),
        (Every.MONTH, Rolling(29, "day"), True),
        (Every.WEEK, Rolling(7, "day"), False),
        (Every.WEEK, Rolling(1, "month"), True),
        (Every.DAY, Rolling(1, "day"), False),
        (Every.DAY, Rolling(2, "day"), True),
        (Every.QUARTER, Covers.YEAR_TO_DATE, True),
        (Every.FISCAL_YEAR, Covers.YEAR_TO_DATE, False),
        (Every.YEAR, Covers.YEAR_TO_DATE, False),
        (YearStarting(10), Covers.YEAR_TO_DATE, False),
        (Every.YEAR, Covers.SINCE_START, True),
        (ReportingDays((day("2025-03-01"), day("2026-03-01"))), Rolling(12, "month"), False),
        (ReportingDays((day("2025-03-01"), day("2026-02-28"))), Rolling(12, "month"), True),
        (ReportingDays((day("2025-03-01"),)), Covers.SINCE_START, False),
        (NamedPeriods((named("2025-03-01", "2025-03-31", "a"), named("2025-09-01", "2025-09-30", "b"))),
         Rolling(6, "month"), False),
        (NamedPeriods((named("2025-03-01", "2025-03-31", "a"), named("2025-09-01", "2025-09-30", "b"))),
         Rolling(7, "month"), True),
    ],
)  # fmt: skip
def test_whether_windows_overlap(every, covers, expected):
    assert overlap(windows(every, covers, TERM, TERM.last)) is expected


COVERS = st.sampled_from(Covers) | st.builds(
    Rolling, st.integers(1, 40), st.sampled_from(("day", "week", "month", "quarter", "year"))
)


@given(DAYS, st.integers(0, 900), st.sampled_from(REGULAR[1:]), COVERS, st.integers(1, 12))
def test_windows_overlap_if_any_two_of_them_share_a_day(start, more, every, covers, fiscal):
    bounds = Bounds(start, start + timedelta(days=more), fiscal)
    found = windows(every, covers, bounds, bounds.last)
    pairs = ((one, other) for at, one in enumerate(found) for other in found[at + 1 :])
    assert overlap(found) is any(one.meets(other) for one, other in pairs)


# --- earlier, and parts ---------------------------------------------------------------------------------------------


@given(DAYS, st.sampled_from(REGULAR), st.integers(1, 40), st.sampled_from(sorted(ROLLING)), st.integers(1, 12))
def test_a_period_moved_lies_on_one_of_its_kind(at, every, number, unit, fiscal):
    period = period_of(at, every, fiscal)
    if not whole_move(number, unit, every):
        moved = earlier(period, every, number, unit, fiscal)
        assert moved == period_of(moved.first, every, fiscal)
        assert moved.last < period.last


@pytest.mark.parametrize(
    ("unit", "every", "expected"),
    [
        ("month", Every.QUARTER, False),
        ("quarter", Every.QUARTER, True),
        ("quarter", Every.HALF_YEAR, False),
        ("year", Every.HALF_YEAR, True),
        ("year", Every.WEEK, False),
        ("day", Every.WEEK, False),
        ("week", Every.WEEK, True),
        ("week", Every.MONTH, False),
        ("month", Every.DAY, True),
        ("month", YearStarting(10), False),
        ("week", NamedPeriods(()), True),
    ],
)
def test_which_moves_lead_to_a_period(unit, every, expected):
    assert (whole_move(1, unit, every) == "") is expected


def test_a_move_fits_by_its_length_and_the_shortest_is_offered():
    assert [whole_move(number, "month", Every.HALF_YEAR) for number in (4, 6, 12)] == ["6 months", "", ""]
    assert [whole_move(number, "quarter", Every.YEAR) for number in (3, 4)] == ["1 year", ""]
    assert [whole_move(number, "day", Every.WEEK) for number in (7, 10)] == ["", "1 week"]


def test_own_periods_are_moved_as_they_are():
    own = named("2025-01-13", "2025-02-28", "One")
    assert earlier(own, NamedPeriods((own,)), 1, "year", 7) == named(
        "2024-01-13", "2024-02-29", "2024-01-13..2024-02-29"
    )
    assert earlier(own, NamedPeriods((own,)), 2, "week", 7).first == day("2024-12-30")
    at = named("2024-02-29", "2024-02-29", "2024-02-29")
    assert earlier(at, ReportingDays((at.first,)), 1, "year", 7) == named("2023-02-28", "2023-02-28", "2023-02-28")


@given(DAYS, st.integers(0, 500), st.sampled_from(Every), st.integers(1, 12))
def test_each_part_is_in_one_of_two_stretches_that_follow_each_other(start, more, every, fiscal):
    end = start + timedelta(days=more)
    cut = start + timedelta(days=more // 2)
    whole = parts_of(Period(start, end, ""), every, fiscal, end)
    first = parts_of(Period(start, cut, ""), every, fiscal, end)
    second = parts_of(Period(cut + timedelta(days=1), end, ""), every, fiscal, end) if cut < end else ()
    assert first + second == whole
