"""Different values in many breakdowns: those of one record, of several in one group, and of several groups."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from acmspec import api

SPEC = """\
acmspec: 1
contract: {id: visits, title: Visits, agency: A county, currency: USD, fiscal_year_starts: January,
  term: {from: 2025-01-01, to: 2025-12-31}}
goals:
  calm: {statement: Families get help soon., population: Families}
data:
  visits:
    file: visits.csv
    noun: {one: Visit, many: Visits}
    key: id
    date: asked
    fields:
      id: integer
      client: {type: text, optional: yes}
      place: {type: text, optional: yes}
      kind: {type: text, optional: yes}
      asked: date
metrics:
  clients:
    name: Clients
    kind: leading
    goal: calm
    formula: count(distinct client over visits)
    every: quarter
    better: higher
    break_down_by: [place, kind, [place, kind]]
"""
BREAKDOWNS = ((), ("place",), ("kind",), ("place", "kind"))


def rows(seed: int, clients: int) -> list[dict[str, str]]:
    drawn = random.Random(seed)  # noqa: S311  (no secret)
    return [
        {
            "id": str(number),
            "client": drawn.choice(["", *(f"c{one}" for one in range(clients))]),
            "place": drawn.choice(["", "north", "south"]),
            "kind": drawn.choice(["", "home", "office"]),
            "asked": str(date(2025, 1, 1) + timedelta(days=drawn.randrange(365))),
        }
        for number in range(120)
    ]


@pytest.mark.parametrize("clients", [1, 12, 1000])
@pytest.mark.parametrize("seed", range(3))
def test_each_value_counts_once_in_each_group(tmp_path: Path, seed: int, clients: int) -> None:
    made = rows(seed, clients)
    with (tmp_path / "visits.csv").open("w", encoding="utf-8", newline="") as file:
        write = csv.DictWriter(file, list(made[0]), lineterminator="\n")
        write.writeheader()
        write.writerows(made)
    (tmp_path / "spec.yaml").write_text(SPEC, encoding="utf-8")
    found = api.evaluate(tmp_path / "spec.yaml", as_of=date(2025, 12, 31)).value
    assert found is not None
    results = found.results.metrics[0].results
    assert {one.breakdown for one in results} == set(BREAKDOWNS)
    for one in results:
        there = {
            row["client"]
            for row in made
            if one.period.first.isoformat() <= row["asked"] <= one.period.last.isoformat()
            and all((row[by] or None) == value for by, value in zip(one.breakdown, one.group, strict=True))
        }
        assert one.value == len(there - {""}), one
