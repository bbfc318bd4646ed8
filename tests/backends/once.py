"""Spark that works out nothing twice: what the same SQL makes of the same records is kept as long as the session.

Cases of the language share the tables that they don't speak of, and all that is asked of these.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from acmspec.backends.spark import Rows, Spark
from acmspec.facts.ports import Scan

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass
class Known:
    """Tables, with how many records a file has, and answers, by what they were made of.

    `own` is the session beside the given one that they live in.
    """

    session: "SparkSession"
    own: "SparkSession | None" = None
    tables: "dict[str, tuple[DataFrame, int]]" = field(default_factory=dict)
    answers: dict[str, Rows] = field(default_factory=dict)


class Once(Spark):
    """A run that finds what runs before it have worked out."""

    def __init__(self, known: Known) -> None:
        """Begin a run in the session that all share."""
        super().__init__(known.session, threads=1)
        self._session = known.own = known.own or self._session
        self._known = known
        self._origins: dict[str, str] = {}

    def load(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        """Make a table of a file's records, which are known by its bytes and how they are read."""
        origin = _digest(scan.path.read_bytes(), scan.format, scan.columns, scan.options, tuple(columns))
        if not self._find(name, origin):
            self._keep(name, origin, super().load(name, scan, columns))
        return self._known.tables[origin][1]

    def make(self, name: str, select: str) -> None:
        """Make a table of what a SELECT gives."""
        origin = self._origin(select)
        if not self._find(name, origin):
            super().make(name, select)
            self._keep(name, origin, 0)

    def rename(self, name: str, to: str, without: Sequence[str]) -> None:
        """Give a table another name, and take columns out of it."""
        super().rename(name, to, without)
        self._origins[to] = _digest(self._origins[name], tuple(without))

    def rows(self, sql: str) -> Rows:
        """Run a query, or say again what it came to."""
        origin = self._origin(sql)
        if origin not in self._known.answers:
            self._known.answers[origin] = super().rows(sql)
        return self._known.answers[origin]

    def _origin(self, sql: str) -> str:
        """What decides what SQL comes to: itself, and the tables that it may name."""
        return _digest(sql, [one for one in sorted(self._origins.items()) if self.dialect.name(one[0]) in sql])

    def _find(self, name: str, origin: str) -> bool:
        """Whether there is such a table, which has the name from now on."""
        found = self._known.tables.get(origin)
        if found is not None:
            found[0].createOrReplaceTempView(f"`{name}`")
            self._made.add(name)
            self._origins[name] = origin
        return found is not None

    def _keep(self, name: str, origin: str, count: int) -> None:
        self._known.tables[origin] = (self._session.table(f"`{name}`"), count)
        self._origins[name] = origin


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()
