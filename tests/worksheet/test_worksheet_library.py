"""What is done beside the library that writes workbooks comes to the very same file."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook

from acmspec.renderers.worksheet.library import Parted, Rows

TEXTS = ("North", "a < b & c > d", '"quoted"', " blank before", "North", "_x0041_", "ü € 𝒳")
VALUES = (0.0, -1.5, 1 / 3, 1e15, 123456789.12, "", "agrees", "a & b", '"')

DATED = "docProps/core.xml"
"""It holds the time of writing where no other is set."""


def _filled(book, sheet, put) -> None:
    text, number, formula, blank, height = put
    looks = [book.add_format({"bold": True}), book.add_format({"num_format": "0.00"}), book.add_format({"bold": True})]
    sheet.set_column(0, 3, 12, looks[1])
    for row, points in ((2, 30), (40, 12), (41, 37.5)):
        height(row, points)
    for row, words in enumerate(TEXTS):
        text(row, 2, words, looks[row % 3])
    for row, value in enumerate(VALUES, 3):
        formula(row * 5, 30, f'IF(A1<=B1,"x"&"y",{row})', value, looks[row % 3])
        if isinstance(value, float):
            number(row * 5, 1, value, looks[row % 2])
    blank(2, 0, looks[0])
    # Written last, over another and on the left of others.
    number(15, 1, 7.0, looks[2])
    text(15, 0, "late", looks[0])


@pytest.mark.parametrize("merged", [False, True])
def test_the_parts_are_those_that_the_library_writes(merged) -> None:
    made = BytesIO()
    theirs = Workbook(made, {"in_memory": True})
    sheet = theirs.add_worksheet("One")
    put = (
        sheet.write_string,
        sheet.write_number,
        lambda row, column, text, value, look: sheet.write_formula(row, column, f"={text}", look, value),
        lambda row, column, look: sheet.write_blank(row, column, None, look),
        sheet.set_row,
    )
    _filled(theirs, sheet, put)
    mine = Parted()
    rows = mine.add_worksheet("One", Rows)
    _filled(mine, rows, (rows.put_text, rows.put_number, rows.put_formula, rows.put_blank, rows.put_height))
    if merged:
        look = theirs.add_format({"italic": True}), mine.add_format({"italic": True})
        sheet.merge_range(60, 0, 60, 3, "", look[0])
        rows.merge_range(60, 0, 60, 3, "", look[1])
        for column in range(4):
            rows.put_blank(60, column, look[1])
    theirs.close()
    with ZipFile(made) as archive:
        wanted = {name: archive.read(name) for name in archive.namelist()}
    found = mine.parts()
    assert found.keys() == wanted.keys()
    assert [name for name, text in found.items() if text != wanted[name] and name != DATED] == []


def test_an_empty_sheet_is_one() -> None:
    book = Parted()
    book.add_worksheet("One", Rows)
    assert b"<sheetData/>" in book.parts()["xl/worksheets/sheet1.xml"]
