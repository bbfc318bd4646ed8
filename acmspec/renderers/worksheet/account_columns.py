"""The columns of a sheet that recovers advances: what they stand at, what was earned, what was recovered; no amount."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from acmspec.program.paid_periods import stretch_of
from acmspec.program.payment import Recovered
from acmspec.program.tree import Program
from acmspec.renderers.worksheet.book import COUNT, INPUT, Sheet, at
from acmspec.renderers.worksheet.looking_back import Other
from acmspec.renderers.worksheet.row_cells import Account, Row
from acmspec.renderers.worksheet.whole import Whole, cell, literal
from acmspec.settlement.tree import Due

_FROM, _ADVANCED, _EARNED, _RECOVERED, _SETTLED = "from", "advanced", "earned", "recovered", "settled"


class AccountColumns:
    """Writes them row by row, and reads the rows of the advances and of the terms that they are set off against."""

    def __init__(self, program: Program, of: Recovered, others: Sequence[Other]) -> None:
        self._program = program
        self._of = of
        named = {one.column.line: one for one in others}
        self._advances = (named[of.advances],)
        self._earned = tuple(named[one] for one in of.of)
        self._before: dict[str, tuple[date, Whole, Whole]] = {}

    def columns(self) -> Iterator[tuple[str, tuple[str, float]]]:
        """Keys with heads and widths."""
        yield _FROM, ("In the time from", 11.0)
        yield _ADVANCED, ("Cents advanced so far", 13.0)
        yield _EARNED, ("Cents earned so far", 13.0)
        yield _RECOVERED, ("Cents recovered before", 13.0)
        yield _SETTLED, ("Settled now", 8.0)

    def cells(self, sheet: Sheet, row: int, keys: Sequence[str], due: Due) -> dict[str, Any]:
        """What the formula of what is recovered reads of them."""
        first = stretch_of(self._program, self._of.every, due.period.last).first
        begins = keys.index(_FROM)
        sheet.day(row, begins, first, INPUT)
        within = (at(row, begins), at(row, keys.index("ends")), at(row, keys.index("number")))
        counted = due.line.counted
        ends = counted is not None and counted.at is not None and counted.at.on_account.ends
        sheet.number(row, keys.index(_SETTLED), int(ends), COUNT, INPUT)
        before = self._before.get(due.line.provider)
        same = before is not None and before[0] == first
        recovered = before[1] - before[2] if before is not None and same else literal(0)
        return {
            "account": Account(
                sheet.whole(row, keys.index(_ADVANCED), self._sum(self._advances, within, due, first)),
                sheet.whole(row, keys.index(_EARNED), self._sum(self._earned, within, due, first)),
                sheet.whole(row, keys.index(_RECOVERED), recovered),
                cell(at(row, keys.index(_SETTLED)), int(ends)),
            )
        }

    def done(self, due: Due, cells: Row, cents: Whole) -> None:
        """Note a row for the next one of its provider."""
        first = stretch_of(self._program, self._of.every, due.period.last).first
        self._before[due.line.provider] = (first, cells.account.recovered, cents)

    @staticmethod
    def _sum(of: Sequence[Other], within: tuple[str, str, str], due: Due, first: date) -> Whole:
        """What some terms came to from a day on to the end of the period."""
        begins, ends, number = within
        parts, value = [], 0
        for other in of:
            one = other.column
            said = f'{one.days},">="&{begins},{one.days},"<="&{ends}'
            parts.append(f"SUMIFS({one.cents},{one.numbers},{number},{said})")
            whose = ((day, cents) for (name, day), cents in other.cents.items() if name == due.line.provider)
            value += sum(cents for day, cents in whose if first <= day <= due.period.last)
        return cell("+".join(parts) or "0", value)
