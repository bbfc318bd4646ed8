"""The tables and views of a PostgreSQL database: their columns, and each column's value as exact text."""

from collections.abc import Callable, Sequence
from pathlib import Path

from acmspec.backends.no_text import NOT_EXACT, OTHER, raise_for, said
from acmspec.facts.databases import NO_TABLE, NOT_ALLOWED, NOT_READ
from acmspec.facts.ports import Scan
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.query.dialect_postgresql import POSTGRESQL

Rows = Sequence[tuple[object, ...]]

_KINDS = {
    "text": "text", "varchar": "text", "bpchar": "text", "name": "text", "citext": "text", "uuid": "text",
    "int2": "whole", "int4": "whole", "int8": "whole", "numeric": "decimal", "money": "money", "bool": "boolean",
    "date": "date", "timestamp": "timestamp", "timestamptz": "timestamp", "float4": "float", "float8": "float",
}  # fmt: skip
"""How the values of a type are read; every other type is refused, except those whose values the author listed."""
_UTC = "timestamptz"
_DENIED = "42501"


class Tables:
    """Looks up tables; `ask` runs a query, `path` are the schemas to look through where none is named."""

    def __init__(self, ask: Callable[[str], Rows], path: Sequence[str]) -> None:
        self._ask = ask
        self._path = path

    def open(self, table: str, shown: str) -> Scan | Diagnostic:
        """The columns of a table or view, or that there is none."""
        found = self._found(table)
        if found is None:
            return NO_TABLE.at(DataPlace(shown), f"the database has no table or view “{table}”")
        schema, name = found
        columns = self._ask(_COLUMNS.format(schema=_text(schema), name=_text(name)))
        options = [("schema", schema), ("table", name)]
        for column, kind, is_listed in columns:
            options.append((f"type {column}", "text" if is_listed else _KINDS.get(str(kind), f"{OTHER}{kind}")))
            options += [(f"utc {column}", "yes")] if kind == _UTC else []
        return Scan("table", Path(), shown, tuple(str(column) for column, *_ in columns), tuple(options))

    def _found(self, table: str) -> tuple[str, str] | None:
        """The schema and name of a table; the first schema of the path that has it, where none is written."""
        schema, dot, name = table.partition(".")
        schemas, wanted = ([schema], name) if dot else (list(self._path), table)
        for one in schemas:
            if self._ask(_RELATION.format(schema=_text(one), name=_text(wanted))):
                return one, wanted
        return None

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """Say why a table can't be read; `error` is the word of the engine or of the backend."""
        place = DataPlace(scan.shown)
        found = said(scan, error)
        if found is not None:
            return found
        # The engine's own word may show a value of a cell, so only its first line is kept where rights are the matter.
        if error.startswith(_DENIED):
            return NOT_ALLOWED.at(place, f"the user may not read “{scan.option('table')}”")
        message = f"the table can't be read: the engine gives the error {error[:5]}"
        return NOT_READ.at(place, message)

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """A record's place is its row in the order of the columns that are read."""
        return [DataPlace(scan.shown, "row", number) for number in records]


def select(scan: Scan, columns: Sequence[str]) -> str:
    """The SELECT of some columns of a table as text, numbered in their own order; ValueError names one of no text."""
    name = POSTGRESQL.name
    texts, order = [], []
    for index, column in enumerate(columns):
        raise_for(scan, column)
        kind = scan.option(f"type {column}")
        texts.append(f"{_as_text(f't.{name(column)}', kind, is_utc=bool(scan.option(f'utc {column}')))} AS c{index}")
        order.append(f'CAST(t.{name(column)} AS TEXT) COLLATE "C"' if kind == "text" else f"t.{name(column)}")
    source = f"{name(scan.option('schema'))}.{name(scan.option('table'))} AS t"
    return f"SELECT ROW_NUMBER() OVER (ORDER BY {', '.join(order)}), {', '.join(texts)} FROM {source}"


def _as_text(column: str, kind: str, *, is_utc: bool) -> str:
    """A column's value as exact text."""
    shown = f"CAST({column} AS TEXT)"
    moment = f"({column} AT TIME ZONE 'UTC')" if is_utc else column
    match kind:
        case "decimal":
            return f"CAST(trim_scale({column}) AS TEXT)"
        case "money":
            return f"CAST(trim_scale(CAST({column} AS NUMERIC)) AS TEXT)"
        case "float":
            # A whole floating-point number below 2**53 is exact; any other stops the load, as the name says.
            whole = f"trunc({column}) = {column} AND abs({column}) < 9007199254740992"
            refused = f"CAST('{NOT_EXACT}' || {shown} AS BIGINT)"
            exact = f"CASE WHEN {whole} THEN CAST({column} AS BIGINT) ELSE {refused} END"
            return f"CASE WHEN {column} <> 'NaN' THEN CAST({exact} AS TEXT) END"
        case "timestamp":
            # Many tools can write a date only as its midnight.
            is_day = f"CAST(CAST({moment} AS DATE) AS TIMESTAMP) = {moment}"
            return f"CASE WHEN {is_day} THEN CAST(CAST({moment} AS DATE) AS TEXT) ELSE CAST({moment} AS TEXT) END"
        case "moment":
            # One that is kept as UTC says so; any other is what a clock showed.
            return f"CAST({moment} AS TEXT) || '{'Z' if is_utc else ''}'"
        case _:
            return shown


def _text(value: str) -> str:
    return POSTGRESQL.text(value)


_RELATION = (
    "SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
    " WHERE n.nspname = {schema} AND c.relname = {name} AND c.relkind IN ('r', 'v', 'm', 'p', 'f')"
)
_COLUMNS = (
    "WITH RECURSIVE kinds (attnum, attname, oid) AS ("
    "SELECT a.attnum, a.attname, a.atttypid FROM pg_catalog.pg_attribute AS a"
    " JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
    " WHERE n.nspname = {schema} AND c.relname = {name} AND a.attnum > 0 AND NOT a.attisdropped"
    " UNION ALL SELECT k.attnum, k.attname, t.typbasetype FROM kinds AS k JOIN pg_catalog.pg_type AS t ON t.oid = k.oid"
    " WHERE t.typtype = 'd')"
    " SELECT CAST(k.attname AS TEXT), CAST(t.typname AS TEXT), t.typtype = 'e'"
    " FROM kinds AS k JOIN pg_catalog.pg_type AS t ON t.oid = k.oid WHERE t.typtype <> 'd' ORDER BY k.attnum"
)
"""The columns of a table in order, each with the name of its type, a domain's own type if it is one."""
