"""The contract's own figures, each a cell or a table with a name; how a payment is made of them is not known here.

A name ends in what the cell holds: `bonus_price_times_100` is the price in whole cents.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, function, literal

CENTS = 100
LOWEST = -(10**12)
"""Where the lowest tier begins, if nothing says where: below every result."""
_LONGEST_NAME = 200
_FIRST_DAY = date(1899, 12, 30)
_UNNAMED = pattern(r"\W", re.ASCII)


def serial(day: date) -> int:
    """The number a spreadsheet has for a day."""
    return (day - _FIRST_DAY).days


class Names:
    """The names of a workbook, each given once; capitals don't tell names apart."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, text: str) -> str:
        """A name like `text` that no other cell has."""
        plain = _UNNAMED.sub("_", text)[:_LONGEST_NAME]
        plain = plain if plain[:1].isalpha() else f"n_{plain}"
        name, count = plain, 1
        while name.casefold() in self._given:
            count += 1
            name = f"{plain}_{count}"
        self._given.add(name.casefold())
        return name


@node
class Figure:
    """A number of the contract; `name` is that of the cell with `scale` times as much, which is whole."""

    name: str
    label: str
    value: Fraction
    is_money: bool
    scale: int
    is_share: bool = False


@node
class Prices:
    """A price by provider, in the order of providers; None where the shared one holds."""

    name: str
    label: str
    shared: Figure
    own: tuple[Fraction | None, ...]


@node
class Maximums:
    """The maximum of each agreement, None for one without, prizes, or whether gates are open; `labels` say whose."""

    name: str
    labels: tuple[str, ...]
    amounts: tuple[Fraction | None, ...]
    scale: int
    is_money: bool = True


@node
class Days:
    """The days from which amounts hold, the first from the beginning; formulas choose by the place in the list."""

    name: str
    days: tuple[date, ...]


@node
class Tier:
    """A row of a table of tiers: where it begins, None for no lower end, and its amount, None if worked out."""

    label: str
    first: Fraction | None
    pays: Fraction | None


@node
class Tiers:
    """A table of tiers from the lowest on; `scale` is that of where they begin, `pay_scale` that of amounts."""

    first: str
    pays: str
    label: str
    rows: tuple[Tier, ...]
    scale: int
    pay_scale: int
    points_of: "Points | None" = None


@node
class Points:
    """The measure of a scorecard whose results figures are about, which make points (or parts) and no money."""

    measure: str
    title: str
    steps: int
    is_share: bool
    many: str = "points"


