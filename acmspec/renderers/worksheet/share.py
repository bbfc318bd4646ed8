"""How a change is split over lines in proportion and to the cent, in cells; whose change it is, is not known here.

Each line first gets the whole cents of its part, and the cents left over go to the largest remainders. A product of two
amounts has more digits than a spreadsheet holds. So a part is guessed by division, its remainder is worked out in two
halves that are exact, and the guess is set right where the remainder says so.
"""

from collections.abc import Mapping, Sequence
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

    `back` is whether more than before goes to the lines below zero, by what was taken of each; or what is due again
    with the line is `again`, and more goes by that.
    """

    row: int
    scope: str
    number: int
    before: Whole
    change: Whole
    back: bool = False
    again: Whole | None = None

    @property
    def weight(self) -> int:
        """What it bears of the change, in proportion to the others."""
        if self.again is not None and self.change.value > 0:
            return self.again.value
        is_back = self.back and self.change.value > 0
        return max(0, -self.before.value if is_back else self.before.value)

    @property
    def weight_text(self) -> str:
        """The same as a formula."""
        if self.again is not None:
            return f"IF({self.change.text}>0,{self.again.text},MAX({self.before.text},0))"
        if not self.back:
            return f"MAX({self.before.text},0)"
        return f"MAX(IF({self.change.text}>0,-{self.before.text},{self.before.text}),0)"


def shared(sheet: Sheet, day: Sequence[Share], rows: tuple[int, int], scopes: int, first: int) -> list[Whole]:
    """Write the columns, from `first` on, of the lines of a day, which stands in `rows`; gives what each line gets.

    What is typed, as it has too many digits to be worked out, is not exact.
    """
    together: dict[int, list[Share]] = {}
    for one in day:
        together.setdefault(one.number, []).append(one)
    scope_of = {number: _Scope(of) for number, of in together.items()}
    where = _Where(sheet, rows, scopes, first)
    return [_Cells(where, one, scope_of[one.number]).write() for one in day]


class _Scope:
    """The lines of one scope on one day, and what follows for all of them."""

    def __init__(self, of: Sequence[Share]) -> None:
        self._rows = [one.row for one in of]
        weights = [one.weight for one in of]
        self.total = sum(weights)
        self.used = dict(zip(self._rows, weights if self.total else [1] * len(weights), strict=True))
        self.divisor = self.total or len(weights)
        parts = split(Fraction(of[0].change.value, CENTS), [Fraction(one) for one in weights])
        self.moved = {row: int(part * CENTS) for row, part in zip(self._rows, parts, strict=True)}
        self._ranks: dict[int, Mapping[int, int]] = {}

    def rank(self, row: int, cents: int) -> int:
        """The place of a line's remainder, the largest first and the earlier line before an equal one."""
        if cents not in self._ranks:
            rests = {one: cents * used % self.divisor for one, used in self.used.items()}
            ordered = sorted(rests, key=lambda one: (-rests[one], one))
            self._ranks[cents] = {one: place for place, one in enumerate(ordered, 1)}
        return self._ranks[cents][row]


class _Where:
    """Where the columns of a day stand."""

    def __init__(self, sheet: Sheet, rows: tuple[int, int], scopes: int, first: int) -> None:
        self.sheet = sheet
        self.first = first
        self.top = rows[0]
        self.scopes = scopes
        self.of_day = sheet.near(rows[0], scopes, rows[1])
        self.weights, self.parts, self.rests = (
            sheet.near(rows[0], first + column, rows[1]) for column in (_WEIGHT, _PART, _REST)
        )


class _Cells:
    """The cells of one line."""

    def __init__(self, where: _Where, of: Share, scope: _Scope) -> None:
        self._where = where
        self._sheet = where.sheet
        self._of = of
        self._scope = scope
        self._used = scope.used[of.row]
        self._at = [at(of.row, where.first + column) for column in range(len(COLUMNS))]

    def write(self) -> Whole:
        """All columns; gives the cell with what the line gets."""
        where, scope, here, own = self._where, self._of.scope, self._at, self._scope
        total, rest, change = here[_SUM], here[_REST], self._of.change
        self._count(_WEIGHT, self._of.weight_text, self._of.weight)
        self._count(_SUM, f"SUMIFS({where.weights},{where.of_day},{scope})", own.total)
        self._count(_USED, f"IF({total}=0,1,{here[_WEIGHT]})", self._used)
        self._count(_DIVISOR, f"IF({total}=0,COUNTIFS({where.of_day},{scope}),{total})", own.divisor)
        self._parts()
        so_far = self._sheet.near(where.top, where.first + _REST, self._of.row)
        scopes = self._sheet.near(where.top, where.scopes, self._of.row)
        larger = f"SUMPRODUCT(({where.of_day}={scope})*({where.rests}>{rest}))"
        rank = f"{larger}+SUMPRODUCT(({scopes}={scope})*({so_far}={rest}))"
        self._count(_RANK, rank, own.rank(self._of.row, abs(change.value)))
        value = own.moved[self._of.row]
        if max(abs(change.value), self._used, own.divisor) > LARGEST:
            self._sheet.number(self._of.row, where.first + _MOVED, value, COUNT)
            return Whole(here[_MOVED], value, EXACT)
        spare = f"ABS({change.text})-SUMIFS({where.parts},{where.of_day},{scope})"
        text = f"SIGN({change.text})*({here[_PART]}+IF({here[_RANK]}<={spare},1,0))"
        self._count(_MOVED, text, value)
        return cell(here[_MOVED], value)

    def _parts(self) -> None:
        """The whole cents of the line's part, and what remains."""
        used, divisor, guess, left, part = (self._at[one] for one in (_USED, _DIVISOR, _GUESS, _LEFT, _PART))
        change, cents, by = f"ABS({self._of.change.text})", abs(self._of.change.value), self._scope.divisor
        guessed = int(float(cents) * float(self._used) / float(by))
        self._count(_GUESS, f"INT({change}*{used}/{divisor})", guessed)
        upper = f"({change}*INT({used}/{_HALF})-INT({guess}/{_HALF})*{divisor})*{_HALF}"
        lower = f"({change}*MOD({used},{_HALF})-MOD({guess},{_HALF})*{divisor})"
        self._count(_LEFT, f"{upper}+{lower}", cents * self._used - guessed * by)
        whole, rest = divmod(cents * self._used, by)
        self._count(_PART, f"{guess}+IF({left}<0,-1,IF({left}>={divisor},1,0))", whole)
        self._count(_REST, f"{left}-({part}-{guess})*{divisor}", rest)

    def _count(self, column: int, text: str, value: int) -> None:
        self._sheet.count(self._of.row, self._where.first + column, text, value)
