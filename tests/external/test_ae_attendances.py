"""The four-hour standard on public data, every figure computed a second time without the product."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

SPEC = Path(__file__).parent / "ae_attendances" / "spec.yaml"
DATA = os.environ.get("ACMSPEC_AE_DATA", "")
STANDARD = Fraction(95, 100)
# Public data may be absent anywhere, so its absence is no failure even where everything else is required.
pytestmark = [
    pytest.mark.external_data,
    pytest.mark.skipif(not DATA, reason="ACMSPEC_AE_DATA does not name the public data set"),
]

Row = dict[str, str]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ae") / "out"
    command = [sys.executable, "-m", "acmspec", "run", SPEC, "--data", f"returns={DATA}", "--as-of", "2019-04-30"]
    done = subprocess.run([*command, "--out", folder], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def decimal_text(value: Fraction) -> str:
    exact = Context(prec=15, rounding=ROUND_HALF_UP).divide(Decimal(value.numerator), Decimal(value.denominator))
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def half_up(value: Fraction, decimals: int) -> Fraction:
    scale = 10**decimals
    return Fraction((value * scale * 2 + 1) // 2, scale)


def month_end(first: date) -> date:
    return date.fromordinal(date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal() - 1)


def row(metric: str, period: tuple[str, date, date], breakdown: str, group: str, sums: tuple[int, int, int]) -> Row:
    """One expected line; `sums` are numerator, denominator and the number of monthly returns."""
    name, first, last = period
    value = Fraction(sums[0], sums[1])
    share = metric == "four_hours"
    printed = half_up(value * 100, 1) if share else half_up(value, 3)
    return {
        "metric": metric,
        "period": name,
        "period_start": first.isoformat(),
        "period_end": last.isoformat(),
        "breakdown": breakdown,
        "group": group,
        "numerator": str(sums[0]),
        "denominator": str(sums[1]),
        "value": decimal_text(value),
        "rounded": f"{Decimal(int(printed * 10)) / 10:.1f}%" if share else f"{Decimal(int(printed * 1000)) / 1000:.3f}",
        "state": "value",
        "flags": "",
        "immature": "0",
        "unjudged": "0",
        "n": str(sums[2]),
        "vs_standard": ("met" if printed >= 100 * STANDARD else "not met") if share else "",
    }


def expected() -> Iterator[Row]:
    pandas = pytest.importorskip("pandas")
    data = pandas.read_csv(DATA, dtype=str, keep_default_na=False)
    for column in ("attendances", "breaches", "admissions"):
        data[column] = [int(text) for text in data[column]]
    data["seen"] = data["attendances"] - data["breaches"]
    data["all"] = ""
    days = [date.fromisoformat(text) for text in data["period"]]
    data["month"] = [(f"{day:%Y-%m}", day, month_end(day)) for day in days]
    data["quarter"] = [fiscal_quarter(day) for day in days]
    plans = (
        ("four_hours", "month", "seen", ("all", "org_code", "type")),
        ("admissions_ratio", "quarter", "admissions", ("all", "org_code")),
    )
    for metric, every, top, breakdowns in plans:
        for by in breakdowns:
            for (period, group), part in data.groupby([every, by]):
                sums = int(part[top].sum()), int(part["attendances"].sum()), len(part)
                yield row(metric, period, "" if by == "all" else by, group, sums)


def fiscal_quarter(day: date) -> tuple[str, date, date]:
    """The quarter of a fiscal year that starts in April and is named by the year it ends in."""
    number = (day.month - 4) % 12 // 3
    first = date(day.year, (number * 3 + 3) % 12 + 1, 1)
    last = month_end(date(first.year, first.month + 2, 1))
    return f"FY{first.year + (first.month >= 4)}-Q{number + 1}", first, last


def test_every_figure_equals_an_independent_computation(out: Path) -> None:
    with (out / "results.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    by_place = {tuple(line.values())[:6]: line for line in found}
    wanted = {tuple(line.values())[:6]: line for line in expected()}
    assert len(found) == len(by_place) == len(wanted) > 10_000
    assert [line for place, line in by_place.items() if line != wanted.get(place)] == []


def test_the_exact_fractions_stand_in_the_json(out: Path) -> None:
    figures = json.loads((out / "results.json").read_text(encoding="utf-8"))
    text = json.dumps(figures)
    totals = [line for line in expected() if line["metric"] == "four_hours" and not line["breakdown"]]
    assert len(totals) == 36
    for line in totals:
        assert f'"{line["numerator"]}/{line["denominator"]}"' in text or fraction_text(line) in text


def fraction_text(line: Row) -> str:
    value = Fraction(int(line["numerator"]), int(line["denominator"]))
    return f'"{value.numerator}/{value.denominator}"'


def test_nothing_is_paid_and_the_gate_is_open(out: Path) -> None:
    with (out / "payments.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == []
    manifest = (out / "manifest.json").read_text(encoding="utf-8")
    assert "12765" in manifest
