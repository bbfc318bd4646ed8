"""What a workbook is made of, in words; `python -m tests.worksheet.structure` writes down that of the example."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from acmspec import api
from tests.whole.command import EXAMPLE

GOLDEN = Path(__file__).with_name("structure.txt")
_HEADS = {"Audit": 11, "Terms": 4}
_SAMPLE = 17
"""So many rows below its head, a row of the sheet is shown cell by cell."""


def structure(workbook: bytes) -> str:
    """Each sheet with its head and one row of formulas, and all names."""
    book = openpyxl.load_workbook(BytesIO(workbook))
    said = []
    for sheet in book:
        said.append(f"{sheet.title}: {sheet.dimensions}, frozen at {sheet.freeze_panes}, printed {sheet.print_area}")
        head = _HEADS.get(sheet.title, 5)
        for row in (head, min(head + _SAMPLE, sheet.max_row)):
            said += [f"  {cell.coordinate} {cell.value}" for cell in sheet[row] if cell.value is not None]
    said += [f"{name} is {found.attr_text}" for name, found in sorted(book.defined_names.items())]
    return "\n".join(said) + "\n"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        api.run(EXAMPLE, folder)
        GOLDEN.write_text(structure((Path(folder) / "worksheet.xlsx").read_bytes()), encoding="utf-8")
