"""Parquet files: looks at the columns in the footer; describes how to read one, knows no engine.

Numbers, dates, booleans and texts are read as exact text. A floating-point column is accepted if all its numbers
are whole (tools write whole numbers with gaps that way); otherwise the file is refused, for its numbers are not
the ones that were meant. A timestamp at midnight is read as its date.
"""

from collections.abc import Sequence
from pathlib import Path

from acmspec.facts.ports import Asked, Scan
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem
from acmspec.sources.parquet_footer import Broken, columns_of

BROKEN_PARQUET = Problem(
    "ACM409",
    "the Parquet file can't be read",
    "A Parquet file ends with a description of its columns; here it is cut off or damaged.",
    "Write the file again; check that the copy was complete.",
    "A data file that can't be read counts as not received.",
)
NOT_EXACT = Problem(
    "ACM412",
    "the column holds floating-point numbers",
    "Floating-point numbers are not exact: 0.1 is stored as something near it, so a payment could be off by a cent.",
    "Write the column as exact decimals, whole numbers or text.",
    "Amounts must be delivered as exact decimals.",
)
PROBLEMS = (BROKEN_PARQUET, NOT_EXACT)


class ParquetFile:
    """The source of `.parquet` files."""

    suffixes = (".parquet", ".pq")
    takes: tuple[str, ...] = ()

    def open(self, path: Path, shown: str, asked: Asked) -> Scan | Diagnostic:  # noqa: ARG002  (see the port)
        """Read the names and types of the columns from the footer."""
        try:
            columns = columns_of(path)
        except Broken as broken:
            return BROKEN_PARQUET.at(DataPlace(shown, "row"), f"the file is no whole Parquet file: {broken}")
        options = tuple((f"type {name}", kind) for name, kind in columns if kind)
        return Scan("parquet", path, shown, tuple(name for name, _ in columns), (*options, ("fold", "yes")))

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """Tell numbers that are not exact from damage."""
        found = error.splitlines()[0] if error else ""
        if "not exact" in found:
            floats = ", ".join(f"“{name}”" for name in scan.columns if scan.option(f"type {name}") == "float")
            # The number itself is not shown: the column may be private, which a file format can't know.
            message = f"a floating-point column ({floats}) holds a number that is not whole"
            return NOT_EXACT.at(DataPlace(scan.shown, "row"), message)
        return BROKEN_PARQUET.at(DataPlace(scan.shown, "row"), "the file broke off", cause=f"The engine says: {found}")

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """A record's place is its row."""
        return [DataPlace(scan.shown, "row", number) for number in records]
