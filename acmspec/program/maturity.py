"""Lists the windows of time that must be over before a record can be judged."""

from dataclasses import fields

from acmspec.program.record import Exists, InWindow, Record
from acmspec.program.relocate import parts, relocate, scopes
from acmspec.program.time_bounds import lookup_windows
from acmspec.program.tree import Population, Window


def windows_of(population: Population, *own: Record | None) -> tuple[Window, ...]:
    """All windows that a set's membership and exclusions and the given expressions use, each once, in order of use."""
    uses = (population.where, *(left.when for left in population.exclude), *own)
    found = [window for one in uses if one is not None for window in _windows(one, population.table)]
    return tuple(dict.fromkeys(found))


def _windows(record: Record, table: str) -> list[Window]:
    """The windows of an expression about one record of `table`, through definitions and lookups."""
    if isinstance(record, Exists):
        around = [window for _, outer in record.links for window in _windows(outer, table)]
        return [*around, *lookup_windows(record), *_said_inside(record, table)]
    found = [Window(record.anchor, record.length, table)] if isinstance(record, InWindow) else []
    for one in fields(record):
        value = getattr(record, one.name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Record):
                found += _windows(each, table)
    return found


def _said_inside(lookup: Exists, table: str) -> list[Window]:
    """Windows of the measured record alone that the author wrote inside the lookup's condition."""
    inside = parts(lookup.where) if lookup.where is not None else ()
    return [
        Window(relocate(one.anchor, -1), one.length, table)
        for one in inside
        if isinstance(one, InWindow) and scopes(one) == {1}
    ]
