"""A workbook whose cached values are spoilt and worked out again by another program, and its cells read back."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import formualizer
import openpyxl

SPOILT = 987654321
CHECKS = {"agrees", "differs", "not recalculated"}
Cells = dict[str, dict[str, object]]


def spoilt(workbook: bytes) -> bytes:
    """The workbook with every value that a formula came to replaced."""
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>%d</v>" % SPOILT, part)
                part = part.replace(b' t="str"', b"")
            new.writestr(name, part)
    return made.getvalue()


def recalculated(workbook: bytes) -> Cells:
    """The cells after another program has worked out every formula anew."""
    done = formualizer.recalculate_xlsx_bytes(spoilt(workbook))
    assert done["summary"]["total_errors"] == 0, done["summary"]
    assert done["formula_cells"] == done["cache_cells_changed"] == done["summary"]["evaluated"]
    return cells(done["bytes"])


def cells(workbook: bytes, *, formulas: bool = False) -> Cells:
    """The values of all cells by sheet and address, or their formulas."""
    book = openpyxl.load_workbook(BytesIO(workbook), data_only=not formulas)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in {None, ""}
        }
        for sheet in book
    }


def checks(found: Cells) -> Iterator[tuple[str, str, str]]:
    """Sheet, address and words of every check."""
    for title, sheet in found.items():
        for address, value in sheet.items():
            if value in CHECKS:
                yield title, address, str(value)


def differing(before: Cells, after: Cells) -> list[tuple[str, str, object, object]]:
    """Cells whose values are not the same to the last bit."""
    return [
        (title, address, before[title].get(address), after[title].get(address))
        for title in before
        for address in sorted(before[title].keys() | after[title].keys())
        if before[title].get(address) != after[title].get(address)
    ]
