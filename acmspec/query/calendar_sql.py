"""Calendars of business days as tables, and where a record asks more of one than it covers; knows nothing of sets.

A table has a row for each day: `upto`, how many business days there are through it, `before`, how many before it, and
`business`, the same as `upto` on a business day and NULL on any other, and `known`, the same on days that are covered.
"""

from collections.abc import Iterator
from datetime import date

from acmspec.ground.calendar import Length
from acmspec.ground.node import node
from acmspec.program.calendar import BusinessCalendar
from acmspec.program.record import BusinessDaysBetween, InWindow, Lasts, Later, LookBack, Record
from acmspec.query.dialect import Dialect
from acmspec.query.frames import Scope
from acmspec.query.record_sql import RecordSql
from acmspec.query.window_sql import calendar_of, is_length

_BEGINNING = date(1900, 1, 1)
_BEYOND = 750
"""How many days a calendar's table goes on behind the last one that is covered or has data."""


def calendar_table(dialect: Dialect, calendar: BusinessCalendar, data_date: date) -> str:
    """The SELECT of a calendar's table.

    Behind its last day it goes on with weekends alone, so that a window that is not over yet has an end; what is judged
    by such days is reported.
    """
    first = calendar.first or _BEGINNING
    last = min(max(calendar.last or data_date, data_date).toordinal() + _BEYOND, date.max.toordinal())
    count = max(last - first.toordinal() + 1, 1)
    day = dialect.days_after(dialect.day(first), "n")
    weekday = f"MOD(n + {first.weekday()}, 7)"
    off = [f"{weekday} IN ({', '.join(str(one) for one in calendar.weekend)})"] if calendar.weekend else []
    off += [f"{day} IN ({', '.join(dialect.day(one) for one in calendar.holidays)})"] if calendar.holidays else []
    works = f"CASE WHEN {' OR '.join(off)} THEN 0 ELSE 1 END" if off else "1"
    return (
        f"WITH {dialect.numbers(count)}, days AS (SELECT {day} AS d, {works} AS works FROM numbers WHERE n < {count}),"
        f" counted AS (SELECT d, works, CAST(SUM(works) OVER (ORDER BY d) AS BIGINT) AS upto FROM days)"
        f' SELECT d AS "day", upto AS "upto", upto - works AS "before",'
        f' CASE WHEN works = 1 THEN upto END AS "business",'
        f' {f"CASE WHEN d <= {dialect.day(calendar.last)} THEN upto END" if calendar.last else "upto"} AS "known"'
        f" FROM counted"
    )


@node
class Calendars:
    """The date that the data of a program goes to, and its calendars."""

    data_date: date
    calendars: tuple[BusinessCalendar, ...] = ()


class Coverage:
    """Asks of records whether they need days that a calendar doesn't cover."""

    def __init__(self, dialect: Dialect, writer: RecordSql, calendars: Calendars) -> None:
        self._dialect = dialect
        self._writer = writer
        self._calendars = {one.name: one for one in calendars.calendars}
        self._data_date = calendars.data_date

    def of(self, record: Record, scope: Scope) -> Iterator[tuple[str, str]]:
        """For each use of business days in one node: its calendar, and SQL that is true where it does not suffice."""
        match record:
            case BusinessDaysBetween(start=start, end=end, calendar=name):
                ends = [self._writer.write(one, scope) for one in (start, end)]
                known = " AND ".join(f"{one} IS NOT NULL" for one in ends)
                yield name, f"({known} AND ({' OR '.join(self._outside(name, one) for one in ends)}))"
            case InWindow(anchor=anchor, length=length, opens=opens):
                for one in (length, *(() if opens is None else (opens,))):
                    if one.business:
                        yield one.calendar, self._ahead(self._writer.write(anchor, scope), one)
            case LookBack(anchor=anchor, length=length) if length.business:
                yield from self.of(Later(anchor, length, anchor.type, back=True), scope)
            case Lasts(anchor=anchor, length=length):
                yield from self.of(Later(anchor, length, anchor.type), scope)
            case Later(operand=operand, length=length):
                name = length.calendar if isinstance(length, Length) else calendar_of(length.type)
                if name:
                    yield name, self._moved(record, self._writer.write(operand, scope), name, scope)
            case _:
                return

    def _moved(self, record: Later, sql: str, name: str, scope: Scope) -> str:
        """A date that so many business days lead to, where the calendar does not reach so far."""
        end, last, day = self._writer.write(record, scope), self._calendars[name].last, self._dialect.day
        asked = f"{sql} IS NOT NULL"
        if not isinstance(record.length, Length):
            number = self._writer.write(record.length, scope)
            asked += f" AND {is_length(number)} AND {number} <> 0"
        short = f"{end} IS NULL"
        if record.back:
            short += f" OR {self._outside(name, sql)}"
        elif last is not None:
            short += f" OR ({end} > {day(last)} AND {end} <= {day(self._data_date)})"
        return f"({asked} AND ({short}))"

    def _outside(self, name: str, sql: str) -> str:
        first, last = self._calendars[name].first, self._calendars[name].last
        sides = [f"{sql} < {self._dialect.day(first or _BEGINNING)}"]
        sides += [f"{sql} > {self._dialect.day(last)}"] if last else []
        return f"({' OR '.join(sides)})"

    def _ahead(self, sql: str, length: Length) -> str:
        """A window that ends after the data does is not judged, however far the calendar goes."""
        end, last = self._dialect.later(sql, length), self._calendars[length.calendar].last
        lost = f"({sql} IS NOT NULL AND {end} IS NULL)"
        if last is None:
            return lost
        day = self._dialect.day
        return f"({lost} OR ({end} > {day(last)} AND {end} <= {day(self._data_date)}))"
