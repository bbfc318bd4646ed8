"""What the facts stage needs from the shelves: something that reads files as text, something that runs SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from acmspec.ground.diagnostic import DataPlace, Diagnostic


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that can be read as columns of text. `format` is "csv" or "parquet"; `options` are the format's own.

    `shown` is the path as the user wrote it, for messages.
    """

    format: str
    path: Path
    shown: str
    columns: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()


class Source(Protocol):
    """A shelf part that opens one file format."""

    suffixes: tuple[str, ...]

    def open(self, path: Path, shown: str) -> "Scan | Diagnostic":
        """Look at the file's header, or say why it can't be read as text columns."""

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """Say where and why a file broke off while it was read; `error` is the engine's own word."""

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """Where 1-based records of the file stand (physical line or row), in the order asked."""


class Backend(Protocol):
    """A shelf part that runs exact SQL."""

    def load(self, name: str, scan: Scan) -> int:
        """Make a table `name` of a scan: column `"record"` (1-based), then every column as text. Returns the count."""

    def execute(self, sql: str) -> None:
        """Run a statement that returns nothing."""

    def rows(self, sql: str) -> Sequence[tuple[object, ...]]:
        """Run a query; whole numbers and decimals come back exact (int, Decimal), dates as date."""

    def close(self) -> None:
        """Let go of everything, temporary files too."""
