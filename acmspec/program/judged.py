"""Gives every figure of a measure the measure's way to judge, so that others may judge the same figure otherwise."""

from collections.abc import Callable
from dataclasses import fields, replace

from acmspec.program.group import ForEach
from acmspec.program.judging import Judging
from acmspec.program.tree import Aggregate, Group


def judged(group: Group, judging: Judging) -> Group:
    """The same value judged as said; figures that are judged already, since another measure owns them, stay."""

    def change(one: Aggregate | ForEach) -> Aggregate | ForEach:
        return one if one.judging is not None else replace(one, judging=judging)

    return each_figure(group, change)


def each_figure(group: Group, change: Callable[[Aggregate | ForEach], Aggregate | ForEach]) -> Group:
    """A group expression with each of its aggregates changed, and whatever brings them together part by part."""
    if isinstance(group, Aggregate):
        return change(group)
    changes = {one.name: _changed(getattr(group, one.name), change) for one in fields(group)}
    found = replace(group, **changes)  # type: ignore[arg-type]  # each value has the type of the one it replaces
    return change(found) if isinstance(found, ForEach) else found


def _changed(value: object, change: Callable[[Aggregate | ForEach], Aggregate | ForEach]) -> object:
    if isinstance(value, tuple):
        return tuple(_changed(one, change) for one in value)
    return each_figure(value, change) if isinstance(value, Group) else value
