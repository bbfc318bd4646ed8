"""Completed months and years, periods and local days in SQL, against the calendar and the standard library."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.backends.duckdb import DuckDB
from acmspec.ground import zones
from acmspec.ground.calendar import Every, add_months, period_of
from acmspec.program.record import Completed, Constant, DayOf, EdgeOf, PeriodOf
from acmspec.program.types import DatetimeType, DateType, NumberType, PeriodType
from acmspec.query.clock import local_time, moment_of
from acmspec.query.dialect import DUCKDB, Dialect
from acmspec.query.literal_sql import constant
from acmspec.query.time_sql import in_time, period_text

DATE, NUMBER = DateType(), NumberType()
NEW_YORK = "America/New_York"
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)) | st.builds(
    lambda year, month, back: add_months(date(year, month, 1), 1) - timedelta(days=back),
    st.integers(1999, 2009), st.integers(1, 12), st.integers(1, 4),
)  # fmt: skip
"""Any days, and many at the ends of months."""


def asked(*sql: str) -> tuple[Any, ...]:
    backend = DuckDB(threads=1)
    try:
        return tuple(backend.rows(f"SELECT {', '.join(sql)}")[0])
    finally:
        backend.close()


def sql_of(record: Any) -> str:
    return constant(DUCKDB, record) if isinstance(record, Constant) else in_time(DUCKDB, record, sql_of)


def completed(months: int, first: date, last: date) -> int:
    """The most N for which N times the months after the first date are not after the last, tried one by one."""
    if last < first:
        return -completed(months, last, first)
    count = 0
    while add_months(first, (count + 1) * months) <= last:
        count += 1
    return count


@settings(max_examples=40)
@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20))
def test_months_and_years_are_completed_as_on_the_calendar(pairs: list[tuple[date, date]]) -> None:
    found = [
        Completed(months, Constant(first, DATE), Constant(last, DATE), NUMBER)
        for first, last in pairs
        for months in (1, 12)
    ]
    expected = [completed(months, first, last) for first, last in pairs for months in (1, 12)]
    assert asked(*(sql_of(one) for one in found)) == tuple(expected)


@pytest.mark.parametrize(
    "every", [Every.WEEK, Every.MONTH, Every.QUARTER, Every.YEAR, Every.FISCAL_QUARTER, Every.FISCAL_YEAR]
)
@settings(max_examples=15)
@given(data=st.data())
def test_periods_have_the_days_and_names_of_the_calendar(every: Every, data: st.DataObject) -> None:
    starts = data.draw(st.integers(1, 12)) if every.is_fiscal else 1
    days = data.draw(st.lists(DAYS, min_size=1, max_size=12))
    of = PeriodType(every, starts)
    sql, expected = [], []
    for day in days:
        first = PeriodOf(Constant(day, DATE), of)
        sql += [sql_of(first), sql_of(EdgeOf(first, True, DATE)), period_text(DUCKDB, f"({sql_of(first)})", of)]
        period = period_of(day, every, starts)
        expected += [period.first, period.last, period.name]
    assert asked(*sql) == tuple(expected)


@settings(max_examples=30)
@given(st.lists(st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)), min_size=1, max_size=20))  # noqa: DTZ001
def test_local_times_are_those_of_the_standard_library(moments: list[datetime]) -> None:
    rules = zones.rules(NEW_YORK)
    times = [one.replace(microsecond=0) for one in moments]
    expected = [one.replace(tzinfo=UTC).astimezone(rules).replace(tzinfo=None) for one in times]
    rows = ", ".join(f"({DUCKDB.moment(one)})" for one in times)
    backend = DuckDB(threads=1)
    try:
        found = backend.rows(f"SELECT {local_time(DUCKDB, 'v.t', NEW_YORK)} FROM (VALUES {rows}) AS v (t)")  # noqa: S608
    finally:
        backend.close()
    assert [one for (one,) in found] == expected


def test_the_day_of_a_moment_that_is_worked_out_is_selected_once() -> None:
    moment = Constant(datetime(2025, 7, 1, 23, 30), DatetimeType(NEW_YORK))  # noqa: DTZ001
    assert asked(sql_of(DayOf(moment, DATE))) == (date(2025, 7, 1),)


@pytest.mark.parametrize("name", [NEW_YORK, "Europe/London", "Africa/Casablanca"])
@pytest.mark.parametrize("of", [local_time, moment_of])
def test_what_holds_at_a_moment_is_found_by_years_as_by_halves(monkeypatch: Any, name: str, of: Any) -> None:
    tick = timedelta(microseconds=1)
    edges = [one.start for one in zones.zone(name).stretches] + [
        one.at.replace(tzinfo=None) for one in zones.zone(name).changes
    ]
    times = [datetime(1, 1, 1, 12), datetime(9999, 12, 31)]  # noqa: DTZ001  (in no zone)
    times += [edge + by for edge in edges for by in (-tick, 0 * tick, tick)]
    monkeypatch.setattr(Dialect, "many", 1)
    by_years = of(DUCKDB, '"at"', name)
    monkeypatch.setattr(Dialect, "many", 10_000)
    by_halves = of(DUCKDB, '"at"', name)
    assert by_years != by_halves
    listed = ", ".join(f"({DUCKDB.moment(one)})" for one in times)
    source = f'FROM (VALUES {listed}, (NULL)) AS t ("at")'
    different = f"SELECT COUNT(*) {source} WHERE ({by_years}) IS DISTINCT FROM ({by_halves})"  # noqa: S608  (all ours)
    assert asked(f"({different})") == (0,)
