"""Data frames handed over by a Python program, written aside as CSV; knows what a frame can do, imports no library."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from numbers import Integral, Real
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from unicodedata import normalize

from acmspec.facts.ports import Asked, Scan
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem
from acmspec.sources.csv_faults import LONG_RECORD, LONGEST_RECORD, NUL_IN_FILE
from acmspec.sources.parquet import NOT_EXACT

NOT_A_FRAME = Problem(
    "ACM542",
    "a frame that can't be read",
    "A table is a pandas DataFrame whose cells are texts, whole numbers, exact decimals, dates, times or conditions.",
    "Convert the column, for example to text with .astype(str), or hand over a DataFrame.",
    "Records must be delivered in a form that both parties can read.",
)
PROBLEMS = (NOT_A_FRAME,)

SUFFIX = ".frame"
_EXACT_BELOW = 2**53


class FrameSource:
    """The source of frames by the name of their table; the file named `visits.frame` is the frame of `visits`."""

    suffixes = (SUFFIX,)
    takes: tuple[str, ...] = ()

    def __init__(self, frames: Mapping[str, Any]) -> None:
        self._frames = frames

    def open(self, path: Path, shown: str, asked: Asked) -> Scan | Diagnostic:
        """Write the frame aside as text."""
        frame = self._frames[path.name.removesuffix(SUFFIX)]
        place = DataPlace(shown, "row")
        if not all(hasattr(frame, one) for one in ("columns", "iloc", "isna")):
            return NOT_A_FRAME.at(place, f"{shown} is a {type(frame).__name__}, not a DataFrame")
        columns = tuple(normalize("NFC", str(one).strip()) for one in frame.columns)
        try:
            cells = [
                _column(frame, index, DataPlace(shown, "row", column=name), moment=name in asked.moments)
                for index, name in enumerate(columns)
            ]
        except _Fault as fault:
            return fault.found
        with NamedTemporaryFile(
            "w", dir=asked.aside, suffix=".csv", delete=False, encoding="utf-8", newline=""
        ) as made:
            writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(zip(*cells, strict=True))
        return Scan("csv", Path(made.name), shown, columns, (("delimiter", ","), ("skip", "0")))

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """What was written aside is sound, so that only the engine can be the reason."""
        found = error.splitlines()[0] if error else ""
        return NOT_A_FRAME.at(DataPlace(scan.shown, "row"), "the frame can’t be loaded", cause=f"The engine: {found}.")

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """A record's place is its row, counted from 1, whatever index the frame has."""
        return [DataPlace(scan.shown, "row", number) for number in records]


class _Fault(Exception):  # noqa: N818  (a finding on its way up, not an error of ours)
    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.message)
        self.found = found


def _column(frame: Any, index: int, place: DataPlace, *, moment: bool) -> list[str]:
    series = frame.iloc[:, index]
    return list(_texts(series.tolist(), series.isna().tolist(), place, moment=moment))


def _texts(values: Sequence[object], missing: Sequence[bool], place: DataPlace, *, moment: bool) -> Iterator[str]:
    for row, (value, is_missing) in enumerate(zip(values, missing, strict=True), 1):
        text = "" if is_missing else _text(value, moment=moment)
        at = DataPlace(place.file, "row", row, place.column)
        if text is None:
            # The value itself is not shown: the column may be private, which a frame can't know.
            if isinstance(value, Real):
                message = f"the floating-point column “{place.column}” holds a number that is not whole"
                fix = "Convert it: frame[…].map(lambda x: Decimal(str(x))), or read the file with dtype=str."
                raise _Fault(NOT_EXACT.at(at, message, fix=fix))
            message = f"column “{place.column}” holds a {type(value).__name__}"
            raise _Fault(NOT_A_FRAME.at(at, message))
        if "\0" in text:
            raise _Fault(NUL_IN_FILE.at(at, f"row {row} holds a NUL character"))
        if len(text) > LONGEST_RECORD // 4:
            message = f"the cell in column “{place.column}” holds {len(text):,} characters"
            raise _Fault(LONG_RECORD.at(at, message))
        yield text


def _text(value: object, *, moment: bool) -> str | None:
    """A cell's value as exact text; None if it has none."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Integral():
            return str(int(value))
        case Decimal():
            return f"{value:f}" if value.is_finite() else None
        case Real():
            number = float(value)
            return str(int(number)) if number.is_integer() and abs(number) < _EXACT_BELOW else None
        case datetime():
            midnight = value.time() == time() and value.tzinfo is None
            return str(value.date()) if midnight and not moment else value.isoformat(" ")
        case date():
            return f"{value.isoformat()} 00:00:00" if moment else value.isoformat()
        case time() | timedelta():
            return str(value)
        case _:
            # A month or quarter of pandas; anything else has no text that says what it is.
            return str(value) if type(value).__name__ == "Period" else None
