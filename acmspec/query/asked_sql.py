"""Questions asked of every node of an expression, as conditions on the records a query is about; knows no set."""

from collections.abc import Callable, Iterable, Iterator

from acmspec.program.lookup_rows import Find, Order, lookup_row
from acmspec.program.record import Lookup, Record
from acmspec.program.relocate import below
from acmspec.query.frames import Scope
from acmspec.query.record_sql import RecordSql

Ask = Callable[[Record, Scope], Iterable[tuple[str, str]]]
"""Asks something of one node: names, each with a condition on the records in scope."""


def everywhere(writer: RecordSql, record: Record, scope: Scope, ask: Ask) -> Iterator[tuple[str, str]]:
    """What is asked of every node of an expression, as names with conditions on the record in scope.

    Inside a lookup it is asked of every record with the same entity, whatever else is said of it.
    """
    yield from ask(record, scope)
    if not isinstance(record, Lookup):
        for each in below(record):
            yield from everywhere(writer, each, scope, ask)
        return
    for _, outer in record.links:
        yield from everywhere(writer, outer, scope, ask)
    search = writer.search(record, scope, unknowns=False)
    for inside in (record.expression, record.where):
        if inside is not None:
            for name, sql in everywhere(writer, inside, (search.frame, *scope), ask):
                yield name, writer.find(search, [*search.links, sql])


def several(writer: RecordSql, record: Record, scope: Scope) -> Iterator[tuple[str, str]]:
    """For each lookup of the only record, the table looked into and SQL that is true where there is more than one."""

    def ask(one: Record, where: Scope) -> Iterator[tuple[str, str]]:
        if not isinstance(one, Lookup):
            return
        row = lookup_row(one.function)
        if row.find is Find.ONE and row.order is Order.NONE:
            yield one.table, writer.more_than_one(one, where)

    yield from everywhere(writer, record, scope, ask)
