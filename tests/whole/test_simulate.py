"""`acmspec simulate`: the past settled again, and chances and sums that follow from each other."""

import csv
from decimal import Decimal
from fractions import Fraction
from math import comb
from pathlib import Path

from click.testing import CliRunner, Result

from acmspec.cli import program
from tests.program.small import TEXT

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "workforce"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, ["simulate", *map(str, arguments)])


def rows(text: str, section: str) -> list[list[str]]:
    part = text.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in part.splitlines() if "|" in line]
    return lines[2:]


def amount(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", ""))


def test_past_periods_pay_what_the_run_pays_but_for_the_phase_in() -> None:
    done = run(EXAMPLE / "spec.yaml")
    assert done.exit_code == 0
    assert run(EXAMPLE / "spec.yaml").stdout == done.stdout
    found = {row[0]: row[1:] for row in rows(done.stdout, "What past periods would have paid")}
    sums: dict[tuple[str, str], Decimal] = {}
    with (EXAMPLE / "expected" / "payments.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["period"], row["provider"]
            sums[key] = sums.get(key, Decimal(0)) + Decimal(row["amount"])
    # The year after the one of the phase-in is settled as it was; in its own, the cap of the year takes more.
    for period in ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"):
        assert amount(found[period][0]) == sums[period, "Bridgeway"]
        assert amount(found[period][1]) == sums[period, "Harborlight"]
    assert amount(found["2023-Q3"][0]) > 0 == sums["2023-Q3", "Bridgeway"]
    for row in found.values():
        assert sum(map(amount, row[:-1])) == amount(row[-1])


def test_a_stated_rate_and_caseload_give_the_chances_of_tiers() -> None:
    """Of 20 records at 65%, 60% are 12 and 70% are 14."""
    done = run(EXAMPLE / "spec.yaml", "--rate", "credentials=65%", "--caseload", "credentials=20")
    found = [row for row in rows(done.stdout, "Chances of tiers") if row[:2] == ["credential_bonus", "Northside"]]
    weights = [Fraction(comb(20, n) * 13**n * 7 ** (20 - n), 20**20) for n in range(21)]
    for row, (low, high) in zip(found, ((0, 12), (12, 14), (14, 21)), strict=True):
        chance = int(sum(weights[low:high]) * 1000 + Fraction(1, 2))
        assert row[2:4] + row[5:6] == ["20", "65%", f"{chance // 10}.{chance % 10}%"]
    (spent,) = (row for row in rows(done.stdout, "Expected spending") if row[:2] == ["Northside", "credential_bonus"])
    mean = 12 * (4000 * sum(weights[12:14]) + 9000 * sum(weights[14:]))
    assert amount(spent[-1]) == Decimal(int(mean * 100 + Fraction(1, 2))) / 100


def test_too_few_records_have_no_tier() -> None:
    done = run(EXAMPLE / "spec.yaml", "--caseload", "credentials=14")
    found = [row for row in rows(done.stdout, "Chances of tiers") if row[:2] == ["credential_bonus", "Northside"]]
    assert [row[4].strip() for row in found] == ["fewer than the 15 records needed"]


def test_what_is_not_known_is_said_and_not_counted_as_zero() -> None:
    done = run(EXAMPLE / "spec.yaml")
    assert "Not in it, as nothing is known of them: “work_bonus” of Summit" in done.stdout
    summit = [row for row in rows(done.stdout, "Expected spending") if row[0] == "Summit"]
    assert {row[2] for row in summit} == {"unknown"}


def test_the_contract_is_applied_to_the_time_before_its_term() -> None:
    found = rows(run(EXAMPLE / "spec.yaml", "--since", "2023-04-01").stdout, "What past periods would have paid")
    assert found[0][0] == "2023-Q2"


def test_wrong_use_is_told(tmp_path: Path) -> None:
    spec = EXAMPLE / "spec.yaml"
    unknown = run(spec, "--rate", "credential=65%")
    assert unknown.exit_code == 2
    assert "there is no metric “credential” that is a share" in unknown.stderr
    for option, value in (("--rate", "credentials=0.65"), ("--rate", "x"), ("--caseload", "credentials=0")):
        assert run(spec, option, value).exit_code == 2
    path = tmp_path / "spec.yaml"
    path.write_text(TEXT.replace("price: $100", "price: -$100"), encoding="utf-8")
    assert run(path).exit_code == 1
    assert run(tmp_path / "nowhere.yaml").exit_code == 2
