"""The columns of periods that are looked at together: events expected, how many better, and their sums; no amount."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from acmspec.program.tree import Program
from acmspec.renderers.worksheet.book import INPUT, Sheet, at
from acmspec.renderers.worksheet.row_cells import Changed, Row, Together
from acmspec.renderers.worksheet.whole import Whole, cell, literal
from acmspec.settlement.tree import Due

_EXPECTED, _BETTER, _LEFT, _FROM = "expected", "better", "left", "from"
_KEYS = (_EXPECTED, _BETTER, _LEFT)


@dataclass(slots=True)
class Cohorts:
    """The columns of a term's sheet, and what stands there by provider and the period's last day.

    All are whole numbers of parts of an event, `unit` to one.
    """

    unit: int = 1
    numbers: str = ""
    days: str = ""
    ranges: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, date], tuple[int, int, int]] = field(default_factory=dict)


class CohortColumns:
    """Writes what a period adds to all periods together, row by row, beside its result."""

    def __init__(self, changed: Callable[[Row], Changed], *, is_rate: bool) -> None:
        self.found = Cohorts()
        self._changed = changed
        self._is_rate = is_rate

    @staticmethod
    def columns() -> Iterator[tuple[str, tuple[str, float]]]:
        """Keys with heads and widths."""
        yield _EXPECTED, ("Expected, in parts of an event", 13.0)
        yield _BETTER, ("Better than expected, in parts", 13.0)
        yield _LEFT, ("Of this not paid for", 13.0)

    def note(self, sheet: Sheet, row: int, place: Callable[[str], int], due: Due, made: tuple[Row, str, bool]) -> None:
        """Fill in a row, from what its formula read, whether it pays, and the cell of its cents."""
        cells, paying, pays = made
        of = self._changed(cells)
        base, parts = (cells.base.top, cells.base.bottom.value) if self._is_rate else (literal(1), 1)
        self.found.unit = cells.prior.bottom.value * parts
        values = []
        for key, number in ((_EXPECTED, of.prior), (_BETTER, of.better)):
            whole = of.told * number * base
            value = whole.value if pays else 0
            sheet.whole(row, place(key), Whole(f"IF({paying},{whole.text},0)", value, whole.peak))
            values.append(value)
        due_cents = at(row, place("cents"))
        left = values[1] if due.line.amount == 0 else 0
        sheet.whole(row, place(_LEFT), cell(f"IF({due_cents}=0,{at(row, place(_BETTER))},0)", left))
        self.found.values[due.line.provider, due.period.last] = (values[0], values[1], left)

    def placed(self, numbers: str, days: str, ranges: Mapping[str, str]) -> None:
        """Say in which cells the rows stand."""
        self.found.numbers, self.found.days = numbers, days
        self.found.ranges = {key: ranges[key] for key in _KEYS}


class TogetherColumns:
    """Writes the sums over all periods of another term's sheet that lie in the agreement."""

    def __init__(self, program: Program, cohorts: Cohorts) -> None:
        self._program = program
        self._cohorts = cohorts

    @staticmethod
    def columns() -> Iterator[tuple[str, tuple[str, float]]]:
        """Keys with heads and widths."""
        yield _FROM, ("In periods that end from", 11.0)
        yield from CohortColumns.columns()

    def cells(self, sheet: Sheet, row: int, keys: Sequence[str], due: Due) -> dict[str, Any]:
        """What the formula of all periods together reads of them."""
        agreement = self._program.payments.agreements[due.agreement]
        first, begins = max(agreement.first, self._program.first), keys.index(_FROM)
        sheet.day(row, begins, first, INPUT)
        of, number, ends = self._cohorts, at(row, keys.index("number")), at(row, keys.index("ends"))
        days = f'{of.days},">="&{at(row, begins)},{of.days},"<="&{ends}'
        sums = []
        for place, key in enumerate(_KEYS):
            whose = ((day, values) for (name, day), values in of.values.items() if name == due.line.provider)
            value = sum(values[place] for day, values in whose if first <= day <= due.period.last)
            text = f"SUMIFS({of.ranges[key]},{of.numbers},{number},{days})"
            sums.append(sheet.whole(row, keys.index(key), cell(text, value)))
        expected, better, left = sums
        return {"cohorts": Together(expected, better, left, literal(of.unit))}

    def done(self, due: Due, cells: Row, cents: Whole) -> None:
        """Nothing of a row is asked for by the next."""