class Figures:
    """The figures of one term or limit, collected while its formula is made.

    `steps` is how many steps of a result, as rounded, make one; `providers` are all of them in their order. `again` is
    the formula of what is repeated in a row of periods, `points` are those of a scorecard's measures, `score` is that
    of their weighted sum, `changed` that of a change against a benchmark, once they are made. `scored` are measures.
    """

    def __init__(
        self, owner: str, names: Names, providers: Sequence[str], steps: int = 1, scored: Sequence[Points] = ()
    ) -> None:
        self.found: list[Figure | Prices | Maximums | Days | Tiers] = []
        self.steps = steps
        self.again: Callable[[Any], Ratio] | None = None
        self.changed: Callable[[Any], Any] | None = None
        self.points: dict[str, Callable[[Any], Ratio]] = {}
        self.score: Callable[[Any], Ratio] | None = None
        self.scored = scored
        self._points_of: Points | None = None
        self._owner = owner
        self._names = names
        self._providers = providers

    def of_points(self, measure: str) -> "Figures":
        """The figures of one measure's points, which stand with all others."""
        of = next(one for one in self.scored if one.measure == measure)
        own = Figures(f"{self._owner}_{measure}", self._names, self._providers, of.steps)
        own.found, own._points_of = self.found, of
        return own

    def of_parts(self, *, is_share: bool) -> "Figures":
        """The figures of what gives a part of a pool, which stand with all others."""
        own = Figures(f"{self._owner}_part", self._names, self._providers, self.steps)
        own.found, own._points_of = self.found, Points("", "A part of the pool", self.steps, is_share, "parts")
        return own

    def prizes(self, amounts: Sequence[Fraction]) -> "Listed":
        """The prizes of a pool, by place."""
        scale = lcm(CENTS, *(one.denominator for one in amounts))
        name = self._name("prizes", scale)
        labels = tuple(f"Prize of place {place}" for place in range(1, len(amounts) + 1))
        self.found.append(Maximums(name, labels, tuple(amounts), scale))
        return Listed(name, tuple(amounts), scale)

    def money(self, word: str, label: str, amount: Fraction) -> Ratio:
        """An amount of money, in whole cents unless it is finer than that; or points."""
        if self._points_of is not None:
            one = self._figure(word, label.replace("Paid", "Points"), amount, False, amount.denominator)
            self.found.append(one)
            return Ratio(_whole(one.name, amount, one.scale), literal(one.scale))
        one = self._figure(word, label, amount, True, lcm(CENTS, amount.denominator))
        self.found.append(one)
        return Ratio(_whole(one.name, amount, one.scale), literal(one.scale))

    def result(self, word: str, label: str, at: Fraction, scale: int) -> Whole:
        """A result that something begins or ends at, in whole steps of a scale."""
        is_share = self._points_of is not None and self._points_of.is_share
        one = replace(self._figure(word, label, at, False, scale), is_share=is_share)
        self.found.append(one)
        return _whole(one.name, at, scale)

    def prices(self, shared: Fraction, own: Mapping[str, Fraction]) -> "Listed":
        """A price that some providers have of their own."""
        scale = lcm(CENTS, shared.denominator, *(one.denominator for one in own.values()))
        figure = self._figure("price", "Price", shared, True, scale)
        self.found.append(figure)
        if not own:
            return Listed(figure.name, (shared,) * len(self._providers), scale, single=True)
        name = self._name("price_by_provider", scale)
        each = tuple(own.get(one) for one in self._providers)
        self.found.append(Prices(name, "Price by provider", figure, each))
        return Listed(name, tuple(shared if one is None else one for one in each), scale)

    def maximums(self, amounts: Sequence[Fraction | None], labels: Sequence[str]) -> "Listed":
        """The maximums of agreements, in their order."""
        scale = lcm(CENTS, *(one.denominator for one in amounts if one is not None))
        name = self._name("maximum", scale)
        self.found.append(Maximums(name, tuple(labels), tuple(amounts), scale))
        return Listed(name, tuple(one or Fraction(0) for one in amounts), scale)

    def gates(self, opened: Sequence[bool], labels: Sequence[str]) -> "Listed":
        """1 for each gate that is open, 0 for each that is closed."""
        name = self._names.new(f"{self._owner}_open")
        flags = tuple(Fraction(int(one)) for one in opened)
        self.found.append(Maximums(name, tuple(labels), flags, 1, is_money=False))
        return Listed(name, flags, 1)

    def share(self, share: Fraction, word: str = "share", label: str = "Share held back") -> Ratio:
        """A share of what is due."""
        one = replace(self._figure(word, label, share, False, share.denominator), is_share=True)
        self.found.append(one)
        return Ratio(_whole(one.name, share, one.scale), literal(one.scale))

    def days(self, days: Sequence[date]) -> "Listed":
        """The days from which amounts hold."""
        name = self._names.new(f"{self._owner}_from_days")
        self.found.append(Days(name, tuple(days)))
        return Listed(name, (Fraction(0), *(Fraction(serial(one)) for one in days[1:])), 1)

    def tiers(self, rows: Sequence[Tier], scale: int) -> tuple["Listed", "Listed | None"]:
        """Where the tiers of a table begin and, if each is one amount, the amounts."""
        pays = [one.pays for one in rows if one.pays is not None]
        pay_scale = lcm(CENTS, *(one.denominator for one in pays))
        begins, amounts = self._name("tiers_from", scale), self._name("tiers_pay", pay_scale)
        label = "Tiers" if self._points_of is None else f"{self._points_of.title}, {self._points_of.many}"
        self.found.append(Tiers(begins, amounts, label, tuple(rows), scale, pay_scale, self._points_of))
        first = tuple(Fraction(LOWEST, scale) if one.first is None else one.first for one in rows)
        whole = Listed(amounts, tuple(pays), pay_scale) if len(pays) == len(rows) else None
        return Listed(begins, first, scale), whole

    def _figure(self, word: str, label: str, value: Fraction, is_money: bool, scale: int) -> Figure:
        said = label if self._points_of is None else f"{self._points_of.title}: {label.lower()}"
        return Figure(self._name(word, scale), said, value, is_money, scale)

    def _name(self, word: str, scale: int) -> str:
        return self._names.new(f"{self._owner}_{word}_times_{scale}")


@node
class Listed:
    """A named list of numbers, `scale` times as much each; `single` if one cell stands for all."""

    name: str
    values: tuple[Fraction, ...]
    scale: int
    single: bool = False

    def at(self, position: Whole) -> Ratio:
        """The one at a place, counted from 1."""
        value = int(self.values[position.value - 1] * self.scale)
        if self.single:
            return Ratio(cell(self.name, value), literal(self.scale))
        return Ratio(function("INDEX", cell(self.name, value), position, value=value), literal(self.scale))

    def place(self, of: Whole) -> Whole:
        """The place of the last that is not greater; the list must rise."""
        wanted = Fraction(of.value, self.scale)
        place = sum(1 for one in self.values if one <= wanted)
        return function("MATCH", of, cell(self.name, 0), literal(1), value=place)


def _whole(name: str, value: Fraction, scale: int) -> Whole:
    return cell(name, int(value * scale))
