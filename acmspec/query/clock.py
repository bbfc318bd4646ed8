"""Moments and the days and times that clocks show of them, as SQL; knows nothing of records and of cells.

A moment is kept in UTC where the contract has a time zone, and as clocks show it where it has none. What is SQL here
is a column, since it is repeated once a clock change.
"""

from datetime import datetime

from acmspec.ground.zones import zone
from acmspec.query.dialect import Dialect


def local_time(dialect: Dialect, column: str, name: str) -> str:
    """What clocks of a zone show at a moment; the moment itself where there is no zone."""
    if not name:
        return column
    found = zone(name)
    offsets = [(one.at, str(one.offset)) for one in found.changes]
    return dialect.moment_after(column, dialect.last_begun(column, str(found.offset), offsets))


def local_day(dialect: Dialect, column: str, name: str) -> str:
    """The day that a moment belongs to."""
    return dialect.day_of(local_time(dialect, column, name))


def moment_of(dialect: Dialect, column: str, name: str) -> str:
    """The moment at which clocks of a zone show a time, the first of two; NULL if they never do."""
    if not name:
        return column
    found = zone(name)
    back = [(one.start, "NULL" if one.offset is None else str(-one.offset)) for one in found.stretches]
    return dialect.moment_after(column, dialect.last_begun(column, str(-found.offset), back))


def moment_shown(dialect: Dialect, value: datetime, name: str) -> str:
    """The moment at which clocks of a zone show a time that exists."""
    offset = zone(name).offset_of(value) if name else 0
    return dialect.moment_after(dialect.moment(value), str(-offset)) if offset else dialect.moment(value)
