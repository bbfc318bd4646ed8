"""The sheet of one limit or maximum: what came before it, what its scope had earned, what it moves, line by line."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.program.tree import Program
from acmspec.renderers.worksheet.book import AGREES, DIFFERS, INPUT, QUIET, TITLE, TYPED, Book, Column, Sheet, at
from acmspec.renderers.worksheet.consequences import waits
from acmspec.renderers.worksheet.figures import CENTS
from acmspec.renderers.worksheet.formulas import Formula
from acmspec.renderers.worksheet.put_off_columns import COLUMNS as PUT_OFF
from acmspec.renderers.worksheet.put_off_columns import DUE, PutOffColumns, Standing, Started
from acmspec.renderers.worksheet.row_cells import Row
from acmspec.renderers.worksheet.share import COLUMNS as SHARED
from acmspec.renderers.worksheet.share import Share, shared
from acmspec.renderers.worksheet.term_sheet import Entry
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, function, literal

HEAD_ROW, FIRST = 4, 5
_COLUMNS = (
    ("No.", 5), ("Ends", 11), ("Provider", 26), ("Term", 24), ("Scope", 7), ("Counted in", 28), ("Before", 12),
    ("Earned in the scope so far", 13), ("Bound", 12), ("Last of its scope", 8), ("More may come", 8),
    ("Change to the scope", 12), *SHARED, ("After", 12), ("Moved, of the provider", 14), ("By acmspec", 14),
    ("Check", 12),
)  # fmt: skip
_NUMBER, _ENDS, _PROVIDER, _TERM, _SCOPE, _LABEL, _BEFORE, _EARNED, _BOUND, _LAST, _MORE, _CHANGE = range(12)
_SHARE = 12
_AFTER, _MINE, _ENGINE, _CHECK = range(_SHARE + len(SHARED), _SHARE + len(SHARED) + 4)
_MOVED = _AFTER - 1
_STANDING = Standing(_ENDS, _TERM, _BEFORE, FIRST)


@node
class Scope:
    """A scope that a line is counted in: its number on the sheet, and in words."""

    number: int
    label: str


@node
class Bound:
    """A limit or maximum: its title, its lines' name in the payments, its bound, and which scope a line is counted in.

    `is_last` says of a line whether nothing of its scope comes later, None for what applies after every period. `back`
    is whether it may give back what was taken; `adjusting` are the terms whose lines below zero are no deductions.
    A `line` without a name is in no payment, and has nothing to be checked against. `program` is the one by whose
    advances what is taken is put off, None where nothing is; `own` is whether that is about the agreements with a
    maximum of their own, or about others.
    """

    title: str
    line: str
    about: str
    formula: Formula
    scope_of: Callable[[Entry], Scope | None]
    is_last: Callable[[Entry], bool] | None
    back: bool = False
    adjusting: tuple[str, ...] = ()
    program: Program | None = None
    own: bool = False


class _Day:
    """The lines of one day: rows and cells, and of each scope what they came to and what is due again."""

    def __init__(self, sheet: Sheet, first: int, last: int) -> None:
        self.first = first
        self.last = last
        self.scopes, self.before, self.terms = (sheet.near(first, one, last) for one in (_SCOPE, _BEFORE, _TERM))
        self.lines: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        self.again: defaultdict[int, int] = defaultdict(int)


class LimitSheet:
    """Writes the rows of one limit, step by step."""

    def __init__(self, book: Book, sheet: Sheet, bound: Bound, count: int) -> None:
        self.title = sheet.title
        self.line = bound.line
        self._sheet = sheet
        self._money = book.money
        self._bound = bound
        self._row = FIRST
        self._earned: defaultdict[int, int] = defaultdict(int)
        self._waiting: set[int] = set()
        self._said: list[str] = []
        self._end = FIRST + count - 1
        self._put_off = (
            None if bound.program is None else PutOffColumns(bound.program, sheet, _CHECK + 1, _STANDING, own=bound.own)
        )
        self._columns = (*_COLUMNS, *(() if self._put_off is None else PUT_OFF))
        widths = [width for _, width in self._columns]
        sheet.columns(widths)
        sheet.folded(_SHARE, _MOVED - 1, widths)
        if bound.is_last is None:
            sheet.folded(_LAST, _MORE, widths)
        sheet.text(0, 0, bound.title, TITLE)
        sheet.text(1, 0, bound.about, QUIET)
        about = (
            "In whole cents, but for the columns beside the check. A change is split in proportion to the lines of the "
            "day; cents left over go to the largest remainders. Open the + above the columns to see how."
        )
        sheet.text(2, 0, about, QUIET)
        sheet.height(HEAD_ROW, 38)
        for place, (words, _) in enumerate(self._columns):
            sheet.head(HEAD_ROW, place, words, right=place >= _BEFORE and place != _CHECK)

    @property
    def column(self) -> Column:
        """Its rows, for the payments."""
        cells = (self._sheet.far(FIRST, one, max(self._end, FIRST)) for one in (_NUMBER, _ENDS, _MOVED))
        return Column(self.title, self.line, *cells)

    def after(self, first: int, last: int) -> str:
        """What some rows came to."""
        return self._sheet.far(first, _AFTER, last)

    def finish(self) -> None:
        """After the last step."""
        self._sheet.table(HEAD_ROW, self._row - 1, len(self._columns) - 1, 3)
        self._sheet.check(FIRST, _CHECK, self._said)
        self._sheet.paper(max(self._row - 1, HEAD_ROW), len(self._columns) - 1)

    def settled(self, entries: Sequence[Entry], final: Sequence[Whole], last: "LimitSheet") -> None:
        """What the lines of a day came to after all limits, which stands on the `last` sheet."""
        first = self._row - len(entries)
        if self._put_off is not None:
            self._put_off.end({first + place: amount for place, amount in enumerate(final)}, last.after)
        for entry, amount in zip(entries, final, strict=True):
            scope = self._bound.scope_of(entry)
            if scope is not None:
                self._earned[scope.number] += amount.value

    def step(
        self, entries: Sequence[Entry], before: Sequence[Whole], final: "LimitSheet", engine: Mapping[str, Fraction]
    ) -> list[Whole]:
        """The lines of one day, from what they came to before; gives what they come to after.

        `final` is the sheet of the last limit, `engine` what acmspec moved by provider.
        """
        first, scopes = self._row, [self._bound.scope_of(one) for one in entries]
        self._row += len(entries)
        self._waiting |= {
            scope.number
            for one, scope in zip(entries, scopes, strict=True)
            if scope is not None and waits(one.consequence, "").value
        }
        starts = [self._start(first + place, one, before[place]) for place, one in enumerate(entries)]
        rows = {place: scope for place, scope in enumerate(scopes) if scope is not None}
        day = _Day(self._sheet, first, self._row - 1)
        for place, scope in rows.items():
            day.lines[scope.number].append((entries[place].title, starts[place].value))
        again = self._again(first, entries, rows, starts)
        for place, one in again.items():
            day.again[rows[place].number] += one.value
        shares = []
        for place, scope in rows.items():
            row = first + place
            change = self._change(day, row, entries[place], scope, final)
            share = Share(row, at(row, _SCOPE), scope.number, starts[place], change, self._bound.back, again.get(place))
            shares.append(share)
        moved = dict(zip(rows, shared(self._sheet, shares, (first, day.last), _SCOPE, _SHARE), strict=True))
        self._said += self._checks(first, entries, moved, engine) if self.line else ()
        return [self._ended(first + place, starts[place], moved.get(place)) for place in range(len(entries))]

    def _again(
        self, first: int, entries: Sequence[Entry], rows: Mapping[int, Scope], starts: Sequence[Whole]
    ) -> dict[int, Whole]:
        """What is due again with the line of each row, as advances are recovered; empty where none is put off."""
        if self._put_off is None:
            return {}
        found = self._put_off.begin([Started(first + place, entries[place], starts[place]) for place in rows])
        return {place: found.get(first + place, literal(0)) for place in rows}

    def _start(self, row: int, entry: Entry, before: Whole) -> Whole:
        """Which line it is, and what it came to before."""
        sheet, line = self._sheet, entry.due.line
        sheet.number(row, _NUMBER, entry.number, QUIET)
        sheet.day(row, _ENDS, entry.due.period.last)
        sheet.text(row, _PROVIDER, line.provider)
        sheet.text(row, _TERM, entry.title)
        return sheet.whole(row, _BEFORE, before)

    def _change(self, day: _Day, row: int, entry: Entry, scope: Scope, final: "LimitSheet") -> Whole:
        """By how much the scope changes on this day, in the row of one of its lines."""
        sheet, here, lines = self._sheet, at(row, _SCOPE), day.lines[scope.number]
        sheet.number(row, _SCOPE, scope.number, QUIET)
        sheet.text(row, _LABEL, scope.label, QUIET)
        text = f"SUMIFS({day.before},{day.scopes},{here})"
        if day.first > FIRST:
            text = (
                f"SUMIFS({final.after(FIRST, day.first - 1)},{sheet.near(FIRST, _SCOPE, day.first - 1)},{here})+{text}"
            )
        earned = sheet.whole(row, _EARNED, cell(text, self._earned[scope.number] + sum(amount for _, amount in lines)))
        again = () if self._put_off is None else (self._due_again(day, row, scope),)
        deducted = self._deducted(day, row, earned, lines)
        limit = self._bound.formula(
            Row(
                literal(entry.number), scope=literal(scope.number),
                earned=Ratio(sum(again, earned), literal(CENTS)), deducted=Ratio(deducted, literal(CENTS)),
            )
        )  # fmt: skip
        bound = sheet.whole(row, _BOUND, limit.times(CENTS).nearest())
        weights = sum(max(0, amount) for _, amount in lines)
        # The weights stand behind the change, and go by its sign where some may be given back.
        least = self._least_change(day, row, weights)
        change = function("MAX", bound - earned, least, value=max(bound.value - earned.value, -weights))
        if self._bound.is_last is not None:
            change = self._at_end(row, entry, scope, change, self._bound.is_last(entry))
        return sheet.whole(row, _CHANGE, change)

    def _due_again(self, day: _Day, row: int, scope: Scope) -> Whole:
        """What is due again in a scope on the day."""
        cells = self._sheet.near(day.first, _CHECK + 1 + DUE, day.last)
        return cell(f"SUMIFS({cells},{day.scopes},{at(row, _SCOPE)})", day.again[scope.number])

    def _deducted(self, day: _Day, row: int, earned: Whole, lines: Sequence[tuple[str, int]]) -> Whole:
        """What the lines of a scope deduct on this day, or all that it earned where that is less."""
        below = f'SUMIFS({day.before},{day.scopes},{at(row, _SCOPE)},{day.before},"<0"'
        others = "".join(f'-{below},{day.terms},"{one}")' for one in self._bound.adjusting)
        taken = sum(min(0, amount) for one, amount in lines if one not in self._bound.adjusting)
        return function("MIN", earned, cell(f"{below}){others}", taken), value=min(earned.value, taken))

    def _least_change(self, day: _Day, row: int, weights: int) -> Whole:
        """All that the lines of a scope came to above zero, as less than which nothing is taken."""
        if not self._bound.back and self._put_off is None:
            return cell(f"-{at(row, _SHARE + 1)}", -weights)
        return cell(f'-SUMIFS({day.before},{day.scopes},{at(row, _SCOPE)},{day.before},">0")', -weights)

    def _at_end(self, row: int, entry: Entry, scope: Scope, change: Whole, is_last: bool) -> Whole:
        """The change once nothing of the scope comes later, and nothing waits."""
        sheet = self._sheet
        sheet.number(row, _LAST, int(is_last), INPUT)
        sheet.whole(row, _MORE, waits(entry.consequence, entry.consequence_at))
        held, scopes = (sheet.near(FIRST, column, self._row - 1) for column in (_MORE, _SCOPE))
        waiting = f"SUMIFS({held},{scopes},{at(row, _SCOPE)})=0"
        value = change.value if is_last and scope.number not in self._waiting else 0
        return cell(f"IF(AND({at(row, _LAST)}=1,{waiting}),{change.text},0)", value)

    def _ended(self, row: int, before: Whole, moved: Whole | None) -> Whole:
        after = self._sheet.whole(row, _AFTER, before if moved is None else before + moved)
        return cell(self._sheet.far(row, _AFTER), after.value)

    def _checks(
        self, first: int, entries: Sequence[Entry], moved: Mapping[int, Whole], engine: Mapping[str, Fraction]
    ) -> Iterator[str]:
        """What each provider's lines of the day moved together, beside acmspec's line."""
        sheet, last, told = self._sheet, self._row - 1, set[int]()
        for place, one in enumerate(entries):
            row = first + place
            if one.number in told:
                yield ""
                continue
            told.add(one.number)
            own = [amount for other, amount in moved.items() if entries[other].number == one.number]
            mine = sum(amount.value for amount in own)
            theirs = engine.get(one.due.line.provider, Fraction(0))
            sums = f"SUMIFS({sheet.near(first, _MOVED, last)},{sheet.near(first, _NUMBER, last)},{at(row, _NUMBER)})"
            sheet.formula(row, _MINE, f"{sums}/{CENTS}", Fraction(mine, CENTS), self._money)
            sheet.number(row, _ENGINE, theirs, self._money, INPUT)
            if not all(amount.is_exact for amount in own):
                sheet.text(row, _CHECK, TYPED)
                yield TYPED
                continue
            said = AGREES if mine == theirs * CENTS else DIFFERS
            text = f'IF({sums}=ROUND({at(row, _ENGINE)}*{CENTS},0),"{AGREES}","{DIFFERS}")'
            sheet.formula(row, _CHECK, text, said)
            yield said
