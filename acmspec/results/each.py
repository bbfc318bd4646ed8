"""Brings the values of parts together, months of a period or groups of a dimension; knows nothing of where they lie."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from math import lcm

from acmspec.facts.tree import Cell
from acmspec.ground.node import node
from acmspec.program import aggregates
from acmspec.program.group import ForEach
from acmspec.program.judging import Judging
from acmspec.results.place import Measured, Seen, lacking
from acmspec.spec.tree import IN_BOTH, LEFT_OUT

_NONE = Fraction(0)

_LONGEST = 256
"""How many bits a common denominator may have before plain fractions are less work."""


@node
class Part:
    """The value of one part, and its `where`, None if there is none."""

    of: Measured
    where: Measured | None

    @property
    def counts(self) -> bool:
        """Whether the part is one of those brought together."""
        return self.where is None or bool(self.where.value)

    @property
    def sets(self) -> tuple[tuple[Seen, Cell], ...]:
        """What decides on the part: its condition, and its value if it counts."""
        if self.where is None:
            return self.of.sets
        return self.where.sets + (self.of.sets if self.counts else ())


def brought_together(each: ForEach, parts: Sequence[Part], without_group: Iterable[Measured] = ()) -> Measured:
    """One value of many; it rests on the records of all its parts. Records `without_group` could not be judged."""
    counted = [one for one in parts if one.counts]
    values = [one.of.value for one in counted]
    numerator, denominator, value = _finished(each, values)
    sets = tuple(chain.from_iterable([part.sets for part in parts]))
    return Measured(
        value,
        numerator,
        denominator,
        sum(one.of.n for one in counted),
        sum(one.of.immature for one in counted),
        sets + tuple(_unjudged(one) for found in without_group for one in found.sets),
        lacking=_lacking(parts),
    )


def _unjudged(found: tuple[Seen, Cell]) -> tuple[Seen, Cell]:
    """A cell whose records belong to no group: all of them are unjudged, and nothing waits for them."""
    seen, cell = found
    why = tuple((gap, count) for gap, count in cell.gaps if gap.by)
    return seen, replace(cell, immature=0, unreached=0, matures=None, unjudged=cell.n, gaps=why)


def ranked(each: ForEach, parts: Mapping[str, Part], own: Part | None) -> Measured:
    """The place of one's own value among all: 1 is the best, equal values share the better place."""
    known = [one.of.value for one in parts.values() if one.counts and one.of.value is not None]
    # A place waits for all, but what could not be told of another group's records is told beside that one.
    sets = tuple(one if part is own else _of_others(one) for part in parts.values() for one in part.sets)
    value = own.of.value if own is not None and own.counts else None
    if own is None or value is None:
        return Measured(None, None, None, 0 if own is None else own.of.n, 0 if own is None else own.of.immature, sets)
    better = sum(1 for one in known if (one < value if each.lowest_first else one > value))
    lost = _lacking(tuple(parts.values()))
    return Measured(Fraction(better + 1), None, None, own.of.n, own.of.immature, sets, lacking=lost)


def _of_others(found: tuple[Seen, Cell]) -> tuple[Seen, Cell]:
    """A cell of another group than the one whose place is asked for: it is waited for, and nothing else."""
    seen, cell = found
    return seen, replace(cell, unjudged=0, gaps=(), left=())


def _lacking(parts: Sequence[Part]) -> tuple[str, ...]:
    """The figures that some part, or the condition on it, needs and doesn't find."""
    wheres = [one.where for one in parts if one.where is not None and one.where.lacking]
    return lacking(*wheres, *(one.of for one in parts if one.of.lacking and one.counts))


# --- finishing ------------------------------------------------------------------------------------------------------


def _finished(each: ForEach, values: list[Fraction | None]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    match each.function:
        case "longest run":
            return None, None, Fraction(_longest(values))
        case "count" | "share":
            true, asked = _answers(values, each.judging or Judging())
            if each.function == "count":
                return None, None, Fraction(true)
            return Fraction(true), Fraction(asked), Fraction(true, asked) if asked else None
    row = aggregates.aggregate(each.function)
    done = row.finish(_gathered([one for one in values if one is not None], each.at), each.at)
    return done.numerator, done.denominator, done.value


def _answers(values: Sequence[Fraction | None], judging: Judging) -> tuple[int, int]:
    """How many parts meet the condition, of how many: one without an answer counts as a record without one does."""
    true, unknown = sum(1 for one in values if one), sum(1 for one in values if one is None)
    if judging.missing_is == LEFT_OUT:
        return true, len(values) - unknown
    return true + (unknown if judging.missing_is == IN_BOTH else 0), len(values)


def _longest(values: Sequence[Fraction | None]) -> int:
    longest = run = 0
    for one in values:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest


def _gathered(known: list[Fraction], at: Fraction) -> aggregates.Parts:
    """The exact parts of some numbers, as they are gathered of records."""
    ordered, total = _ordered(known)
    place = (len(ordered) - 1) * at
    below = int(place)
    above = below if place == below else below + 1
    part = aggregates.Part
    return {
        part.RECORDS: Fraction(len(known)),
        part.KNOWN: Fraction(len(known)),
        part.TOTAL: total if known else None,
        part.LOWEST: ordered[0] if ordered else None,
        part.HIGHEST: ordered[-1] if ordered else None,
        part.BELOW: ordered[below] if ordered else None,
        part.ABOVE: ordered[above] if ordered else None,
    }


def _ordered(known: list[Fraction]) -> tuple[list[Fraction], Fraction]:
    """Some numbers in order, and their sum: over one denominator, since fractions compare and add up slowly."""
    over = 1
    for one in {one.denominator for one in known}:
        over = lcm(over, one)
        if over.bit_length() > _LONGEST:
            return sorted(known), sum(known, _NONE)
    multiples = [one.numerator * (over // one.denominator) for one in known]
    order = sorted(range(len(known)), key=multiples.__getitem__)
    return [known[at] for at in order], Fraction(sum(multiples), over)
