"""results.csv: its columns, its rows, and that a standard reader gets back what was written."""

import csv
import io

from acmspec.renderers import results_csv

COLUMNS = [
    "metric", "period", "period_start", "period_end", "breakdown", "group", "numerator", "denominator", "value",
    "rounded", "state", "flags", "immature", "unjudged", "n", "gaps", "left_out", "parts", "vs_target", "vs_budget",
]  # fmt: skip


def read(outputs):
    return list(csv.DictReader(io.StringIO(results_csv.render(outputs).decode(), newline="")))


def test_the_columns_are_those_others_build_on(outputs):
    assert results_csv.FILE == "results.csv"
    assert results_csv.render(outputs).decode().splitlines()[0].split(",") == COLUMNS


def test_a_row_says_all_of_a_result(outputs):
    row = read(outputs)[0]
    assert list(row.values()) == [
        "homes", "2025-Q3", "2025-07-01", "2025-09-30", "", "", "46", "84", "0.547619047619048", "54.8%", "value",
        "provisional", "0", "0", "84", "", "", "", "not met", "",
    ]  # fmt: skip


def test_only_metrics_have_rows_one_a_period_and_group(outputs):
    rows = read(outputs)
    assert {row["metric"] for row in rows} == {"homes", "costs"}
    keys = [(row["metric"], row["period"], row["breakdown"], row["group"]) for row in rows]
    assert len(set(keys)) == len(keys) == sum(len(one.results) for one in outputs.results.metrics)


def test_states_without_a_value_leave_value_and_comparison_empty(outputs):
    rows = {(row["metric"], row["period"], row["group"]): row for row in read(outputs)}
    few = rows["homes", "2025-Q3", "South"]
    assert (few["state"], few["numerator"], few["denominator"]) == ("too_few", "6", "12")
    silent = rows["homes", "2025-Q3", "East"]
    assert (silent["state"], silent["numerator"], silent["denominator"]) == ("missing", "", "")
    for row in (few, silent):
        assert (row["value"], row["rounded"], row["vs_target"]) == ("", "", "")


def test_fractions_of_cents_and_unending_decimals(outputs):
    row = next(row for row in read(outputs) if row["metric"] == "costs" and row["state"] == "value")
    assert (row["numerator"], row["denominator"], row["value"], row["rounded"]) == (
        "0.1", "3", "0.0333333333333333", "$0.03",
    )  # fmt: skip
    assert (row["vs_target"], row["vs_budget"]) == ("", "met")


def test_texts_of_the_data_stay_unaltered_and_missing_groups_have_a_name(outputs):
    groups = {row["group"] for row in read(outputs) if row["breakdown"] == "provider; kind"}
    assert groups == {'North; =SUM("a";1),\nb', "North; (missing)"}


def test_lines_end_in_a_line_feed(outputs):
    text = results_csv.render(outputs)
    assert b"\r" not in text
    assert text.endswith(b"\n")
