"""The first sheet: what each provider is paid, by term and limit, and the same by the day on which periods end."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.renderers.worksheet.book import (
    AGREES,
    DIFFERS,
    INPUT,
    QUIET,
    STRONG,
    TITLE,
    TOTAL,
    Book,
    Column,
    Sheet,
    at,
)
from acmspec.renderers.worksheet.figures import CENTS
from acmspec.settlement.tree import Line, Settlement

_HEAD_ROW = 4
FIXED = 4


class PaymentsSheet:
    """Writes the two tables."""

    def __init__(self, book: Book, sheet: Sheet, columns: Sequence[Column], about: str) -> None:
        self._sheet = sheet
        self._money = book.money
        self._columns = columns
        sheet.columns((5, 30, *[15] * len(columns), 16, 16, 12))
        sheet.text(0, 0, "Payments", TITLE)
        sheet.text(1, 0, about, QUIET)
        about = "Every amount is worked out on the sheets behind this one, and stands beside acmspec’s own."
        sheet.text(2, 0, about, QUIET)

    def write(self, settlement: Settlement, providers: Sequence[str]) -> None:
        """By provider, then by day."""
        found = [_Line(one, place, [line for line in settlement.lines if line.provider == one])
                 for place, one in enumerate(providers, 1)]  # fmt: skip
        below = self._table(_HEAD_ROW, "Provider", found, lambda column: column.numbers)
        days = [_Line(step.day, None, [*(due.line for due in step.dues), *step.changes]) for step in settlement.steps]
        last = self._table(below + 2, "Periods that end on", days, lambda column: column.days)
        self._sheet.table(_HEAD_ROW, _HEAD_ROW, 0, 2)
        self._sheet.paper(last, len(self._columns) + 4)

    def _table(self, head: int, words: str, rows: "Sequence[_Line]", keys: Callable[[Column], str]) -> int:
        """A row a provider or day, and their sum; gives the last row."""
        sheet, width = self._sheet, len(self._columns)
        sheet.height(head, 38)
        heads = ("No." if rows and rows[0].number else "", words, *(one.title for one in self._columns), "Paid",
                 "Paid, by acmspec", "Check")  # fmt: skip
        for place, one in enumerate(heads):
            sheet.head(head, place, one, right=1 < place < width + FIXED)
        said = [self._row(head + place, one, keys) for place, one in enumerate(rows, 1)]
        last = head + len(rows) + 1
        sheet.text(last, 1, "All", TOTAL)
        for column in range(2, width + 4):
            amount = sum((one.amount(self._columns[column - 2].line if column < width + 2 else None) for one in rows),
                         Fraction(0))  # fmt: skip
            cells = f"{at(head + 1, column)}:{at(last - 1, column)}"
            # Sums of amounts in cents are rounded to the cent, as a sum of decimals need not be one in binary.
            sheet.formula(last, column, f"ROUND(SUM({cells}),2)" if rows else "0", amount, self._money, TOTAL)
        sheet.check(head + 1, width + 4, said, f"{sheet.title}, {words[:1].lower()}{words[1:]}")
        return last

    def _row(self, row: int, line: "_Line", keys: Callable[[Column], str]) -> str:
        sheet, width = self._sheet, len(self._columns)
        if isinstance(line.key, date):
            sheet.day(row, 1, line.key)
        else:
            sheet.number(row, 0, line.number or 0, QUIET)
            sheet.text(row, 1, line.key)
        key = at(row, 1 if line.number is None else 0)
        for place, one in enumerate(self._columns, 2):
            text = f"SUMIFS({one.cents},{keys(one)},{key})/{CENTS}"
            sheet.formula(row, place, text, line.amount(one.line), self._money)
        total, engine = width + 2, width + 3
        cells = f"{at(row, 2)}:{at(row, width + 1)}"
        sheet.formula(row, total, f"ROUND(SUM({cells}),2)", line.amount(None), self._money, STRONG)
        sheet.number(row, engine, line.amount(None), self._money, INPUT)
        text = f'IF(ROUND({at(row, total)}*{CENTS},0)=ROUND({at(row, engine)}*{CENTS},0),"{AGREES}","{DIFFERS}")'
        sheet.formula(row, width + 4, text, AGREES)
        return AGREES


@node
class _Line:
    """A row: a provider with its number, or a day, and the payment lines that belong to it."""

    key: str | date
    number: int | None
    lines: Sequence[Line]

    def amount(self, of: str | None) -> Fraction:
        """What its lines of one name come to, or all of them."""
        return sum((one.amount for one in self.lines if of in {None, one.term}), Fraction(0))
