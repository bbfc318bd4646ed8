"""Records that need business days which a calendar doesn't cover: found by the checks of a table, and reported."""

from collections.abc import Sequence
from functools import partial

from acmspec.facts.numbers import whole
from acmspec.facts.ports import Backend
from acmspec.facts.problems import CALENDAR_ENDS
from acmspec.facts.table import SHOWN, Pointing, Table
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.query.asked_sql import everywhere
from acmspec.query.calendar_sql import Calendars, Coverage
from acmspec.query.dialect import Dialect
from acmspec.query.frames import RECORD
from acmspec.query.record_sql import RecordSql


def report_short(table: Table, calendar: str, numbers: Sequence[int]) -> None:
    """Say of the records of these numbers, on their table, that a calendar doesn't cover what they need."""
    path = f"calendars.{calendar}"
    for number in numbers[:SHOWN]:
        table.certain.append(Pointing((number,), partial(_say, calendar, path)))
    table.certain.extend(table.more(CALENDAR_ENDS, len(numbers) - SHOWN, "", path))


def _say(calendar: str, path: str, place: DataPlace) -> Diagnostic:
    message = f"the record on {place.unit} {place.number} needs business days that “{calendar}” doesn't cover"
    return CALENDAR_ENDS.at(place, message, path=path)


def report_short_in_checks(
    backend: Backend, dialect: Dialect, table: Table, writer: RecordSql, calendars: Calendars
) -> None:
    """Say which records the checks of a table can't judge because a calendar doesn't go far enough."""
    coverage, found = Coverage(dialect, writer, calendars), dict[str, dict[int, None]]()
    for check in table.store.checks:
        frame = writer.frame(table.store.name)
        for calendar, sql in everywhere(writer, check.condition, (frame,), coverage.of):
            number = writer.column(frame, RECORD)
            rows = backend.rows(f"SELECT {number} FROM {writer.source(frame)} WHERE {sql} ORDER BY {number}")
            found.setdefault(calendar, {}).update((whole(one), None) for (one,) in rows)
    for calendar, numbers in found.items():
        report_short(table, calendar, sorted(numbers))
