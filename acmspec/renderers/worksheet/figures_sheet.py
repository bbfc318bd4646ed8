"""The sheet of the contract's figures: each term and limit with its named cells, and the clause it stands in."""

from collections.abc import Sequence
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.renderers.worksheet.book import (
    COUNT,
    INPUT,
    NUMBER,
    QUIET,
    RIGHT,
    STRONG,
    TITLE,
    Book,
    Look,
    Sheet,
    at,
)
from acmspec.renderers.worksheet.figures import LOWEST, Days, Figure, Figures, Maximums, Prices, Tiers

_WIDTHS = (44, 16, 16, 18, 18, 46)
_LABEL, _VALUE, _PAYS, _WHOLE, _PAYS_WHOLE, _NAME = range(6)
_LOWEST: Look = {"num_format": '0;"lowest"', "align": "right"}
_PERCENT: Look = {"num_format": "0.0##%"}
_LOOKS = (NUMBER, _PERCENT)


@node
class Clause:
    """A clause of the contract: its number (a section's or paragraph's), and what it says first; both may be empty."""

    number: str
    text: str


@node
class Part:
    """A term, a limit or the maximums: its title, its clause, its figures, and what its standings lead to.

    `is_share` is whether results are percentages; `standings` and `consequences` name the lists, if there are any.
    """

    title: str
    clause: Clause
    figures: Figures
    is_share: bool = False
    consequences: tuple[tuple[str, str], ...] = ()
    standings: str = ""
    consequence_list: str = ""


