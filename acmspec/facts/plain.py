"""Records all of whose cells stand in plain form: brought to their types in one go; knows no findings.

Nearly all records are of that kind. Whatever else there is in a record, it is odd: it is not judged here, and has to be
looked at cell by cell, as text.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from acmspec.facts.cells import CellSql
from acmspec.facts.numbers import text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.reading import place_of
from acmspec.facts.table import Table
from acmspec.facts.tallies import Counts, provider_column
from acmspec.ground.node import node
from acmspec.query.dialect import Dialect
from acmspec.query.frames import NUMBER

_PLAIN, _WHOSE, _ODD = "#plain", "#whose", "#odd"
_MOST_DECIMALS = 10
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)


@node
class _Cell:
    """The cells of one column: what they hold as text, where that is not what stands there, and their kind."""

    sql: CellSql
    name: str
    kind: str
    at: str
    number: int
    must: bool

    @property
    def is_native(self) -> bool:
        """Whether the cells have values already, as exact as their text."""
        column = self.sql.column
        if column.missing:
            return False
        match column.type:
            case "integer":
                return self.kind in {"whole", "decimal 0"}
            case "decimal" | "money":
                return self.kind == "whole" or self.decimals in range(_MOST_DECIMALS + 1)
            case "date" | "boolean" | "text":
                return self.kind == column.type
            case _:
                return False

    @property
    def decimals(self) -> int | None:
        """The decimals that the cells can have; None if their kind is no decimal one."""
        word, _, number = self.kind.partition(" ")
        return int(number) if word == "decimal" else None

    @property
    def is_as_it_stands(self) -> bool:
        """Whether the text of a cell is what stands there."""
        return self.is_native or (
            self.sql.column.type == "text" and self.kind == "text" and not self.sql.column.missing
        )

    def known(self, dialect: Dialect) -> str:
        """The text of a cell, NULL where it stands for missing; the value itself where that has a type."""
        if self.is_as_it_stands:
            return self.at
        return self.sql.known(self.at if self.kind == "text" else dialect.shown(self.at))

    def value(self, dialect: Dialect, decimals: int) -> str:
        """The value, NULL where there is none or it is not valid."""
        text, of = f"n{self.number}", self.sql.type(decimals)
        if not self.is_native or self.kind == "text":
            return self.sql.value(text, decimals, f"m{self.number}")
        return dialect.fitting(text, of) if self.kind not in {"date", "boolean"} else text

    def is_plain(self, dialect: Dialect) -> str:
        """Whether a cell is in plain form and valid; "" where every cell is."""
        text, value = f"n{self.number}", f"v{self.number}"
        column = self.sql.column
        if column.type == "text":
            fits = dialect.is_normal(text) if self.kind == "text" else f"{text} IS NOT NULL"
            if column.values is not None:
                # What stands there is one of the values, and these are in normal form.
                fits = f"{value} IS NOT NULL" if self.sql.is_listed else f"{fits} AND {value} IS NOT NULL"
        elif self.is_native and self.kind == "date":
            fits = f"{value} BETWEEN {dialect.day(_FIRST)} AND {dialect.day(_LAST)}"
        else:
            fits = f"{value} IS NOT NULL"
        if self.must:
            return f"({fits})"
        return "" if self.is_native and self.kind == "boolean" else f"({text} IS NULL OR ({fits}))"


@node
class Sorted:
    """What became of the records: by provider, those that are plain and those of them that came too late; the odd."""

    plain: Counts
    odd: int

    @property
    def read(self) -> int:
        """How many records there are."""
        return self.odd + sum(every for every, _ in self.plain.values())

    @property
    def late(self) -> int:
        """How many plain records were not received by the data date."""
        return sum(late for _, late in self.plain.values())


class Plain:
    """Sorts the records of one table; `received` is whether one was known by the data date, as SQL over its values."""

    def __init__(self, backend: Backend, table: Table, source: str, sql: Sequence[CellSql], received: str) -> None:
        self._backend = backend
        self._dialect = backend.dialect
        self._table = table
        self._source = source
        self._in_time = received
        self._typed = f"{table.store.name} plain"
        self._cells = [self._cell(index, one) for index, one in enumerate(sql)]
        self.decimals = self._decimals()

    def _cell(self, index: int, sql: CellSql) -> _Cell:
        reading, column = self._table.reading, sql.column
        place = place_of(column.column, reading)
        kind = reading.kinds[place] if reading.kinds else "text"
        must = column.name in self._table.store.key or not column.optional
        return _Cell(sql, column.name, kind, f"c{place}", index, must)

    @property
    def _is_laid(self) -> bool:
        return self._table.reading.is_laid

    def sort(self) -> Sorted:
        """Bring all records to their types, and tell the odd ones from the others."""
        listed = ", ".join([NUMBER, *self._named(), *self._told(), *(self._texts if self._is_once else [])])
        typed = f"SELECT {listed} FROM ({self._values()}) AS v"
        make = self._backend.view if self._is_laid else self._backend.make
        make(self._typed, self._with_odd(typed) if self._is_once else typed)
        name = self._dialect.name
        whose = name(_WHOSE) if self._provider is not None else self._dialect.shown("NULL")
        plain = name(_PLAIN)
        # What nothing is asked of is read here, too, so that damage in it is found.
        unasked = [
            f"COUNT({name(one.name)})" for one in self._cells if self._is_laid and not one.is_plain(self._dialect)
        ]
        counts = ", ".join([
            "COUNT(*)", self._dialect.counted(plain), self._dialect.counted(f"NOT {plain}"),
            *unasked,
        ])  # fmt: skip
        rows = self._backend.rows(f"SELECT {whose}, {counts} FROM {name(self._typed)} GROUP BY {whose}")
        found: Counts = {}
        odd = 0
        for provider, every, received, late, *_ in rows:
            number = whole(received) + whole(late)
            odd += whole(every) - number
            if number:
                found[text(provider) or ""] = [number, whole(late)]
        return Sorted(found, odd)

    def keep(self, found: Sorted) -> None:
        """Make the table of the plain records that were received; none is odd."""
        store = self._table.store
        if self._is_laid and not found.late:
            selected = ", ".join([NUMBER, *self._named()])
            self._backend.view(store.name, f"SELECT {selected} FROM ({self._values()}) AS v")
        elif self._is_laid:
            self._backend.make(store.name, self._received(self.decimals))
        else:
            if found.late:
                self._backend.remove(self._typed, f"NOT {self._dialect.name(_PLAIN)}")
            self._backend.rename(self._typed, store.name, self._extra)

    def odd(self, name: str) -> None:
        """Make a table of the odd records as text."""
        reading, dialect = self._table.reading, self._dialect
        if self._is_once:
            texts = [f"{dialect.unpacked(dialect.name(_ODD), index)} AS {one}" for index, one in enumerate(self._texts)]
            told = f"FROM {dialect.name(self._typed)} WHERE {dialect.name(_PLAIN)} IS NULL"
            self._backend.make(name, f"SELECT {', '.join([NUMBER, *texts])} {told}")
            return
        condition = (
            f"{NUMBER} IN (SELECT {NUMBER} FROM {dialect.name(self._typed)} WHERE {dialect.name(_PLAIN)} IS NULL)"
        )
        self._backend.make(
            name, f"{as_text(dialect, reading.kinds, len(reading.columns), self._source)} WHERE {condition}"
        )

    def keep_with(self, others: str, decimals: Sequence[int]) -> None:
        """Make the table of the plain records that were received and of `others`, which have so many decimals."""
        self._backend.make(self._table.store.name, f"{self._received(decimals)} UNION ALL {others}")
        self._backend.drop(self._typed)

    def _received(self, decimals: Sequence[int]) -> str:
        name = self._dialect.name
        columns = [
            f"CAST({name(one.name)} AS {one.sql.type(most)}) AS {name(one.name)}" if most > own else name(one.name)
            for one, own, most in zip(self._cells, self.decimals, decimals, strict=True)
        ]
        listed = ", ".join([NUMBER, *columns])
        return f"SELECT {listed} FROM {name(self._typed)} WHERE {name(_PLAIN)}"

    @property
    def _is_once(self) -> bool:
        return self._table.reading.once

    @property
    def _texts(self) -> list[str]:
        """The columns of the source."""
        return [f"c{index}" for index in range(len(self._table.reading.columns))]

    @property
    def _extra(self) -> list[str]:
        """The columns that are told of a record beside its values."""
        return [
            _PLAIN, *([_WHOSE] if self._provider is not None else []), *([_ODD] if self._is_once else []),
        ]  # fmt: skip

    # --- the SQL --------------------------------------------------------------------------------------------

    @property
    def _provider(self) -> _Cell | None:
        at = provider_column(self._table)
        return None if at is None else self._cells[at]

    def _named(self) -> Iterator[str]:
        return (f"v{one.number} AS {self._dialect.name(one.name)}" for one in self._cells)

    def _told(self) -> Iterator[str]:
        """Whether a record is plain and received, plain and late, or odd; and its provider as it is written."""
        fits = [fit for one in self._cells if (fit := one.is_plain(self._dialect))]
        yield f"CASE WHEN {' AND '.join(fits) or 'TRUE'} THEN {self._in_time} END AS {self._dialect.name(_PLAIN)}"
        if self._provider is not None:
            yield f"n{self._provider.number} AS {self._dialect.name(_WHOSE)}"

    def _values(self) -> str:
        """The SELECT of all records with the text and the value of each cell."""
        known = [f"{one.known(self._dialect)} AS n{one.number}" for one in self._cells]
        known += self._texts if self._is_once else []
        found = f"SELECT {', '.join([NUMBER, *known])} FROM {self._dialect.name(self._source)}"
        shown = [f"{one.sql.shown(f'n{one.number}')} AS m{one.number}" for one in self._cells if one.sql.is_moment]
        if shown:
            found = f"SELECT n.*, {', '.join(shown)} FROM ({found}) AS n"
        values = [
            f"{one.value(self._dialect, decimals)} AS v{one.number}"
            for one, decimals in zip(self._cells, self.decimals, strict=True)
        ]
        return f"SELECT m.*, {', '.join(values)} FROM ({found}) AS m"

    def _with_odd(self, typed: str) -> str:
        """The same with the texts of an odd record in one column, since its source is not read again."""
        name = self._dialect.name
        told = [name(_PLAIN), *([name(_WHOSE)] if self._provider is not None else [])]
        listed = ", ".join([NUMBER, *(name(one.name) for one in self._cells), *told])
        odd = f"CASE WHEN {name(_PLAIN)} IS NULL THEN {self._dialect.packed(self._texts)} END AS {name(_ODD)}"
        return f"SELECT {listed}, {odd} FROM ({typed}) AS o"

    def _decimals(self) -> list[int]:
        """The most decimals that a valid cell of each column has, counted in texts at once."""
        source = self._dialect.name(self._source)
        written = [one for one in self._cells if one.sql.has_decimals and not one.is_native]
        asked = [one.sql.decimals(one.known(self._dialect)) for one in written]
        found = self._backend.rows(f"SELECT {', '.join(asked)} FROM {source}")[0] if asked else ()
        most = {one.number: 0 if each is None else whole(each) for one, each in zip(written, found, strict=True)}
        return [most[one.number] if one.number in most else self._needed(one) for one in self._cells]

    def _needed(self, cell: _Cell) -> int:
        """The decimals that the values of a column need, of those that its type has."""
        most = (cell.decimals or 0) if cell.sql.has_decimals else 0
        value = self._dialect.fitting(cell.at, cell.sql.type(most))
        while most and not self._backend.rows(
            f"SELECT 1 FROM {self._dialect.name(self._source)}"
            f" WHERE {value} <> CAST({value} AS {cell.sql.type(most - 1)}) LIMIT 1"
        ):
            most -= 1
        return most


def as_text(dialect: Dialect, kinds: Sequence[str], width: int, source: str) -> str:
    """The SELECT of records with all their columns as text."""
    shown = [
        f"{f'c{index}' if not kinds or kinds[index] == 'text' else dialect.shown(f'c{index}')} AS c{index}"
        for index in range(width)
    ]
    return f"SELECT {', '.join([NUMBER, *shown])} FROM {dialect.name(source)}"
