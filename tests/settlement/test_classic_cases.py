"""Payments that real contracts came to are reproduced from records: near misses, a long table, a price a day."""

from fractions import Fraction
from typing import Any

import pytest

from tools import conformance
from tools.conformance_answers import answer

ON = {"undefined": "nothing", "too_few": "nothing", "immature": "wait", "missing": "withhold until received",
      "disputed": "pay the undisputed part"}  # fmt: skip
HEADER = "id,seen_on,provider,ok,kind,hours"


def paid(formula: str, rows: list[str], term: dict[str, Any], **metric: Any) -> tuple[str, str]:
    """The printed result of provider A for the year, and the amount of its only payment line."""
    case = {
        "id": "classic",
        "kind": "run",
        "formula": formula,
        "metric": {
            "use": "paid",
            "break_down_by": ["provider"],
            "benchmarks": {"line": {"kind": "target", "value": term.pop("target")}},
            **metric,
        },
        "agreements": [{"provider": "A", "number": '"1"'}],
        "incentives": {"terms": {"pay": {**term, "per": "[provider, year]", "on": ON}}},
        "changes": [["  maximum: $100,000\n", "  maximum: $10,000,000\n"]],
        "tables": {"visits": "\n".join([HEADER, *rows])},
    }
    found = answer(conformance.question(case))
    assert found["findings"] == [], found
    (line,) = found["payments"]
    (result,) = (row for row in found["rows"] if row["metric"] == "subject" and row["by"])
    return result["printed"], line["amount"]


def visits(count: int, *, ok: int = 0, kind: str = "home", hours: int = 0) -> list[str]:
    """So many visits of provider A, some of them ok; the hours lie on the first."""
    return [
        f"{kind}{at},2025-03-01,A,{'yes' if at < ok else 'no'},{kind},{hours if at == 0 else 0}" for at in range(count)
    ]


def tiers(*steps: tuple[str | None, str | None, str]) -> list[dict[str, str]]:
    return [
        {key: value for key, value in (("from", first), ("below", below), ("pay", pay)) if value is not None}
        for first, below, pay in steps
    ]


@pytest.mark.parametrize(
    ("decimals", "printed"), [("0 decimals", "55%"), ("1 decimal", "54.8%"), ("2 decimals", "54.76%")]
)
def test_46_of_84_reaches_55_percent_only_where_the_contract_rounds_to_it(decimals: str, printed: str) -> None:
    term = {"kind": "tiered bonus", "metric": "subject", "target": "55%",
            "bands": tiers((None, "55%", "$0"), ("55%", None, '"$10,000"'))}  # fmt: skip
    found = paid("share(ok over visits)", visits(84, ok=46), term, round=decimals)
    assert found == (printed, "10000.00" if printed == "55%" else "0.00")


@pytest.mark.parametrize(
    ("decimals", "printed"), [("2 decimals", "0.08"), ("3 decimals", "0.084"), ("4 decimals", "0.0839")]
)
def test_142_against_155_per_hundred_does_not_reach_10_percent_however_printed(decimals: str, printed: str) -> None:
    each = '(sum(hours over visits where kind = "{0}") / count(visits where kind = "{0}"))'
    formula = f"({each.format('family')} - {each.format('home')}) / {each.format('family')}"
    rows = [*visits(100, kind="home", hours=142), *visits(100, kind="family", hours=155)]
    term = {"kind": "tiered bonus", "metric": "subject", "target": "10%",
            "bands": tiers((None, "10%", "$0"), ("10%", None, '"$50,000"'))}  # fmt: skip
    assert paid(formula, rows, term, round=decimals) == (printed, "0.00")


@pytest.mark.parametrize("done", [0, 39, 40, 41, 54, 69, 70, 100])
def test_a_step_table_of_31_rows_pays_the_row_of_the_result(done: int) -> None:
    edges = range(40, 70)
    steps = [(None, "40%", "$0"), *((f"{at}%", f"{at + 1}%", f'"${(at - 39) * 1_000:,}"') for at in edges)]
    steps.append(("70%", None, '"$40,000"'))
    term = {"kind": "tiered bonus", "metric": "subject", "target": "70%", "bands": tiers(*steps[:-1], steps[-1])}
    owed = 40_000 if done >= 70 else 0 if done < 40 else (done - 39) * 1_000
    assert paid("share(ok over visits)", visits(100, ok=done), term) == (f"{done}.0%", f"{owed}.00")


def test_a_per_diem_price_is_exact_over_many_days() -> None:
    term = {"kind": "rate card", "metric": "subject", "price": "$15.12", "target": "1"}
    owed = Fraction("15.12") * 299_928
    assert paid("sum(hours over visits)", visits(3, hours=299_928), term) == ("299,928.0", f"{float(owed):.2f}")
    assert owed == Fraction(453_491_136, 100)
