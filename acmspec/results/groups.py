"""Which groups of a breakdown appear in a window, and in which order; nothing of their values."""

from collections.abc import Iterable, Mapping
from datetime import date

from acmspec.facts.tree import Facts
from acmspec.facts.tree import Group as GroupKey
from acmspec.ground.calendar import Period
from acmspec.program.gap import UNLINKED_GROUP
from acmspec.program.reach import Scene, Use
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

    A dimension's values follow its roster and declared order, then code points; missing comes last.
    """
    if not dimensions:
        return ((),)
    paths = tuple(one.path for one in dimensions)
    spot = (window.first, window.last, paths)
    present: set[GroupKey] = set()
    for use in sets:
        if any((one.first, one.last) == spot[:2] for one in use.windows(scene)):
            present.update(found.get(use.aggregate, {}).get(spot, ()))
    if len(dimensions) == 1:
        present.update((name,) for name in listed)
    return in_order(present, dimensions)


def in_order(present: Iterable[GroupKey], dimensions: tuple[Dimension, ...]) -> tuple[GroupKey, ...]:
    """Groups by their dimensions' roster and declared order, then code points; missing comes last."""
    ranks = [{value: rank for rank, value in enumerate((*one.roster, *one.order))} for one in dimensions]
    return tuple(sorted(present, key=lambda group: [_place(v, rank) for v, rank in zip(group, ranks, strict=True)]))


def _place(value: str | None, ranks: Mapping[str, int]) -> tuple[int, int, str]:
    last = 2 if value is None else int(value == UNLINKED_GROUP)
    return (last, ranks.get(value or "", len(ranks)), value or "")
