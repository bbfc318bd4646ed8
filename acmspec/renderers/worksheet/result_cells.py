"""The cells of a result and of the counts that it is made of, in a row of a term's sheet; nothing of what is paid."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Protocol

from acmspec.ground.node import node
from acmspec.program.rounding import is_percentage, places
from acmspec.program.tree import Measure
from acmspec.program.types import NumberType
from acmspec.renderers.worksheet.book import INPUT, NUMBER, Look, Sheet, at
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, literal


class Counts(Protocol):
    """What a result is made of, in numbers."""

    @property
    def numerator(self) -> Fraction | None:
        """Above the line."""

    @property
    def denominator(self) -> Fraction | None:
        """Below it."""


@node
class ResultCells:
    """Writes them in the columns whose keys end in `suffix`; counts are whole in `scale` parts."""

    sheet: Sheet
    keys: Sequence[str]
    scale: int
    money: Look
    suffix: str = ""

    def result(  # noqa: PLR0913, PLR0917  (the cells of one result)
        self,
        row: int,
        of: Counts,
        carried: tuple[Fraction, Fraction] | None,
        shown: Fraction | None,
        paying: str,
        measure: Measure,
    ) -> Ratio:
        """The result in whole steps; its cell holds a formula of the counts where they make it, else the value."""
        decimals = places(measure.formula.type, measure.decimals)
        steps = 10**decimals
        top, bottom = (
            self._count(row, "top", of.numerator, None if carried is None else carried[0]),
            self._count(row, "bottom", of.denominator, None if carried is None else carried[1]),
        )
        column, look = self._at("result"), _look(measure, self.sheet.book.currency, self.money)
        made = Ratio(top, bottom).times(steps).nearest() if bottom.value else None
        here = at(row, column)
        if made is not None and made.is_exact and (shown is None or Fraction(made.value, steps) == shown):
            value: Fraction | str = "" if shown is None else shown
            text = made.text if steps == 1 else f"{made.text}/{steps}"
            self.sheet.formula(row, column, f'IF({paying},{text},"")', value, look)
        elif shown is not None:
            self.sheet.number(row, column, shown, look, INPUT)
        else:
            self.sheet.blank(row, column, look)
        whole = int((shown or 0) * steps)
        return Ratio(cell(here if steps == 1 else f"ROUND({here}*{steps},0)", whole), literal(steps))

    def _count(self, row: int, key: str, of: Fraction | None, more: Fraction | None) -> Whole:
        """A count, with what was carried to it."""
        found = self.number(row, key, None if of is None else of - (more or 0), self.scale)
        if f"carried_{key}{self.suffix}" in self.keys:
            found += self.number(row, f"carried_{key}", more, self.scale)
        return found

    def number(self, row: int, key: str, value: Fraction | None, scale: int, known: int = 0) -> Whole:
        """A number that is typed, as a whole number of parts of a scale; None leaves the cell as it is."""
        if f"{key}{self.suffix}" not in self.keys:
            return literal(0)
        place = self._at(key)
        if value is not None:
            self.sheet.number(row, place, value, NUMBER, INPUT)
        text = at(row, place) if scale == 1 else f"ROUND({at(row, place)}*{scale},0)"
        return cell(text, known if value is None else int(value * scale))

    def _at(self, key: str) -> int:
        return self.keys.index(f"{key}{self.suffix}")


def whole_in(numbers: Iterable[Fraction | None]) -> int:
    """The least number of parts that makes all of some numbers whole."""
    return lcm(*(one.denominator for one in numbers if one is not None))


def _look(measure: Measure, currency: str, money: Look) -> Look:
    of, digits = measure.formula.type, "0" * measure.decimals
    decimals = f".{digits}" if digits else ""
    if is_percentage(of):
        return {"num_format": f"0{decimals}%"}
    is_money = isinstance(of, NumberType) and (currency, 1) in of.unit.factors
    return money if is_money else {"num_format": f"#,##0{decimals}"}
