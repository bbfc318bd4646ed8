"""DuckDB, in this process and in memory: loads files as text, runs SQL; knows nothing of specs."""

import re
from collections.abc import Iterator, Sequence
from tempfile import TemporaryDirectory

from acmspec.facts.ports import Laid, Refused, Scan
from acmspec.ground.pattern import pattern
from acmspec.query.dialect import DUCKDB

_LINE = 2 * 1024 * 1024
"""The longest record of a CSV file in bytes; longer is a quotation mark that was never closed."""

_MEMORY = "1GB"
"""What the engine takes at most where nothing else is said; a folder on the disk takes the rest."""

_LITTLE = 32 * 1024 * 1024
"""So many bytes of text are read and counted by one thread in less time than several take to agree."""
_PACKED = 4
"""How much more a Parquet file holds than a text of its size."""

_INTERRUPTED = "Query interrupted"
"""What the engine says when somebody pressed Ctrl-C, in an error of no class of its own."""

_NO_SPACE = pattern("No space left|File too large|Disk quota|max_temp_directory_size", re.IGNORECASE)
"""What the system says of a disk that is full, or may not be filled further."""


class DuckDB:
    """A private database in memory. `threads` and `memory` (such as "2GB") bound what it takes."""

    dialect = DUCKDB
    tables = None

    def __init__(self, threads: int | None = None, memory: str | None = None) -> None:
        # Heavy, and `check` has no need of it. The package around the engine is for those who write queries in Python:
        # it takes five times as long to load as the engine, which it only hands on.
        try:
            import _duckdb as duckdb
        except ImportError:
            import duckdb  # type: ignore[no-redef]  # the same, where the engine is called otherwise

        self._error = duckdb.Error
        self._spill = TemporaryDirectory(prefix="acmspec-", ignore_cleanup_errors=True)
        self._out_of_range = duckdb.OutOfRangeException
        self._out_of_memory = duckdb.OutOfMemoryException
        config: dict[str, str | bool | int | float | list[str]] = {
            # Nothing is fetched or read but what is asked for, and records keep the order of their file.
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "true",
            # What does not fit in memory goes here, not into the folder that people work in.
            "temp_directory": self._spill.name,
            "memory_limit": _MEMORY if memory is None else _share(memory),
        }
        # Where nothing is said, threads are for data that has work for them.
        config["threads"] = str(threads or 1)
        self._is_free, self._is_alone = threads is None, threads in {None, 1}
        self._bytes = 0
        self._connection = duckdb.connect(":memory:", config=config)
        self._views: set[str] = set()
        self._laid: list[str] = []

    def load(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        """Make a table of a file's columns as text; see the port. `Refused` if the file is not what it should be."""
        self._expect_much(scan)
        select = self._csv(scan, columns) if scan.format == "csv" else self._parquet(scan, columns)
        self.make(name, select)
        count = self.rows(f"SELECT COUNT(*) FROM {_name(name)}")[0][0]
        if not isinstance(count, int):
            raise TypeError(f"a count came back as {type(count).__name__}")
        return count

    def lay(self, name: str, scan: Scan, columns: Sequence[str]) -> Laid | None:
        """Name the records of a file, each column in its own type where that is exact; see the port."""
        self._expect_much(scan)
        if scan.format == "csv" and self._is_alone:
            self.view(name, self._csv(scan, columns))
            return Laid(("text",) * len(columns), once=True)
        # Records are numbered by one thread: where there are more, a copy of the text gives all of them work.
        if scan.format != "parquet" or any(one in str(scan.path) for one in "*?["):
            return None
        source = f"read_parquet({_text(str(scan.path))}, binary_as_string = true, file_row_number = true)"
        own = ", ".join(f"{_name(one)} AS c{index}" for index, one in enumerate(columns))
        try:
            types = self._run(f"SELECT column_type FROM (DESCRIBE SELECT {own or 1} FROM {source})")
        except Refused as refused:
            if refused.lacks:
                raise
            return None
        kinds, picked = [], []
        for index, (column, (of,)) in enumerate(zip(columns, types, strict=False)):
            changed = scan.option(f"type {column}")
            kind = "" if changed else _kind(str(of))
            kinds.append(kind or "text")
            picked.append(f"{_name(column) if kind else _as_text(_name(column), changed)} AS c{index}")
        listed = ", ".join(['file_row_number + 1 AS "#record"', *picked])
        self.view(name, f"SELECT {listed} FROM {source}")
        self._laid.append(str(scan.path))
        return Laid(tuple(kinds))

    def _expect_much(self, scan: Scan) -> None:
        """Let all threads work from the file on that makes it much."""
        self._bytes += scan.path.stat().st_size * (_PACKED if scan.format == "parquet" else 1)
        if self._bytes > _LITTLE and self._is_free:
            self._run("RESET threads")
            self._is_free = self._is_alone = False

    def view(self, name: str, select: str) -> None:
        """Name what a SELECT gives."""
        self._free(name)
        self._run(f"CREATE VIEW {_name(name)} AS {select}")
        self._views.add(name)

    def make(self, name: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of one of that name."""
        if name not in self._views:
            self._run(f"CREATE OR REPLACE TABLE {_name(name)} AS {select}")
            return
        # What is made may be made of what has the name.
        aside = f"{name} aside"
        self._run(f"CREATE TABLE {_name(aside)} AS {select}")
        self.rename(aside, name, ())

    def rename(self, name: str, to: str, without: Sequence[str]) -> None:
        """Give a table another name, in place of one of that name, and take columns out of it."""
        self._free(to)
        for column in without:
            self._run(f"ALTER TABLE {_name(name)} DROP COLUMN {_name(column)}")
        self._run(f"ALTER TABLE {_name(name)} RENAME TO {_name(to)}")

    def _free(self, name: str) -> None:
        """Make room for another table or view of a name."""
        kind = "VIEW" if name in self._views else "TABLE"
        self._views.discard(name)
        self._run(f"DROP {kind} IF EXISTS {_name(name)}")

    def expect(self, name: str, columns: Sequence[str]) -> None:
        """Nothing: the engine makes its own tables of what it looks up."""

    def remove(self, name: str, condition: str) -> None:
        """Take the records out of a table for which a condition is true."""
        if name in self._views:
            self.make(name, f"SELECT * FROM {_name(name)} WHERE ({condition}) IS NOT TRUE")
        else:
            self._run(f"DELETE FROM {_name(name)} WHERE {condition}")

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._free(name)

    def rows(self, sql: str) -> Sequence[tuple[object, ...]]:
        """Run a query and bring everything back."""
        return self._run(sql)

    def batches(self, sql: str, size: int) -> Iterator[Sequence[tuple[object, ...]]]:
        """Run a query and bring what it gives back piece by piece."""
        try:
            found = self._connection.execute(sql)
            while batch := found.fetchmany(size):
                yield batch
        except self._error as error:
            raise self._refused(error) from error

    def composed(self, name: str, count: int) -> object:
        """A table that was loaded with so many columns, as a table of Arrow, its texts in Unicode's composed form."""
        import duckdb  # noqa: F401  (it is the package around the engine that hands tables to Arrow)

        texts = ", ".join(f"nfc_normalize(c{index}) AS c{index}" for index in range(count))
        return self._connection.sql(f'SELECT "#record", {texts} FROM {_name(name)}').to_arrow_table()

    def _run(self, sql: str) -> Sequence[tuple[object, ...]]:
        try:
            return self._connection.execute(sql).fetchall()
        except self._error as error:
            raise self._refused(error) from error
        except RuntimeError as error:
            if str(error) == _INTERRUPTED:
                raise KeyboardInterrupt from error
            raise

    def seal(self) -> None:
        """Refuse every file and network access that SQL could ask for; what does not fit in memory still goes aside."""
        self._run(f"SET allowed_paths = [{', '.join(map(_text, self._laid))}]")
        self._run("SET enable_external_access = false")
        self._run("SET lock_configuration = true")

    def close(self) -> None:
        """Close the connection; the database goes with it, and what did not fit in memory."""
        self._connection.close()
        self._spill.cleanup()

    def _refused(self, error: Exception) -> Refused:
        # A comparison of decimals of different scale leaves the range in a conversion, which has an error of its own.
        word = str(error)
        lacks = "memory" if isinstance(error, self._out_of_memory) else "disk" if _NO_SPACE.search(word) else ""
        return Refused(word, too_large=isinstance(error, self._out_of_range) or "out of range" in word, lacks=lacks)

    def _csv(self, scan: Scan, columns: Sequence[str]) -> str:
        names = ", ".join(f"'f{index}': 'VARCHAR'" for index in range(len(scan.columns)))
        picked = [f"f{scan.columns.index(column)} AS c{index}" for index, column in enumerate(columns)]
        selected = ", ".join(['row_number() OVER () AS "#record"', *picked])
        options = {
            "columns": f"{{{names}}}",
            "auto_detect": "false",
            "header": "true",
            "skip": scan.option("skip", "0"),
            "delim": _text(scan.option("delimiter", ",")),
            "quote": "'\"'",
            "escape": "'\"'",
            "nullstr": "''",
            "strict_mode": "true",
            "null_padding": "false",
            "ignore_errors": "false",
            "max_line_size": str(_LINE),
        }
        settings = ", ".join(f"{key} = {value}" for key, value in options.items())
        return f"SELECT {selected} FROM read_csv({_text(_plain_path(scan))}, {settings})"

    def _parquet(self, scan: Scan, columns: Sequence[str]) -> str:
        source = f"read_parquet({_text(_plain_path(scan))}, binary_as_string = true, file_row_number = true)"
        picked = [
            f"{_as_text(_name(column), scan.option(f'type {column}'))} AS c{i}" for i, column in enumerate(columns)
        ]
        selected = ", ".join(['file_row_number + 1 AS "#record"', *picked])
        return f"SELECT {selected} FROM {source}"


def _share(memory: str) -> str:
    """The part of an amount of memory that is the engine's own; what it reads and the results take the rest."""
    found = re.fullmatch(r"([0-9.]+) *([A-Za-z]+)", memory)
    return memory if found is None else f"{float(found[1]) * 2 / 3:.3f}{found[2]}"


_KINDS = {
    "VARCHAR": "text", "BOOLEAN": "boolean", "DATE": "date", "TINYINT": "whole", "SMALLINT": "whole",
    "INTEGER": "whole", "BIGINT": "whole", "UTINYINT": "whole", "USMALLINT": "whole", "UINTEGER": "whole",
    "UBIGINT": "whole",
}  # fmt: skip
"""The types whose values are what their text says, and what kind they are; decimals aside."""


def _kind(of: str) -> str:
    """The kind of a type, "" if it is read as text."""
    decimal = re.fullmatch(r"DECIMAL\(\d+,\s*(\d+)\)", of)
    return f"decimal {decimal[1]}" if decimal else _KINDS.get(of, "")


def _as_text(column: str, kind: str) -> str:
    """A column's value as exact text; `kind` is what the source found in the file."""
    shown = f"CAST({column} AS VARCHAR)"
    if kind == "float":
        # A whole floating-point number below 2**53 is exact; any other stops the load, as the name says.
        whole = f"{column} = trunc({column}) AND abs({column}) < 9007199254740992"
        return (
            f"CASE WHEN {column} IS NULL OR isnan({column}) THEN NULL WHEN {whole} THEN CAST(CAST({column} AS BIGINT)"
            f" AS VARCHAR) ELSE error('not exact') END"
        )
    if kind == "timestamp":
        # Many tools can write a date only as its midnight.
        moment = f"make_timestamp(epoch_us({column}))"
        day = f"CAST({moment} AS DATE)"
        is_day = f"CAST({day} AS TIMESTAMP) = {moment}"
        return f"CASE WHEN {is_day} THEN CAST({day} AS VARCHAR) ELSE CAST({moment} AS VARCHAR) END"
    if kind == "moment":
        # One that is stored as UTC says so; any other is what a clock showed.
        offset = f"CASE WHEN typeof({column}) = 'TIMESTAMP WITH TIME ZONE' THEN 'Z' ELSE '' END"
        return f"CAST(make_timestamp(epoch_us({column})) AS VARCHAR) || {offset}"
    return shown


def _plain_path(scan: Scan) -> str:
    """The path with the marks of a pattern taken literally."""
    return "".join(f"[{one}]" if one in "*?[" else one for one in str(scan.path))


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
