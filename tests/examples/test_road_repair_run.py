"""The street repair example run as a whole: its figures, recounted here from the files, and what follows from them."""

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from acmspec.api import check_text
from tests.whole.command import acmspec
from tests.worksheet.recalculated import cells, checks, differing, recalculated

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "road_repair"
TERMS = {"monthly_fee", "late_repairs", "dangers_left_open", "slow_securing"}
Rows = list[dict[str, str]]


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roads")
    done = acmspec(["run", EXAMPLE / "spec.yaml", "--out", folder / "out", "--threads", 1], folder, {})
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def lines(out: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    return {(row["provider"], row["period"], row["term"]): row for row in rows(out / "payments.csv")}


@pytest.fixture(scope="module")
def valid() -> Rows:
    """The requests that the spec finds valid and had received by the data date, each once; read by hand."""
    levels = {row["LevelID"] for row in rows(EXAMPLE / "data" / "levels.csv")}
    found: dict[str, dict[str, str]] = {}
    for row in rows(EXAMPLE / "data" / "requests.csv"):
        try:
            reported = datetime.fromisoformat(row["ReportedAt"])
            done = date.fromisoformat(row["CompletedOn"]) if row["CompletedOn"] else None
        except ValueError:
            continue
        if row["Loaded"] > "2026-07-15" or (done and done < reported.date()) or row["MadeSafeAt"] == "2025-03-09 02:20":
            continue
        found[row["RequestID"]] = row
    assert {row["LevelID"] for row in found.values()} - levels
    return list(found.values())


def deadline(day: date, allowed: int, off: set[str]) -> date:
    """The day that many business days later."""
    while allowed:
        day += timedelta(days=1)
        allowed -= day.isoweekday() < 6 and day.isoformat() not in off
    return day


@pytest.mark.parametrize("name", ["results.csv", "payments.csv"])
def test_figures_are_those_that_were_checked(out: Path, name: str) -> None:
    assert (out / name).read_text(encoding="utf-8") == (EXAMPLE / "expected" / name).read_text(encoding="utf-8")


def test_late_repairs_are_counted_by_business_days(out: Path, valid: Rows) -> None:
    off = {row["Day"] for row in rows(EXAMPLE / "data" / "holidays.csv")}
    allowed = {row["LevelID"]: int(row["BusinessDays"]) for row in rows(EXAMPLE / "data" / "levels.csv")}
    asked: Counter[tuple[str, str]] = Counter()
    timely: Counter[tuple[str, str]] = Counter()
    for row in valid:
        key = row["Contractor"], row["ReportedAt"][:7]
        asked[key] += 1
        if row["CompletedOn"] and row["LevelID"] in allowed:
            last = deadline(date.fromisoformat(row["ReportedAt"][:10]), allowed[row["LevelID"]], off)
            timely[key] += date.fromisoformat(row["CompletedOn"]) <= last
    told = [
        row
        for row in rows(out / "results.csv")
        if row["metric"] == "repairs_on_time" and row["breakdown"] == "contractor" and row["state"] == "value"
    ]
    assert len(told) > 70
    for row in told:
        key = row["group"], row["period"]
        assert (int(row["numerator"]), int(row["denominator"])) == (timely[key], asked[key]), key


def test_nine_in_ten_places_are_safe_by_the_hour_told(out: Path, valid: Rows) -> None:
    """The 90th percentile by hand, in a month in which no clock changes."""
    urgent = {row["LevelID"] for row in rows(EXAMPLE / "data" / "levels.csv") if row["Urgent"] == "yes"}
    hours = sorted(
        Fraction(int((datetime.fromisoformat(row["MadeSafeAt"]) - reported).total_seconds()), 3600)
        for row in valid
        for reported in [datetime.fromisoformat(row["ReportedAt"])]
        if row["Contractor"] == "Causeway Crews"
        and row["ReportedAt"].startswith("2025-02")
        and row["LevelID"] in urgent
        and row["MadeSafeAt"]
    )
    place = Fraction(9, 10) * (len(hours) - 1)
    low = int(place)
    value = hours[low] + (place - low) * (hours[min(low + 1, len(hours) - 1)] - hours[low])
    (told,) = (
        row
        for row in rows(out / "results.csv")
        if (row["metric"], row["group"], row["period"]) == ("hours_to_safe", "Causeway Crews", "2025-02")
    )
    assert told["rounded"] == f"{float(value):.1f} hours"
    assert told["value"][:12] == f"{float(value):.13f}"[:12]


def test_a_slow_month_is_a_warning_and_rows_cost_more(lines: dict) -> None:
    amounts = [lines["Causeway Crews", f"2025-{month:02}", "slow_securing"]["amount"] for month in range(1, 9)]
    # 3% of $71,500 is $2,145; from the fourth month in a row on half as much again; 36 hours and more cost 6%.
    assert amounts == ["0.00", "-2145.00", "-2145.00", "-3217.50", "-3217.50", "-3217.50", "-3217.50", "-6435.00"]


def test_a_quick_month_earns_back_half_of_what_the_month_before_cost(lines: dict) -> None:
    assert lines["Alder Paving", "2025-06", "slow_securing"]["amount"] == "-1800.00"
    assert lines["Alder Paving", "2025-07", "slow_securing"]["amount"] == "900.00"


def test_no_month_costs_more_than_its_cap(lines: dict) -> None:
    taken: Counter[tuple[str, str]] = Counter()
    for (provider, period, term), row in lines.items():
        if term != "monthly_fee":
            taken[provider, period] += Decimal(row["amount"])
    assert min(taken.values()) == Decimal(-10_000)
    assert lines["Causeway Crews", "2025-08", "deduction_cap_1"]["amount"] == "10435.00"


def test_a_contractor_that_did_not_report_waits_and_is_not_let_off(lines: dict) -> None:
    silent = [lines["Dovetail Streets", "2026-04", term] for term in sorted(TERMS - {"monthly_fee"})]
    assert {(row["state"], row["amount"]) for row in silent} == {("missing", "0.00")}
    assert lines["Dovetail Streets", "2026-04", "monthly_fee"]["amount"] == "34000.00"


def test_the_worksheet_recalculated_agrees_in_every_row(out: Path) -> None:
    workbook = (out / "worksheet.xlsx").read_bytes()
    again = recalculated(workbook)
    assert {words for _, _, words in checks(again)} == {"agrees"}
    assert differing(cells(workbook), again) == []


def test_the_clauses_speak_of_hours_and_of_business_days(out: Path) -> None:
    text = (out / "clauses.md").read_text(encoding="utf-8")
    assert "The result must be no more than 24 hours." in text
    assert "A business day of the calendar “City” is any day except Saturdays and Sundays" in text


def test_half_a_cent_of_a_deduction_cap_is_said_as_it_is_written() -> None:
    text = (EXAMPLE / "spec.yaml").read_text(encoding="utf-8")
    assert "deduction cap: $10,000" in text
    finer = text.replace("deduction cap: $10,000", "deduction cap: $10,000.005")
    (one,) = (each for each in check_text(finer, str(EXAMPLE / "spec.yaml")).diagnostics if each.code == "ACM479")
    assert (one.message, one.path) == ("“$10,000.005” has a fraction of a cent", "incentives.limits.0")
