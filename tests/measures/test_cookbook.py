"""Every measure of the cookbook is sound, and comes to what was worked out by hand on small data."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from acmspec import pipeline
from acmspec.api import check_text, evaluate
from acmspec.formula.from_text import parse
from acmspec.formula.print import text
from acmspec.ground.diagnostic import Severity
from acmspec.ground.display import pretty
from acmspec.ground.source import Source
from acmspec.results.tree import State
from tests.measures.cookbook import TEXT, Recipe, recipes

RECIPES = recipes()
ANSWERS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8"))
WORKED_OUT = [one for one in RECIPES if one.name in ANSWERS.get(one.part, {}).get("answers", {})]


def test_the_cookbook_is_as_large_as_it_says_it_is_useful() -> None:
    names = [one.name for one in RECIPES]
    assert len(names) >= 40
    assert len(WORKED_OUT) >= 20
    assert len(set(names)) == len(names)
    assert len({one.title for one in RECIPES}) == len(names)
    assert sorted(name for part in ANSWERS.values() for name in part["answers"]) == sorted(
        one.name for one in WORKED_OUT
    )
    assert TEXT.count("```yaml") == len(names) + len({one.part for one in RECIPES})


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda one: one.name)
def test_a_measure_is_sound_and_says_whose_it_is_and_how_it_was_read(recipe: Recipe) -> None:
    outcome = check_text(recipe.spec)
    errors = [pretty(one, color=False) for one in outcome.diagnostics if one.severity is Severity.ERROR]
    assert not errors, "\n".join(errors)
    assert pipeline.is_sound(outcome)
    assert outcome.value is not None
    assert [one.name for one in outcome.value.measures] == [recipe.name]
    above, _, below = recipe.around.partition("*Reading.*")
    assert len(above.strip().splitlines()) >= 2, "a source stands above the lines"
    assert below.strip(), "a reading stands below the lines"


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda one: one.name)
def test_the_formula_of_a_measure_prints_and_reads_back(recipe: Recipe) -> None:
    outcome = check_text(recipe.spec)
    assert outcome.value is not None
    for metric in outcome.value.spec.metrics:
        assert metric.formula.tree is not None
        printed = text(metric.formula.tree)
        assert parse(Source("formula", printed), 0, len(printed)).value == metric.formula.tree


@pytest.mark.parametrize("recipe", WORKED_OUT, ids=lambda one: one.name)
def test_a_measure_comes_to_what_was_worked_out_by_hand(recipe: Recipe, tmp_path: Path) -> None:
    part = ANSWERS[recipe.part]
    answer = part["answers"][recipe.name]
    (tmp_path / "spec.yaml").write_text(recipe.spec, encoding="utf-8")
    for table, rows in part["tables"].items():
        (tmp_path / f"{table}.csv").write_text(rows, encoding="utf-8")
    done = evaluate(tmp_path / "spec.yaml", threads=1)
    assert done.value is not None, [pretty(one, color=False) for one in done.diagnostics]
    (metric,) = done.value.results.metrics
    result = next(one for one in metric.of() if one.period.name == answer["period"])
    assert (result.state, result.value) == (State.VALUE, Fraction(answer["value"])), answer["why"]
    if result.denominator is not None and isinstance(answer["value"], str) and recipe.name not in _OF_UNITS:
        top, bottom = answer["value"].split("/")
        assert (result.numerator, result.denominator) == (Fraction(top), Fraction(bottom)), answer["why"]


_OF_UNITS = frozenset(
    {"placement_moves", "maltreatment_in_care", "good_pavement", "diversion", "contamination", "cost_per_ton",
     "support_collected", "unit_cost", "travel_p90", "employment_change", "median_earnings", "pothole_days",
     "response_mean", "fatality_rate_yearly", "days_homeless"}
)  # fmt: skip
"""Measures whose answer is given in lowest terms, so that only their value is compared."""
