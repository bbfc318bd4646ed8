"""The columns of a maximum's sheet that hold what it puts off while advances are open; no bound, no split."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from acmspec.ground.node import node
from acmspec.program.paid_periods import stretch_of
from acmspec.program.payment_parts import recovered
from acmspec.program.tree import Program
from acmspec.renderers.worksheet.book import QUIET, Sheet, at
from acmspec.renderers.worksheet.figures import serial
from acmspec.renderers.worksheet.term_sheet import Entry
from acmspec.renderers.worksheet.whole import Whole, cell, function, least, literal, most

COLUMNS = (
    ("Agreement", 10), ("Advances open before", 12), ("Advances open", 12), ("Put off before", 12), ("Due again", 12),
    ("Put off", 12),
)  # fmt: skip
_AGREEMENT, _BEFORE, _OPEN, _LEFT, DUE, _PUT_OFF = range(len(COLUMNS))


@node
class Standing:
    """Where a sheet has the days, the terms and the amounts before the maximum, and its first row."""

    days: int
    terms: int
    amounts: int
    first: int


@node
class Started:
    """A row of a day, and what its line came to before the maximum."""

    row: int
    entry: Entry
    amount: Whole


class PutOffColumns:
    """Writes them day by day: what is due again before the change of a row is known, what is put off in the end.

    They are about the agreements with a maximum of their own, or about the others.
    """

    def __init__(self, program: Program, sheet: Sheet, column: int, standing: Standing, *, own: bool) -> None:
        self._program = program
        self._own = own
        self._sheet = sheet
        self._column = column
        self._standing = standing
        found = {one.name: recovered(one.amount) for one in program.payments.terms}
        self._back = {name: of for name, of in found.items() if of is not None}
        self._put_off: defaultdict[int, Whole] = defaultdict(lambda: literal(0))
        self._lines: list[Started] = []
        self._day: list[tuple[Started, Whole, Whole]] = []

    def begin(self, rows: Sequence[Started]) -> dict[int, Whole]:
        """Write the rows of a day but for what is put off; gives what is due again with the line of each row."""
        agreements = self._program.payments.agreements
        day = [one for one in rows if (agreements[one.entry.due.agreement].maximum is not None) is self._own]
        self._lines += day
        self._day, due = [], dict[int, Whole]()
        told = set[int]()
        for one in day:
            agreement, within = one.entry.due.agreement, (day[0].row, day[-1].row)
            self._sheet.number(one.row, self._column + _AGREEMENT, agreement + 1, QUIET)
            before = self._write(one.row, _BEFORE, self._stands_open(one, within[1], with_day=False))
            still = self._write(one.row, _OPEN, self._stands_open(one, within[1], with_day=True))
            left = self._write(one.row, _LEFT, most(literal(0), least(self._put_off[agreement], before)))
            is_first = one.entry.due.line.term in self._back and agreement not in told
            told |= {agreement} if is_first else set()
            again = least(left, self._recovered(one, day, within)) if is_first else literal(0)
            due[one.row] = self._write(one.row, DUE, again)
            self._day.append((one, still, left))
        return due

    def end(self, left: Mapping[int, Whole], after: Callable[[int, int], str]) -> None:
        """Write what is put off, where maximums have left so much of each row, which stands in the cells `after`."""
        if not self._day:
            return
        first, last = self._day[0][0].row, self._day[-1][0].row
        before, whose = (
            self._sheet.near(first, one, last) for one in (self._standing.amounts, self._column + _AGREEMENT)
        )
        for one, still, put_off in self._day:
            own = [each for each, *_ in self._day if each.entry.due.agreement == one.entry.due.agreement]
            mine = f"{whose},{at(one.row, self._column + _AGREEMENT)}"
            came = cell(f"SUMIFS({before},{mine})", sum(each.amount.value for each in own))
            stays = cell(f"SUMIFS({after(first, last)},{mine})", sum(left[each.row].value for each in own))
            now = most(literal(0), least(still, put_off + came - stays))
            self._put_off[one.entry.due.agreement] = self._write(one.row, _PUT_OFF, now)

    def _stands_open(self, one: Started, last: int, *, with_day: bool) -> Whole:
        """What is open of an agreement's advances in the stretches of time of a day, its lines counted or not."""
        stands, agreement, day = self._standing, one.entry.due.agreement, one.entry.due.period.last
        own = at(one.row, self._column + _AGREEMENT), at(one.row, stands.days)
        columns = (stands.amounts, self._column + _AGREEMENT, stands.terms, stands.days)
        amounts, whose, terms, days = (self._sheet.near(stands.first, column, last) for column in columns)
        sign, parts, value = "<=" if with_day else "<", [], 0
        for name, of in self._back.items():
            begins = stretch_of(self._program, of.every, day).first
            for term in (of.advances, name):
                lines = [each for each in self._lines if self._is_of(each, agreement, term)]
                if lines:
                    said = f'{days},">="&{serial(begins)},{days},"{sign}"&{own[1]}'
                    title = _quoted(lines[0].entry.title)
                    parts.append(f"SUMIFS({amounts},{whose},{own[0]},{terms},{title},{said})")
                    value += _sum(lines, begins, day, with_day=with_day)
        return cell("+".join(parts) or "0", value)

    def _recovered(self, one: Started, day: Sequence[Started], rows: tuple[int, int]) -> Whole:
        """What is recovered with the lines of an agreement on a day."""
        agreement = one.entry.due.agreement
        columns = (self._standing.amounts, self._column + _AGREEMENT, self._standing.terms)
        amounts, whose, terms = (self._sheet.near(rows[0], column, rows[1]) for column in columns)
        own = at(one.row, self._column + _AGREEMENT)
        back = [each for name in self._back for each in day if self._is_of(each, agreement, name)]
        titles = dict.fromkeys(each.entry.title for each in back)
        text = "".join(f"-SUMIFS({amounts},{whose},{own},{terms},{_quoted(each)})" for each in titles)
        value = -sum(each.amount.value for each in back)
        return function("MAX", literal(0), cell(text, value), value=max(0, value))

    @staticmethod
    def _is_of(one: Started, agreement: int, term: str) -> bool:
        return one.entry.due.agreement == agreement and one.entry.due.line.term == term

    def _write(self, row: int, column: int, of: Whole) -> Whole:
        return self._sheet.whole(row, self._column + column, of)


def _quoted(title: str) -> str:
    return '"' + title.replace('"', '""') + '"'


def _sum(lines: Sequence[Started], begins: date, day: date, *, with_day: bool) -> int:
    """What some lines came to from a day on to another, which counts or not."""
    found: Iterator[Started] = (one for one in lines if begins <= one.entry.due.period.last <= day)
    return sum(one.amount.value for one in found if with_day or one.entry.due.period.last < day)
