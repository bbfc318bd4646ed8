"""Nothing that comes with the data is ever a formula, a criterion or a name; long and odd texts find their place."""

import re
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from acmspec.ground.source import Located
from acmspec.program.payment import Earned, Least, Successes, Times
from acmspec.renderers.worksheet import render
from tests.settlement.made import (
    SPAN,
    agreements_of,
    fixed,
    limit_of,
    measure_of,
    program_of,
    result_of,
    results_of,
    spec_of,
    term_of,
    windows_of,
)
from tests.worksheet.drawn import outputs_of
from tests.worksheet.recalculated import cells, checks, recalculated

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "{=1}",
    "*", "?", ">0", "<>", "~*", "http://example.org", "mailto:a@b", "'", "", " ", "x" * 40_000, "&<>\"'", "\x00\x07￾",
    "𝒳" * 20_000,
)  # fmt: skip
LONG = "a_very_long_name_of_a_term_" * 12


def run_of(providers, *, names=("bonus",), currency="USD", many=1):
    measure = measure_of()
    cap = limit_of(Least(Earned(), fixed("500.01")), over=names, by_provider=False)
    program = program_of(
        (measure,),
        terms=[term_of(Times(fixed("0.07"), Successes()), name=name) for name in names],
        limits=[cap, replace(cap, name="$ [cap]: 'history'")],
        agreements=agreements_of(*providers, maximum=Fraction(4000)),
        maximum=Fraction(9_000),
    )
    found = [result_of(one, name, many * 7, many * 9) for one in windows_of(measure, 3) for name in providers]
    return outputs_of(replace(program, currency=currency), results_of(measure, found))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_stays_a_text(name) -> None:
    workbook = render(run_of((name, "Other")))
    formulas = {
        cell.value.text if hasattr(cell.value, "text") else cell.value
        for sheet in openpyxl.load_workbook(BytesIO(workbook))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert formulas
    assert [one for one in formulas if name.strip() and len(name) > 2 and name in one] == []
    found = recalculated(workbook)
    assert {words for _, _, words in checks(found)} == {"agrees"}
    with ZipFile(BytesIO(workbook)) as archive:
        parts = {one: archive.read(one).decode() for one in archive.namelist()}
    assert not any("hyperlink" in one or "externalLink" in one for one in parts)
    written = [one for part in parts.values() for one in re.findall(r"<f>([^<]*)</f>", part)]
    assert not any("HYPERLINK" in one or "cmd" in one for one in written)


def test_a_text_that_looks_like_a_formula_is_marked_as_text() -> None:
    book = openpyxl.load_workbook(BytesIO(render(run_of(("=1+1", "Other")))))
    found = [cell for row in book["Bonus"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert found
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)


def test_the_contracts_own_texts_are_texts() -> None:
    outputs = run_of(("North",))
    contract = replace(spec_of().contract, title=Located("=1+1", SPAN), agency=Located("@SUM(A1)", SPAN))
    spec = replace(outputs.program.spec, contract=contract)
    workbook = render(replace(outputs, program=replace(outputs.program, spec=spec)))
    assert {one for one in cells(workbook)["Audit"].values() if str(one).startswith("@")} == {"@SUM(A1)"}
    assert {words for _, _, words in checks(recalculated(workbook))} == {"agrees"}


def test_terms_whose_names_are_long_or_alike_have_sheets_and_names_of_their_own() -> None:
    names = (LONG + "1", LONG + "2", "Bonus", "bonus", "A1", "r1c1", "history", "audit")
    workbook = render(run_of(("North",), names=names))
    book = openpyxl.load_workbook(BytesIO(workbook))
    titles = [sheet.title for sheet in book]
    assert len({one.casefold() for one in titles}) == len(titles)
    assert max(map(len, titles)) <= 31
    assert max(map(len, book.defined_names)) <= 255
    assert {words for _, _, words in checks(recalculated(workbook))} == {"agrees"}


@pytest.mark.parametrize(("currency", "sign"), [("USD", '"$"'), ("EUR", '"€"'), ("CAD", '"CAD "')])
def test_amounts_are_in_the_currency(currency, sign) -> None:
    book = openpyxl.load_workbook(BytesIO(render(run_of(("North",), currency=currency))))
    assert book["Payments"]["C6"].number_format == f"{sign}#,##0.00;-{sign}#,##0.00"


def test_a_number_beyond_what_a_spreadsheet_holds_is_said_to_be_typed() -> None:
    workbook = render(run_of(("North", "South"), many=10**12))
    found = list(checks(recalculated(workbook)))
    assert {words for sheet, _, words in found if sheet == "Bonus"} == {"not recalculated"}
    assert {words for sheet, _, words in found if sheet == "Cap 1"} == {"not recalculated"}
    assert {words for _, _, words in found} == {"agrees", "not recalculated"}


def test_without_lines_it_is_still_a_workbook() -> None:
    measure = measure_of()
    outputs = outputs_of(program_of((measure,), terms=[term_of(fixed(1))]), results_of(measure, ()))
    found = recalculated(render(outputs))
    assert {sheet for sheet, _, _ in checks(found)} == {"Payments"}
    assert found["Payments"]["D6"] == found["Payments"]["D9"] == 0


def test_a_formula_needs_no_spelling_but_its_own() -> None:
    # The library is told to take formulas as they stand: none may use a function that a file spells otherwise.
    with ZipFile(BytesIO(render(run_of(("North", "Other"), names=("bonus", "other"))))) as archive:
        sheets = [archive.read(one).decode() for one in archive.namelist() if "worksheets/" in one]
    written = [text for sheet in sheets for text in re.findall("<f>([^<]*)</f>", sheet)]
    assert len(written) > 50
    assert [one for one in written if Worksheet()._prepare_formula(one, expand_future_functions=True) != one] == []
    assert [one for one in written if one.startswith(("=", "{"))] == []
