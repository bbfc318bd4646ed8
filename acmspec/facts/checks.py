"""The formulas that no record may fail: a record for which one is false can't be used; unknown is not false."""

from collections.abc import Mapping, Sequence
from functools import partial

from acmspec.facts.numbers import whole
from acmspec.facts.ports import Backend
from acmspec.facts.problems import CHECK_FAILED
from acmspec.facts.short_calendars import report_short_in_checks
from acmspec.facts.table import SHOWN, Pointing, Table
from acmspec.facts.tallies import Counted, provider_column, tally
from acmspec.program.tree import Check
from acmspec.query.calendar_sql import Calendars
from acmspec.query.dialect import Dialect
from acmspec.query.frames import NUMBER, RECORD, Times
from acmspec.query.record_sql import RecordSql


def find_failing(  # noqa: PLR0913, PLR0917  (one argument a thing it works with)
    backend: Backend,
    dialect: Dialect,
    tables: Sequence[Table],
    keys: Mapping[str, tuple[str, ...]],
    times: Times,
    calendars: Calendars,
) -> None:
    """Report the records of all tables that fail a check; none is taken out yet, so that no check sees it gone."""
    writer = RecordSql(dialect, keys, times)
    for table in tables:
        if table.store.checks:
            _failures(backend, dialect, table, writer)
    for table in tables:
        report_short_in_checks(backend, dialect, table, writer, calendars)


def take_out_failing(backend: Backend, dialect: Dialect, table: Table) -> None:
    """Take out the records of a table that were found to fail a check."""
    if not table.store.checks:
        return
    bad = _failed(table)
    count = whole(backend.rows(f"SELECT COUNT(DISTINCT number) FROM {dialect.name(bad)}")[0][0])
    if count:
        backend.remove(table.store.name, f"{NUMBER} IN (SELECT number FROM {dialect.name(bad)})")
    table.invalid_records += count
    backend.drop(bad)


def _failures(backend: Backend, dialect: Dialect, table: Table, writer: RecordSql) -> None:
    """Note the number of each record that fails, once a check, and report them."""
    selects = [_select(writer, table, index, check) for index, check in enumerate(table.store.checks)]
    backend.make(_failed(table), " UNION ALL ".join(selects))
    name = dialect.name(_failed(table))
    every = {whole(rule): whole(n) for rule, n in backend.rows(f"SELECT rule, COUNT(*) FROM {name} GROUP BY rule")}
    broken = [(index, check) for index, check in enumerate(table.store.checks) if index in every]
    at = provider_column(table)
    whose = "" if at is None else f"t.{dialect.name(table.store.columns[at].name)}"
    failed = f"{dialect.name(table.store.name)} AS t JOIN {name} AS b ON b.number = t.{NUMBER}"
    kinds = [Counted("broken", CHECK_FAILED.code, check.text, f"b.rule = {index}") for index, check in broken]
    table.tallies.extend(tally(backend, failed, whose, kinds))
    for index, check in broken:
        rows = backend.rows(f"SELECT number FROM {name} WHERE rule = {index} ORDER BY number LIMIT {SHOWN}")
        path = f"{table.path()}.checks"
        say = partial(CHECK_FAILED.at, message=f"the record fails the check “{check.text}”", path=path)
        table.invalid.extend(Pointing((whole(row[0]),), say) for row in rows)
        table.invalid.extend(table.more(CHECK_FAILED, every[index] - len(rows), "", path))


def _failed(table: Table) -> str:
    """The name of the table of those that fail; its blank keeps it apart from every table an author can name."""
    return f"{table.store.name} failed"


def _select(writer: RecordSql, table: Table, index: int, check: Check) -> str:
    frame = writer.frame(table.store.name)
    condition = writer.write(check.condition, (frame,))
    number = writer.column(frame, RECORD)
    return f"SELECT {index} AS rule, {number} AS number FROM {writer.source(frame)} WHERE NOT {condition}"
