"""The example's worksheet: its structure, and that two other programs come to the engine's cent in every row."""

import csv
import subprocess
from collections import defaultdict
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from tests.worksheet.recalculated import SPOILT, cells, checks, differing, recalculated, spoilt
from tests.worksheet.structure import GOLDEN, structure

ALWAYS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


@pytest.fixture(scope="module")
def workbook(example_run) -> bytes:
    return (example_run / "worksheet.xlsx").read_bytes()


@pytest.fixture(scope="module")
def again(workbook):
    return recalculated(workbook)


@pytest.fixture(scope="module")
def lines(example_run):
    with (example_run / "payments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_its_structure_is_the_one_that_was_looked_at(workbook) -> None:
    assert structure(workbook) == GOLDEN.read_text(encoding="utf-8")


def test_each_sheet_has_its_print_area_and_its_title_repeats(workbook) -> None:
    for sheet in openpyxl.load_workbook(BytesIO(workbook)):
        assert sheet.print_area, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        if sheet.title != "Audit":
            assert sheet.print_title_rows
            assert sheet.freeze_panes


def test_recalculated_it_agrees_in_every_row(again, lines) -> None:
    found = list(checks(again))
    assert {words for _, _, words in found} == {"agrees"}
    of_terms = [one for one in found if one[0] in {"Home payment", "Staying bonus"}]
    assert len(of_terms) == sum(1 for line in lines if line["state"])


def test_recalculated_no_cell_is_other_than_written(workbook, again) -> None:
    assert differing(cells(workbook), again) == []


def test_recalculated_amounts_are_those_of_the_payments(again, lines) -> None:
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        paid[line["provider"]] += Decimal(line["amount"])
    sheet = again["Payments"]
    shown = {sheet[f"B{row}"]: sheet[f"I{row}"] for row in range(6, 6 + len(paid))}
    assert {name: Decimal(repr(amount)) for name, amount in shown.items()} == dict(paid)


def test_the_audit_counts_the_rows(again, lines) -> None:
    audit = again["Audit"]
    total = next(row for row in range(12, 40) if audit.get(f"A{row}") == "All sheets")
    assert audit[f"B{total}"] == audit[f"C{total}"] == len(list(checks(again)))
    assert (audit.get(f"D{total}"), audit.get(f"E{total}")) == (0, 0)
    assert audit[f"F{total}"] == "Every row that was recalculated agrees with acmspec to the cent."


def test_a_changed_figure_reaches_the_payments_and_the_checks(workbook) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook))
    price = next(row for row in book["Terms"].iter_rows() if row[0].value == "Price")[2]
    assert price.value == 400
    price.value = 400.01
    made = BytesIO()
    book.save(made)
    changed = recalculated(made.getvalue())
    differing_rows = [one for one in checks(changed) if one[0] == "Home payment" and one[2] == "differs"]
    assert differing_rows
    assert changed["Audit"] != recalculated(workbook)["Audit"]


def test_the_same_run_gives_the_same_bytes_whatever_the_time(workbook) -> None:
    book = openpyxl.load_workbook(BytesIO(workbook))
    assert str(book.properties.created) == "2000-01-01 00:00:00"


def test_libreoffice_that_must_recalculate_agrees(workbook, tmp_path, program_or_skip) -> None:
    office, profile = program_or_skip("localc"), tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    (tmp_path / "worksheet.xlsx").write_bytes(spoilt(workbook))
    subprocess.run(
        [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "made", tmp_path / "worksheet.xlsx"],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    found = cells((tmp_path / "made" / "worksheet.xlsx").read_bytes())
    assert SPOILT not in {value for sheet in found.values() for value in sheet.values()}
    assert {words for _, _, words in checks(found)} == {"agrees"}
    assert differing(cells(workbook), found) == []
