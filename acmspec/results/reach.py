"""Every table and calendar that an expression touches, through lookups, links and follow-up windows too."""

from collections.abc import Iterator
from functools import lru_cache

from acmspec.ground.calendar import Length
from acmspec.program.record import BusinessDaysBetween, Column, Lookup, Record, Step
from acmspec.program.tree import Group, Population, Reach, Window


@lru_cache(maxsize=256)
def tables(node: Group | Record) -> frozenset[str]:
    """The names of all tables that an expression reads, through lookups, links and follow-up windows too."""
    return frozenset(_tables(node))


@lru_cache(maxsize=256)
def calendars(node: Group | Record) -> frozenset[str]:
    """The names of all calendars whose business days an expression counts."""
    return frozenset(_calendars(node))


def _calendars(node: object) -> Iterator[str]:
    for one in _nodes(node):
        if isinstance(one, BusinessDaysBetween | Length) and one.calendar:
            yield one.calendar


def _tables(node: object) -> Iterator[str]:
    # Every node that reads a table says so in an attribute of that name, so no kind of expression can be forgotten.
    for one in _nodes(node):
        if isinstance(one, Column | Step | Lookup | Population | Reach | Window):
            yield one.table


def _nodes(value: object) -> Iterator[object]:
    """Every node of a value, itself first, whatever kind of node it is."""
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, tuple):
            left += one
        elif names := getattr(type(one), "__match_args__", ()):
            yield one
            left += [getattr(one, name) for name in names]
