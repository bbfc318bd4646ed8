"""The value of a group expression on fractions, with the counts it rests on; no state is decided here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.facts.tree import Cell, Facts
from acmspec.facts.tree import Group as GroupKey
from acmspec.ground.node import node
from acmspec.program.aggregates import aggregate
from acmspec.program.gap import Gap
from acmspec.program.tree import (
    Aggregate,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    PeriodDays,
    Population,
    Quotient,
    Slice,
)

_NOTHING = Cell(n=0, immature=0, unjudged=0, matures=None, parts={})

Spot = tuple[date, date, tuple[str, ...], GroupKey]
"""First and last day, paths of the breakdown, group."""

Seen = tuple[Population, date, date]
"""A set and the first and last day it was looked at."""


@node
class Evidence:
    """The gathered cells by aggregate and spot. The days decide, not the name of the window that asked for them."""

    cells: Mapping[Aggregate, Mapping[Spot, Cell]]

    @staticmethod
    def of(facts: Facts) -> "Evidence":
        """The cells of some facts."""
        cells: dict[Aggregate, dict[Spot, Cell]] = {}
        for (asked, period, paths, group), cell in facts.cells.items():
            cells.setdefault(asked, {})[period.first, period.last, paths, group] = cell
        return Evidence(cells)


@node
class Place:
    """Where an expression is evaluated: over which days, in which group of which breakdown."""

    evidence: Evidence
    first: date
    last: date
    paths: tuple[str, ...]
    group: GroupKey

    def cell(self, asked: Aggregate) -> Cell:
        """What was gathered here; no record at all where there is no cell."""
        spot = (self.first, self.last, self.paths, self.group)
        return self.evidence.cells.get(asked, {}).get(spot, _NOTHING)


@node
class Measured:
    """A value and what it rests on. None is *undefined* for a value, *has none* for numerator and denominator.

    `n` and `immature` are of the set that counts; `sets` are the cells of all aggregates, left to right, each with the
    set and days it is of.
    `rests_on` is how many records the value rests on, None where that is the whole set.
    """

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int = 0
    immature: int = 0
    sets: tuple[tuple[Seen, Cell], ...] = ()
    rests_on: Fraction | None = None

    @property
    def size(self) -> Fraction:
        """What a minimum is held against: how many records the value rests on."""
        return Fraction(self.n) if self.rests_on is None else self.rests_on

    @property
    def waits(self) -> bool:
        """Whether any of its sets has a record that can't be judged yet."""
        return any(cell.immature for _, cell in self.sets)

    @property
    def unreached(self) -> int:
        """How many records of any one of its sets look at days before the data begins."""
        return max((cell.unreached for _, cell in self.sets), default=0)

    @property
    def matures(self) -> date | None:
        """The data date from which all of it can be judged, as far as it is known."""
        return max((cell.matures for _, cell in self.sets if cell.matures is not None), default=None)

    @property
    def unjudged(self) -> int:
        """How many records could not be judged; several figures of one set look at the same records."""
        most: dict[Seen, int] = {}
        for seen, cell in self.sets:
            most[seen] = max(most.get(seen, 0), cell.unjudged)
        return sum(most.values())

    @property
    def gaps(self) -> tuple[tuple[Gap, int], ...]:
        """How many records have each gap, counted likewise, in order of appearance."""
        most: dict[tuple[Gap, Seen], int] = {}
        for seen, cell in self.sets:
            for gap, count in cell.gaps:
                most[gap, seen] = max(most.get((gap, seen), 0), count)
        total: dict[Gap, int] = {}
        for (gap, _), count in most.items():
            total[gap] = total.get(gap, 0) + count
        return tuple(total.items())


def measured(formula: Group, place: Place) -> Measured:
    """The exact value of a group expression at a place."""
    match formula:
        case Aggregate():
            return _aggregate(formula, place)
        case GroupConstant(value=value):
            return Measured(value)
        case PeriodDays():
            return Measured(Fraction((place.last - place.first).days + 1))
        case GroupDefined(body=body):
            return measured(body, place)
        case Slice(inner=inner, to=to):
            return measured(inner, replace(place, first=to.first, last=to.last))
        case GroupArithmetic(operator="/", left=left, right=right) | Quotient(numerator=left, denominator=right):
            return _quotient(measured(left, place), measured(right, place), counts=_is_count(right))
        case GroupArithmetic(operator=operator, left=left, right=right):
            return _arithmetic(operator, measured(left, place), measured(right, place))


def _aggregate(asked: Aggregate, place: Place) -> Measured:
    row, cell = aggregate(asked.function), place.cell(asked)
    seen = (asked.population, place.first, place.last)
    done = row.finish({part: cell.parts.get(part) for part in row.parts}, asked.at)
    return Measured(done.value, done.numerator, done.denominator, cell.n, cell.immature, ((seen, cell),), done.rests_on)


def _quotient(top: Measured, bottom: Measured, *, counts: bool) -> Measured:
    """The denominator's set counts; where it has nothing to count, the numerator's does."""
    value = top.value / bottom.value if top.value is not None and bottom.value else None
    return Measured(
        value,
        top.value,
        bottom.value,
        bottom.n or top.n,
        bottom.immature or top.immature,
        top.sets + bottom.sets,
        bottom.value if counts else None,
    )


def _arithmetic(operator: str, left: Measured, right: Measured) -> Measured:
    sets = left.sets + right.sets
    # max() gives the first of equals, so the first set with the most immature records counts.
    counts = max((cell for _, cell in sets), key=lambda cell: cell.immature, default=_NOTHING)
    value = None
    if left.value is not None and right.value is not None:
        value = _calculate(operator, left.value, right.value)
    return Measured(value, None, None, counts.n, counts.immature, sets)


def _calculate(operator: str, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            raise ValueError(f"no arithmetic {operator!r}")


def counts_records(formula: Group) -> bool:
    """Whether the denominator of a formula counts records: a share, or something divided by a count."""
    match formula:
        case Aggregate(function=function):
            return function == "share"
        case GroupDefined(body=inner) | Slice(inner=inner):
            return counts_records(inner)
        case GroupArithmetic(operator="/", right=below) | Quotient(denominator=below):
            return _is_count(below)
        case _:
            return False


def _is_count(formula: Group) -> bool:
    match formula:
        case Aggregate(function=function):
            return function == "count"
        case GroupDefined(body=inner) | Slice(inner=inner):
            return _is_count(inner)
        case _:
            return False


def interval_counts(formula: Group, numerator: Fraction | None, denominator: Fraction | None) -> tuple[int, int] | None:
    """Successes and trials where a formula is a share of whole counts of at least one, else None."""
    if numerator is None or not denominator or not _shares_counts(formula):
        return None
    if numerator.denominator != 1 or denominator.denominator != 1 or not 0 <= numerator <= denominator:
        return None
    return numerator.numerator, denominator.numerator


def _shares_counts(formula: Group) -> bool:
    match formula:
        case Aggregate(function=function):
            return function == "share"
        case GroupDefined(body=inner) | Slice(inner=inner):
            return _shares_counts(inner)
        case Quotient(numerator=top, denominator=bottom):
            return _is_integral(top) and _is_integral(bottom)
        case _:
            return False


def _is_integral(formula: Group) -> bool:
    return bool(getattr(formula.type, "integral", False))
