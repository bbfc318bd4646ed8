"""The columns of a term's sheet for what lies beside its results: amounts of other terms, what it took before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from acmspec.ground.node import node
from acmspec.program.payment import Payment
from acmspec.program.payment_parts import bases, looks_back
from acmspec.renderers.worksheet.book import Column, Sheet, at
from acmspec.renderers.worksheet.cohort_columns import Cohorts
from acmspec.renderers.worksheet.figures import CENTS
from acmspec.renderers.worksheet.formulas import Formula
from acmspec.renderers.worksheet.row_cells import Row
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, literal
from acmspec.settlement.tree import Due

_BASE = "base_"
_TAKEN, _IN_A_ROW, _TO_TAKE = "taken", "in_a_row", "to_take"


@node
class Other:
    """The rows of another term, the cents of each provider and last day of a period, and what is looked at together."""

    column: Column
    cents: Mapping[tuple[str, date], int]
    cohorts: Cohorts | None = None


@node
class _Taken:
    """A cell that says what was taken for the period before, whose row is that of a due; filled in behind limits."""

    sheet: Sheet
    row: int
    column: int
    before: Due | None


@node
class _Before:
    """What a row hands on to the next one of its provider: its due, its place in a row, whether it had to take."""

    due: Due
    in_a_row: Whole
    to_take: Whole
    paying: str
    pays: bool


class LookingBack:
    """Writes these columns, row by row; `again` is the formula of what is repeated, None where nothing is.

    `left` is what limits left of the lines of each due.
    """

    def __init__(
        self, amount: Payment, others: Sequence[Other], again: Formula | None, left: Mapping[Due, Fraction]
    ) -> None:
        named = bases(amount)
        self._others = [next(one for one in others if one.column.line == name) for name in named]
        self._again = again
        self._looks_back = looks_back(amount)
        self._left = left
        self._taken: list[_Taken] = []
        self._before: dict[str, _Before] = {}

    def columns(self) -> Iterator[tuple[str, tuple[str, float]]]:
        """Keys with heads and widths of the columns that the term has a use for."""
        for place, one in enumerate(self._others, 1):
            yield f"{_BASE}{place}", (f"Cents of {one.column.title}", 13.0)
        if self._looks_back:
            yield _TAKEN, ("Cents taken for the period before", 13.0)
        if self._again is not None:
            yield _IN_A_ROW, ("In a row before", 8.0)
            yield _TO_TAKE, ("Something to take", 9.0)

    def cells(self, sheet: Sheet, row: int, place: Callable[[str], int], due: Due) -> dict[str, Any]:
        """What the row's formula reads of them."""
        found: dict[str, Any] = {"amounts": tuple(self._amounts(sheet, row, place, due))}
        before = self._before.get(due.line.provider)
        if self._looks_back:
            value = 0 if before is None else max(0, int(-self._left[before.due] * CENTS))
            self._taken.append(_Taken(sheet, row, place(_TAKEN), None if before is None else before.due))
            found["taken"] = Ratio(sheet.cell(row, place(_TAKEN), value), literal(CENTS))
        if self._again is not None:
            found["in_a_row"] = sheet.whole(row, place(_IN_A_ROW), _so_far(before))
        return found

    def _amounts(self, sheet: Sheet, row: int, place: Callable[[str], int], due: Due) -> Iterator[tuple[str, Ratio]]:
        for number, other in enumerate(self._others, 1):
            one = other.column
            own, ends = at(row, place("number")), at(row, place("ends"))
            text = f"SUMIFS({one.cents},{one.numbers},{own},{one.days},{ends})"
            value = other.cents.get((due.line.provider, due.period.last), 0)
            yield one.line, Ratio(sheet.whole(row, place(f"{_BASE}{number}"), cell(text, value)), literal(CENTS))

    def finish(self, after: Mapping[Due, Whole]) -> None:
        """Say what was taken for the period before, once it is known in which cells limits leave each line."""
        for one in self._taken:
            left = literal(0) if one.before is None else after[one.before]
            one.sheet.whole(one.row, one.column, cell(f"MAX(0,-{left.text})", max(0, -left.value)))

    def done(self, sheet: Sheet, row: int, place: Callable[[str], int], due: Due, made: tuple[Row, str]) -> None:
        """Note a row for the next one of its provider: what its formula read, and whether it pays."""
        cells, paying = made
        nothing = literal(0)
        to_take = nothing
        pays = due.line.counted is not None and due.line.counted.at is not None
        if self._again is not None:
            of = self._again(cells)
            text = f"IF({paying},IF({of.top.text}>0,1,0),0)"
            to_take = sheet.whole(row, place(_TO_TAKE), cell(text, int(pays and of.top.value > 0)))
        self._before[due.line.provider] = _Before(due, cells.in_a_row, to_take, paying, pays)


def _so_far(before: _Before | None) -> Whole:
    """For how many periods in a row there was something to take; one without a result neither counts nor ends it."""
    if before is None:
        return literal(0)
    more = f"IF({before.to_take.text}=1,{before.in_a_row.text}+1,0)"
    text = f"IF({before.paying},{more},{before.in_a_row.text})"
    counted = before.in_a_row.value + 1 if before.to_take.value else 0
    return cell(text, counted if before.pays else before.in_a_row.value)
