"""The columns of a scorecard's sheet: each measure's state, counts, result and points, then the score; no amount."""

from collections.abc import Iterator, Sequence
from typing import Any

from acmspec.ground.node import node
from acmspec.program.payment import NO_POINTS
from acmspec.program.tree import Measure
from acmspec.renderers.worksheet.book import INPUT, NUMBER, Look, Sheet, at
from acmspec.renderers.worksheet.consequences import scores_formula, standing
from acmspec.renderers.worksheet.figures import Figures
from acmspec.renderers.worksheet.result_cells import ResultCells, whole_in
from acmspec.renderers.worksheet.row_cells import OnCard, Row
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, literal
from acmspec.settlement.tree import Due, Measured

_SCORE = "score"
_HEADS = (
    ("standing", "State", 13.0),
    ("consequence", "Consequence", 22.0),
    ("top", "Numerator", 11.0),
    ("bottom", "Denominator", 12.0),
    ("result", "Result, as rounded", 11.0),
    ("points", "Points", 9.0),
)


@node
class CardColumns:
    """Writes them row by row; states lead to what two lists say, whose names are `standings` and `consequences`."""

    measures: Sequence[Measure]
    figures: Figures
    standings: str
    consequences: str
    money: Look

    def columns(self) -> Iterator[tuple[str, tuple[str, float]]]:
        """Keys with heads and widths."""
        for number, measure in enumerate(self.measures, 1):
            yield from ((f"{key}_{number}", (f"{measure.title}: {head}", width)) for key, head, width in _HEADS)
        yield _SCORE, ("Score", 11.0)

    def cells(self, sheet: Sheet, row: int, keys: Sequence[str], due: Due) -> dict[str, Any]:
        """What the formula of the score reads of them."""
        known = {one.measure: one for one in due.line.counted.measured} if due.line.counted is not None else {}
        found = tuple(
            (measure.name, self._measure(sheet, row, keys, (number, measure), known[measure.name]))
            for number, measure in enumerate(self.measures, 1)
        )
        for number, (name, own) in enumerate(found, 1):
            points = self.figures.points[name](Row(literal(0), outcome=own.outcome))
            earned = Ratio(own.scores * points.top, points.bottom)
            _shown(sheet, row, keys.index(f"points_{number}"), earned)
        if self.figures.score is None:
            raise ValueError("a scorecard has a score")
        _shown(sheet, row, keys.index(_SCORE), self.figures.score(Row(literal(0), scored=found)))
        return {"scored": found}

    def done(self, due: Due, cells: Row, cents: Whole) -> None:
        """No row hands anything on to another."""

    def _measure(self, sheet: Sheet, row: int, keys: Sequence[str], of: tuple[int, Measure], own: Measured) -> OnCard:
        number, measure = of
        here, follows = (keys.index(f"{key}_{number}") for key in ("standing", "consequence"))
        sheet.text(row, here, standing(own.standing), INPUT)
        listed = f"INDEX({self.consequences},MATCH({at(row, here)},{self.standings},0))"
        sheet.formula(row, follows, listed, own.consequence)
        what = at(row, follows)
        scores, scale = scores_formula(what), whole_in((own.numerator, own.denominator))
        cells = ResultCells(sheet, keys, scale, self.money, f"_{number}")
        result = cells.result(row, own, None, own.value, scores, measure)
        safely = Whole(f"IF({scores},{result.top.text},0)", result.top.value if own.paid else 0, result.top.peak)
        return OnCard(
            Ratio(safely, result.bottom),
            cell(f"IF({scores},1,0)", int(own.paid)),
            cell(f'IF(OR({scores},{what}="{NO_POINTS}"),1,0)', int(own.counted)),
        )


def _shown(sheet: Sheet, row: int, column: int, of: Ratio) -> None:
    """A fraction for whoever reads the sheet; amounts are worked out from the whole numbers that make it."""
    if of.top.is_exact and of.bottom.is_exact:
        sheet.formula(row, column, f"({of.top.text})/({of.bottom.text})", of.value, NUMBER)
    else:
        sheet.number(row, column, of.value, NUMBER, INPUT)
