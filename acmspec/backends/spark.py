"""Spark through pyspark: a session of its own that makes temporary views only; knows nothing of specs.

Files are read by the embedded engine and handed over, so that they mean the same whichever engine runs the SQL.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from acmspec.backends.duckdb import DuckDB
from acmspec.backends.spark_tables import Tables, composed, select
from acmspec.facts.ports import Lost, Refused, Scan
from acmspec.query.dialect import UnsayableError
from acmspec.query.dialect_spark import SETTINGS, SPARK

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    Session = SparkSession
    """What others hand over; only the files of this engine know pyspark."""

Rows = Sequence[tuple[object, ...]]

_FEW = 100_000
"""So many records are read in one part: nothing has to be exchanged between parts then, by any query after."""
_TOO_LARGE = ("NUMERIC_VALUE_OUT_OF_RANGE", "ARITHMETIC_OVERFLOW", "CAST_OVERFLOW", "DATETIME_OVERFLOW")
"""What Spark calls numbers and dates that it can't hold."""
_NOT_SAID = ("UNSUPPORTED_SUBQUERY", "UNSUPPORTED_CORRELATED", "CORRELATED_REFERENCE")
"""What Spark calls questions about other records that it can't plan."""
_NO_MEMORY = ("OutOfMemory", "UNABLE_TO_ACQUIRE_MEMORY", "Total size of serialized results")
_NO_SPACE = ("No space left", "Disk quota")
_GONE = ("stopped SparkContext", "SparkContext was shut down", "stopped session", "INVALID_HANDLE")
_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
"""Where pyspark writes what an error was about, values included."""


class Spark:
    """A session beside the one that is given, with settings and views of its own, which ends with the run."""

    dialect = SPARK

    def __init__(self, session: "SparkSession", *, threads: int | None = None, owned: bool = False) -> None:
        """Begin a run; `owned` has the session stop with the backend. `threads` are for reading files."""
        self._given = session
        self._owned = owned
        self._threads = threads
        self._made: set[str] = set()
        with self._told():
            self._session = session.newSession()
            for key, value in (*SETTINGS.items(), *_QUIET.items(), *_QUICK.items()):
                self._session.conf.set(key, value)
        self.tables = Tables(session)

    def load(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        """Make a table of a scan's columns as text; see the port. `Refused` if the scan is not what it should be."""
        if scan.format == "table":
            self._read(name, scan, columns)
            return self._count(name)
        files = DuckDB(threads=self._threads)
        try:
            count = files.load(name, scan, columns)
            table = files.composed(name, len(columns))
        finally:
            files.close()
        with self._told():
            frame = self._session.createDataFrame(table)
            self._put(name, frame.coalesce(1) if count <= _FEW else frame)
        return count

    def lay(self, name: str, scan: Scan, columns: Sequence[str]) -> None:
        """Nothing: every record is handed over."""

    def view(self, name: str, select: str) -> None:
        """Make a table: nothing is laid here."""
        self.make(name, select)

    def rename(self, name: str, to: str, without: Sequence[str]) -> None:
        """Give a table another name, in place of one of that name, and take columns out of it."""
        with self._told():
            self._session.table(_view(name)).drop(*without).createOrReplaceTempView(_view(to))
        self._made.add(to)
        self.drop(name)

    def make(self, name: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of one of that name."""
        with self._told():
            self._put(name, self._session.sql(select))

    def expect(self, name: str, columns: Sequence[str]) -> None:
        """Nothing: the engine joins whole tables and looks nothing up."""

    def remove(self, name: str, condition: str) -> None:
        """Take the records out of a table for which a condition is true."""
        self.make(name, f"SELECT * FROM {self.dialect.name(name)} WHERE NOT COALESCE({condition}, FALSE)")

    def drop(self, name: str) -> None:
        """Forget a table."""
        with self._told():
            self._session.catalog.dropTempView(_view(name))
        self._made.discard(name)

    def rows(self, sql: str) -> Rows:
        """Run a query and bring everything back."""
        with self._told():
            return [tuple(row) for row in self._session.sql(sql).collect()]

    def seal(self) -> None:
        """Nothing to do: the settings let SQL read no file, and statements hold data, never paths."""

    def close(self) -> None:
        """Forget all tables; the session that was given goes on unless it was made for the run."""
        try:
            for name in sorted(self._made):
                self.drop(name)
            if self._owned:
                self._given.stop()
        except Lost:
            self._made.clear()

    # --- loading --------------------------------------------------------------------------------------------

    def _read(self, name: str, scan: Scan, columns: Sequence[str]) -> None:
        """Read a table of the session's catalog, or a view of its own."""
        try:
            found = select(scan, columns)
        except ValueError as error:
            raise Refused(str(error)) from error
        with self._told(), self.tables.lent(scan) as source:
            self._put(name, self._session.sql(found.format(source=source)))
        for change in composed(self.rows, name, len(columns)):
            self.make(name, change)

    def _count(self, name: str) -> int:
        count = self.rows(f"SELECT COUNT(*) FROM {self.dialect.name(name)}")[0][0]
        if not isinstance(count, int):
            raise TypeError(f"a count came back as {type(count).__name__}")
        return count

    def _put(self, name: str, frame: "DataFrame") -> None:
        """Work a table out and keep it: worked out anew, its records could be numbered otherwise."""
        frame.localCheckpoint().createOrReplaceTempView(_view(name))
        self._made.add(name)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the engine as those of the port."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        with _quiet():
            try:
                yield
            except (PySparkException, Py4JError, ConnectionError) as error:
                raise _meant(str(error), is_gone=isinstance(error, ConnectionError)) from error


def _meant(word: str, *, is_gone: bool) -> Exception:
    """What an error of the engine means."""
    if is_gone or any(one in word for one in _GONE):
        return Lost(word)
    if any(one in word for one in _NOT_SAID):
        return UnsayableError("a formula asks something of other records that Spark can't plan")
    lacks = "memory" if any(one in word for one in _NO_MEMORY) else ""
    lacks = "disk" if any(one in word for one in _NO_SPACE) else lacks
    return Refused(word, too_large=any(one in word for one in _TOO_LARGE), lacks=lacks)


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing is logged of an error here: it may tell a value of a cell."""
    from pyspark.logger import PySparkLogger

    loggers = [PySparkLogger.getLogger(one) for one in _LOGGERS]
    before = [one.disabled for one in loggers]
    try:
        for one in loggers:
            one.disabled = True
        yield
    finally:
        for one, was in zip(loggers, before, strict=True):
            one.disabled = was


def _view(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


_QUIET = {
    # SQL reads tables only.
    "spark.sql.runSQLOnFiles": "false",
    # No plan is written down where others could read it, for it holds keys of records; it would take time, too.
    "spark.sql.redaction.string.regex": "(?s).+",
    "spark.sql.ui.explainMode": "simple",
    "spark.sql.maxPlanStringLength": "0",
}
"""What a run keeps to itself, beside what its SQL relies on."""
_QUICK = {
    # Spark would follow every way in which conditions bear on one another: half a minute for a few lookups.
    "spark.sql.constraintPropagation.enabled": "false",
}
"""What spares planning that nothing is won by: tables lie in memory, and are read whole."""
