"""Which groups of a breakdown appear in a window, and in which order; nothing of their values."""

from collections.abc import Iterable, Mapping
from datetime import date

from acmspec.facts.tree import Facts
from acmspec.facts.tree import Group as GroupKey
from acmspec.ground.calendar import Period
from acmspec.program.gap import UNLINKED_GROUP
from acmspec.program.reach import Scene, Use, place_of
from acmspec.program.tree import Aggregate, Dimension

Found = Mapping[Aggregate, Mapping[tuple[date, date, tuple[str, ...]], tuple[GroupKey, ...]]]
"""The groups that have a record in the window's base table, by aggregate, the window's first and last day, paths."""


def found_groups(facts: Facts) -> Found:
    """The groups of some facts, by aggregate first."""
    found: dict[Aggregate, dict[tuple[date, date, tuple[str, ...]], tuple[GroupKey, ...]]] = {}
    for (asked, period, paths), groups in facts.groups.items():
        found.setdefault(asked, {})[period.first, period.last, paths] = groups
    return found


def groups(  # noqa: PLR0913, PLR0917  (one argument a thing it works with)
    found: Found,
    sets: Iterable[Use],
    window: Period,
    dimensions: tuple[Dimension, ...],
    scene: Scene,
    listed: Iterable[str],
) -> tuple[GroupKey, ...]:
    """The groups of a breakdown: those `listed` for a single dimension in every window, then all others found.

    Who is there in the window's own days is there; where no figure looks at these, in the parts of the window; where
    none looks there either, wherever they look. A dimension's values follow its roster and declared order, then code
    points; missing comes last.
    """
    if not dimensions:
        return ((),)
    there = present(found, sets, window, dimensions, scene)
    if len(dimensions) == 1:
        there.update((name,) for name in listed)
    return in_order(there, dimensions)


def present(
    found: Found, sets: Iterable[Use], window: Period, dimensions: tuple[Dimension, ...], scene: Scene
) -> set[GroupKey]:
    """The groups of records in the window itself, or where no set is looked at in it, on the days that sets are.

    A figure that is brought together over further groups shows those of its records.
    """
    own, elsewhere, looks_here = set[GroupKey](), set[GroupKey](), False
    for use in sets:
        for breakdown in use.where.shown:
            at = [place for one in dimensions if (place := place_of(one, breakdown)) is not None]
            paths, is_whole = tuple(one.path for one in breakdown), at == [*range(len(breakdown))]
            for one in use.windows(scene):
                there = found.get(use.aggregate, {}).get((one.first, one.last, paths), ())
                is_here = (one.first, one.last) == (window.first, window.last)
                looks_here = looks_here or is_here
                (own if is_here else elsewhere).update(
                    there if is_whole else (tuple(group[place] for place in at) for group in there)
                )
    return own if looks_here else elsewhere


def divided(there: Iterable[GroupKey], at: int, by: Dimension) -> Mapping[GroupKey, Mapping[str | None, None]]:
    """For the values of all other dimensions, those of the one at a place that appear with them, in order."""
    found: dict[GroupKey, set[str | None]] = {}
    for group in there:
        found.setdefault(group[:at] + group[at + 1 :], set()).add(group[at])
    return {
        others: {value: None for (value,) in in_order(((one,) for one in values), (by,))}
        for others, values in found.items()
    }


def is_nobody(value: str | None) -> bool:
    """Whether a group is of records that name none, or one that is not there."""
    return value is None or value == UNLINKED_GROUP


def in_order(found: Iterable[GroupKey], dimensions: tuple[Dimension, ...]) -> tuple[GroupKey, ...]:
    """Groups by their dimensions' roster and declared order, then code points; missing comes last."""
    ranks = [{value: rank for rank, value in enumerate((*one.roster, *one.order))} for one in dimensions]
    if len(ranks) == 1:
        return tuple(sorted(found, key=lambda group: _place(group[0], ranks[0])))
    return tuple(sorted(found, key=lambda group: [_place(v, rank) for v, rank in zip(group, ranks, strict=True)]))


def _place(value: str | None, ranks: Mapping[str, int]) -> tuple[int, int, str]:
    last = 2 if value is None else int(value == UNLINKED_GROUP)
    return (last, ranks.get(value or "", len(ranks)), value or "")
