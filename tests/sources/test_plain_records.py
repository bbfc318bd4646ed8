"""Records that are plain are taken as they stand; whatever way is taken, the same records and findings come out."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from acmspec import api
from acmspec.backends.duckdb import DuckDB
from acmspec.facts.from_query import gather
from acmspec.facts.validate import Cells
from acmspec.ground.diagnostic import Severity
from acmspec.query.from_program import plan
from acmspec.sources import SOURCES

AS_OF = date(2025, 9, 30)
SPEC = """\
acmspec: 1
contract:
  id: visits
  title: Home Visits
  agency: A county
  term: {from: 2025-01-01, to: 2025-12-31}
  fiscal_year_starts: January
  currency: USD
goals:
  calm: {statement: Families who ask for a visit get one soon., population: Families}
data:
  visits:
    file: visits.parquet
    noun: {one: Visit, many: Visits}
    key: id
    date: asked
    received: came
    duplicates: drop exact
    accept: {invalid_records: 100%}
    fields:
      id: integer
      provider: {entity: provider, optional: yes}
      asked: date
      came: {type: date, optional: yes}
      helped: {type: boolean, optional: yes}
      minutes: {type: decimal, optional: yes}
      paid: {type: money, optional: yes, missing: ["-1"]}
      county: {type: text, values: [Adams, Bell, Doña Ana], optional: yes}
      kind: {type: text, fold: case, optional: yes}
      note: {type: text, optional: yes, missing: [n/a]}
      month: {type: month, optional: yes}
metrics:
  visits:
    name: Visits
    kind: leading
    goal: calm
    formula: count(visits)
    every: quarter
    better: higher
    break_down_by: [provider, county, kind]
  minutes:
    name: Minutes
    kind: leading
    goal: calm
    formula: sum(minutes over visits)
    every: quarter
    better: higher
