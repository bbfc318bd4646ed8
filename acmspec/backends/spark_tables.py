"""The tables and views of a Spark session: their columns, and each column's value as exact text."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from sys import maxunicode
from typing import TYPE_CHECKING
from unicodedata import combining, decomposition, is_normalized, normalize
from uuid import uuid4

from acmspec.backends.no_text import NOT_EXACT, OTHER, raise_for, said
from acmspec.facts.databases import NO_TABLE, NOT_READ
from acmspec.facts.ports import Scan
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.query.dialect_spark import SPARK

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = Sequence[tuple[object, ...]]

_KINDS = {
    "string": "text", "varchar": "text", "char": "text", "tinyint": "whole", "smallint": "whole", "int": "whole",
    "bigint": "whole", "decimal": "decimal", "boolean": "boolean", "date": "date", "timestamp": "timestamp",
    "timestamp_ntz": "timestamp", "float": "float", "double": "float",
}  # fmt: skip
"""How the values of a type are read; every other type is refused."""
_UTC = "timestamp"
_SHARED = "global_temp"
"""Where Spark keeps the views that sessions share."""


class Tables:
    """Looks up tables and views as a session sees them."""

    def __init__(self, session: "SparkSession") -> None:
        self._session = session

    def open(self, table: str, shown: str) -> Scan | Diagnostic:
        """The columns of a table or view, or that there is none."""
        from pyspark.errors import PySparkException

        try:
            columns = self._session.table(_path(table)).dtypes
        except PySparkException:
            return NO_TABLE.at(DataPlace(shown), f"the catalog has no table or view “{table}”")
        options = [("table", table)]
        for column, kind in columns:
            bare = re.split("[( ]", kind)[0]
            options.append((f"type {column}", _KINDS.get(bare, f"{OTHER}{bare.partition('<')[0]}")))
            options += [(f"utc {column}", "yes")] if bare == _UTC else []
        return Scan("table", Path(), shown, tuple(column for column, _ in columns), tuple(options))

    @contextmanager
    def lent(self, scan: Scan) -> Iterator[str]:
        """What stands after FROM for a table in another session, as long as it is read."""
        name = f"acmspec_{uuid4().hex}"
        self._session.table(_path(scan.option("table"))).createGlobalTempView(name)
        try:
            yield f"{_SHARED}.{name}"
        finally:
            self._session.catalog.dropGlobalTempView(name)

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """Say why a table can't be read; `error` is the word of the engine or of the backend."""
        place = DataPlace(scan.shown)
        found = said(scan, error)
        if found is not None:
            return found
        # The engine's own word may show a value of a cell, and its name does not.
        word = re.search(r"\[([A-Z_.]+)\]", error)
        named = f": the engine gives the error {word[1]}" if word else ""
        return NOT_READ.at(place, f"the table can't be read{named}")

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """A record's place is its row in the order of the columns that are read."""
        return [DataPlace(scan.shown, "row", number) for number in records]


def select(scan: Scan, columns: Sequence[str]) -> str:
    """The SELECT of some columns of {source} as text, numbered in their own order; ValueError names one of no text."""
    texts, order = [], []
    for index, column in enumerate(columns):
        raise_for(scan, column)
        kind = scan.option(f"type {column}")
        # Braces are doubled, since the source is filled in later.
        name = f"t.{SPARK.name(column)}".replace("{", "{{").replace("}", "}}")
        name = f"COLLATE({name}, 'UTF8_BINARY')" if kind == "text" else name
        texts.append(f"{_as_text(name, kind, is_utc=bool(scan.option(f'utc {column}')))} AS c{index}")
        order.append(name)
    numbered = f'CAST(ROW_NUMBER() OVER (ORDER BY {", ".join(order)}) AS BIGINT) AS "#record"'
    return f"SELECT {numbered}, {', '.join(texts)} FROM {{source}} AS t"


def _as_text(column: str, kind: str, *, is_utc: bool) -> str:
    """A column's value as exact text."""
    shown = SPARK.shown(column)
    moment = f"CAST({column} AS TIMESTAMP_NTZ)"  # as clocks in UTC show it, the session's zone
    match kind:
        case "decimal":
            return SPARK.plain_number(column)
        case "float":
            # A whole floating-point number below 2**53 is exact; any other stops the load, as the name says.
            whole = f"rint({column}) = {column} AND abs({column}) < 9007199254740992"
            exact = (
                f"CASE WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS STRING) ELSE raise_error('{NOT_EXACT}') END"
            )
            return f"CASE WHEN NOT isnan({column}) THEN {exact} END"
        case "timestamp":
            # Many tools can write a date only as its midnight.
            is_day = f"CAST(CAST({moment} AS DATE) AS TIMESTAMP_NTZ) = {moment}"
            return f"CASE WHEN {is_day} THEN CAST(CAST({moment} AS DATE) AS STRING) ELSE CAST({moment} AS STRING) END"
        case "moment":
            # One that is kept as UTC says so; any other is what a clock showed.
            return f"CAST({moment} AS STRING) || '{'Z' if is_utc else ''}'"
        case _:
            return shown


def _path(table: str) -> str:
    return ".".join("`" + one.replace("`", "``") + "`" for one in table.split("."))


# --- texts in the composed form of Unicode --------------------------------------------------------------------


def composed(ask: Callable[[str], Rows], name: str, count: int) -> Iterator[str]:
    """For each column of texts that are not in the composed form (NFC), the SELECT that brings the table to it.

    Spark can't do it. Few texts are not in it, so that they are brought here, each once.
    """
    table = SPARK.name(name)
    for index in range(count):
        found = ask(f"SELECT DISTINCT c{index} FROM {table} WHERE c{index} RLIKE {SPARK.text(_open())}")
        changed = {str(one): normalize("NFC", str(one)) for (one,) in found}
        rows = [f"({_raw(old)}, {_raw(new)})" for old, new in sorted(changed.items()) if old != new]
        if rows:
            columns = [f"t.c{at}" if at != index else f"COALESCE(n.v, t.c{at}) AS c{at}" for at in range(count)]
            known = f"(VALUES {', '.join(rows)}) AS n (k, v)"
            yield f'SELECT t."#record", {", ".join(columns)} FROM {table} AS t LEFT JOIN {known} ON n.k = t.c{index}'


def _raw(value: str) -> str:
    """A text literal, letter by letter as it stands."""
    return "'" + "".join(f"\\U{ord(one):08X}" for one in value) + "'"


@cache
def _open() -> str:
    """A pattern of the characters that may stand otherwise in the composed form."""
    second = {decomposition(one).split()[1] for one in map(chr, range(maxunicode + 1)) if _is_pair(one)}
    jamo = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    found = [
        code
        for code in range(0x300, maxunicode + 1)
        if code in jamo or combining(chr(code)) or f"{code:04X}" in second or not is_normalized("NFC", chr(code))
    ]
    runs: list[list[int]] = []
    for code in found:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "[" + "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in runs) + "]"


def _is_pair(one: str) -> bool:
    parts = decomposition(one).split()
    return len(parts) == 2 and not parts[0].startswith("<")  # noqa: PLR2004  (a pair)
