"""The audit sheet: which spec, data and version made the numbers, and how many rows the workbook agrees on."""

from collections.abc import Sequence
from pathlib import PurePath

from acmspec.renderers.worksheet.book import (
    AGREES,
    COUNT,
    DIFFERS,
    QUIET,
    STRONG,
    TITLE,
    TOTAL,
    TYPED,
    Book,
    Checked,
    Sheet,
    at,
)
from acmspec.report.outputs import Outputs

_FIRST_CHECK = 11


def audit(book: Book, sheet: Sheet, outputs: Outputs) -> None:
    """Write the sheet; all other sheets must be written."""
    program, contract = outputs.program, outputs.program.spec.contract
    sheet.columns((34, 34, 16, 16, 16, 70))
    sheet.text(0, 0, "Audit", TITLE)
    facts = (
        ("Contract", f"{program.contract_id}: {contract.title.value}"),
        ("Agency", contract.agency.value),
        ("Data as of", outputs.results.data_date.isoformat()),
        ("Made by", f"acmspec {outputs.version}"),
        ("Specification", PurePath(program.spec.source.name).name),
        ("SHA-256 of the specification", outputs.spec_sha256),
    )
    for row, (what, words) in enumerate(facts, 2):
        sheet.text(row, 0, what, STRONG)
        sheet.text(row, 1, words)
    last = _checks(sheet, book.checked)
    _data(sheet, outputs, last + 3)
    sheet.paper(last + 4 + len(outputs.results.tables) + len(program.spec.enclosures), 5)


def _checks(sheet: Sheet, checked: Sequence[Checked]) -> int:
    """How many rows agree, by sheet and in all; gives the last row."""
    for column, words in enumerate(("What was checked", "Rows", "Agree", "Differ", "Not recalculated")):
        sheet.head(_FIRST_CHECK - 1, column, words, right=column > 0)
    for row, one in enumerate(checked, _FIRST_CHECK):
        sheet.text(row, 0, one.title)
        sheet.number(row, 1, len(one.said), COUNT)
        for column, words in ((2, AGREES), (4, TYPED)):
            sheet.formula(row, column, f'COUNTIF({one.cells},"{words}")', one.said.count(words), COUNT)
        rest = f"{at(row, 1)}-{at(row, 2)}-{at(row, 4)}"
        sheet.formula(row, 3, rest, one.said.count(DIFFERS), COUNT)
    last = _FIRST_CHECK + len(checked)
    sheet.text(last, 0, "All sheets", TOTAL)
    said = [word for one in checked for word in one.said]
    for column, value in ((1, len(said)), (2, said.count(AGREES)), (3, said.count(DIFFERS)), (4, said.count(TYPED))):
        cells = f"{at(_FIRST_CHECK, column)}:{at(last - 1, column)}"
        sheet.formula(last, column, f"SUM({cells})" if checked else "0", value, COUNT, TOTAL)
    every = "Every row that was recalculated agrees with acmspec to the cent."
    some = "Some rows differ from what acmspec certified: see the checks of their sheets."
    text = f'IF({at(last, 3)}=0,"{every}","{some}")'
    sheet.formula(last, 5, text, some if DIFFERS in said else every, STRONG)
    return last


def _data(sheet: Sheet, outputs: Outputs, head: int) -> None:
    """The data, and the files enclosed with the specification, each with its hash."""
    for column, words in enumerate(("Data", "File", "Records", "Used", "", "SHA-256")):
        sheet.head(head, column, words, right=column in {2, 3})
    row = head
    for row, one in enumerate(outputs.results.tables, head + 1):
        sheet.text(row, 0, one.name)
        sheet.text(row, 1, PurePath(one.file).name)
        sheet.number(row, 2, one.read, COUNT)
        sheet.number(row, 3, one.used, COUNT)
        sheet.text(row, 5, one.sha256, QUIET)
    for place, each in enumerate(outputs.program.spec.enclosures, row + 1):
        sheet.text(place, 0, each.path)
        sheet.text(place, 1, PurePath(each.file).name)
        sheet.number(place, 2, each.records, COUNT)
        sheet.text(place, 5, each.sha256, QUIET)
