"""Moments, months, quarters and years in cells: which texts are valid, and which moment or day each of them is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from acmspec.backends.duckdb import DuckDB
from acmspec.facts.cells import CellSql
from acmspec.ground.calendar import Every
from acmspec.program.record import Column, DayOf, FieldValue
from acmspec.program.tree import Roll
from acmspec.program.types import DatetimeType, DateType, PeriodType
from acmspec.query.dialect import DUCKDB

Run = Callable[..., Any]
NEW_YORK = "America/New_York"


def value(build: Any, kind: str, of: Any, text: str) -> str | None:
    """What a cell becomes, as the engine shows it; None where it is not valid."""
    cell = CellSql(DUCKDB, build.column("a", kind, of=of))
    literal = DUCKDB.text(text)
    shown = cell.shown("n") if cell.is_moment else "NULL"
    inside = f"SELECT n, {shown} AS m FROM (SELECT {literal} AS n)"  # noqa: S608
    sql = f"SELECT CAST({cell.value('n', 0, 'm')} AS VARCHAR) FROM ({inside})"  # noqa: S608
    backend = DuckDB(threads=1)
    try:
        found = backend.rows(sql)[0][0]
    finally:
        backend.close()
    assert found is None or isinstance(found, str)
    return found


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-07-01 14:30", "2025-07-01 14:30:00"),
        ("2025-07-01T14:30:15", "2025-07-01 14:30:15"),
        ("2025-07-01 14:30:15.250000", "2025-07-01 14:30:15.25"),
        ("2024-02-29 00:00", "2024-02-29 00:00:00"),
        ("2025-12-31 23:59:59.999999", "2025-12-31 23:59:59.999999"),
        ("2025-02-29 10:00", None),
        ("2025-07-01", None),
        ("2025-07-01 24:00", None),
        ("2025-07-01 9:30", None),
        ("2025-07-01 14:30:60", None),
        ("2025-07-01 02:30 PM", None),
        ("07/01/2025 14:30", None),
        ("2025-07-01 14:30:15.1234567", None),
        ("2025-07-01 14:30Z", None),
        ("2025-07-01T14:30:00-05:00", None),
        ("2025-03-09 02:30", "2025-03-09 02:30:00"),
    ],
)
def test_without_a_zone_a_moment_is_what_clocks_show(build: Any, text: str, moment: str | None) -> None:
    assert value(build, "datetime", DatetimeType(), text) == moment


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-07-01 14:30", "2025-07-01 18:30:00"),
        ("2025-01-01 14:30", "2025-01-01 19:30:00"),
        ("2025-07-01T14:30:00Z", "2025-07-01 14:30:00"),
        ("2025-07-01 14:30 Z", "2025-07-01 14:30:00"),
        ("2025-07-01 14:30:00-05:00", "2025-07-01 19:30:00"),
        ("2025-07-01 14:30:00+0530", "2025-07-01 09:00:00"),
        ("2025-07-01 14:30:00.5+00", "2025-07-01 14:30:00.5"),
        ("2025-12-31 23:30-05:00", "2026-01-01 04:30:00"),
        ("2025-07-01 14:30:00+19:00", None),
        ("2025-07-01 14:30:00 EST", None),
        # Clocks go forward on 9 March at 02:00, so 02:00 to 02:59 are never shown.
        ("2025-03-09 01:59:59", "2025-03-09 06:59:59"),
        ("2025-03-09 02:00", None),
        ("2025-03-09 02:59:59", None),
        ("2025-03-09 03:00", "2025-03-09 07:00:00"),
        # They go back on 2 November at 02:00, so 01:00 to 01:59 are shown twice: the first is meant.
        ("2025-11-02 00:59:59", "2025-11-02 04:59:59"),
        ("2025-11-02 01:30", "2025-11-02 05:30:00"),
        ("2025-11-02 01:30-05:00", "2025-11-02 06:30:00"),
        ("2025-11-02 02:00", "2025-11-02 07:00:00"),
        ("1950-07-01 12:00", "1950-07-01 17:00:00"),
        ("2150-07-01 12:00", "2150-07-01 17:00:00"),
    ],
)
def test_with_a_zone_a_moment_is_kept_in_utc(build: Any, text: str, utc: str | None) -> None:
    assert value(build, "datetime", DatetimeType(NEW_YORK), text) == utc


@pytest.mark.parametrize(
    ("every", "starts", "text", "first"),
    [
        (Every.MONTH, 1, "2025-07", "2025-07-01"),
        (Every.MONTH, 1, "2025-7", None),
        (Every.MONTH, 1, "2025-13", None),
        (Every.MONTH, 1, "2025-07-01", None),
        (Every.MONTH, 1, "Jul 2025", None),
        (Every.QUARTER, 1, "2025-Q3", "2025-07-01"),
        (Every.QUARTER, 1, "2025Q1", "2025-01-01"),
        (Every.QUARTER, 1, "2025Q4", "2025-10-01"),
        (Every.QUARTER, 1, "2025-Q5", None),
        (Every.QUARTER, 1, "2025-3", None),
        (Every.QUARTER, 1, "FY2025-Q3", None),
        (Every.YEAR, 1, "2025", "2025-01-01"),
        (Every.YEAR, 1, "25", None),
        (Every.YEAR, 1, "FY2025", None),
        (Every.FISCAL_QUARTER, 7, "FY2026-Q1", "2025-07-01"),
        (Every.FISCAL_QUARTER, 7, "FY2026Q2", "2025-10-01"),
        (Every.FISCAL_QUARTER, 7, "2026-Q3", "2026-01-01"),
        (Every.FISCAL_QUARTER, 10, "FY2026-Q2", "2026-01-01"),
        (Every.FISCAL_QUARTER, 11, "FY2026-Q2", "2026-02-01"),
        (Every.FISCAL_QUARTER, 1, "FY2026-Q2", "2026-04-01"),
        (Every.FISCAL_QUARTER, 7, "FY2026", None),
        (Every.FISCAL_YEAR, 7, "FY2026", "2025-07-01"),
        (Every.FISCAL_YEAR, 1, "2026", "2026-01-01"),
        (Every.FISCAL_YEAR, 10, "2026", "2025-10-01"),
        (Every.FISCAL_YEAR, 7, "FY26", None),
        (Every.FISCAL_YEAR, 7, "2025-26", None),
    ],
)
def test_a_period_is_kept_as_its_first_day(build: Any, every: Every, starts: int, text: str, first: str | None) -> None:
    assert value(build, every.value, PeriodType(every, starts), text) == first


CELLS = [
    ("datetime", DatetimeType(), "2025-07-01", "ACM470"),
    ("datetime", DatetimeType(), "2025-07-01T14:30:00Z", "ACM471"),
    ("datetime", DatetimeType(NEW_YORK), "2025-03-09 02:30", "ACM472"),
    ("datetime", DatetimeType(NEW_YORK), "2025-02-30 02:30Z", "ACM470"),
    ("month", PeriodType(Every.MONTH), "July", "ACM473"),
    ("quarter", PeriodType(Every.QUARTER), "Q3 2025", "ACM474"),
    ("year", PeriodType(Every.YEAR), "2025.0", "ACM475"),
    ("fiscal quarter", PeriodType(Every.FISCAL_QUARTER, 7), "FY26-Q1", "ACM476"),
    ("fiscal year", PeriodType(Every.FISCAL_YEAR, 7), "2025/26", "ACM477"),
]


@pytest.mark.parametrize(("kind", "of", "text", "code"), CELLS)
def test_a_bad_cell_is_reported_with_its_place(build: Any, ran: Run, kind: str, of: Any, text: str, code: str) -> None:  # noqa: PLR0917
    table = build.store(
        "calls", build.column("id"), build.column("on", "date"), build.column("at", kind, of=of), build.column("k")
    )
    count = build.aggregate("count", None, build.population("calls", build.value("calls", "on", "date")))
    done = ran(
        build.program(build.measure(count), stores=(table,)), {"calls": f"id,on,at,k\n1,2025-01-01,,\n2,,{text},\n"}
    )
    first, gate = done.outcome.diagnostics
    assert (first.code, first.place.number, first.place.column, first.place.value) == (code, 3, "at", text)
    assert gate.code == "ACM430"


@pytest.mark.parametrize(("at", "received"), [("2025-12-31 23:59", True), ("2026-01-01 00:00", False)])
@pytest.mark.parametrize("zone", ["", NEW_YORK])
def test_a_record_is_received_on_the_local_day(build: Any, ran: Run, at: str, received: bool, zone: str) -> None:
    table = build.store(
        "calls", build.column("id"), build.column("on", "date"),
        build.column("at", "datetime", of=DatetimeType(zone)), received="at",
    )  # fmt: skip
    count = build.aggregate("count", None, build.population("calls", build.value("calls", "on", "date")))
    data = {"calls": f"id,on,at\n1,2025-10-01,{at}\n"}
    done = ran(build.program(build.measure(count), stores=(table,)), data, as_of=date(2025, 12, 31))
    assert done.facts.table("calls").not_received == (0 if received else 1)


@pytest.mark.parametrize(
    ("zone", "utc", "bad", "on_day"),
    [("", False, 0, 2), (NEW_YORK, True, 0, 1), (NEW_YORK, False, 0, 2), ("", True, 3, 0)],
)
def test_timestamps_of_a_parquet_file_are_moments_also_at_midnight(  # noqa: PLR0917
    build: Any, ran: Run, tmp_path: Path, zone: str, utc: bool, bad: int, on_day: int
) -> None:
    """Of midnight, noon and the next midnight, two are on the day itself; in New York, those of UTC are earlier."""
    arrow, tables = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    days = [datetime(2025, 7, 1), datetime(2025, 7, 1, 12), datetime(2025, 7, 2)]  # noqa: DTZ001
    kind = arrow.timestamp("us", tz="UTC" if utc else None)
    path = tmp_path / "calls.parquet"
    tables.write_table(arrow.table({"id": ["1", "2", "3"], "at": arrow.array(days, type=kind)}), path)
    of = DatetimeType(zone)
    table = build.store("calls", build.column("id"), build.column("at", "datetime", of=of))
    day = DayOf(FieldValue(0, (), Column("calls", "at"), of, True), DateType())
    on = build.aggregate("count", None, build.population("calls", day), where=build.compare(day, "=", date(2025, 7, 1)))
    if zone and utc:
        on = replace(on, where=build.compare(day, "=", date(2025, 6, 30)))
    done = ran(build.program(build.measure(on), stores=(table,)), {"calls": path}, end="parquet")
    assert [one for one in done.codes if one == "ACM471"] == ["ACM471"] * bad
    if not bad:
        period = "2025-Q2" if zone and utc else "2025-Q3"
        assert done.parts(on, period) == (on_day,)


@pytest.mark.parametrize(("zone", "silent"), [("", ()), (NEW_YORK, (("a", date(2025, 2, 1), date(2025, 2, 28)),))])
def test_who_reports_in_a_month_is_told_by_local_days(build: Any, ran: Run, zone: str, silent: Any) -> None:
    """The record of the first day of February in UTC is one of January in New York."""
    at = "2025-02-01 03:00" + ("Z" if zone else "")
    of, roll = DatetimeType(zone), Roll(Column("calls", "site"), Column("calls", "at"), Every.MONTH)
    table = build.store(
        "calls", build.column("id"), build.column("site"), build.column("at", "datetime", of=of), roll=roll
    )
    day = DayOf(FieldValue(0, (), Column("calls", "at"), of, True), DateType())
    count = build.aggregate("count", None, build.population("calls", day))
    agreements = (build.agreement("a", date(2025, 1, 1), date(2025, 2, 28)),)
    one = build.program(build.measure(count), stores=(table,), agreements=agreements)
    done = ran(one, {"calls": f"id,site,at\n1,a,2025-01-05 12:00\n2,a,{at}\n"}, as_of=date(2025, 3, 31))
    assert done.facts.table("calls").silent == silent
