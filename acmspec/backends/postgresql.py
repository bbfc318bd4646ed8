"""PostgreSQL through psycopg: one transaction and one snapshot a run, temporary tables only; knows nothing of specs.

Files are read by the embedded engine and copied, so that they mean the same whichever engine runs the SQL.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from acmspec.backends.duckdb import DuckDB
from acmspec.backends.postgresql_tables import Tables, select
from acmspec.facts.ports import Lost, Refused, Scan
from acmspec.query.dialect_postgresql import POSTGRESQL

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

_OUT_OF_RANGE = frozenset({"22003", "22008"})
"""What the engine calls numbers and dates that it can't hold."""
_AT_ONCE = 10_000
"""How many records are copied at a time."""
_FEW = 100
"""A table that has more records is worth a look by the planner."""

Row = tuple[object, ...]
Rows = Sequence[Row]


class PostgreSQL:
    """One session of a database, which ends with the run and leaves nothing behind."""

    dialect = POSTGRESQL

    def __init__(self, connection: "Connection[Row]", *, threads: int | None = None) -> None:
        """Begin a run; `connection` is idle, and is closed with the backend. `threads` are for reading files."""
        import psycopg

        self._connection = connection
        self._error = psycopg.Error
        self._threads = threads
        self._made: set[str] = set()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        # The first statement begins the transaction, and every other is a savepoint within it.
        with self._told():
            path = connection.execute("SELECT current_schemas(false), current_setting('search_path')").fetchone()
            for statement in _SETTINGS:
                connection.execute(statement.encode())
        schemas, self._own_path = path if path is not None else ((), "")
        self.tables = Tables(self.rows, schemas if isinstance(schemas, list) else ())

    def load(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        """Make a table of a scan's columns as text; see the port. `Refused` if the scan is not what it should be."""
        listed = ", ".join(['"#record"', *(f"c{index}" for index in range(len(columns)))])
        typed = ", ".join(['"#record" BIGINT', *(f'c{index} TEXT COLLATE "C"' for index in range(len(columns)))])
        self._replace(name)
        self._run(f"CREATE TEMPORARY TABLE {self._name(name)} ({typed})")
        count = self._read(name, scan, columns) if scan.format == "table" else self._sent(name, listed, scan, columns)
        self._look_at(name, count)
        return count

    def lay(self, name: str, scan: Scan, columns: Sequence[str]) -> None:
        """Nothing: every record is copied."""

    def view(self, name: str, select: str) -> None:
        """Make a table: nothing is laid here."""
        self.make(name, select)

    def rename(self, name: str, to: str, without: Sequence[str]) -> None:
        """Give a table another name, in place of one of that name, and take columns out of it."""
        self._replace(to)
        for column in without:
            self._run(f"ALTER TABLE {self._name(name)} DROP COLUMN {self._name(column)}")
        self._run(f"ALTER TABLE {self._name(name)} RENAME TO {self._name(to)}")
        self._made.discard(name)

    def make(self, name: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of one of that name."""
        aside = self._name(f"{name} aside")
        count = self._run(f"CREATE TEMPORARY TABLE {aside} AS {select}")
        self._replace(name)
        self._run(f"ALTER TABLE {aside} RENAME TO {self._name(name)}")
        self._look_at(name, count)

    def expect(self, name: str, columns: Sequence[str]) -> None:
        """Make an index of each of some columns: the engine looks up record by record, and would go through all."""
        for column in columns:
            self._run(f"CREATE INDEX ON {self._name(name)} ({self._name(column)})")
        self._run(f"ANALYZE {self._name(name)}")

    def remove(self, name: str, condition: str) -> None:
        """Take the records out of a table for which a condition is true."""
        with self._aside(may_make=False) as cursor:
            cursor.execute(f"DELETE FROM {self._name(name)} WHERE {condition}".encode())

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._run(f"DROP TABLE {self._name(name)}")
        self._made.discard(name)

    def rows(self, sql: str) -> Rows:
        """Run a query and bring everything back."""
        with self._aside(may_make=False) as cursor:
            return cursor.execute(sql.encode()).fetchall()

    def seal(self) -> None:
        """Nothing to do: a server opens no file of this computer, and statements to it hold data, never paths."""

    def close(self) -> None:
        """End the session; whatever it made goes with it."""
        with suppress(self._error):
            self._connection.rollback()
        self._connection.close()

    # --- loading --------------------------------------------------------------------------------------------

    def _read(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        """Read a table of the database."""
        try:
            found = select(scan, columns)
        except ValueError as error:
            raise Refused(str(error)) from error
        with self._aside(may_make=False) as cursor:
            # What a view is made of may go by the path of its own database.
            cursor.execute("SELECT set_config('search_path', %s, true)", (self._own_path,))
            count = cursor.execute(f"INSERT INTO pg_temp.{self._name(name)} {found}".encode()).rowcount
            cursor.execute(_PATH.encode())
        return count

    def _sent(self, name: str, listed: str, scan: Scan, columns: Sequence[str]) -> int:
        """Read a file here and send its records."""
        files = DuckDB(threads=self._threads)
        try:
            count = files.load(name, scan, columns)
            for batch in files.batches(f"SELECT {listed} FROM {files.dialect.name(name)}", _AT_ONCE):
                with self._aside() as cursor, cursor.copy(f"COPY {self._name(name)} FROM STDIN".encode()) as copy:
                    for row in batch:
                        copy.write_row(row)
        finally:
            files.close()
        return count

    # --- the engine -----------------------------------------------------------------------------------------

    def _name(self, name: str) -> str:
        return self.dialect.name(name)

    def _replace(self, name: str) -> None:
        if name in self._made:
            self._run(f"DROP TABLE {self._name(name)}")
        self._made.add(name)

    def _run(self, sql: str) -> int:
        """Run a statement; how many records it made or changed."""
        with self._aside() as cursor:
            return cursor.execute(sql.encode()).rowcount

    @contextmanager
    def _aside(self, *, may_make: bool = True) -> "Iterator[Cursor[Row]]":
        """A savepoint of its own, so that a statement that fails leaves the run as it was.

        A statement that makes no table runs read-only: it can fill and empty temporary tables and change nothing else,
        also not by way of a function that a view calls.
        """
        with self._told(), self._connection.transaction(), self._connection.cursor() as cursor:
            if not may_make:
                cursor.execute("SET TRANSACTION READ ONLY")
            yield cursor

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the driver as those of the port."""
        try:
            yield
        except self._error as error:
            if self._connection.broken or self._connection.closed:
                raise Lost(str(error)) from error
            code = getattr(error, "sqlstate", None) or "error"
            raise Refused(f"{code}: {error}", too_large=code in _OUT_OF_RANGE) from error

    def _look_at(self, name: str, count: int) -> None:
        """Have the planner know a large table; nobody else looks at temporary ones."""
        if count > _FEW:
            self._run(f"ANALYZE {self._name(name)}")


_PATH = "SELECT set_config('search_path', 'pg_temp, pg_catalog', true)"
_SETTINGS = (
    _PATH,
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL standard_conforming_strings = on",
    "SET LOCAL client_min_messages = warning",
    # Compiling such long statements takes longer than running them.
    "SET LOCAL jit = off",
)
"""What a run relies on, until its transaction ends: its own tables and the engine's functions, and no locale."""