"""
TEXTS = SPEC.replace("type: decimal", "type: text").replace("type: money", "type: text")
TEXTS = TEXTS.replace("sum(minutes over visits)", "count(visits)").replace("visits.parquet", "visits.csv")
"""A file of text is read once unless decimals are to be counted first."""
PLAIN: dict[str, list[str | None]] = {
    "id": [str(number) for number in range(2000)],
    "provider": ["North", "South", None],
    "asked": ["2025-01-05", "2025-05-31"],
    "came": ["2025-06-01", "2025-12-01", None],
    "helped": ["true", "false", None],
    "minutes": ["1", "2.5", "0.125", None],
    "paid": ["12.50", "-3.00", None],
    "county": ["Adams", "Bell", None],
    "kind": ["home", "HOME", "phone", None],
    "note": ["fine", "with blanks inside", None],
    "month": ["2025-01", None],
}
ODD: dict[str, list[str | None]] = {
    "id": ["1", "2", "999999999999999999", "1000000000000000000"],
    "provider": [" North", "South\u00a0", "n\u0303", "\u00f1", "Nord\u00e9"],
    "asked": ["0001-01-01", "9999-12-31", "12025-01-05"],
    "came": ["2025-09-30", "2025-10-01"],
    "helped": [None],
    "minutes": ["1234567890.123", None],
    "paid": ["-1.00", "0.05"],
    "county": ["adams", "Dona Ana", "Don\u0303a Ana", "Doña Ana", " Bell"],
    "kind": [" Home", "H\u00d6ME"],
    "note": ["n/a", " n/a", "", " ", "\tx", "e\u0301", "x\u3000"],
    "month": ["2025-13", "2025", " 2025-02"],
}
TYPES = {"id": "BIGINT", "asked": "DATE", "came": "DATE", "helped": "BOOLEAN", "minutes": "DECIMAL(14, 3)"}
TYPES |= {"paid": "DECIMAL(10, 2)"}


def made(path: Path, seed: int, oddity: float) -> None:
    drawn = random.Random(seed)  # noqa: S311  (no secret)
    rows = []
    for number in range(drawn.randrange(60)):
        row = {name: drawn.choice(ODD[name] if drawn.random() < oddity else values) for name, values in PLAIN.items()}
        row["id"] = str(number * 10) if drawn.random() > oddity else row["id"]
        rows.append(row)
    rows += drawn.sample(rows, len(rows) // 10)
    with duckdb.connect() as connection:
        typed = ", ".join(f"{one} {TYPES.get(one, 'VARCHAR')}" for one in PLAIN)
        connection.execute(f"CREATE TABLE t ({typed})")
        if rows:
            places = ", ".join("?" for _ in PLAIN)
            connection.executemany("INSERT INTO t VALUES (" + places + ")", [list(row.values()) for row in rows])  # noqa: S608
        connection.execute(
            f"COPY t TO '{path}' (FORMAT {path.suffix[1:]}{', HEADER' if path.suffix == '.csv' else ''})"
        )


class AsText(DuckDB):
    """An engine that brings every cell to text."""

    def lay(self, *_: Any) -> None:
        """Nothing is read where it lies."""


def read(path: Path, backend: DuckDB, spec: str = SPEC) -> tuple[Any, ...]:
    checked = api.check_text(spec)
    program = checked.value
    assert program is not None
    assert not [one for one in checked.diagnostics if one.problem.severity is Severity.ERROR]
    found = gather(program, plan(program, AS_OF), AS_OF, backend, SOURCES, {"visits": (path, path.name)})
    assert found.value is not None
    kinds = backend.rows("SELECT column_name, column_type FROM (DESCRIBE visits)")
    records = sorted(backend.rows("SELECT * FROM visits"), key=lambda row: row[0])
    backend.close()
    return found.value, found.diagnostics, kinds, records


@pytest.mark.parametrize("oddity", [0, 0.02, 0.3])
@pytest.mark.parametrize("seed", range(4))
def test_the_same_records_and_findings_come_out_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, oddity: float
) -> None:
    path = tmp_path / "visits.parquet"
    made(path, seed, oddity)
    as_it_lies, as_text = read(path, DuckDB()), read(path, AsText())
    monkeypatch.setattr(Cells, "_is_named", False)
    each_cell = read(path, AsText())
    assert as_it_lies == each_cell
    assert as_text == each_cell
    if not oddity and each_cell[3]:
        assert not as_it_lies[0].tables[0].invalid


@pytest.mark.parametrize("oddity", [0, 0.02, 0.3])
@pytest.mark.parametrize("seed", range(4))
def test_a_text_that_is_read_once_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, oddity: float
) -> None:
    path = tmp_path / "visits.csv"
    made(path, seed, oddity)
    once, by_several = read(path, DuckDB(), TEXTS), read(path, DuckDB(threads=2), TEXTS)
    monkeypatch.setattr(Cells, "_is_named", False)
    each_cell = read(path, AsText(), TEXTS)
    assert once == each_cell
    assert by_several == each_cell
    assert once[0].tables[0].read == len(path.read_text(encoding="utf-8").splitlines()) - 1


def test_a_small_text_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = DuckDB._run

    def noted(self: DuckDB, sql: str) -> object:
        asked.append(sql)
        return run(self, sql)

    monkeypatch.setattr(DuckDB, "_run", noted)
    path = tmp_path / "visits.csv"
    made(path, 2, 0.3)
    read(path, DuckDB(), TEXTS)
    assert [one.partition(" AS ")[0] for one in asked if "read_csv" in one] == ['CREATE VIEW "visits text"']
    assert len([one for one in asked if 'FROM "visits text"' in one]) == 1


def test_nothing_else_is_opened_once_a_file_lies_open(tmp_path: Path) -> None:
    path, other = tmp_path / "visits.parquet", tmp_path / "other.parquet"
    made(path, 1, 0)
    made(other, 2, 0)
    backend = DuckDB()
    program = api.check_text(SPEC).value
    assert program is not None
    gather(program, plan(program, AS_OF), AS_OF, backend, SOURCES, {"visits": (path, path.name)})
    assert backend.rows("SELECT COUNT(*) FROM visits")
    with pytest.raises(Exception, match="Permission"):
        backend.rows(f"FROM read_parquet('{other}')")
    backend.close()


class Overwritten(DuckDB):
    """An engine whose file is written anew, or cut off, after so many of the questions that follow the loading.

    They are those that follow a statement, if one is named by a part of it.
    """

    def __init__(self, change: Callable[[], object], after: int, follows: str = "") -> None:
        super().__init__()
        self._change, self._after, self._follows = change, after, follows
        self._is_loaded = False

    def seal(self) -> None:
        """Nothing is opened from here on."""
        super().seal()
        self._is_loaded = True

    def make(self, name: str, select: str) -> None:
        """Make a table, and change the file first if it is time."""
        self._is_loaded = self._is_loaded or bool(self._follows and self._follows in name)
        if self._is_loaded and self._follows and self._after == 0:
            self._after -= 1
            self._change()
        super().make(name, select)

    def rows(self, sql: str) -> Any:
        """Answer, and change the file when it is time."""
        if self._is_loaded:
            self._after -= 1
            if self._after == -1:
                self._change()
        return super().rows(sql)


CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "another": lambda path, other: other.replace(path),
    "cut": lambda path, _: path.write_bytes(path.read_bytes()[:200]),
    "gone": lambda path, _: path.unlink(),
}


@pytest.mark.parametrize("after", range(3))
@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_while_its_records_are_checked_counts_as_not_received(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, after: int
) -> None:
    monkeypatch.setitem(PLAIN, "came", [None])
    path, other = tmp_path / "visits.parquet", tmp_path / "other.parquet"
    made(path, 1, 0)
    made(other, 2, 0)
    checked = SPEC.replace("metrics:\n", "    checks: [id > 40, id < 1990]\nmetrics:\n", 1)
    backend = Overwritten(lambda: CHANGES[change](path, other), after, follows="visits failed")
    facts, findings, _, records = read(path, backend, checked)
    assert backend._after < 0
    assert records == []
    assert not facts.tables[0].open
    errors = [one.problem.code for one in findings if one.problem.severity is Severity.ERROR]
    assert errors == ["ACM493", "ACM430"]


@pytest.mark.parametrize("after", range(8))
@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_while_it_is_read_counts_as_not_received(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, after: int
) -> None:
    # Where some came too late, the others are copied.
    monkeypatch.setitem(PLAIN, "came", [None])
    path, other = tmp_path / "visits.parquet", tmp_path / "other.parquet"
    made(path, 1, 0)
    made(other, 2, 0)
    backend = Overwritten(lambda: CHANGES[change](path, other), after)
    facts, findings, _, records = read(path, backend)
    assert backend._after < 0
    assert records == []
    assert not facts.tables[0].open
    assert [one.problem.code for one in findings if one.problem.severity is Severity.ERROR] == ["ACM493", "ACM430"]
