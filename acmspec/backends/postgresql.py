"""PostgreSQL through psycopg: one transaction and one snapshot a run, temporary tables only; knows nothing of specs.

Files are read by the embedded engine and copied, so that they mean the same whichever engine runs the SQL.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from acmspec.backends.duckdb import DuckDB
from acmspec.facts.ports import Refused, Scan
from acmspec.query.dialect_postgresql import POSTGRESQL

if TYPE_CHECKING:
    from psycopg import Connection

_OUT_OF_RANGE = frozenset({"22003", "22008"})
"""What the engine calls numbers and dates that it can't hold."""
_AT_ONCE = 10_000
"""How many records are copied at a time; a table that has more is worth a look by the planner."""

Rows = Sequence[tuple[object, ...]]


class PostgreSQL:
    """One session of a database, which ends with the run and leaves nothing behind."""

    dialect = POSTGRESQL

    def __init__(self, connection: "Connection[tuple[object, ...]]", *, threads: int | None = None) -> None:
        """Begin a run; `connection` is idle, and is closed with the backend. `threads` are for reading files."""
        import psycopg

        self._connection = connection
        self._error = psycopg.Error
        self._threads = threads
        self._made: set[str] = set()
        for statement in _SETTINGS:
            self._run(statement)

    def load(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        """Make a table of a file's columns as text; see the port. `Refused` if the file is not what it should be."""
        listed = ", ".join(['"#record"', *(f"c{index}" for index in range(len(columns)))])
        typed = ", ".join(['"#record" BIGINT', *(f'c{index} TEXT COLLATE "C"' for index in range(len(columns)))])
        self._replace(name)
        self._run(f"CREATE TEMPORARY TABLE {self._name(name)} ({typed})")
        files = DuckDB(threads=self._threads)
        try:
            count = files.load(name, scan, columns)
            for batch in files.batches(f"SELECT {listed} FROM {files.dialect.name(name)}", _AT_ONCE):
                self._copy(f"COPY {self._name(name)} ({listed}) FROM STDIN", batch)
        finally:
            files.close()
        self._look_at(name, count)
        return count

    def make(self, name: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of one of that name."""
        aside = self._name(f"{name} aside")
        count = self._run_counted(f"CREATE TEMPORARY TABLE {aside} AS {select}")
        self._replace(name)
        self._run(f"ALTER TABLE {aside} RENAME TO {self._name(name)}")
        self._look_at(name, count)

    def remove(self, name: str, condition: str) -> None:
        """Take the records out of a table for which a condition is true."""
        self._run(f"DELETE FROM {self._name(name)} WHERE {condition}")

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._run(f"DROP TABLE {self._name(name)}")
        self._made.discard(name)

    def rows(self, sql: str) -> Rows:
        """Run a query and bring everything back."""
        try:
            with self._connection.transaction(), self._connection.cursor() as cursor:
                return cursor.execute(_bytes(sql)).fetchall()
        except self._error as error:
            raise self._refused(error) from error

    def seal(self) -> None:
        """Nothing to do: a server opens no file of this computer, and statements to it hold data, never paths."""

    def close(self) -> None:
        """End the session; whatever it made goes with it."""
        with suppress(self._error):
            self._connection.rollback()
        self._connection.close()

    def _name(self, name: str) -> str:
        return self.dialect.name(name)

    def _replace(self, name: str) -> None:
        if name in self._made:
            self._run(f"DROP TABLE {self._name(name)}")
        self._made.add(name)

    def _run(self, sql: str) -> None:
        self._run_counted(sql)

    def _run_counted(self, sql: str) -> int:
        """Run a statement in a savepoint of its own, so that one that fails leaves the run as it was."""
        try:
            with self._connection.transaction(), self._connection.cursor() as cursor:
                return cursor.execute(_bytes(sql)).rowcount
        except self._error as error:
            raise self._refused(error) from error

    def _copy(self, sql: str, batch: Rows) -> None:
        try:
            with self._connection.transaction(), self._connection.cursor() as cursor, cursor.copy(_bytes(sql)) as copy:
                for row in batch:
                    copy.write_row(row)
        except self._error as error:
            raise self._refused(error) from error

    def _look_at(self, name: str, count: int) -> None:
        """Have the planner know a large table; nobody else looks at temporary ones."""
        if count > _AT_ONCE:
            self._run(f"ANALYZE {self._name(name)}")

    def _refused(self, error: Exception) -> Refused:
        return Refused(str(error), too_large=getattr(error, "sqlstate", None) in _OUT_OF_RANGE)


def _bytes(sql: str) -> bytes:
    return sql.encode()


_SETTINGS = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SELECT set_config('search_path', 'pg_temp, pg_catalog', true)",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL standard_conforming_strings = on",
    "SET LOCAL client_min_messages = warning",
)
"""What a run relies on, until its transaction ends: one snapshot, and texts as they stand in the SQL."""
