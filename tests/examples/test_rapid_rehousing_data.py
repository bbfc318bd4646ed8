import csv
import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing"
FILES = ("clients.csv", "enrollments.csv", "referrals.csv")
DATA_DATE = "2026-04-15"


def rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("hash_seed", "zone"), [("0", "UTC"), ("77", "Asia/Kathmandu")])
def test_the_committed_data_is_what_the_generator_writes(tmp_path: Path, hash_seed: str, zone: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone}
    subprocess.run([sys.executable, EXAMPLE / "generate.py", tmp_path], check=True, env=environment, timeout=120)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(FILES)
    for name in FILES:
        made = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert made == hashlib.sha256((EXAMPLE / "data" / name).read_bytes()).hexdigest(), name


def test_the_data_holds_the_mess_that_the_example_is_for() -> None:
    stays = rows("enrollments.csv")
    assert 18_000 <= len(stays) <= 22_000
    assert {row["Dest"] for row in stays} >= {"", "99", "deceased", "transfer", "rentl"}
    whole = [tuple(row.values()) for row in stays]
    assert len(whole) > len(set(whole))
    assert len(set(whole)) == len({row["EnrollmentID"] for row in stays})
    assert any(row["Loaded"] > DATA_DATE for row in stays)
    assert any((row["Loaded"] > row["Entry"][:8] + "28") and row["Loaded"] <= DATA_DATE for row in stays)
    known = {row["ClientID"] for row in rows("clients.csv")}
    assert any(row["ClientID"] and row["ClientID"] not in known for row in stays)
    assert any(row["Exit"].endswith("02-30") for row in stays)
    assert any(row["Exit"] and row["Exit"] < row["Entry"] for row in stays if len(row["Entry"]) == len(DATA_DATE))


def test_stays_overlap_and_come_again_on_the_days_that_decide() -> None:
    by_client: dict[str, list[tuple[date, date]]] = {}
    for row in rows("enrollments.csv"):
        try:
            stay = date.fromisoformat(row["Entry"]), date.fromisoformat(row["Exit"] or "2026-04-20")
        except ValueError:
            continue
        by_client.setdefault(row["ClientID"], []).append(stay)
    gaps = {
        (later[0] - earlier[1]).days
        for stays in by_client.values()
        for earlier in stays
        for later in stays
        if later is not earlier
    }
    assert {0, 1, 180, 181} <= gaps
    assert any(gap < 0 for gap in gaps)


def test_one_provider_is_small_and_one_fell_silent() -> None:
    entries: dict[str, list[str]] = {}
    for row in rows("enrollments.csv"):
        entries.setdefault(row["Provider"], []).append(row["Entry"])
    assert len(entries) == 8
    assert len(entries["Riverbend"]) < 80
    assert max(entries["Lantern"]) < "2025-07-01"
    assert all(max(days) > "2026-03-31" for name, days in entries.items() if name not in {"Lantern", "Riverbend"})
