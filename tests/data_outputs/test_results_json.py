"""results.json: valid by its schema, exact, and saying the same as results.csv."""

import csv
import io
import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from acmspec.renderers import results_csv, results_json

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "results.schema.json").read_text(encoding="utf-8"))


def read(outputs):
    return json.loads(results_json.render(outputs))


def test_each_result_is_one_line_and_keys_above_it_are_indented(outputs):
    lines = results_json.render(outputs).decode().split("\n")
    results = [line for line in lines if line.startswith('        {"period": ')]
    told = read(outputs)
    every = (*told["metrics"], *told["outcomes"], *told["referral_checks"])
    assert len(results) == sum(len(one["results"]) for one in every)
    assert json.loads(results[0].rstrip(",")) == told["metrics"][0]["results"][0]
    assert lines[:2] == ["{", '  "acmspec_results": 1,']
    assert lines[-2:] == ["}", ""]


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_file_is_valid(outputs):
    Draft202012Validator(SCHEMA).validate(read(outputs))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("data_date",), "1 July 2025"),
        (("metrics", 0, "better"), "more"),
        (("metrics", 0, "results", 0, "state"), "suppressed"),
        (("metrics", 0, "results", 0, "exact"), "0.5476"),
        (("metrics", 0, "results", 0, "value"), 0.5476),
        (("metrics", 0, "results", 0, "value"), None),
        (("metrics", 0, "results", 0, "flags"), ["late"]),
        (("metrics", 0, "results", 0, "n"), -1),
        (("payments", "total"), "12.5"),
        (("data", 0, "gate"), "ajar"),
        (("more",), 1),
    ],
)
def test_the_schema_refuses_what_the_file_never_says(outputs, path, value):
    page = deepcopy(read(outputs))
    place = page
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(page)


def test_counts_stay_unreduced_and_other_values_are_reduced(outputs):
    metrics = read(outputs)["metrics"]
    assert metrics[0]["results"][0]["exact"] == "46/84"
    assert next(one for one in metrics[1]["results"] if one["state"] == "value")["exact"] == "1/30"


def test_a_comparison_in_numbers(outputs):
    assert read(outputs)["metrics"][0]["results"][0]["comparisons"] == [
        {"benchmark": "target", "against": "11/20", "printed": "55%", "met": False, "sure": False}
    ]


def test_it_says_what_the_table_says(outputs):
    rows = list(csv.DictReader(io.StringIO(results_csv.render(outputs).decode(), newline="")))
    results = [(one["name"], result) for one in read(outputs)["metrics"] for result in one["results"]]
    assert len(rows) == len(results)
    for row, (name, result) in zip(rows, results, strict=True):
        assert (row["metric"], row["period"], row["state"]) == (name, result["period"], result["state"])
        for key in ("value", "rounded", "numerator", "denominator"):
            assert row[key] == (result[key] or "")


def test_the_exact_fraction_is_the_value(outputs):
    for metric in outputs.results.measures:
        for result in metric.results:
            text = results_json.exact(result)
            assert (text is None) is (result.value is None)
            assert text is None or Fraction(text) == result.value


def test_outcomes_of_terms_stand_apart(outputs):
    page = read(outputs)
    assert [one["name"] for one in page["outcomes"]] == ["bonus"]
    assert [one["name"] for one in page["metrics"]] == ["homes", "costs"]


def test_data_quality_names_the_silent(outputs):
    (table,) = read(outputs)["data"]
    assert (table["gate"], table["read"], table["used"], table["invalid"]) == ("open", 10, 9, 1)
    assert table["silent"] == [{"provider": "East", "first": "2025-09-01", "last": "2025-09-30"}]