class FiguresSheet:
    """Writes the figures part after part."""

    def __init__(self, book: Book, sheet: Sheet, parts: Sequence[Part], providers: Sequence[str]) -> None:
        self._book = book
        self._sheet = sheet
        self._providers = providers
        self._row = 4
        sheet.columns(_WIDTHS)
        sheet.text(0, 0, "Terms: the contract’s figures", TITLE)
        about = "Every amount is worked out from these cells. Change a yellow one to see what would follow."
        sheet.text(1, 0, about, QUIET)
        heads = ("What", "Value", "Amount", "Value, whole", "Amount, whole", "Name of the whole number")
        for place, words in enumerate(heads):
            sheet.head(3, place, words, right=place in range(_VALUE, _NAME))
        for part in parts:
            self._part(part)
        sheet.table(3, 3, 0, 1)
        sheet.paper(self._row, _NAME)

    def _part(self, part: Part) -> None:
        sheet = self._sheet
        self._row += 1
        sheet.text(self._row, _LABEL, part.title, STRONG)
        self._row += 1
        if part.clause.text:
            sheet.prose(self._row, _NAME + 1, f"{part.clause.number} {part.clause.text}")
            self._row += 1
        for one in part.figures.found:
            if isinstance(one, Figure):
                self._figure(one, part)
            elif isinstance(one, Prices):
                self._prices(one)
            elif isinstance(one, Maximums):
                self._maximums(one)
            elif isinstance(one, Days):
                self._days(one)
            else:
                self._tiers(one, part)
        if part.consequences:
            self._consequences(part)

    def _figure(self, one: Figure, part: Part) -> None:
        """A number, and below its value the whole number that formulas read."""
        value, whole = (_PAYS, _PAYS_WHOLE) if one.is_money else (_VALUE, _WHOLE)
        look = self._book.money if one.is_money else _PERCENT if one.is_share else self._result(part)
        self._sheet.text(self._row, _LABEL, one.label)
        self._sheet.number(self._row, value, one.value, look, INPUT)
        self._times(self._row, value, whole, one.value, one.scale)
        self._named(one.name, whole, self._row)
        self._row += 1

    def _prices(self, one: Prices) -> None:
        first = self._row
        self._sheet.text(first, _LABEL, one.label, QUIET)
        for place, (provider, own) in enumerate(zip(self._providers, one.own, strict=True), 1):
            row = first + place
            self._sheet.text(row, _LABEL, f"{provider}")
            if own is None:
                # The shared price, from its own cell, so that a change of it reaches these providers.
                self._sheet.formula(
                    row, _PAYS, f"{one.shared.name}/{one.shared.scale}", one.shared.value, self._book.money
                )
            else:
                self._sheet.number(row, _PAYS, own, self._book.money, INPUT)
            self._times(row, _PAYS, _PAYS_WHOLE, one.shared.value if own is None else own, one.shared.scale)
        self._named(one.name, _PAYS_WHOLE, first + 1, first + len(one.own))
        self._row = first + len(one.own) + 1

    def _maximums(self, one: Maximums) -> None:
        value, whole = (_PAYS, _PAYS_WHOLE) if one.is_money else (_VALUE, _WHOLE)
        for place, (label, amount) in enumerate(zip(one.labels, one.amounts, strict=True)):
            row = self._row + place
            self._sheet.text(row, _LABEL, label)
            if amount is not None:
                self._sheet.number(row, value, amount, self._book.money if one.is_money else COUNT, INPUT)
                self._times(row, value, whole, amount, one.scale)
        last = self._row + len(one.amounts) - 1
        self._named(one.name, whole, self._row, last)
        self._row = last + 1

    def _days(self, one: Days) -> None:
        first = self._row
        self._sheet.text(first, _LABEL, "Amounts hold for periods that start on or after", QUIET)
        self._sheet.text(first + 1, _LABEL, "the beginning")
        self._sheet.number(first + 1, _WHOLE, 0, COUNT)
        for row, day in enumerate(one.days[1:], first + 2):
            self._sheet.text(row, _LABEL, str(day))
            self._sheet.day(row, _WHOLE, day, INPUT)
        last = first + len(one.days)
        self._named(one.name, _WHOLE, first + 1, last)
        self._row = last + 1

    def _tiers(self, one: Tiers, part: Part) -> None:
        first = self._row
        makes = "what it pays" if one.points_of is None else "how many they are"
        self._sheet.text(first, _LABEL, f"{one.label}: where each begins, and {makes}", QUIET)
        of = one.points_of
        result, pays = (self._result(part), self._book.money) if of is None else (_LOOKS[of.is_share], NUMBER)
        for place, tier in enumerate(one.rows, 1):
            row = first + place
            self._sheet.text(row, _LABEL, tier.label)
            if tier.first is None:
                self._sheet.text(row, _VALUE, "any lower", QUIET, RIGHT)
                self._sheet.number(row, _WHOLE, LOWEST, _LOWEST)
            else:
                self._sheet.number(row, _VALUE, tier.first, result, INPUT)
                self._times(row, _VALUE, _WHOLE, tier.first, one.scale)
            if tier.pays is not None:
                self._sheet.number(row, _PAYS, tier.pays, pays, INPUT)
                self._times(row, _PAYS, _PAYS_WHOLE, tier.pays, one.pay_scale)
        last = first + len(one.rows)
        self._named(one.first, _WHOLE, first + 1, last)
        if all(tier.pays is not None for tier in one.rows):
            self._named(one.pays, _PAYS_WHOLE, first + 1, last, beside=True)
        self._row = last + 1

    def _consequences(self, part: Part) -> None:
        first = self._row
        self._sheet.text(first, _LABEL, "State of the result, and its consequence", QUIET)
        for place, (word, what) in enumerate(part.consequences, 1):
            self._sheet.text(first + place, _LABEL, word)
            self._sheet.text(first + place, _VALUE, what, INPUT)
        last = first + len(part.consequences)
        self._book.name(part.standings, self._sheet.far(first + 1, _LABEL, last))
        self._named(part.consequence_list, _VALUE, first + 1, last)
        self._row = last + 1

    def _times(self, row: int, value: int, whole: int, of: Fraction, scale: int) -> None:
        """The whole number of a cell."""
        self._sheet.formula(row, whole, f"ROUND({at(row, value)}*{scale},0)", of * scale, COUNT)

    def _named(self, name: str, column: int, first: int, last: int | None = None, *, beside: bool = False) -> None:
        self._book.name(name, self._sheet.far(first, column, last))
        self._sheet.text(first + (1 if beside and last != first else 0), _NAME, name, QUIET)

    def _result(self, part: Part) -> Look:
        return _PERCENT if part.is_share else NUMBER
