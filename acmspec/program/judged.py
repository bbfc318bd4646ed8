"""Gives every figure of a measure the measure's way to judge, so that others may judge the same figure otherwise."""

from collections.abc import Callable
from dataclasses import fields, replace

from acmspec.program.judging import Judging
from acmspec.program.tree import Aggregate, Group


def judged(group: Group, judging: Judging) -> Group:
    """The same value judged as said; figures that are judged already, since another measure owns them, stay."""
    return each_figure(group, lambda one: one if one.judging is not None else replace(one, judging=judging))


def each_figure(group: Group, change: Callable[[Aggregate], Aggregate]) -> Group:
    """A group expression with each of its aggregates changed."""
    if isinstance(group, Aggregate):
        return change(group)
    changes = {one.name: _changed(getattr(group, one.name), change) for one in fields(group)}
    return replace(group, **changes)  # type: ignore[arg-type]  # each value has the type of the one it replaces


def _changed(value: object, change: Callable[[Aggregate], Aggregate]) -> object:
    if isinstance(value, tuple):
        return tuple(_changed(one, change) for one in value)
    return each_figure(value, change) if isinstance(value, Group) else value
