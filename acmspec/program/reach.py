"""Where the figures of a formula are looked at: in which windows and breakdowns, through slices and parts of a period.

One walk serves those who gather the figures and those who calculate with them, so that they can't differ.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from acmspec.ground.calendar import Cycle, NamedPeriods, Period
from acmspec.ground.node import node
from acmspec.ground.windows import Bounds, Coverage, Covers, earlier, parts_of, window
from acmspec.program.elsewhere import Dates, Earlier, Pooled, SinceStart, Those, To
from acmspec.program.group import (
    ForEach,
    GroupCompare,
    GroupIf,
    GroupKnown,
    GroupLogic,
    GroupNegation,
    MetricUse,
    Slice,
)
from acmspec.program.tree import (
    Aggregate,
    Dimension,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    GroupFigure,
    PeriodDays,
    Quotient,
)

T = TypeVar("T")

Breakdown = tuple[Dimension, ...]


@node
class Scene:
    """What is the same for all figures of a run: the contract's days, and the day up to which periods have begun."""

    bounds: Bounds
    until: date


@node
class When:
    """A period at hand, how its kind follow each other, and which days are looked at for it.

    `is_fixed` says that a slice has chosen the days, so that a metric's own window doesn't.
    """

    period: Period
    every: Cycle
    covers: Coverage
    is_fixed: bool = False

    def days(self, scene: Scene) -> Period:
        """The days looked at, under the period's name; they end before they start where there are none."""
        return _days(self, scene)

    def sliced(self, to: To, scene: Scene) -> "When":
        """The period and days that a slice looks at."""
        return _sliced(self, to, scene)

    def of_metric(self, covers: Coverage) -> "When":
        """The period with a metric's own window."""
        return self if self.is_fixed or self.covers == covers else replace(self, covers=covers)

    def parts(self, every: Cycle, scene: Scene) -> tuple["When", ...]:
        """The parts of the days looked at, each a period at hand."""
        found = parts_of(self.days(scene), every, scene.bounds.fiscal_starts, scene.until)
        return tuple(When(one, every, Covers.PERIOD) for one in found)


# Both are worked out once for all groups, each of which asks for every figure.


@lru_cache(maxsize=4096)
def _days(when: When, scene: Scene) -> Period:
    return window(when.period, when.every, when.covers, scene.bounds)


@lru_cache(maxsize=4096)
def _sliced(when: When, to: To, scene: Scene) -> When:
    match to:
        case Dates(first=first, last=last):
            own = Period(first, last, f"{first}..{last}")
            return When(own, NamedPeriods((own,)), Covers.PERIOD, is_fixed=True)
        case Earlier(number, unit):
            back = earlier(when.period, when.every, number, unit, scene.bounds.fiscal_starts)
            return replace(when, period=back)
        case SinceStart():
            return replace(when, covers=Covers.SINCE_START, is_fixed=True)
        case Pooled() | Those():
            return when


def pooled(breakdown: Breakdown, to: To) -> Breakdown:
    """The dimensions that are left where a slice takes the groups of one together."""
    return tuple(one for one in breakdown if not to.holds(one)) if isinstance(to, Pooled) else breakdown


def place_of(by: Dimension, breakdown: Breakdown) -> int | None:
    """Which dimension of a breakdown is the same as one that may be written otherwise; None if none is."""
    for place, one in enumerate(breakdown):
        known = dict(one.values)
        if all(known.get(table) == value for table, value in by.values):
            return place
    return None


def extended(breakdown: Breakdown, by: Dimension) -> Breakdown:
    """The dimensions with one more, unless it is there already."""
    return (*breakdown, by) if place_of(by, breakdown) is None else breakdown


@node
class Where:
    """Some periods and breakdowns; figures are looked at in each of these in each of those.

    `shown` are the breakdowns with all their dimensions: a slice that takes groups together shows them all the same.
    """

    whens: tuple[When, ...]
    breakdowns: tuple[Breakdown, ...]
    shown: tuple[Breakdown, ...]

    @staticmethod
    def at(whens: tuple[When, ...], breakdowns: tuple[Breakdown, ...]) -> "Where":
        """Before any slice."""
        return Where(whens, breakdowns, breakdowns)


@node
class Use:
    """A figure and where it is looked at."""

    aggregate: Aggregate
    where: Where

    def windows(self, scene: Scene) -> tuple[Period, ...]:
        """The days looked at, each stretch once; none that ends before it starts."""
        days = (one.days(scene) for one in self.where.whens)
        return tuple(dict.fromkeys(one for one in days if one.first <= one.last))


def uses(group: Group, where: Where, scene: Scene) -> Iterator[Use]:
    """Every figure of a formula from left to right, with where it is looked at."""
    if isinstance(group, Aggregate):
        yield Use(group, where)
        return
    inside = _inside(group, where, scene)
    for one in inner_groups(group):
        yield from uses(one, inside, scene)


def _inside(group: Group, where: Where, scene: Scene) -> Where:
    """Where the parts of a value are looked at."""
    match group:
        case Slice(to=to):
            whens = _once(one.sliced(to, scene) for one in where.whens)
            return Where(whens, _once(pooled(one, to) for one in where.breakdowns), where.shown)
        case MetricUse(window=covers):
            return replace(where, whens=_once(one.of_metric(covers) for one in where.whens))
        case ForEach():
            return _each(group, where, scene)
    return where


def _each(group: ForEach, where: Where, scene: Scene) -> Where:
    over = group.over
    if isinstance(over, Dimension):
        breakdowns, shown = (_once(extended(one, over) for one in each) for each in (where.breakdowns, where.shown))
        return Where(where.whens, breakdowns, shown)
    return replace(where, whens=_once(part for one in where.whens for part in one.parts(over, scene)))


def inner_groups(group: Group) -> tuple[Group, ...]:
    """The values that a value is made of, from left to right."""
    match group:
        case Aggregate() | GroupConstant() | GroupFigure() | PeriodDays():
            return ()
        case Slice(inner=inner) | GroupDefined(body=inner) | MetricUse(body=inner):
            return (inner,)
        case GroupNegation(operand=inner) | GroupKnown(operand=inner):
            return (inner,)
        case ForEach(inner=inner, where=where):
            return (inner,) if where is None else (inner, where)
        case GroupIf(condition, then, otherwise):
            return (condition, then, otherwise)
        case Quotient(numerator=left, denominator=right):
            return (left, right)
        case (
            GroupArithmetic(left=left, right=right)
            | GroupCompare(left=left, right=right)
            | GroupLogic(left=left, right=right)
        ):
            return (left, right)


def _once(found: Iterator[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))
