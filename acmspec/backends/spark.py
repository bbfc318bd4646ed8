"""Spark through pyspark: a session of its own that makes temporary views only; knows nothing of specs.

Files are read by the embedded engine and handed over, so that they mean the same whichever engine runs the SQL.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from acmspec.backends.duckdb import DuckDB
from acmspec.facts.ports import Lost, Refused, Scan
from acmspec.query.dialect_spark import SETTINGS, SPARK

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Rows = Sequence[tuple[object, ...]]

_TOO_LARGE = ("NUMERIC_VALUE_OUT_OF_RANGE", "ARITHMETIC_OVERFLOW", "CAST_OVERFLOW", "DECIMAL_PRECISION_EXCEEDS")


class Spark:
    """A session beside the one that is given, which keeps its own settings and views and ends with the run."""

    dialect = SPARK
    tables = None

    def __init__(self, session: "SparkSession", *, threads: int | None = None) -> None:
        from pyspark.errors import PySparkException

        self._error = PySparkException
        self._threads = threads
        self._session = session.newSession()
        for key, value in SETTINGS.items():
            self._session.conf.set(key, value)
        self._made: dict[str, DataFrame] = {}

    def load(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        files = DuckDB(threads=self._threads)
        try:
            count = files.load(name, scan, columns)
            texts = ", ".join(f"nfc_normalize(c{index}) AS c{index}" for index in range(len(columns)))
            table = files._connection.execute(f'SELECT "#record", {texts} FROM {files.dialect.name(name)}').to_arrow_table()
        finally:
            files.close()
        self._put(name, self._session.createDataFrame(table).coalesce(1).localCheckpoint())
        return count

    def make(self, name: str, select: str) -> None:
        with self._told():
            self._put(name, self._session.sql(select).coalesce(1).localCheckpoint())

    def expect(self, name: str, columns: Sequence[str]) -> None:
        """Nothing."""

    def remove(self, name: str, condition: str) -> None:
        self.make(name, f"SELECT * FROM {self.dialect.name(name)} WHERE NOT ({condition})")

    def drop(self, name: str) -> None:
        self._session.catalog.dropTempView(_quoted(name))

    def rows(self, sql: str) -> Rows:
        with self._told():
            return [tuple(row) for row in self._session.sql(sql).collect()]

    def seal(self) -> None:
        """Nothing."""

    def close(self) -> None:
        for name in list(self._made):
            self._session.catalog.dropTempView(_quoted(name))
        self._made.clear()

    def _put(self, name: str, frame: "DataFrame") -> None:
        frame.createOrReplaceTempView(_quoted(name))
        self._made[name] = frame

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            word = str(error)
            raise Refused(word, too_large=any(one in word for one in _TOO_LARGE)) from error


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
