"""What reading enclosed files needs of the outside: a small file as a sheet of texts."""

from typing import Protocol

from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.node import node


@node
class Row:
    """One record: the physical line it starts on, and its cells, trimmed and composed (NFC)."""

    line: int
    cells: tuple[str, ...]


@node
class Sheet:
    """A small file read whole. `shown` is its path as the spec has it; every row has as many cells as `columns`."""

    shown: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Files(Protocol):
    """The files beside a spec."""

    def read(self, file: str) -> Sheet | Diagnostic:
        """The sheet of a file, or why it can't be read as one. OSError if the system can't open it."""
