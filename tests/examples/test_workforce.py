"""The job training example: its data, its figures, its worksheet and a closing, with numbers counted here once more."""

import csv
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from acmspec.cli import program
from acmspec.ledger.from_text import read
from tests.worksheet.recalculated import cells, checks, differing, recalculated

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "workforce"
SPEC = EXAMPLE / "spec.yaml"
OUT_OF_PROVIDERS = ("Bridgeway", "Harborlight", "Milltown", "Northside")
QUARTERS_WITH_RESULTS = ("2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3")
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workforce")
    done = CliRunner().invoke(program, ["run", str(SPEC), "--out", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(out: Path, term: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["provider"], row["period"]): row for row in rows(out / "payments.csv") if row["term"] == term}


def test_the_committed_data_is_what_the_generator_writes(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu"}
    subprocess.run([sys.executable, EXAMPLE / "generate.py", tmp_path], check=True, env=environment, timeout=120)
    made = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert made == {one.name: one.read_bytes() for one in (EXAMPLE / "data").iterdir()}
    assert set(made) == {"wages.csv", *(f"participants_{one}.csv" for one in OUT_OF_PROVIDERS)}


@pytest.mark.parametrize("name", ["results.csv", "payments.csv"])
def test_figures_are_those_that_were_checked(out: Path, name: str) -> None:
    assert (out / name).read_text(encoding="utf-8") == (EXAMPLE / "expected" / name).read_text(encoding="utf-8")


def test_work_in_the_second_quarter_is_what_the_files_say(out: Path) -> None:
    """Leavers of the second quarter of 2024 have their second quarter after exit at the end of that year."""
    worked = {
        row["ParticipantID"]
        for row in rows(EXAMPLE / "data" / "wages.csv")
        if row["Quarter"] == "2024-10-01" and Decimal(row["Amount"]) > 0 and row["Posted"] <= "2026-04-15"
    }
    found = {row["group"]: row for row in rows(out / "results.csv") if row["metric"] == "employed_q2"
             and row["period"] == "2024-Q2" and row["breakdown"] == "provider"}  # fmt: skip
    for provider in OUT_OF_PROVIDERS:
        left = {
            row["ParticipantID"]
            for row in rows(EXAMPLE / "data" / f"participants_{provider}.csv")
            if "2024-04-01" <= row["Exit"] <= "2024-06-30"
            and row["Reason"] in {"done", "left"}
            and row["Provider"] == provider
            and row["Enrolled"][4] == "-"
            and row["Enrolled"] <= row["Exit"]
            and row["Barrier"] in {"none", "justice", "housing", "youth"}
            and row["Birth"] != "unknown"
        }
        said = (found[provider]["numerator"], found[provider]["denominator"])
        assert said == (str(len(left & worked)), str(len(left))), provider


def test_a_provider_without_its_file_is_missing_and_not_zero(out: Path) -> None:
    summit = [row for row in rows(out / "payments.csv") if row["provider"] == "Summit" and row["period"] < "2026-Q1"]
    assert {row["state"] for row in summit} == {"missing"}
    assert {row["amount"] for row in summit} == {"0.00"}
    assert all("withheld until received" in row["basis"] for row in summit)


def test_nobody_is_paid_for_kept_work_without_a_placement(out: Path) -> None:
    placed: dict[tuple[str, str], int] = defaultdict(int)
    for term, price in (("placement_others", 900), ("placement_hard_to_serve", 1700)):
        for (provider, period), row in lines(out, term).items():
            own = 2000 if (term, provider) == ("placement_hard_to_serve", "Bridgeway") else price
            count, rest = divmod(Decimal(row["amount"]), own)
            assert rest == 0
            placed[provider, period] += int(count)
    half, year = lines(out, "kept_work_6_months"), lines(out, "kept_work_12_months")
    for provider in OUT_OF_PROVIDERS:
        for period in QUARTERS_WITH_RESULTS:
            after_half, after_year = (
                Decimal(half[provider, period]["amount"]),
                Decimal(year[provider, period]["amount"]),
            )
            assert placed[provider, period] >= after_half / 600 >= after_year / 1100 > 0


def test_a_twentieth_of_what_the_caps_leave_is_kept_back(out: Path) -> None:
    net: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    kept: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows(out / "payments.csv"):
        amount = Decimal(row["amount"])
        if row["term"] != "retain_3":
            net[row["provider"], row["period"]] += amount
        elif amount < 0:  # the sum of a year is paid with its last quarter, on a line of its own
            kept[row["provider"], row["period"]] += amount
    assert kept
    for key, amount in kept.items():
        assert amount == -(net[key] / 20).quantize(Decimal("0.01")), key


def test_the_worksheet_recalculated_agrees_in_every_row(out: Path) -> None:
    workbook = (out / "worksheet.xlsx").read_bytes()
    again = recalculated(workbook)
    found = list(checks(again))
    assert {words for _, _, words in found} == {"agrees"}
    assert len(found) > sum(1 for row in rows(out / "payments.csv") if row["state"])
    assert differing(cells(workbook), again) == []


def test_its_worked_examples_reach_all_that_counts_can() -> None:
    done = CliRunner().invoke(program, ["test", str(SPEC), "--strict"])
    assert done.exit_code == 0, done.output
    proved = CliRunner().invoke(program, ["prove", str(SPEC)])
    # The cap of a year, three times four and once one; the maximums of Milltown, Northside and Summit are lower.
    most = 2 * 3 * 420_000 + 1_200_000 + 1_000_000 + 300_000
    assert f"at most ${most:,}.00. Its maximum is $6,000,000.00." in proved.output


def test_a_quarter_is_closed_and_repeated_from_its_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACMSPEC_ROWS_KEY", "a passphrase of several words")
    folder = tmp_path / "example"
    shutil.copytree(EXAMPLE, folder)
    spec = str(folder / "spec.yaml")
    signed = ["--preparer", "Pat", "--reviewer", "Rae", "--certifier", "Cyd"]
    done = CliRunner().invoke(program, ["close", spec, "2023-Q4", "--as-of", "2024-11-15", *signed])
    assert done.exit_code == 0, done.output
    (book,) = (folder / "ledger").iterdir()
    found = read((book / "ledger.txt").read_bytes(), "ledger.txt").value
    assert found is not None
    (entry,) = found.entries
    assert {"placement_others", "kept_work_6_months"} <= {one.term for one in entry.lines if one.amount > 0}
    assert any(one.term == "kept_work_12_months" for one in entry.accrued)
    again = CliRunner().invoke(program, ["close", spec, "2023-Q4", "--replay"])
    assert again.exit_code == 0, again.output
