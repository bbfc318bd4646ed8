"""Every table and calendar that an expression touches, through lookups, links and follow-up windows too."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
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
    if isinstance(node, BusinessDaysBetween | Length) and node.calendar:
        yield node.calendar
    if is_dataclass(node):
        for one in fields(node):
            yield from _calendars(getattr(node, one.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _calendars(item)


def _tables(node: object) -> Iterator[str]:
    # Every node that reads a table says so in an attribute of that name, so no kind of expression can be forgotten.
    if isinstance(node, Column | Step | Lookup | Population | Reach | Window):
        yield node.table
    if is_dataclass(node):
        for one in fields(node):
            yield from _tables(getattr(node, one.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _tables(item)
