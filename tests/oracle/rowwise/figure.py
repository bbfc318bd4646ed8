"""A group's figure with its company, and what figures come to together."""

from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True)
class Seen:
    """A set as it was looked at: how many of its records wait, are lost for good, could not be judged."""

    key: tuple[object, ...]
    immature: int = 0
    lost: int = 0
    unjudged: int = 0
    n: int = 0


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
        """Figures of one set look at the same records: the one with most counts."""
        most: dict[tuple[object, ...], int] = {}
        for one in self.sets:
            most[one.key] = max(most.get(one.key, 0), one.unjudged)
        return sum(most.values())


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
