import csv
import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing"
EXPECTED = EXAMPLE / "expected"
OUTPUTS = {
    "results.csv", "results.json", "payments.csv", "worksheet.xlsx", "quality.csv", "clauses.md", "clauses.docx",
    "dashboard.html", "manifest.json",
}  # fmt: skip
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def out(example_run: Path) -> Path:
    return example_run


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def results(out: Path, metric: str, breakdown: str = "", group: str = "") -> Rows:
    wanted = {"metric": metric, "breakdown": breakdown, "group": group}
    return [row for row in rows(out / "results.csv") if wanted.items() <= row.items()]


def test_all_outputs_are_written(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == OUTPUTS


@pytest.mark.parametrize("name", ["results.csv", "payments.csv"])
def test_figures_are_those_that_were_checked(out: Path, name: str) -> None:
    assert (out / name).read_text(encoding="utf-8") == (EXPECTED / name).read_text(encoding="utf-8")


def test_a_provider_too_small_to_judge_is_never_judged(out: Path) -> None:
    states = {row["state"] for row in results(out, "permanent_exits", "provider", "Riverbend")}
    assert states <= {"too_few", "undefined"}
    assert "too_few" in states


def test_a_provider_that_fell_silent_is_missing_and_not_zero(out: Path) -> None:
    lantern = {row["period"]: row for row in results(out, "permanent_exits", "provider", "Lantern")}
    assert lantern["2025-Q2"]["state"] == "value"
    for period in ("2025-Q3", "2025-Q4", "2026-Q1"):
        assert (lantern[period]["state"], lantern[period]["value"]) == ("missing", "")


def test_the_last_quarters_of_returns_are_not_mature(out: Path) -> None:
    returns = {row["period"]: row for row in results(out, "returns")}
    assert returns["2025-Q2"]["state"] == "value"
    assert returns["2025-Q4"]["state"] == "immature"
    assert int(returns["2025-Q4"]["immature"]) > 0
    assert returns["2025-Q4"]["value"] == ""


def test_an_improvement_and_a_drop_are_in_the_figures(out: Path) -> None:
    def first_and_last(provider: str) -> tuple[Decimal, Decimal]:
        values = [row["value"] for row in results(out, "permanent_exits", "provider", provider) if row["value"]]
        return Decimal(values[0]), Decimal(values[-1])

    before, after = first_and_last("Cedar Street")
    assert after - before > Decimal("0.08")
    before, after = first_and_last("Harvest House")
    assert before - after > Decimal("0.05")
    met = {row["vs_target"] for row in results(out, "permanent_exits")}
    assert met == {"met", "not met"}


def test_payments_add_up_and_keep_within_every_maximum(out: Path) -> None:
    lines = rows(out / "payments.csv")
    total = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    assert Decimal(100_000) < total <= Decimal(4_800_000)
    figures = (out / "results.json").read_text(encoding="utf-8")
    assert str(total) in figures
    by_provider: dict[str, Decimal] = {}
    for line in lines:
        by_provider[line["provider"]] = by_provider.get(line["provider"], Decimal(0)) + Decimal(line["amount"])
    assert by_provider["Cedar Street"] <= Decimal(900_000)
    assert any(Decimal(line["amount"]) < 0 for line in lines), "a cap takes something away"
    assert {"value", "missing", "immature", "too_few"} <= {line["state"] for line in lines}


def test_the_manifest_names_what_was_read(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    text = json.dumps(manifest)
    for name in ("clients", "enrollments", "referrals"):
        content = (EXAMPLE / "data" / f"{name}.csv").read_bytes()
        assert hashlib.sha256(content).hexdigest() in text
    assert hashlib.sha256((EXAMPLE / "spec.yaml").read_bytes()).hexdigest() in text
    assert "2026-04-15" in text


def test_the_pages_stay_small_and_hold_no_private_value(out: Path) -> None:
    assert len((out / "dashboard.html").read_bytes()) < 150_000
    births = {row["Birth"] for row in rows(EXAMPLE / "data" / "clients.csv")}
    for name in ("dashboard.html", "clauses.md", "results.json", "manifest.json"):
        page = (out / name).read_text(encoding="utf-8")
        assert not [day for day in sorted(births)[:2000] if day in page]


def test_the_checks_of_the_referral_are_calculated(out: Path) -> None:
    """Counted here once more, from the file; a score that is no number makes a record invalid."""
    with (EXAMPLE / "data" / "referrals.csv").open(encoding="utf-8", newline="") as file:
        first = [row for row in csv.DictReader(file) if "2023-10-01" <= row["Referred"] <= "2023-12-31"]
    first = [row for row in first if not row["Score"] or row["Score"].isdigit()]
    needy = [row for row in first if row["Score"] and int(row["Score"]) >= 8]
    unknown = [row for row in first if not row["Score"]]
    told = json.loads((out / "results.json").read_text(encoding="utf-8"))["referral_checks"]
    assert [one["title"] for one in told] == [
        "Referred households that meet the criteria",
        "Stays that came through a referral",
    ]
    found = next(one for one in told[0]["results"] if one["period"] == "2023-Q4")
    assert (found["numerator"], found["denominator"]) == (str(len(needy)), str(len(first)))
    assert found["gaps"] == [
        {"at": "judging", "why": "missing", "of": "score", "table": "referrals", "records": len(unknown)}
    ]
