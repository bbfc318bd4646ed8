"""The data of the street repair example is what its generator writes, and holds the mess that it is for."""

import csv
import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "road_repair"
FILES = ("holidays.csv", "inspections.csv", "levels.csv", "miles.csv", "requests.csv", "segments.csv")
DATA_DATE = "2026-07-15"
Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    with (EXAMPLE / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def requests() -> Rows:
    return rows("requests.csv")


@pytest.mark.parametrize(("hash_seed", "zone"), [("0", "UTC"), ("77", "Asia/Kathmandu")])
def test_the_committed_data_is_what_the_generator_writes(tmp_path: Path, hash_seed: str, zone: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone}
    subprocess.run([sys.executable, EXAMPLE / "generate.py", tmp_path], check=True, env=environment, timeout=120)
    assert tuple(sorted(one.name for one in tmp_path.iterdir())) == FILES
    for name in FILES:
        made = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert made == hashlib.sha256((EXAMPLE / "data" / name).read_bytes()).hexdigest(), name


def test_the_data_holds_the_mess_that_the_example_is_for(requests: Rows) -> None:
    whole = [tuple(row.values()) for row in requests]
    assert len(whole) > len(set(whole)) == len({row["RequestID"] for row in requests})
    assert any(row["Loaded"] > DATA_DATE for row in requests)
    assert {row["LevelID"] for row in requests} - {row["LevelID"] for row in rows("levels.csv")} == {"p1", "P3", "SIGN"}
    assert {row["SegmentID"] for row in requests} - {row["SegmentID"] for row in rows("segments.csv")}
    assert any(row["CompletedOn"].endswith("02-30") for row in requests)
    assert any(row["CompletedOn"] and row["CompletedOn"] < row["ReportedAt"][:10] for row in requests)
    assert any(row["ReportedAt"][11:13] == "25" for row in requests)
    assert {row["Passed"] for row in rows("inspections.csv")} >= {"yes", "no", "", "Y", "NO", "pass"}


def test_places_were_made_safe_in_the_hours_that_clocks_skip_and_show_twice(requests: Rows) -> None:
    assert {"2025-03-09 02:20", "2025-11-02 01:30"} <= {row["MadeSafeAt"] for row in requests}


def test_repairs_fall_on_the_days_that_decide(requests: Rows) -> None:
    repaired: dict[tuple[str, str], list[str]] = {}
    gaps: set[int] = set()
    for row in requests:
        for done in repaired.get((row["SegmentID"], row["LevelID"]), []):
            gaps.add((date.fromisoformat(row["ReportedAt"][:10]) - date.fromisoformat(done)).days)
        if row["CompletedOn"] and not row["CompletedOn"].endswith("02-30"):
            repaired.setdefault((row["SegmentID"], row["LevelID"]), []).append(row["CompletedOn"])
    assert {1, 90, 91} <= gaps


def test_one_contractor_was_on_strike_and_one_was_silent_for_a_month(requests: Rows) -> None:
    done = {(row["Contractor"], row["CompletedOn"][:10]) for row in requests}
    assert not any(who == "Causeway Crews" and "2025-08-11" <= day <= "2025-09-05" for who, day in done)
    months = {(row["Contractor"], row["ReportedAt"][:7]) for row in requests}
    assert ("Dovetail Streets", "2026-04") not in months
    assert {("Dovetail Streets", "2026-03"), ("Dovetail Streets", "2026-05"), ("Alder Paving", "2026-04")} <= months
