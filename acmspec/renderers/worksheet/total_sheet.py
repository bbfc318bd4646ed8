"""The sheet of totals below zero carried forward: a row a provider and day, from the total to what is carried."""

from collections.abc import Sequence
from fractions import Fraction

from acmspec.program.paid_periods import are_over
from acmspec.program.payments import CARRIED, NEGATIVE_TOTAL
from acmspec.program.tree import Program
from acmspec.renderers.worksheet.book import AGREES, DIFFERS, INPUT, QUIET, TITLE, Book, Column, Sheet, at
from acmspec.renderers.worksheet.figures import CENTS
from acmspec.renderers.worksheet.held_sheet import HeldSheet
from acmspec.renderers.worksheet.term_sheet import Entry
from acmspec.renderers.worksheet.whole import Whole, cell, literal
from acmspec.settlement.tree import Line

HEAD_ROW, FIRST = 4, 5
_COLUMNS = (
    ("No.", 5), ("Ends", 11), ("Provider", 26), ("Last period", 8), ("Total", 12), ("Carried to it", 12),
    ("Carried on", 12), ("In money", 14), ("By acmspec", 14), ("Check", 12),
)  # fmt: skip
_NUMBER, _ENDS, _PROVIDER, _LAST, _TOTAL, _TO, _ON, _MINE, _ENGINE, _CHECK = range(10)


class TotalSheet:
    """Writes the rows, day by day."""

    def __init__(self, book: Book, sheet: Sheet, program: Program) -> None:
        self._sheet = sheet
        self._money = book.money
        self._program = program
        self._row = FIRST
        self._left: dict[str, Whole] = {}
        self._said: list[str] = []
        sheet.columns([width for _, width in _COLUMNS])
        sheet.text(0, 0, "Totals below zero", TITLE)
        sheet.text(
            1, 0, "What a total lacks to zero is carried forward, and taken from the provider’s next one.", QUIET
        )
        sheet.text(2, 0, "In whole cents, but for the columns beside the check.", QUIET)
        sheet.height(HEAD_ROW, 38)
        for place, (words, _) in enumerate(_COLUMNS):
            sheet.head(HEAD_ROW, place, words, right=place >= _LAST and place != _CHECK)

    @property
    def columns(self) -> tuple[Column, Column]:
        """Its rows, for the payments: what is carried to a total, and what is carried on."""
        last = max(self._row - 1, FIRST)
        numbers, days, to, on = (self._sheet.far(FIRST, one, last) for one in (_NUMBER, _ENDS, _TO, _ON))
        return Column("Carried forward", CARRIED, numbers, days, to), Column(
            "Negative total", NEGATIVE_TOTAL, numbers, days, on
        )

    def finish(self) -> None:
        """After the last day."""
        self._sheet.table(HEAD_ROW, self._row - 1, len(_COLUMNS) - 1, 3)
        self._sheet.check(FIRST, _CHECK, self._said)
        self._sheet.paper(max(self._row - 1, HEAD_ROW), len(_COLUMNS) - 1)

    def step(
        self, entries: Sequence[Entry], after: Sequence[Whole], changes: Sequence[Line], held: Sequence[HeldSheet]
    ) -> None:
        """The totals of one day: what lines come to after limits and what is held back, and what is paid of that."""
        for provider in dict.fromkeys(one.due.line.provider for one in entries):
            own = [place for place, one in enumerate(entries) if one.due.line.provider == provider]
            paid = [one.paid[provider] for one in held if provider in one.paid]
            total = literal(0)
            for amount in (*(after[place] for place in own), *paid):
                total += amount
            moved = [one for one in changes if one.provider == provider and one.term in {CARRIED, NEGATIVE_TOTAL}]
            self._write(entries[own[0]], total, sum((one.amount for one in moved), Fraction(0)))

    def _write(self, entry: Entry, total: Whole, engine: Fraction) -> None:
        sheet, row, provider = self._sheet, self._row, entry.due.line.provider
        day = entry.due.period.last
        last = int(are_over(self._program, provider, day))
        sheet.number(row, _NUMBER, entry.number, QUIET)
        sheet.day(row, _ENDS, day)
        sheet.text(row, _PROVIDER, provider)
        sheet.number(row, _LAST, last, INPUT)
        own = sheet.whole(row, _TOTAL, total)
        to = sheet.whole(row, _TO, literal(0) - self._left.get(provider, literal(0)))
        lacking = max(0, -(own.value + to.value))
        on = sheet.whole(
            row, _ON, cell(f"IF({at(row, _LAST)}=1,0,MAX(0,-({own.text}+{to.text})))", 0 if last else lacking)
        )
        self._left[provider] = on
        mine = f"({to.text}+{on.text})"
        sheet.formula(row, _MINE, f"{mine}/{CENTS}", Fraction(to.value + on.value, CENTS), self._money)
        sheet.number(row, _ENGINE, engine, self._money, INPUT)
        said = AGREES if to.value + on.value == engine * CENTS else DIFFERS
        text = f'IF({mine}=ROUND({at(row, _ENGINE)}*{CENTS},0),"{AGREES}","{DIFFERS}")'
        sheet.formula(row, _CHECK, text, said)
        self._said.append(said)
        self._row += 1
