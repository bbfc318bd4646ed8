"""payments.csv: its columns, and that its rows sum to the totals of results.json."""

import csv
import io
import json
from decimal import Decimal

from acmspec.renderers import payments_csv, results_json


def read(outputs):
    return list(csv.DictReader(io.StringIO(payments_csv.render(outputs).decode(), newline="")))


def test_columns_and_rows(outputs):
    assert payments_csv.FILE == "payments.csv"
    rows = read(outputs)
    assert list(rows[0]) == ["provider", "period", "term", "state", "basis", "amount"]
    assert [(row["provider"], row["period"], row["term"], row["state"], row["amount"]) for row in rows[:4]] == [
        ("North", "2025-Q3", "bonus", "value", "4000.00"),
        ("South", "2025-Q3", "bonus", "value", "600.00"),
        ("East", "2025-Q3", "bonus", "missing", "0.00"),
        ("North", "2025-Q3", "cap_1", "", "-1500.00"),
    ]
    assert rows[0]["basis"] == "$100.00 for each success; 40 successes"


def test_rows_sum_to_the_totals(outputs):
    rows, totals = read(outputs), json.loads(results_json.render(outputs))["payments"]
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal(totals["total"])
    for key, column in (("by_provider", "provider"), ("by_term", "term")):
        sums: dict[str, Decimal] = {}
        for row in rows:
            sums[row[column]] = sums.get(row[column], Decimal(0)) + Decimal(row["amount"])
        assert {one[column]: Decimal(one["total"]) for one in totals[key]} == sums
