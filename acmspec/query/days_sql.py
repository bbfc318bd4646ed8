"""The days of a row of windows as a table, so that records meet their windows by the day; knows no record.

Engines join equal days much faster than days between two others, also where windows overlap.
"""

from acmspec.query.dialect import Dialect
from acmspec.query.tree import Windows

_MOST = 1_000_000
"""A longer table would take more time than it saves."""


def windows_rows(dialect: Dialect, windows: Windows) -> str:
    """The windows as a bracketed list of rows: index, first and last day."""
    rows = ", ".join(
        f"({index}, {dialect.day(one.first)}, {dialect.day(one.last)})" for index, one in enumerate(windows.periods)
    )
    return f"(VALUES {rows})"


def is_worth(windows: Windows) -> bool:
    """Whether a table of all days of all windows is worth making; one window is met as fast by its ends."""
    return len(windows.periods) > 1 and sum((one.last - one.first).days + 1 for one in windows.periods) <= _MOST


def days_table(dialect: Dialect, windows: Windows) -> str:
    """The SELECT of a row for each day of each window: the window's index, its first and last day, and the day."""
    first = min(one.first for one in windows.periods)
    count = (max(one.last for one in windows.periods) - first).days + 1
    days = f"SELECT {dialect.days_after(dialect.day(first), 'n')} AS d FROM numbers WHERE n < {count}"
    return (
        f'WITH {dialect.numbers(count)}, days AS ({days}) SELECT w."window", w."first", w."last", d AS "day" FROM days'
        f' JOIN {windows_rows(dialect, windows)} AS w ("window", "first", "last") ON d >= w."first" AND d <= w."last"'
    )
