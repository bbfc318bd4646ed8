"""A group's figure with its company, and what figures come to together."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

NEVER = date.max - timedelta(days=1)
"""The day of what no day is known for."""
Counts = tuple[tuple[object, int], ...]
"""How many records each thing is said of."""


@dataclass(frozen=True)
class Seen:
    """A set as it was looked at over some days, in one group of a breakdown.

    How many of its records wait (and until which data date, as far as that is known), are lost for good, could not be
    judged and why, are left out and why.
    """

    set: tuple[object, ...]
    paths: tuple[str, ...] = ()
    group: tuple[str | None, ...] = ()
    immature: int = 0
    lost: int = 0
    unjudged: int = 0
    n: int = 0
    matures: date | None = None
    gaps: Counts = ()
    left: Counts = ()


def counted(counts: list[tuple[Seen, int]]) -> int:
    """Records of some sets: of several figures of one set the greatest number, of the groups of a breakdown the sum."""
    most: dict[tuple[object, ...], int] = {}
    for seen, count in counts:
        place = (seen.set, seen.paths, seen.group)
        most[place] = max(most.get(place, 0), count)
    groups: dict[tuple[object, ...], int] = {}
    for (of, paths, _), count in most.items():
        groups[of, paths] = groups.get((of, paths), 0) + count
    sets: dict[object, int] = {}
    for (of, _), count in groups.items():
        sets[of] = max(sets.get(of, 0), count)
    return sum(sets.values())


def _each(counts: list[tuple[Seen, Counts]]) -> dict[object, int]:
    found: dict[object, list[tuple[Seen, int]]] = {}
    for seen, said in counts:
        for thing, count in said:
            found.setdefault(thing, []).append((seen, count))
    return {thing: counted(one) for thing, one in found.items()}


@dataclass(frozen=True)
class Figure:
    """A figure and its company. `size` is what is held against the minimum, where that is not `n`.

    A condition is true, false or undefined. The figure `lacks` something if a reference figure is not there.
    """

    value: Fraction | bool | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    n: int = 0
    immature: int = 0
    sets: tuple[Seen, ...] = ()
    size: Fraction | None = None
    is_count: bool = False
    lacks: bool = False

    @property
    def waits(self) -> bool:
        return any(one.immature for one in self.sets)

    @property
    def lost(self) -> int:
        return max((one.lost for one in self.sets), default=0)

    @property
    def unjudged(self) -> int:
        """How many records could not be judged."""
        return counted([(one, one.unjudged) for one in self.sets])

    @property
    def gaps(self) -> dict[str, int]:
        """Why, and how many each."""
        return _each([(one, one.gaps) for one in self.sets])

    @property
    def left(self) -> dict[str, int]:
        """How many records each reason left out."""
        found: dict[str, int] = {}
        for (_, because), count in _each([(one, one.left) for one in self.sets]).items():
            found[because] = found.get(because, 0) + count
        return found

    @property
    def matures(self) -> date | None:
        """The data date from which all of it can be judged; none where nothing waits, or no day is known."""
        latest = max((one.matures for one in self.sets if one.matures is not None), default=None)
        return None if latest == NEVER else latest


def divided(top: Figure, bottom: Figure) -> Figure:
    """A quotient; its parts stay, and the records below count, if there are any."""
    is_defined = top.value is not None and bottom.value not in {None, 0}
    return Figure(
        value=top.value / bottom.value if is_defined else None,
        numerator=top.value,
        denominator=bottom.value,
        n=bottom.n or top.n,
        immature=bottom.immature or top.immature,
        sets=top.sets + bottom.sets,
        size=bottom.value if bottom.is_count else None,
        lacks=top.lacks or bottom.lacks,
    )


def calculated(operator: str, one: Figure, two: Figure) -> Figure:
    """A sum, difference or product, undefined if a part is."""
    both = answered(None, one, two)
    if one.value is None or two.value is None:
        return both
    done = {"+": one.value + two.value, "-": one.value - two.value, "*": one.value * two.value}
    return replace(both, value=done[operator])


def answered(answer: bool | None, *found: Figure) -> Figure:
    """An answer that rests on some figures; the records of the first one with most that wait are counted."""
    counts = max((one for one in found if one.sets), key=lambda one: one.immature, default=Figure(None))
    sets = tuple(seen for one in found for seen in one.sets)
    return Figure(answer, n=counts.n, immature=counts.immature, sets=sets, lacks=any(one.lacks for one in found))


def decided(asked: Figure, taken: Figure) -> Figure:
    """The side of a choice that is taken; the other one counts for nothing."""
    counts = taken if taken.sets else asked
    return replace(
        taken,
        n=counts.n,
        immature=counts.immature,
        sets=asked.sets + taken.sets,
        lacks=asked.lacks or taken.lacks,
    )
