"""Keys that are whole numbers: which stand twice is told alike whether they lie close together or far apart."""

import random
from datetime import date
from pathlib import Path

import pytest

from acmspec import api

SPEC = """\
acmspec: 1
contract: {id: keys, title: Keys, agency: A county, currency: USD, fiscal_year_starts: January,
  term: {from: 2025-01-01, to: 2025-12-31}}
goals:
  calm: {statement: Families get help soon., population: Families}
data:
  visits:
    file: visits.csv
    noun: {one: Visit, many: Visits}
    key: id
    date: asked
    duplicates: «what»
    fields: {id: integer, asked: date}
metrics:
  visits: {name: Visits, kind: leading, goal: calm, formula: count(visits), every: year, better: higher}
"""


@pytest.mark.parametrize("spread", [1, 3, 10**6, 10**12])
@pytest.mark.parametrize("least", [0, -(10**17), 10**17])
@pytest.mark.parametrize("twice", [0, 1, 5])
def test_equal_keys_are_found_however_they_lie(tmp_path: Path, spread: int, least: int, twice: int) -> None:
    drawn = random.Random(spread + twice)  # noqa: S311  (no secret)
    keys = [least + number * spread for number in drawn.sample(range(100), 40)]
    keys += drawn.sample(keys, twice)
    (tmp_path / "visits.csv").write_text(
        "id,asked\n" + "".join(f"{key},2025-02-03\n" for key in keys), encoding="utf-8"
    )
    (tmp_path / "spec.yaml").write_text(SPEC.replace("«what»", "drop exact"), encoding="utf-8")
    found = api.evaluate(tmp_path / "spec.yaml", as_of=date(2025, 12, 31)).value
    assert found is not None
    table = found.results.tables[0]
    assert (table.open, table.duplicates, table.used) == (True, twice, 40)
