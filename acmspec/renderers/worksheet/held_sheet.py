"""The sheet of what is held back: from what limits left to each share and each sum that is paid, line by line."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from acmspec.program.agreed import Reserve
from acmspec.program.paid_periods import stretch
from acmspec.program.payment_parts import paid_ahead
from acmspec.program.payments import ZEROED
from acmspec.program.tree import Program
from acmspec.renderers.worksheet.book import AGREES, DIFFERS, INPUT, QUIET, TITLE, Book, Column, Sheet, at
from acmspec.renderers.worksheet.figures import CENTS, Figures
from acmspec.renderers.worksheet.term_sheet import Entry
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, least, literal, most
from acmspec.report.clauses_draft import title
from acmspec.settlement.gates import Gates
from acmspec.settlement.split import split
from acmspec.settlement.tree import Line

HEAD_ROW, FIRST = 4, 5
_COLUMNS = (
    ("No.", 5), ("Ends", 11), ("Provider", 26), ("Scope", 7), ("Counted in", 28), ("Due, or held back so far", 14),
    ("Part paid", 8), ("Of parts", 8), ("Moved", 12), ("In money", 14), ("By acmspec", 14), ("Check", 12),
)  # fmt: skip
_NUMBER, _ENDS, _PROVIDER, _SCOPE, _LABEL, _OF, _PART, _PARTS, _MOVED, _MINE, _ENGINE, _CHECK = range(12)


class HeldSheet:
    """Writes the rows of one reserve, day by day."""

    def __init__(self, book: Book, sheet: Sheet, program: Program, reserve: Reserve, figures: Figures) -> None:
        self.line = reserve.name
        self.paid: dict[str, Whole] = {}
        """What was paid on the day at hand, by provider."""
        self._sheet = sheet
        self._money = book.money
        self._program = program
        # What is raised to zero is not brought below it again; else advances change nothing of what is held back.
        is_raised = program.payments.negative_total == ZEROED
        self._aside = frozenset[int]() if is_raised else paid_ahead(program.payments)
        self._reserve = reserve
        self._share = figures.share(reserve.share)
        self._row = FIRST
        self._scopes: dict[tuple[str, str], int] = {}
        self._sums: dict[int, int] = {}
        self._said: list[str] = []
        sheet.columns([width for _, width in _COLUMNS])
        sheet.text(0, 0, title(reserve.name), TITLE)
        over = ", ".join(title(one) for one in reserve.over)
        sheet.text(1, 0, f"Held back of {over}, after all limits and maximums.", QUIET)
        about = "In whole cents, but for the columns beside the check. Which part is earned back is typed."
        sheet.text(2, 0, about, QUIET)
        sheet.height(HEAD_ROW, 38)
        for place, (words, _) in enumerate(_COLUMNS):
            sheet.head(HEAD_ROW, place, words, right=place >= _OF and place != _CHECK)

    @property
    def column(self) -> Column:
        """Its rows, for the payments."""
        last = max(self._row - 1, FIRST)
        cells = (self._sheet.far(FIRST, one, last) for one in (_NUMBER, _ENDS, _MOVED))
        return Column(self._sheet.title, self.line, *cells)

    def finish(self) -> None:
        """After the last day."""
        self._sheet.table(HEAD_ROW, self._row - 1, len(_COLUMNS) - 1, 3)
        self._sheet.check(FIRST, _CHECK, self._said)
        self._sheet.paper(max(self._row - 1, HEAD_ROW), len(_COLUMNS) - 1)

    def step(
        self, entries: Sequence[Entry], before: Sequence[Whole], changes: Sequence[Line], gates: Gates
    ) -> list[Whole]:
        """The lines of one day, from what they came to before; gives what is held back of each."""
        taken = [literal(0)] * len(before)
        self.paid = {}
        terms = self._program.payments.terms
        for line in (one for one in changes if one.term == self.line):
            own = [
                place
                for place, one in enumerate(entries)
                if one.due.line.provider == line.provider and one.due.term not in self._aside
            ]
            places = [place for place in own if terms[entries[place].due.term].name in self._reserve.over]
            number = entries[places[0]].number
            if line.amount < 0:
                self._held(line, number, _sum([before[place] for place in places]), _sum([before[one] for one in own]))
                weights = [Fraction(max(0, before[place].value), CENTS) for place in places]
                parts = split(-line.amount, weights)
                for place, part in zip(places, parts, strict=True):
                    taken[place] = literal(int(part * CENTS))
            else:
                self._paid(line, number, _part(self._reserve, line, gates))
        return taken

    def _held(self, line: Line, number: int, due: Whole, left: Whole) -> None:
        scope = self._start(line, number)
        nothing = literal(0)
        of = self._sheet.whole(self._row, _OF, most(due, nothing))
        # Where other lines are below zero, no more is held back than what is left of all together.
        taken = least((Ratio(of, literal(1)) * self._share).nearest(), most(left, nothing))
        self._sums[scope] = self._sums.get(scope, 0) + taken.value
        self._end(line, literal(0) - taken)

    def _paid(self, line: Line, number: int, part: Fraction) -> None:
        scope, sheet = self._start(line, number), self._sheet
        moved, scopes = (sheet.near(FIRST, column, self._row - 1) for column in (_MOVED, _SCOPE))
        so_far = cell(f"-SUMIFS({moved},{scopes},{at(self._row, _SCOPE)})", self._sums.get(scope, 0))
        held = sheet.whole(self._row, _OF, so_far)
        for column, value in ((_PART, part.numerator), (_PARTS, part.denominator)):
            sheet.number(self._row, column, value, INPUT)
        top, bottom = sheet.cell(self._row, _PART, part.numerator), sheet.cell(self._row, _PARTS, part.denominator)
        self.paid[line.provider] = self._end(line, Ratio(held * top, bottom).nearest())

    def _start(self, line: Line, number: int) -> int:
        counted = stretch(self._program, self._reserve, line.last).name
        scope = self._scopes.setdefault((line.provider, counted), len(self._scopes) + 1)
        sheet, row = self._sheet, self._row
        sheet.number(row, _NUMBER, number, QUIET)
        sheet.day(row, _ENDS, line.last)
        sheet.text(row, _PROVIDER, line.provider)
        sheet.number(row, _SCOPE, scope, QUIET)
        sheet.text(row, _LABEL, f"{line.provider}, {counted}", QUIET)
        return scope

    def _end(self, line: Line, moved: Whole) -> Whole:
        sheet, row = self._sheet, self._row
        mine = sheet.whole(row, _MOVED, moved)
        sheet.formula(row, _MINE, f"{mine.text}/{CENTS}", Fraction(mine.value, CENTS), self._money)
        sheet.number(row, _ENGINE, line.amount, self._money, INPUT)
        said = AGREES if mine.value == line.amount * CENTS else DIFFERS
        text = f'IF({mine.text}=ROUND({at(row, _ENGINE)}*{CENTS},0),"{AGREES}","{DIFFERS}")'
        sheet.formula(row, _CHECK, text, said)
        self._said.append(said)
        self._row += 1
        return cell(sheet.far(row, _MOVED), mine.value)


def _sum(of: Sequence[Whole]) -> Whole:
    return sum(of[1:], of[0])


def _part(reserve: Reserve, line: Line, gates: Gates) -> Fraction:
    """Which part of a sum is paid, by the results of the last period."""
    if line.waits:
        return Fraction(0)
    return earned(reserve, gates, line.provider, line.last)


def earned(reserve: Reserve, gates: Gates, provider: str, day: date) -> Fraction:
    """The weights of what is met on a day; all of it where nothing has to be."""
    if not reserve.back:
        return Fraction(1)
    one = Fraction(1)
    return sum((weight * gates.decide(gate, provider, day, one).bound for gate, weight in reserve.back), Fraction(0))
