"""The columns of a term's sheet that divide a pool: who takes part, which places they hold, and what each part is.

A part depends on the rows of all providers for the day, so that the columns are written once these are known. It is
split to the cent as the changes of limits are.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

from acmspec.ground.node import node
from acmspec.program.payment import Pooled
from acmspec.renderers.worksheet.book import Sheet, at
from acmspec.renderers.worksheet.consequences import waits
from acmspec.renderers.worksheet.figures import CENTS, Figures
from acmspec.renderers.worksheet.formulas import Formula, formula
from acmspec.renderers.worksheet.row_cells import Row
from acmspec.renderers.worksheet.share import COLUMNS, LARGEST, Share, shared
from acmspec.renderers.worksheet.whole import LARGEST as EXACT
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, literal
from acmspec.settlement.evaluate import evaluate
from acmspec.settlement.tree import Due

_CLAIM, _STANDING, _PLACE, _TIED, _WAITS, _DIVIDED = (
    f"pool_{word}" for word in ("claim", "standing", "place", "tied", "waits", "divided")
)
_SHARE = "pool_share_"
_HEADS = {_CLAIM: "Takes part with", _WAITS: "Waits", _PLACE: "Place", _DIVIDED: "Cents to divide"}
_RANKED = {_STANDING: "Result, whole", _TIED: "Holding the place"}
_WIDTH = 11.0


@node
class _Line:
    """A row of one day: its due, what it claims, its result in whole steps, and whether more may come of it."""

    row: int
    due: Due
    claim: Whole
    standing: Whole
    waits: Whole


@node
class _Prize:
    """The place of a row, and how many hold it together; 0 of a row that takes no part."""

    place: Whole
    tied: Whole


class PoolColumns:
    """Writes them; `claim` is the formula of what a part is in proportion to, or of whether somebody takes part."""

    def __init__(self, pool: Pooled, figures: Figures, *, is_share: bool) -> None:
        self.claim: Formula = formula(pool.claim, figures.of_parts(is_share=is_share))
        self._pool = pool
        self._sum = figures.money("pool", "Pool", pool.pool).times(CENTS).nearest()
        self._prizes = figures.prizes(pool.prizes) if pool.prizes else None
        self._lines: list[_Line] = []

    def columns(self) -> Iterator[tuple[str, tuple[str, float]]]:
        """Keys with heads and widths."""
        heads = _HEADS | (_RANKED if self._prizes else {})
        order = (_CLAIM, _STANDING, _WAITS, _PLACE, _TIED, _DIVIDED)
        yield from ((key, (heads[key], _WIDTH)) for key in order if key in heads)
        yield from ((f"{_SHARE}{number}", column) for number, column in enumerate(COLUMNS))

    @staticmethod
    def folded(place: Callable[[str], int]) -> tuple[int, int]:
        """The first and last column of how parts are split, but for the parts themselves."""
        return place(f"{_SHARE}0"), place(f"{_SHARE}{len(COLUMNS) - 2}")

    def part(self, row: int, place: Callable[[str], int], due: Due, dues: Sequence[Due]) -> Ratio:
        """The cell in which a row's part will stand; not exact where the day's numbers have too many digits."""
        day = [one for one in dues if one.period.last == due.period.last]
        counted = due.line.counted
        at_hand = None if counted is None else counted.at
        part = Fraction(0) if at_hand is None else at_hand.pooled or Fraction(0)
        value = int(part * CENTS)
        here = at(row, place(f"{_SHARE}{len(COLUMNS) - 1}"))
        return Ratio(Whole(here, value, value if self._is_exact(day) else EXACT), literal(CENTS))

    def _is_exact(self, day: Sequence[Due]) -> bool:
        scale = self.claim(Row(literal(0))).bottom
        known = (due.line.counted.at for due in day if due.line.counted is not None)
        claims = sum(
            (max(Fraction(0), evaluate(self._pool.claim, one)) for one in known if one is not None), Fraction(0)
        )
        return scale.is_literal and max(self._sum.value, int(claims * scale.value), len(day)) <= LARGEST

    def note(self, sheet: Sheet, row: int, place: Callable[[str], int], due: Due, read: tuple[Row, str, str]) -> None:
        """Write what a row claims, from the cells it was worked out of, its consequence and whether that pays."""
        cells, consequence, paying = read
        counted = due.line.counted
        pays = counted is not None and counted.at is not None
        of = self.claim(cells).top
        claim = sheet.whole(row, place(_CLAIM), cell(f"IF({paying},{of.text},0)", of.value if pays else 0))
        standing = literal(0)
        if self._prizes is not None:
            result = cells.outcome.top
            text = f"IF({paying},{result.text},0)"
            standing = sheet.whole(row, place(_STANDING), cell(text, result.value if pays else 0))
        more = sheet.whole(row, place(_WAITS), waits(consequence, at(row, place("consequence"))))
        self._lines.append(_Line(row, due, claim, standing, more))

    def divide(self, sheet: Sheet, place: Callable[[str], int]) -> None:
        """Write the parts of each day."""
        for _, group in groupby(self._lines, key=_last):
            _Day(sheet, place, tuple(group), self._pool).divide(self._sum, self._prize_of)

    def _prize_of(self, held: _Prize, number: int) -> Ratio:
        """The prize of a place, if it is one of those that a row shares."""
        if self._prizes is None:
            raise ValueError("this pool has no prizes")
        one = self._prizes.at(literal(number))
        first, tied = held.place, held.tied
        is_held = cell(
            f"({first.text}>0)*({first.text}<={number})*({number}<{first.text}+{tied.text})",
            int(0 < first.value <= number < first.value + tied.value),
        )
        return Ratio(is_held * one.top, one.bottom)


class _Day:
    """The rows of one day."""

    def __init__(self, sheet: Sheet, place: Callable[[str], int], lines: Sequence[_Line], pool: Pooled) -> None:
        self._sheet = sheet
        self._place = place
        self._lines = lines
        self._pool = pool
        self._rows = lines[0].row, lines[-1].row
        self._waiting = cell(f"SUM({self._cells(_WAITS)})", sum(one.waits.value for one in lines))

    def divide(self, whole: Whole, prize_of: Callable[[_Prize, int], Ratio]) -> None:
        """Write who holds which place, what is divided among them, and the parts."""
        held = [self._held(one) for one in self._lines]
        shares = []
        for one, prize in zip(self._lines, held, strict=True):
            due = self._due(whole, prize, prize_of)
            text = f"IF({self._waiting.text}>0,0,{due.text})"
            due = cell(text, 0 if self._waiting.value else due.value)
            change = self._sheet.whole(one.row, self._place(_DIVIDED), due)
            weight = one.claim
            if self._pool.prizes:
                weight = cell(f"IF({one.claim.text}>0,1,0)", int(one.claim.value > 0))
            scope = at(one.row, self._place(_PLACE))
            shares.append(Share(one.row, scope, prize.place.value, weight, change))
        shared(self._sheet, shares, self._rows, self._place(_PLACE), self._place(f"{_SHARE}0"))

    def _held(self, one: _Line) -> _Prize:
        """The place of a row; where none are ranked, all who share the pool hold one together."""
        column = self._place(_PLACE)
        if not self._pool.prizes:
            return _Prize(self._sheet.whole(one.row, column, literal(1)), literal(0))
        takers = [other for other in self._lines if other.claim.value > 0]
        rise = self._pool.rise
        better = [
            other for other in takers
            if (other.standing.value > one.standing.value if rise else other.standing.value < one.standing.value)
        ]  # fmt: skip
        alike = [other for other in takers if other.standing.value == one.standing.value]
        takes = one.claim.value > 0
        ahead = f"({self._cells(_STANDING)}{'>' if rise else '<'}{one.standing.text})"
        claims = f"({self._cells(_CLAIM)}>0)"
        text = f"IF({one.claim.text}>0,1+SUMPRODUCT({claims}*{ahead}),0)"
        place = self._sheet.whole(one.row, column, cell(text, 1 + len(better) if takes else 0))
        same = f"SUMPRODUCT({claims}*({self._cells(_STANDING)}={one.standing.text}))"
        text = f"IF({one.claim.text}>0,{same},0)"
        return _Prize(place, self._sheet.whole(one.row, self._place(_TIED), cell(text, len(alike) if takes else 0)))

    def _due(self, whole: Whole, prize: _Prize, prize_of: Callable[[_Prize, int], Ratio]) -> Whole:
        """What those who hold a place divide, in cents: the pool if anybody takes part, or the prizes of the places."""
        if not self._pool.prizes:
            claims = f'SUMIF({self._cells(_CLAIM)},">0")'
            takes = any(one.claim.value > 0 for one in self._lines)
            return cell(f"IF({claims}>0,{whole.text},0)", whole.value if takes else 0)
        due = literal(0)
        for number in range(1, len(self._pool.prizes) + 1):
            due += prize_of(prize, number).times(CENTS).nearest()
        return due

    def _cells(self, key: str) -> str:
        return self._sheet.near(self._rows[0], self._place(key), self._rows[1])


def _last(one: _Line) -> date:
    return one.due.period.last
