"""Where a group expression is evaluated, what was gathered there, and what a value rests on."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from acmspec.facts.tree import Cell, Facts
from acmspec.facts.tree import Group as GroupKey
from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.elsewhere import To
from acmspec.program.gap import Gap
from acmspec.program.group import ForEach
from acmspec.program.reach import Scene, When, Where, extended, place_of, pooled, uses
from acmspec.program.tree import Aggregate, Dimension, Left, Population
from acmspec.results.figures import References, Wanted
from acmspec.results.groups import Found, divided, found_groups, present

T = TypeVar("T")

NOTHING = Cell(n=0, immature=0, unjudged=0, matures=None, parts={})

Spot = tuple[date, date, tuple[str, ...], GroupKey]
"""First and last day, paths of the breakdown, group."""

Seen = tuple[Population, Spot]
"""A set and where it was looked at."""


@node
class Evidence:
    """The gathered cells by aggregate and spot. The days decide, not the name of the window that asked for them."""

    cells: Mapping[Aggregate, Mapping[Spot, Cell]]
    groups: Found
    _known: dict[Hashable, Any] = field(compare=False, repr=False)
    figures: References = field(default_factory=References, compare=False, repr=False)
    register: tuple[tuple[str, date | None, date | None], ...] = ()

    @staticmethod
    def of(facts: Facts, figures: References | None = None) -> "Evidence":
        """The cells of some facts, and the figures beside them."""
        cells: dict[Aggregate, dict[Spot, Cell]] = {}
        for (asked, period, paths, group), cell in facts.cells.items():
            cells.setdefault(asked, {})[period.first, period.last, paths, group] = cell
        return Evidence(cells, found_groups(facts), {}, figures or References(), facts.register)

    def listed(self, by: Dimension, days: Period) -> tuple[str, ...]:
        """The groups of a dimension that appear without records: its roster, and who is active on its register."""
        if by.register is None:
            return by.roster
        return (*by.roster, *(name for name, start, end in self.register if _is_active(start, end, days)))

    def of_figure(self, asked: Aggregate) -> Mapping[Spot, Cell]:
        """All that was gathered of an aggregate."""
        return self.cells.get(asked, {})

    def divided(
        self, each: ForEach, by: Dimension, when: When, dimensions: tuple[Dimension, ...], scene: Scene
    ) -> Mapping[GroupKey, Mapping[str | None, None]]:
        """The groups of a dimension that go with each group of the others, in order."""
        return self.once((each, when, dimensions), lambda: self._divided(each, by, when, dimensions, scene))

    def _divided(
        self, each: ForEach, by: Dimension, when: When, dimensions: tuple[Dimension, ...], scene: Scene
    ) -> Mapping[GroupKey, Mapping[str | None, None]]:
        sets, days = tuple(uses(each.inner, Where.at((when,), (dimensions,)), scene)), when.days(scene)
        there = present(self.groups, sets, days, dimensions, scene)
        if len(dimensions) == 1:
            there.update((name,) for name in self.listed(by, days))
        return divided(there, place_of(by, dimensions) or 0, by)

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """What is found, looked for once under a key."""
        if key not in self._known:
            self._known[key] = find()
        found: T = self._known[key]
        return found


@node
class Place:
    """Where an expression is evaluated: for which period and days, in which group of which breakdown."""

    evidence: Evidence
    scene: Scene
    when: When
    dimensions: tuple[Dimension, ...]
    group: GroupKey

    @property
    def spot(self) -> Spot:
        """The days and group."""
        days = self.when.days(self.scene)
        return days.first, days.last, self.paths, self.group

    @property
    def length(self) -> int:
        """How many days there are."""
        days = self.when.days(self.scene)
        return max(0, (days.last - days.first).days + 1)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the breakdown."""
        return _paths(self.dimensions)

    @property
    def wanted(self) -> Wanted:
        """What a figure is asked for here."""
        days = self.when.days(self.scene)
        folded = frozenset(one.path for one in self.dimensions if one.is_folded)
        return Wanted(days.first, days.last, self.paths, self.group, folded)

    def cells(self, asked: Aggregate, by: Dimension, values: Iterable[str | None]) -> Iterator[tuple[Spot, Cell]]:
        """What was gathered in groups of a dimension, the others as they are, and where that is."""
        days, there = self.when.days(self.scene), self.evidence.of_figure(asked)
        at, paths = place_of(by, self.dimensions), self.paths
        before, after = (self.group, ()) if at is None else (self.group[:at], self.group[at + 1 :])
        paths = (*paths, by.path) if at is None else paths
        for value in values:
            spot = (days.first, days.last, paths, (*before, value, *after))
            yield spot, there.get(spot, NOTHING)

    def sliced(self, to: To) -> "Place":
        """The place that a slice looks at."""
        left, group = pooled(self.dimensions, to), self.group
        if len(left) < len(self.dimensions):
            kept = {one.path for one in left}
            group = tuple(value for one, value in zip(self.dimensions, group, strict=True) if one.path in kept)
        return Place(self.evidence, self.scene, self.when.sliced(to, self.scene), left, group)

    def own(self, by: Dimension) -> str | None:
        """The group of a dimension that the place is in; None if it is in none."""
        at = place_of(by, self.dimensions)
        return None if at is None else self.group[at]

    def beside(self, by: Dimension) -> tuple[When, tuple[Dimension, ...], GroupKey]:
        """Days and dimensions, one included, and the group in all others: the same for all groups of that one."""
        at = place_of(by, self.dimensions)
        others = self.group if at is None else self.group[:at] + self.group[at + 1 :]
        return self.when, extended(self.dimensions, by), others

    def at(self, by: Dimension, value: str | None) -> "Place":
        """The place in one group of a dimension, the others as they are."""
        at = place_of(by, self.dimensions)
        if at is None:
            dimensions, group = (*self.dimensions, by), (*self.group, value)
        else:
            dimensions, group = self.dimensions, (*self.group[:at], value, *self.group[at + 1 :])
        return Place(self.evidence, self.scene, self.when, dimensions, group)


