"""Records that a provider disputes: which are in dispute on the data date, and on which days they count."""

from collections.abc import Iterable, Mapping
from datetime import date

from acmspec.facts.beside import Row, key_of
from acmspec.facts.numbers import day, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.table import Table
from acmspec.facts.tree import Dispute
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.program.record import Record
from acmspec.query.frames import RECORD, Times
from acmspec.query.record_sql import RecordSql

COLUMNS = ("record", "who", "why", "opened_on", "resolved_on")

NO_RECORD = Problem(
    "ACM550",
    "a dispute of what is not there",
    "A dispute names a record by its key, and no valid record of the table has this one.",
    "Correct the key in the file of disputes, or close the dispute.",
    "A dispute must state the record that it is about.",
    Severity.WARNING,
)
NOT_DATED = Problem(
    "ACM551",
    "a dispute without its days",
    "A dispute is open from the day it was raised to the day it was resolved, which is empty as long as it is not.",
    "Write the days as in 2025-07-01.",
    "A dispute must state the day on which it was raised.",
)
PROBLEMS = (NO_RECORD, NOT_DATED)


def disputes(  # noqa: PLR0913, PLR0917  (one argument a thing it works with)
    rows: Iterable[Row],
    table: Table,
    backend: Backend,
    dated: Iterable[Record],
    keys: Mapping[str, tuple[str, ...]],
    times: Times,
) -> tuple[Dispute, ...]:
    """The disputes that are open on the data date, each with the days that sets date its record to."""
    store, dialect = table.store, backend.dialect
    path, data_date = f"data.{store.name}.disputes", times.data_date
    opened: dict[tuple[str, ...], Row] = {}
    for row in rows:
        start, end = row.day("opened_on"), row.day("resolved_on")
        if start is None or (end is None and row["resolved_on"]):
            said = "the dispute doesn’t say on which days it was raised and resolved"
            table.certain.append(NOT_DATED.at(row.place, said, path=path))
        elif start <= data_date and (end is None or end > data_date):
            opened.setdefault(key_of(row, store), row)
    if not opened:
        return ()
    writer = RecordSql(dialect, keys, times)
    frame = writer.frame(store.name)
    days = tuple(dated)
    written = [writer.write(one, (frame,)) for one in days]
    key = [dialect.shown(writer.column(frame, one)) for one in store.key]
    whose = [writer.column(frame, store.each)] if store.each else [dialect.shown("NULL")]
    among = f"{key[0]} IN {dialect.texts(one[0] for one in opened)}"
    listed = ", ".join([writer.column(frame, RECORD), *key, *whose, *written])
    found: dict[tuple[str, ...], Dispute] = {}
    for number, *cells in backend.rows(f"SELECT {listed} FROM {writer.source(frame)} WHERE {among} ORDER BY 1"):
        named = tuple(text(one) or "" for one in cells[: len(key)])
        if named in opened:
            on = {one: _day(value) for one, value in zip(days, cells[len(key) + 1 :], strict=True)}
            since = opened[named].day("opened_on") or data_date
            found[named] = Dispute(store.name, whole(number), text(cells[len(key)]), since, on)
    for named, row in opened.items():
        if named not in found:
            said = f"no valid record of “{store.name}” has the key that the dispute names"
            table.certain.append(NO_RECORD.at(row.place, said, path=path))
    return tuple(found.values())


def _day(value: object) -> date | None:
    """The day of a date or of a moment."""
    return day(value.date() if hasattr(value, "date") else value)  # type: ignore[union-attr,unused-ignore]
