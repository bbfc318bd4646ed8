"""Mistakes that analysts make: each gets its code, a place inside the formula, and a fix in this language's words."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from acmspec import api  # noqa: E402
from acmspec.ground.source import Span  # noqa: E402
from tools import conformance  # noqa: E402

TEXT = Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8")
MISTAKES = yaml.load(TEXT, Loader=yaml.BaseLoader)["cases"]  # noqa: S506  (makes texts only)


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len({one["id"] for one in MISTAKES}) == len(MISTAKES) >= 190


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one["id"] for one in MISTAKES])
def test_a_mistake_is_named_and_its_fix_speaks_this_language(mistake: dict[str, Any]) -> None:
    asked = conformance.question({"kind": "meaning", **mistake})
    found = [
        one
        for one in api.check_text(asked["spec"]).diagnostics
        if isinstance(one.place, Span) and asked["start"] <= one.place.start and one.place.end <= asked["end"]
    ]
    assert [one.code for one in found] == [mistake["code"]]
    assert mistake["fix"] in f"{found[0].fix}"


@pytest.mark.parametrize(
    ("when", "fix"),
    [
        ("open at period end", "`open on period end`"),
        ("open during period", "`open on period end`"),
        ("active on period end", "`active in period`"),
        ("active this period", "`active in period`"),
    ],
)
def test_the_way_into_a_period_is_offered_as_in_a_formula(when: str, fix: str) -> None:
    case = {"id": "when", "kind": "spec", "cohorts": {"there": {"from": "visits", "when": when}}}
    case |= {"formula": "count(there)"}
    found = [one for one in api.check_text(conformance.question(case)["spec"]).diagnostics if "when" in one.path]
    assert [one.code for one in found] == ["ACM220"]
    assert fix in found[0].fix


def test_a_lookup_without_an_end_is_given_one_of_its_own_table() -> None:
    case = {"id": "end", "kind": "meaning", "of": "people", "formula": "any(visits for same client where score > 1)"}
    found = [one for one in api.check_text(conformance.question(case)["spec"]).diagnostics if one.code == "ACM340"]
    assert [one.fix for one in found] == [
        "Add an end: “seen_on within 180 days after born_on”, or “seen_on <= born_on”."
    ]


def test_a_ratio_against_a_count_is_offered_the_count_first() -> None:
    formula, target = "sum(days in period over visits) / length of period", {"kind": "target", "value": "50"}
    case = {"id": "census", "kind": "spec", "formula": formula, "metric": {"benchmarks": {"target": target}}}
    found = [one for one in api.check_text(conformance.question(case)["spec"]).diagnostics if one.code == "ACM310"]
    assert [one.fix.split(",")[0] for one in found] == ["Write 50.0 for 50 times as much"]