@lru_cache(maxsize=256)
def _paths(dimensions: tuple[Dimension, ...]) -> tuple[str, ...]:
    return tuple(one.path for one in dimensions)


@node
class Measured:
    """A value and what it rests on. None is *undefined* for a value, *has none* for numerator and denominator.

    A condition is 1 or 0. `n` and `immature` are of the set that counts; `sets` are the cells of all aggregates that
    decide the value, left to right, each with the set and where it was looked at.
    `rests_on` is how many records the value rests on, None where that is the whole set. `lacking` says which figures
    it needs and doesn't find.
    """

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int = 0
    immature: int = 0
    sets: tuple[tuple[Seen, Cell], ...] = ()
    rests_on: Fraction | None = None
    lacking: tuple[str, ...] = ()

    @property
    def size(self) -> Fraction:
        """What a minimum is held against: how many records the value rests on."""
        return Fraction(self.n) if self.rests_on is None else self.rests_on

    @property
    def waits(self) -> bool:
        """Whether any of its sets has a record that can't be judged yet."""
        if len(self.sets) == 1:
            return self.sets[0][1].immature > 0
        return any(cell.immature for _, cell in self.sets)

    @property
    def unreached(self) -> int:
        """How many records of any one of its sets look at days before the data begins."""
        if len(self.sets) == 1:
            return self.sets[0][1].unreached
        return max((cell.unreached for _, cell in self.sets), default=0)

    @property
    def matures(self) -> date | None:
        """The data date from which all of it can be judged; None where nothing waits, or no day is known for it."""
        latest = max((cell.matures for _, cell in self.sets if cell.matures is not None), default=None)
        return None if latest == date.max else latest

    @property
    def unjudged(self) -> int:
        """How many records could not be judged; several figures of one set look at the same records."""
        if len(self.sets) == 1:
            return self.sets[0][1].unjudged
        return _counted((seen, cell.unjudged) for seen, cell in self.sets if cell.unjudged)

    @property
    def gaps(self) -> tuple[tuple[Gap, int], ...]:
        """How many records have each gap, counted likewise, in order of appearance."""
        if len(self.sets) == 1:
            return self.sets[0][1].gaps
        return _each((seen, cell.gaps) for seen, cell in self.sets if cell.gaps)

    @property
    def left(self) -> tuple[tuple[Left, int], ...]:
        """How many records each reason left out, counted likewise."""
        if len(self.sets) == 1:
            return self.sets[0][1].left
        return _each((seen, cell.left) for seen, cell in self.sets if cell.left)


def _each(counts: Iterable[tuple[Seen, tuple[tuple[T, int], ...]]]) -> tuple[tuple[T, int], ...]:
    """How many records are counted under each thing, in order of appearance."""
    found: dict[T, list[tuple[Seen, int]]] = {}
    for seen, counted in counts:
        for one, count in counted:
            found.setdefault(one, []).append((seen, count))
    return tuple((one, _counted(each)) for one, each in found.items())


def _is_active(start: date | None, end: date | None, days: Period) -> bool:
    """Whether a span touches some days; the day it ends on is one of them."""
    return (start is None or start <= days.last) and (end is None or days.first <= end)


def lacking(*found: Measured) -> tuple[str, ...]:
    """What any of some values lacks, each once."""
    return tuple(dict.fromkeys(lost for one in found for lost in one.lacking))


def _counted(counts: Iterable[tuple[Seen, int]]) -> int:
    """How many records are counted, each once: figures of one set share them, groups of one breakdown don't."""
    most: dict[Seen, int] = {}
    for seen, count in counts:
        most[seen] = max(most.get(seen, 0), count)
    groups: dict[tuple[Population, date, date, tuple[str, ...]], int] = {}
    for (population, (first, last, paths, _)), count in most.items():
        groups[population, first, last, paths] = groups.get((population, first, last, paths), 0) + count
    sets: dict[tuple[Population, date, date], int] = {}
    for (population, first, last, _), count in groups.items():
        sets[population, first, last] = max(sets.get((population, first, last), 0), count)
    return sum(sets.values())
