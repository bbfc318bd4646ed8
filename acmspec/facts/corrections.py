"""Values that were delivered wrong and are put right by a file of corrections, each with who, why and who approved."""

from collections.abc import Iterator
from datetime import date

from acmspec.facts.beside import Row, key_of
from acmspec.facts.cells import CellSql
from acmspec.facts.numbers import text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.table import MASK, Table
from acmspec.facts.tree import Correction
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.program.tree import StoredColumn
from acmspec.query.frames import NUMBER

COLUMNS = ("record", "field", "old", "new", "who", "why", "approved_by", "approved_on")

NOT_THERE = Problem(
    "ACM547",
    "a correction of what is not there",
    "A correction names a record by its key and a field of the spec that is not part of the key.",
    "Correct the key or the field in the file of corrections.",
    "A correction must state the record and the field that it changes.",
)
OTHER_VALUE = Problem(
    "ACM548",
    "a correction of another value",
    "The record does not hold the old value that the correction states: it was corrected before, or delivered anew.",
    "Look at the record; remove the correction if the delivery holds the right value now.",
    "A correction must state the value that it replaces.",
)
NOT_APPROVED = Problem(
    "ACM549",
    "a correction that nobody approved",
    "A correction says who asks for it, why, who approved it and on which day; before, it changes nothing.",
    "Fill who, why, approved_by and approved_on (as in 2025-07-01).",
    "A correction takes effect on the day on which it is approved.",
    Severity.WARNING,
)
PROBLEMS = (NOT_THERE, OTHER_VALUE, NOT_APPROVED)

_State = dict[tuple[int, int], str | None]


@node
class Corrected:
    """The changes to make, by record and column, and all corrections with what became of them."""

    changes: _State
    corrections: tuple[Correction, ...]


class Corrector:
    """Works out which cells of a table change; reports on the table what can't be applied."""

    def __init__(self, backend: Backend, table: Table, sql: list[CellSql], data_date: date) -> None:
        self._backend = backend
        self._table = table
        self._sql = sql
        self._data_date = data_date
        self._columns = [one.column for one in sql]
        self._path = f"data.{table.store.name}.corrections"

    def work_out(self, rows: tuple[Row, ...], cells: str) -> Corrected:
        """What changes in the table `cells`, whose columns `n0`, `n1` … hold the texts as delivered."""
        current: _State = {}
        changes: _State = {}
        records = self._records(rows, cells, current)
        done = tuple(self._one(row, records, current, changes) for row in rows)
        return Corrected(changes, done)

    def _records(self, rows: tuple[Row, ...], cells: str, current: _State) -> dict[tuple[str, ...], list[int]]:
        """The numbers of the records that are named, by key; their values are noted in `current`."""
        store, dialect = self._table.store, self._backend.dialect
        keys = [index for key in store.key for index, one in enumerate(self._columns) if one.name == key]
        named = dict.fromkeys(key_of(row, store)[0] for row in rows)
        if not named or not keys:
            return {}
        values = ", ".join(f"n{index}" for index in range(len(self._columns)))
        found: dict[tuple[str, ...], list[int]] = {}
        among = f"n{keys[0]} IN {dialect.texts(named)}"
        for number, *cell in self._backend.rows(f"SELECT {NUMBER}, {values} FROM {dialect.name(cells)} WHERE {among}"):
            record = whole(number)
            current.update({(record, index): text(value) for index, value in enumerate(cell)})
            found.setdefault(tuple(text(cell[index]) or "" for index in keys), []).append(record)
        return found

    def _one(self, row: Row, records: dict[tuple[str, ...], list[int]], current: _State, changes: _State) -> Correction:
        index = next((at for at, one in enumerate(self._columns) if one.name == row["field"]), None)
        numbers = records.get(key_of(row, self._table.store), [])
        wrong = list(self._wrong(row, index, numbers))
        if wrong or index is None:
            return self._told(row, index, "refused")
        approved = row.day("approved_on")
        if approved is None or not all(row[one] for one in ("who", "why", "approved_by")):
            said = f"the correction of “{row['field']}” is not approved, and changes nothing"
            self._table.certain.append(NOT_APPROVED.at(row.place, said, path=self._path))
            return self._told(row, index, "not approved")
        if approved > self._data_date:
            return self._told(row, index, "not yet in force")
        at, column = (numbers[0], index), self._columns[index]
        if current[at] != _known(row["old"], column):
            said = f"the field “{column.name}” of the record doesn’t hold the old value of the correction"
            self._table.certain.append(OTHER_VALUE.at(row.place, said, path=self._path))
            return self._told(row, index, "refused")
        current[at] = changes[at] = _known(row["new"], column)
        return self._told(row, index, "applied")

    def _wrong(self, row: Row, index: int | None, numbers: list[int]) -> Iterator[str]:
        said = fix = ""
        if index is None:
            said = f"“{self._table.store.name}” has no field “{row['field']}”"
            fix = offer(row["field"], [one.name for one in self._columns])
        elif self._columns[index].name in self._table.store.key:
            said = f"“{row['field']}” is part of the key, which tells the record from others"
        elif len(numbers) != 1:
            count = "no record" if not numbers else f"{len(numbers)} records"
            said = f"“{self._table.store.name}” has {count} with the key that the correction names"
        if said:
            self._table.certain.append(NOT_THERE.at(row.place, said, path=self._path, fix=fix))
            yield said

    def _told(self, row: Row, index: int | None, state: str) -> Correction:
        private = index is not None and self._columns[index].private
        hidden = any(one.private for one in self._columns if one.name in self._table.store.key)
        return Correction(
            record=MASK if hidden else row["record"],
            field=row["field"],
            old=MASK if private else row["old"],
            new=MASK if private else row["new"],
            who=row["who"],
            why=row["why"],
            approved_by=row["approved_by"],
            approved_on=row["approved_on"],
            state=state,
        )


def select(cells: str, sql: list[CellSql], changes: _State, kept: list[str], backend: Backend) -> str:
    """The cells with the changes made; `kept` are the columns that nothing changes."""
    dialect = backend.dialect
    columns, joins = list(kept), []
    for index, one in enumerate(sql):
        own = [(record, value) for (record, at), value in changes.items() if at == index]
        if not own:
            columns += [f"c.n{index}"] + ([f"c.m{index}"] if one.is_moment else [])
            continue
        rows = ", ".join(f"({record}, {_literal(value, backend)})" for record, value in own)
        joins.append(f"LEFT JOIN (VALUES {rows}) AS k{index} (r, v) ON k{index}.r = c.{NUMBER}")
        changed = f"k{index}.r IS NOT NULL"
        columns.append(f"CASE WHEN {changed} THEN k{index}.v ELSE c.n{index} END AS n{index}")
        if one.is_moment:
            columns.append(f"CASE WHEN {changed} THEN {one.shown(f'k{index}.v')} ELSE c.m{index} END AS m{index}")
    return f"SELECT {', '.join(columns)} FROM {dialect.name(cells)} AS c {' '.join(joins)}"


def _literal(value: str | None, backend: Backend) -> str:
    dialect = backend.dialect
    return f"CAST({'NULL' if value is None else dialect.text(value)} AS {dialect.varchar})"


def _known(value: str, column: StoredColumn) -> str | None:
    """A value of the file as the cell would hold it: missing if it is empty or a code for that."""
    return None if value in {"", *(one.strip() for one in column.missing)} else value
