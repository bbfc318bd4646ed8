"""Excel workbooks: every kind of cell becomes its exact text, and what is no value is never taken for an empty cell."""

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from acmspec.facts.ports import Asked, Scan
from acmspec.facts.sheet_errors import ERROR_MARK
from acmspec.ground.diagnostic import Diagnostic
from acmspec.sources.csv_file import CsvFile, records_of
from acmspec.sources.excel import ExcelFile
from acmspec.spec.deliveries import Form
from tests.sources.world import HEAD, run, spec

HEADS = HEAD.split(",")


def book(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook whose sheet holds the rows."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def scan_of(path: Path, content: bytes, form: Form = Form(), moments: frozenset[str] = frozenset()) -> Any:  # noqa: B008
    path.write_bytes(content)
    return ExcelFile().open(path, path.name, Asked(path.parent, form, moments))


def texts(scan: Scan) -> list[list[str]]:
    return [cells for _, cells in records_of(scan, strict=True)]


def test_every_kind_of_cell_becomes_its_exact_text(tmp_path: Path) -> None:
    cells = [
        1, 1.0, 0.1, 0.1 + 0.2, 1e-7, -12.5, 123456789012345, True, False, ' a\nb"c ', "007", None,
        dt.date(2025, 2, 28), dt.datetime(2025, 1, 5, 13, 30, 15), dt.datetime(2025, 1, 5), dt.time(3, 4),  # noqa: DTZ001
    ]  # fmt: skip
    heads = [f"h{index}" for index in range(len(cells))]
    scan = scan_of(tmp_path / "x.xlsx", book(heads, cells))
    assert texts(scan) == [
        ["1", "1", "0.1", "0.3", "0.0000001", "-12.5", "123456789012345", "true", "false", ' a\nb"c ', "007", "",
         "2025-02-28", "2025-01-05 13:30:15", "2025-01-05", "03:04:00"],
    ]  # fmt: skip


def test_midnight_of_a_moment_is_a_moment(tmp_path: Path) -> None:
    content = book(["at", "on"], [dt.datetime(2025, 1, 5), dt.datetime(2025, 1, 5)])  # noqa: DTZ001
    scan = scan_of(tmp_path / "x.xlsx", content, moments=frozenset({"at"}))
    assert texts(scan) == [["2025-01-05 00:00:00", "2025-01-05"]]


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    content = book(["on"], [dt.date(2025, 1, 5)], change=change)
    assert texts(scan_of(tmp_path / "x.xlsx", content)) == [["2025-01-05"]]


def test_codes_shown_with_zeros_in_front_keep_them(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.active["A2"].number_format = "00000"

    content = book(["zip", "n"], [7102, 7102], change=change)
    assert texts(scan_of(tmp_path / "x.xlsx", content)) == [["07102", "7102"]]


ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")


def test_errors_are_never_empty(tmp_path: Path) -> None:
    scan = scan_of(tmp_path / "x.xlsx", book(["a"], *([one] for one in ERRORS)))
    assert texts(scan) == [[ERROR_MARK + one] for one in ERRORS]


def row(
    identifier: Any, asked: Any = dt.date(2025, 1, 5), helped: Any = True, minutes: Any = 10, note: Any = ""
) -> list[Any]:
    return [identifier, "North", asked, helped, minutes, note]


@pytest.mark.parametrize("column", ["minutes", "note", "helped"])
def test_an_error_makes_the_record_invalid_and_is_told_by_name(tmp_path: Path, column: str) -> None:
    content = book(HEADS, row(1), row(2, **{column: "#DIV/0!"}), row(3))
    done = run(tmp_path, spec("v.xlsx", "accept: {invalid_records: 50%}", ""), {"v.xlsx": content})
    assert done.said("ACM541") == [f"v.xlsx, row 3: “#DIV/0!” in column “{column}” is an error of the spreadsheet"]
    assert done.codes == ["ACM541"]
    assert done.outputs.results.tables[0].invalid == 1
    assert done.values("minutes")["2025-Q1", ""] == "20.00"


def test_an_error_may_be_declared_to_mean_missing(tmp_path: Path) -> None:
    text = spec("v.xlsx", "", "").replace(
        "        type: decimal\n", '        type: decimal\n        missing: ["#N/A"]\n'
    )
    done = run(tmp_path, text, {"v.xlsx": book(HEADS, row(1), row(2, minutes="#N/A"))})
    assert done.codes == []
    assert done.values("minutes")["2025-Q1", ""] == "10.00"


def test_a_formula_that_nobody_calculated_is_no_empty_cell(tmp_path: Path) -> None:
    done = run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": book(HEADS, row(1, minutes="=5+5"))})
    (found,) = (one for one in done.diagnostics if one.code == "ACM541")
    assert found.message == "“formula without a result” in column “minutes” is an error of the spreadsheet"
    assert "save it there" in found.fix


def test_a_formula_with_its_result_is_its_result(tmp_path: Path) -> None:
    content = _edited(book(HEADS, row(1, minutes="=5+5")), rb"<f>5\+5</f><v ?/?>(</v>)?", b"<f>5+5</f><v>10</v>")
    done = run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": content})
    assert done.codes == []
    assert done.values("minutes")["2025-Q1", ""] == "10.00"


def test_a_formula_that_gives_an_empty_text_is_empty(tmp_path: Path) -> None:
    content = _edited(
        book(HEADS, row(1, note='=""')),
        rb'<c r="F2"[^>]*><f>""</f><v ?/?>(</v>)?',
        b'<c r="F2" t="str"><f>""</f><v></v>',
    )
    assert run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": content}).codes == []


def _edited(content: bytes, pattern: bytes, instead: bytes) -> bytes:
    """The workbook with a piece of its sheet's XML replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            data = old.read(one)
            if one.filename == "xl/worksheets/sheet1.xml":
                data, count = re.subn(pattern, lambda _: instead, data)
                assert count == 1
            new.writestr(one.filename, data)
    return out.getvalue()


def test_merged_cells_are_not_empty_ones(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.active.merge_cells("C2:C3")
        made.active.merge_cells("H2:J2")

    done = run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": book(HEADS, row(1), row(2), change=change)})
    assert done.said("ACM541") == ["v.xlsx, row 3: “merged cell” in column “asked” is an error of the spreadsheet"]


def test_a_number_that_lost_its_last_digits_is_refused(tmp_path: Path) -> None:
    done = run(
        tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": book(HEADS, row(1234567890123456789), row(999999999999999))}
    )
    assert [one.partition(":")[0] for one in done.said("ACM541")] == ["v.xlsx, row 2"]


def test_an_error_in_a_private_column_shows_no_more_than_its_kind(tmp_path: Path) -> None:
    text = spec("v.xlsx", "", "").replace("      note:\n", "      note:\n        private: yes\n")
    done = run(tmp_path, text, {"v.xlsx": book(HEADS, row(1, note="#REF!"))})
    assert "“#REF!” in column “note”" in done.said("ACM541")[0]


# --- which cells are the table ------------------------------------------------------------------------------------


def test_the_table_may_stand_anywhere_and_rows_are_those_of_the_sheet(tmp_path: Path) -> None:
    content = book(
        [], ["", "Visits of July"], [], ["", "", *HEADS], ["", "", *row(1)], [], ["", "", *row(2, asked="soon")],
    )  # fmt: skip
    more = "format: {header_row: 4}\naccept: {invalid_records: 50%}"
    done = run(tmp_path, spec("v.xlsx", more, ""), {"v.xlsx": content})
    assert done.said("ACM420") == ["v.xlsx, row 7: “soon” in column “asked” is not a date"]
    assert done.outputs.results.tables[0].read == 2


def test_empty_columns_and_cells_beside_the_table_do_not_matter(tmp_path: Path) -> None:
    content = book([*HEADS, None, None], [*row(1), None, "a remark beside"])
    assert run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": content}).codes == []


def test_a_table_that_does_not_begin_in_the_first_column(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.active.insert_cols(1, 3)
        made.active["H2"] = "#N/A"

    content = book(HEADS, row(1), change=change)
    done = run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": content})
    assert done.said("ACM541") == ["v.xlsx, row 2: “#N/A” in column “minutes” is an error of the spreadsheet"]


def _with_sheets(made: Any) -> None:
    made.active.title = "Data"
    made.create_sheet("Notes")["A1"] = "a note"
    made.create_sheet("Empty")
    hidden = made.create_sheet("Lists")
    hidden["A1"], hidden.sheet_state = "x", "hidden"


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    files = {"v.xlsx": book(HEADS, row(1), change=_with_sheets)}
    asked = run(tmp_path, spec("v.xlsx", "", ""), files)
    assert asked.said("ACM540") == ["v.xlsx: “v.xlsx” has 2 sheets: “Data”, “Notes”"]
    named = run(tmp_path, spec("v.xlsx", "format: {sheet: Data}", ""), files)
    assert named.values("minutes")["2025-Q1", ""] == "10.00"
    wrong = run(tmp_path, spec("v.xlsx", "format: {sheet: Daten}", ""), files)
    assert "“v.xlsx” has no sheet “Daten”; it has “Data”, “Notes”, “Empty”, “Lists”" in wrong.said("ACM540")[0]


def test_a_workbook_of_one_filled_sheet_needs_no_name(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.create_sheet("Sheet2")
        made.create_sheet("Lists").sheet_state = "hidden"

    assert run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": book(HEADS, row(1), change=change)}).codes == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (book(), "ACM404"), (b"", "ACM539"), (b"id,Provider\n", "ACM539"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ACM539"), (book(HEADS)[:900], "ACM539"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path, content: bytes, code: str) -> None:
    done = run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": content})
    assert done.codes == [code, "ACM430"]


def test_old_formats_are_refused_with_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path, spec("v.xls", "", ""), {"v.xls": b"x"})
    assert done.codes == ["ACM539", "ACM430"]
    assert ".xlsx" in done.diagnostics[0].fix


def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(HEADS, row(1)))) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            data = old.read(one)
            new.writestr(one.filename, bomb + data if one.filename == "xl/workbook.xml" else data)
    done = run(tmp_path, spec("v.xlsx", "", ""), {"v.xlsx": out.getvalue()})
    assert done.codes[0] == "ACM539"


def test_no_damage_is_ever_a_crash(tmp_path: Path) -> None:
    whole = book(HEADS, *(row(index) for index in range(20)))
    chance = random.Random(4)  # noqa: S311  (a seeded generator)
    for _ in range(150):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(12)):
            damaged[chance.randrange(len(damaged) or 1) : 0] = b""
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        found = scan_of(tmp_path / "x.xlsx", bytes(damaged))
        assert isinstance(found, Scan) or (
            isinstance(found, Diagnostic) and found.code in {"ACM539", "ACM404", "ACM540"}
        )


def test_csv_and_workbooks_may_be_one_table(tmp_path: Path) -> None:
    files = {"a.csv": HEAD + "\n9,North,2025-01-06,no,1,\n", "b.xlsx": book(HEADS, row(1), row(9))}
    done = run(tmp_path, spec("[a.csv, b.xlsx]", "", ""), files)
    assert "row 3 of “b.xlsx”" not in done.said("ACM431")[0]
    assert done.said("ACM431") == [
        "b.xlsx, row 3: the record with the key “9” has the same key and other values than the one on line 2 of “a.csv”"
    ]
    assert CsvFile().suffixes
