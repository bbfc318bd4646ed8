"""Small CSV files beside a spec, read whole: lists, figures, holidays; knows nothing of what they are for."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

from acmspec.enclosed.ports import Row, Sheet
from acmspec.enclosed.problems import NOT_THERE, TOO_LARGE_A_FILE
from acmspec.facts.delivered import outside_of, real
from acmspec.facts.ports import Asked, Scan
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.sources.csv_file import CsvFile, records_of

MOST_BYTES = 4 * 1024 * 1024
MOST_RECORDS = 20_000


class Beside:
    """The files in the folder of a spec, and below or beside it."""

    def __init__(self, folder: Path, *, confined: bool = False) -> None:
        self._folder = folder
        self._confined = confined
        self._format = CsvFile()

    def read(self, file: str) -> Sheet | Diagnostic:
        """The sheet of a file, or what is wrong with it. OSError if the system can't open it."""
        path = self._folder / file
        if self._confined and not real(path).is_relative_to(real(self._folder)):
            return outside_of(file, "")
        if not path.name.lower().endswith(self._format.suffixes):
            known = ", ".join(self._format.suffixes)
            return NOT_THERE.at(DataPlace(file), f"“{file}” is not a CSV file", cause=f"Known are {known}.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            return TOO_LARGE_A_FILE.at(DataPlace(file), f"“{file}” has {size:,} bytes")
        with TemporaryDirectory(prefix="acmspec-", ignore_cleanup_errors=True) as aside:
            return self._sheet(path, file, Path(aside))

    def _sheet(self, path: Path, file: str, aside: Path) -> Sheet | Diagnostic:
        scan = self._format.open(path, file, Asked(aside))
        if isinstance(scan, Diagnostic):
            return scan
        fault = self._format.broken_record(scan)
        if fault is not None:
            return fault
        rows = tuple(_rows(scan))
        if len(rows) > MOST_RECORDS:
            return TOO_LARGE_A_FILE.at(DataPlace(file), f"“{file}” has {len(rows):,} records")
        return Sheet(file, sha256(path.read_bytes()).hexdigest(), scan.columns, rows)


def _rows(scan: Scan) -> Iterator[Row]:
    for line, cells in records_of(scan, strict=True):
        yield Row(line, tuple(normalize("NFC", cell.strip()) for cell in cells))
