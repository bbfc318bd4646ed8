"""What the facts stage needs from the shelves: something that reads files as text, something that runs SQL."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.ground.node import node
from acmspec.query.dialect import Dialect
from acmspec.spec.deliveries import Form


class Refused(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """A backend could not do what it was asked; `str()` is the engine's own word.

    `too_large` says that a number left the range of what the engine computes exactly; the data did that. `lacks` is
    "memory" or "disk" where the computer had too little of it, which says nothing about the data.
    """

    def __init__(self, word: str, *, too_large: bool = False, lacks: str = "") -> None:
        super().__init__(word)
        self.too_large = too_large
        self.lacks = lacks


class Lost(Exception):  # noqa: N818  (what happened, not whose fault it is)
    """A database went away during a run; `str()` is the engine's own word."""


@node
class Asked:
    """How a file is to be read: what the spec says of its form, and which of its columns hold moments.

    `aside` is a folder for what an engine can't read as it stands and is written anew; it goes when the run ends.
    """

    aside: Path
    form: Form = Form()
    moments: frozenset[str] = frozenset()


@node
class Scan:
    """A file that can be read as columns of text. `format` is "csv" or "parquet"; `options` are the format's own.

    `path` is what the engine reads, which may have been written aside. `shown` is the path as the user wrote it, for
    messages. `columns` are all the file has, in its order. A table of a database is a scan, too, of the format "table".
    """

    format: str
    path: Path
    shown: str
    columns: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """One of the format's own options."""
        return dict(self.options).get(name, default)


@node
class Laid:
    """Records that an engine knows and has not read yet, with the kind of each column.

    A kind is "text", "whole", "date", "boolean", or "decimal" and its decimals, as in "decimal 2". Where they are to
    be read `once`, to ask for them costs as much each time as to copy them.
    """

    kinds: tuple[str, ...]
    once: bool = False


class Reader(Protocol):
    """What knows its way about the scans it made."""

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """Say where and why a scan broke off while it was read; `error` is the engine's own word."""

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """Where 1-based records of the scan stand (physical line or row), in the order asked."""


class Source(Reader, Protocol):
    """A shelf part that opens one file format."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of file names it reads, lower case: `.csv`."""

    @property
    def takes(self) -> tuple[str, ...]:
        """The keys under `format` that say something about files of this kind."""

    def open(self, path: Path, shown: str, asked: Asked) -> "Scan | Diagnostic":
        """Look at the file, or say why it can't be read as text columns. OSError if the system can't open it."""


class Tables(Reader, Protocol):
    """The tables that a database has before a run; only its own backend can load their scans."""

    def open(self, table: str, shown: str) -> "Scan | Diagnostic":
        """Look at a table or view, `schema.name` or `name`, or say that there is none."""


class Backend(Protocol):
    """A shelf part that runs exact SQL; names are given unquoted. Every method may raise `Refused` or `Lost`."""

    @property
    def dialect(self) -> Dialect:
        """How it spells what engines spell differently; all SQL that it is given is spelt so."""

    @property
    def tables(self) -> "Tables | None":
        """What the database has already; None for an engine that starts empty."""

    def load(self, name: str, scan: Scan, columns: Sequence[str]) -> int:
        """Make a table `name` of some columns of a scan and return how many records it has.

        Its columns are `"#record"` (1-based) and, by their place in `columns`, `"c0"`, `"c1"` … as text: names in
        a file may be anything, even equal to the engine.
        """

    def lay(self, name: str, scan: Scan, columns: Sequence[str]) -> Laid | None:
        """Name a scan's records as `load` does, in types of their own and unread; None if they must be loaded as text.

        Damage is found, and `Refused`, where the records are asked for.
        """

    def view(self, name: str, select: str) -> None:
        """Name what a SELECT over records that were laid gives; it can be asked for like a table."""

    def make(self, name: str, select: str) -> None:
        """Make a table of what a SELECT gives, in place of one of that name."""

    def rename(self, name: str, to: str, without: Sequence[str]) -> None:
        """Give a table that was made another name, in place of one of that name, and take columns out of it."""

    def expect(self, name: str, columns: Sequence[str]) -> None:
        """Be ready for lookups in a table by the value of each of some columns."""

    def remove(self, name: str, condition: str) -> None:
        """Take the records out of a table for which a condition is true."""

    def drop(self, name: str) -> None:
        """Forget a table, which is there."""

    def rows(self, sql: str) -> Sequence[tuple[object, ...]]:
        """Run a query; whole numbers and decimals come back exact (int, Decimal), dates as date."""

    def seal(self) -> None:
        """Open no file and no connection from here on, whatever the SQL says; everything is loaded."""

    def close(self) -> None:
        """Let go of everything, temporary files too."""
