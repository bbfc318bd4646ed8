"""Excel workbooks: one sheet read as text and written aside as CSV, which every engine reads; knows no engine.

A number has the 15 digits that a spreadsheet keeps and shows. A cell that holds no value although something stands in
it, such as #DIV/0!, is marked, so that it is never taken for an empty one.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING
from unicodedata import normalize

from acmspec.facts.ports import Asked, Scan
from acmspec.facts.sheet_errors import ERROR_MARK, LOST_DIGITS, MERGED
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.sources.csv_faults import EMPTY_FILE
from acmspec.sources.excel_cells import Broken, Place, peculiar

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

BROKEN_EXCEL = Problem(
    "ACM539",
    "the workbook can't be read",
    "The file is no whole Excel workbook, or is protected with a password.",
    "Open it in Excel and save it as “Excel Workbook (.xlsx)” without a password, or export the sheet as CSV.",
    "A data file that can't be read counts as not received.",
)
WHICH_SHEET = Problem(
    "ACM540",
    "which sheet is meant is not clear",
    "A workbook may have several sheets, and which of them holds the records is not guessed.",
    "Name the sheet: “format: {sheet: …}”.",
    "The data schedule must state the sheet in which records are delivered.",
)
PROBLEMS = (BROKEN_EXCEL, WHICH_SHEET)

_KEPT = 10**15
_OLD = (".xls", ".xlsb", ".ods")


class ExcelFile:
    """The source of `.xlsx` and `.xlsm` files. Older kinds are known by name, to say what to do about them."""

    suffixes = (".xlsx", ".xlsm", *_OLD)
    takes = ("sheet", "header_row")

    def open(self, path: Path, shown: str, asked: Asked) -> Scan | Diagnostic:
        """Read the sheet and write it aside as text."""
        if path.name.lower().endswith(_OLD):
            cause = "In this format errors such as #DIV/0! can't be told from empty cells, which would change results."
            return BROKEN_EXCEL.at(DataPlace(shown, "row"), f"“{shown}” is of an old or other format", cause=cause)
        with path.open("rb"):  # what the system says of a file that is not there is said as of any other
            pass
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            book = CalamineWorkbook.from_path(str(path))
            name = _sheet(book, shown, asked.form.sheet)
            if isinstance(name, Diagnostic):
                return name
            return _written(path, shown, book.get_sheet_by_name(name), asked)
        except (CalamineError, Broken) as error:
            place = DataPlace(shown, "row")
            return BROKEN_EXCEL.at(place, f"“{shown}” is no whole workbook: {str(error).splitlines()[0]}")

    def diagnose(self, scan: Scan, error: str) -> Diagnostic:
        """What was written aside is sound, so that only the engine can be the reason."""
        found = error.splitlines()[0] if error else ""
        return BROKEN_EXCEL.at(DataPlace(scan.shown, "row"), "the sheet can’t be loaded", cause=f"The engine: {found}.")

    def places(self, scan: Scan, records: Sequence[int]) -> Sequence[DataPlace]:
        """A record's place is its row in the sheet."""
        runs = [tuple(map(int, one.split("="))) for one in scan.option("rows").split(";") if one]
        firsts = [record for record, _ in runs]
        found = []
        for record in records:
            first, row = runs[bisect_right(firsts, record) - 1]
            found.append(DataPlace(scan.shown, "row", row + record - first))
        return found


def _sheet(book: "CalamineWorkbook", shown: str, asked: str) -> str | Diagnostic:
    """The name of the sheet to read: the one asked for, or the only one that is shown and has something in it."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    names = [one.name for one in sheets]
    place = DataPlace(shown, "row")
    if asked:
        if asked in names:
            return asked
        fix = offer(asked, names)
        return WHICH_SHEET.at(place, f"“{shown}” has no sheet “{asked}”; it has {_listed(names)}", fix=fix)
    visible = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    filled = [one for one in visible if len(visible) == 1 or book.get_sheet_by_name(one).start is not None]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        return EMPTY_FILE.at(place, f"“{shown}” has no sheet with anything in it")
    return WHICH_SHEET.at(place, f"“{shown}” has {len(filled)} sheets: {_listed(filled)}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{one}”" for one in names)


@node
class _Sheet:
    """The rows of a sheet below its header, as texts.

    `left` is how many empty columns stand before the first, `width` how many the header names.
    """

    sheet: "CalamineSheet"
    header: int
    left: int
    width: int
    odd: dict[Place, str]
    moments: frozenset[int]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not empty, with its number counted from 1."""
        for index, cells in enumerate(self.sheet.iter_rows()):
            if index <= self.header:
                continue
            texts = [self._text(index, column, value) for column, value in enumerate(cells[: self.width])]
            texts += [""] * (self.width - len(texts))
            if any(texts):
                yield index + 1, texts

    def _text(self, row: int, column: int, value: object) -> str:
        odd = self.odd.get(Place(row, column + self.left))
        return odd if odd is not None else _shown(value, moment=column in self.moments)


def _written(path: Path, shown: str, sheet: "CalamineSheet", asked: Asked) -> Scan | Diagnostic:
    wanted = asked.form.header_row - 1
    header, names = wanted, []
    for index, cells in enumerate(sheet.iter_rows()):
        texts = [_shown(value) for value in cells]
        if index == wanted or (wanted < 0 and any(texts)):
            header, names = index, texts
            break
    while names and not names[-1]:
        names.pop()
    if not names:
        message = f"the sheet has nothing in row {wanted + 1}" if wanted >= 0 else "the sheet is empty"
        return EMPTY_FILE.at(DataPlace(shown, "row", wanted + 1 if wanted >= 0 else None), message)
    columns = tuple(normalize("NFC", one.strip()) for one in names)
    moments = frozenset(index for index, one in enumerate(columns) if one in asked.moments)
    left = sheet.start[1] if sheet.start else 0
    odd = peculiar(path, sheet.name) | _merged(sheet, header)
    rows: list[str] = []
    with NamedTemporaryFile("w", dir=asked.aside, suffix=".csv", delete=False, encoding="utf-8", newline="") as made:
        writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(columns)
        before = 0
        for record, (row, texts) in enumerate(_Sheet(sheet, header, left, len(columns), odd, moments).rows(), 1):
            writer.writerow(texts)
            if row != before + 1 or record == 1:
                rows.append(f"{record}={row}")
            before = row
    options = (("delimiter", ","), ("skip", "0"), ("rows", ";".join(rows)), ("marked", "yes"))
    return Scan("csv", Path(made.name), shown, columns, options)


def _merged(sheet: "CalamineSheet", header: int) -> dict[Place, str]:
    """The cells below the header that are merged into another, which alone holds the value."""
    return {
        Place(row, column): f"{ERROR_MARK}{MERGED}"
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        for row in range(max(top, header + 1), bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _shown(value: object, *, moment: bool = False) -> str:
    """A cell's value as exact text."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value)
        case datetime():
            return value.isoformat(" ")
        case date():
            return f"{value.isoformat()} 00:00:00" if moment else value.isoformat()
        case time() | timedelta():
            return str(value)
        case _:
            return str(value)


def _number(value: float) -> str:
    if abs(value) >= _KEPT:
        return f"{ERROR_MARK}{LOST_DIGITS}"
    if float(value).is_integer():
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"
