"""How a change is split over lines in proportion and to the cent, in cells; whose change it is, is not known here.

Each line first gets the whole cents of its part, and the cents left over go to the largest remainders. A product of two
amounts has more digits than a spreadsheet holds. So a part is guessed by division, its remainder is worked out in two
halves that are exact, and the guess is set right where the remainder says so.
"""

from collections.abc import Sequence
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.renderers.worksheet.book import COUNT, Sheet, at
from acmspec.renderers.worksheet.figures import CENTS
from acmspec.renderers.worksheet.whole import LARGEST as EXACT
from acmspec.renderers.worksheet.whole import Whole, cell
from acmspec.settlement.split import split

COLUMNS = (
    ("Weight", 12), ("Sum of weights", 12), ("Weight used", 12), ("Divided by", 12), ("Part, guessed", 11),
    ("Left by the guess", 13), ("Part, whole cents", 12), ("Remainder", 13), ("Its rank", 7), ("Moved", 12),
)  # fmt: skip
_WEIGHT, _SUM, _USED, _DIVISOR, _GUESS, _LEFT, _PART, _REST, _RANK, _MOVED = range(10)
_HALF = 10**4
LARGEST = 10**9
"""In cents. Up to here both halves of a product, and their remainders, have at most 14 digits."""


@node
class Share:
    """A line: its row, the cell with its scope and the scope's number, what it came to, and the change of its scope.

    `back` is whether more than before goes to the lines below zero, by what was taken of each.
    """

    row: int
    scope: str
    number: int
    before: Whole
    change: Whole
    back: bool = False

    @property
    def weight(self) -> int:
        """What it bears of the change, in proportion to the others."""
        is_back = self.back and self.change.value > 0
        return max(0, -self.before.value if is_back else self.before.value)

    @property
    def weight_text(self) -> str:
        """The same as a formula."""
        if not self.back:
            return f"MAX({self.before.text},0)"
        return f"MAX(IF({self.change.text}>0,-{self.before.text},{self.before.text}),0)"


def shared(sheet: Sheet, day: Sequence[Share], rows: tuple[int, int], scopes: int, first: int) -> list[Whole]:
    """Write the columns, from `first` on, of the lines of a day, which stands in `rows`; gives what each line gets.

    What is typed, as it has too many digits to be worked out, is not exact.
    """
    moved = _split(day)
    return [_Cells(sheet, one, day, rows, scopes, first).write(moved) for one in day]


def _split(day: Sequence[Share]) -> dict[int, int]:
    """What each row gets."""
    moved: dict[int, int] = {}
    for number in dict.fromkeys(one.number for one in day):
        of = [one for one in day if one.number == number]
        weights = [Fraction(one.weight) for one in of]
        parts = split(Fraction(of[0].change.value, CENTS), weights)
        moved |= {one.row: int(part * CENTS) for one, part in zip(of, parts, strict=True)}
    return moved


class _Cells:
    """The cells of one line."""

    def __init__(  # noqa: PLR0913, PLR0917  (where the cells stand)
        self, sheet: Sheet, of: Share, day: Sequence[Share], rows: tuple[int, int], scopes: int, first: int
    ) -> None:
        self._sheet = sheet
        self._of = of
        self._first = first
        self._rows = rows
        self._scopes = scopes
        of_scope = [one for one in day if one.number == of.number]
        total = sum(one.weight for one in of_scope)
        self._weight = of.weight
        self._total = total
        self._used = self._weight if total else 1
        self._divisor = total or len(of_scope)
        self._day = of_scope

    def write(self, moved: dict[int, int]) -> Whole:
        """All columns; gives the cell with what the line gets."""
        day, scope, total = self._range, self._of.scope, self._at(_SUM)
        self._whole(_WEIGHT, self._of.weight_text, self._weight)
        self._whole(_SUM, f"SUMIFS({day(_WEIGHT)},{self._of_day},{scope})", self._total)
        self._whole(_USED, f"IF({total}=0,1,{self._at(_WEIGHT)})", self._used)
        self._whole(_DIVISOR, f"IF({total}=0,COUNTIFS({self._of_day},{scope}),{total})", self._divisor)
        self._parts()
        rest, so_far = self._at(_REST), self._sheet.near(self._rows[0], self._first + _REST, self._of.row)
        scopes = self._sheet.near(self._rows[0], self._scopes, self._of.row)
        larger = f"SUMPRODUCT(({self._of_day}={scope})*({day(_REST)}>{rest}))"
        rank = f"{larger}+SUMPRODUCT(({scopes}={scope})*({so_far}={rest}))"
        self._whole(_RANK, rank, self._rank())
        change, value = self._of.change.text, moved[self._of.row]
        if max(abs(self._of.change.value), self._used, self._divisor) > LARGEST:
            self._sheet.number(self._of.row, self._first + _MOVED, value, COUNT)
            return Whole(self._at(_MOVED), value, EXACT)
        spare = f"ABS({change})-SUMIFS({day(_PART)},{self._of_day},{scope})"
        return self._whole(_MOVED, f"SIGN({change})*({self._at(_PART)}+IF({self._at(_RANK)}<={spare},1,0))", value)

    def _parts(self) -> None:
        """The whole cents of the line's part, and what remains."""
        change, used, divisor, guess, left, part = (
            f"ABS({self._of.change.text})", *map(self._at, (_USED, _DIVISOR, _GUESS, _LEFT, _PART)),
        )  # fmt: skip
        cents = abs(self._of.change.value)
        guessed = int(float(cents) * float(self._used) / float(self._divisor))
        self._whole(_GUESS, f"INT({change}*{used}/{divisor})", guessed)
        upper = f"({change}*INT({used}/{_HALF})-INT({guess}/{_HALF})*{divisor})*{_HALF}"
        lower = f"({change}*MOD({used},{_HALF})-MOD({guess},{_HALF})*{divisor})"
        self._whole(_LEFT, f"{upper}+{lower}", cents * self._used - guessed * self._divisor)
        whole, rest = divmod(cents * self._used, self._divisor)
        self._whole(_PART, f"{guess}+IF({left}<0,-1,IF({left}>={divisor},1,0))", whole)
        self._whole(_REST, f"{left}-({part}-{guess})*{divisor}", rest)

    def _rank(self) -> int:
        """The place of the line's remainder, the largest first and the earlier line before an equal one."""
        cents = abs(self._of.change.value)
        rests = {one.row: cents * self._used_by(one) % self._divisor for one in self._day}
        mine = rests[self._of.row]
        return sum(rest > mine or (rest == mine and row <= self._of.row) for row, rest in rests.items())

    def _used_by(self, one: Share) -> int:
        return one.weight if self._total else 1

    def _whole(self, column: int, text: str, value: int) -> Whole:
        return self._sheet.whole(self._of.row, self._first + column, cell(text, value))

    def _at(self, column: int) -> str:
        return at(self._of.row, self._first + column)

    def _range(self, column: int) -> str:
        return self._sheet.near(self._rows[0], self._first + column, self._rows[1])

    @property
    def _of_day(self) -> str:
        return self._sheet.near(self._rows[0], self._scopes, self._rows[1])
