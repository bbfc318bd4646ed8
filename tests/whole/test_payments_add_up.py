"""The figures of the example are worked out again from the files alone, with arithmetic of this test's own."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.whole.command import EXAMPLE

Row = dict[str, str]
COLUMNS = [
    "metric", "period", "period_start", "period_end", "breakdown", "group", "numerator", "denominator", "value",
    "rounded", "state", "flags", "immature", "unjudged", "n", "gaps", "left_out", "parts",
]  # fmt: skip


def table(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
        assert reader.fieldnames is not None
        return list(reader.fieldnames), rows


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    return yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(example_run: Path) -> dict[str, Any]:
    return json.loads((example_run / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def paid(example_run: Path) -> list[Row]:
    columns, rows = table(example_run / "payments.csv")
    assert columns == ["provider", "period", "term", "state", "basis", "amount"]
    assert len(rows) > 100
    return rows


@pytest.fixture(scope="module")
def shown(example_run: Path) -> list[Row]:
    columns, rows = table(example_run / "results.csv")
    assert columns == [*COLUMNS, "vs_target", "vs_baseline"]
    assert len(rows) > 1000
    return rows


def in_json(told: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for metric in told["metrics"]:
        for result in metric["results"]:
            yield metric, result


def money(text: str) -> Fraction:
    """The amount "$4,800,000" or "65.00"."""
    return Fraction(text.removeprefix("$").replace(",", ""))


def printed(exact: Fraction, decimals: int, mark: str) -> str:
    """Half up, away from zero on a tie, written out by whole-number arithmetic."""
    scaled = abs(exact) * (100 if mark == "%" else 1) * 10**decimals
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(units).rjust(decimals + 1, "0")
    whole, rest = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    sign = "-" if exact < 0 and units else ""
    number = f"{sign}{int(whole):,}" + (f".{rest}" if rest else "")
    return f"{number}{mark}"


def number(text: str) -> Fraction:
    """What a printed "54.8%" or "45 days" is compared as."""
    plain = text.removesuffix(" days").removesuffix(" day").replace(",", "")
    return Fraction(plain.removesuffix("%")) / 100 if plain.endswith("%") else Fraction(plain)


@pytest.mark.parametrize(("column", "by"), [("provider", "by_provider"), ("term", "by_term")])
def test_rows_sum_to_the_totals(paid, told, column: str, by: str) -> None:
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for row in paid:
        sums[row[column]] += money(row["amount"])
    totals = {one[column]: Fraction(one["total"]) for one in told["payments"][by]}
    assert dict(sums) == totals
    assert sum(totals.values()) == Fraction(told["payments"]["total"])


def test_amounts_are_whole_cents_and_something_is_paid(paid, told) -> None:
    assert {row["amount"][-3] for row in paid} == {"."}
    assert Fraction(told["payments"]["total"]) == sum(money(row["amount"]) for row in paid) > 0


def test_no_provider_gets_more_than_its_maximum_nor_all_more_than_the_contract_s(paid, spec) -> None:
    most = {one["provider"]: money(one["maximum"]) for one in spec["agreements"]}
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for row in paid:
        sums[row["provider"]] += money(row["amount"])
    assert set(sums) <= set(most)
    assert [name for name, total in sums.items() if not 0 <= total <= most[name]] == []
    assert sum(sums.values()) <= money(spec["contract"]["maximum"])


def test_no_quarter_pays_more_than_its_cap(paid) -> None:
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in paid:
        if row["term"] == "home_payment" or (row["term"] != "staying_bonus" and "-Q" in row["period"]):
            sums[row["provider"], row["period"]] += money(row["amount"])
    assert max(sums.values()) == 65_000, "a cap that is never reached proves nothing"


def test_caps_are_rows_of_their_own_and_negative(paid) -> None:
    terms = {row["term"] for row in paid}
    caps = terms - {"home_payment", "staying_bonus"}
    assert caps
    assert all(money(row["amount"]) <= 0 for row in paid if row["term"] in caps)
    assert all(money(row["amount"]) >= 0 for row in paid if row["term"] not in caps)


UNTOLD = {None: "(missing)", " not linked": "(not linked)"}


def gap_in_csv(gap) -> str:
    said = {"missing": "{} missing", "no entity": "no {} recorded", "not linked": "{} not linked"}[gap["why"]]
    return ("" if gap["at"] == "judging" else f"{gap['at']}: ") + said.format(gap["of"])


def test_results_csv_and_results_json_say_the_same_row_by_row(shown, told) -> None:
    expected = []
    for metric, result in in_json(told):
        verdicts = {one["benchmark"]: one["met"] for one in result["comparisons"]}
        words = {None: "", True: "met", False: "not met"}
        expected.append({
            "metric": metric["name"],
            **{name: result[name] for name in ("period", "period_start", "period_end", "state")},
            "breakdown": "; ".join(result["breakdown"]),
            "group": "; ".join(UNTOLD.get(one, one) for one in result["group"]),
            **{name: result[name] or "" for name in ("numerator", "denominator", "value", "rounded")},
            "flags": "; ".join(result["flags"]),
            **{name: str(result[name]) for name in ("immature", "unjudged", "n")},
            "gaps": "; ".join(f"{gap_in_csv(one)}: {one['records']}" for one in result["gaps"]),
            "left_out": "; ".join(f"{one['because']}: {one['records']}" for one in result["left_out"]),
            "parts": "; ".join(f"{one['name']}: {one['value'] or 'not known'}" for one in result["parts"]),
            "vs_target": words[verdicts.get("target")],
            "vs_baseline": words[verdicts.get("baseline")],
        })  # fmt: skip
    assert shown == expected


def test_a_metric_period_and_group_has_one_row(shown) -> None:
    keys = [(row["metric"], row["period"], row["breakdown"], row["group"]) for row in shown]
    assert len(set(keys)) == len(keys)


def test_printed_values_are_the_exact_ones_rounded_half_up(told) -> None:
    marks = {"days_to_move_in": " days"}
    checked = 0
    for metric, result in in_json(told):
        if result["state"] != "value":
            assert (result["value"], result["rounded"], result["exact"]) == (None, None, None)
            continue
        exact = Fraction(result["exact"])
        if result["denominator"] is not None:
            assert Fraction(result["numerator"]) / Fraction(result["denominator"]) == exact
        assert result["rounded"] == printed(exact, metric["decimals"], marks.get(metric["name"], "%"))
        assert abs(Fraction(result["value"]) - exact) <= abs(exact) / 10**14
        checked += 1
    assert checked > 1000


def test_comparisons_are_those_of_the_printed_values(told) -> None:
    seen = set()
    for metric, result in in_json(told):
        for one in result["comparisons"]:
            if result["state"] != "value":
                assert one["met"] is None
                continue
            if one["against"] is None:
                assert one["met"] is None
                continue
            assert number(one["printed"]) == Fraction(one["against"])
            value, against = number(result["rounded"]), number(one["printed"])
            assert one["met"] is (value >= against if metric["better"] == "higher" else value <= against)
            seen.add((metric["better"], one["benchmark"], one["met"], value == against))
    assert {(better, met) for better, _, met, _ in seen} == {
        ("higher", True),
        ("higher", False),
        ("lower", True),
        ("lower", False),
    }
    assert any(tie for *_, tie in seen), "a tie, which is met, stands among them"


def test_targets_are_those_of_the_spec_and_the_provider_s_agreement(told, spec) -> None:
    own = {(name, one["provider"]): text for one in spec["agreements"] for name, text in one.get("targets", {}).items()}
    for metric, result in in_json(told):
        provider = result["group"][0] if result["breakdown"] == ["provider"] else None
        shared = spec["metrics"][metric["name"]]["benchmarks"]["target"]["value"]
        expected = own.get((metric["name"], provider), shared)
        found = [number(one["printed"]) for one in result["comparisons"] if one["benchmark"] == "target"]
        assert found == [number(expected)], (metric["name"], result["group"])
