"""Who is on the register of providers, and which records and agreements name somebody who is not."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from acmspec.facts.numbers import day, present, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.table import Table
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem, Severity
from acmspec.ground.nearest import nearest
from acmspec.program.catalog import PROVIDER
from acmspec.program.register import Register
from acmspec.program.tree import Store, StoredColumn
from acmspec.query.dialect import Dialect

_SHOWN = 8

NOT_REGISTERED = Problem(
    "ACM489",
    "records of a provider that is not registered",
    "The spec names the table of its providers, and these records name somebody who is not in it, so that they are in "
    "no provider's group.",
    "Correct the name in the records, or add the provider to its table.",
    "Each record must name a Provider that is listed.",
    Severity.WARNING,
)
NO_ENTRY = Problem(
    "ACM490",
    "an agreement's provider that is not registered",
    "The agreements and the table of providers must name the same ones.",
    "Write the provider in the agreement as its table does, or add it there.",
    "Each Provider with an agreement must be listed.",
    Severity.WARNING,
)
PROBLEMS = (NOT_REGISTERED, NO_ENTRY)

Entry = tuple[str, date | None, date | None]
"""A provider, the first day it is active and the day it stops, None where nothing bounds it."""


class Registered:
    """The register as it was loaded, and those who have an agreement; `agreed` are known even if they aren't on it."""

    def __init__(self, backend: Backend, dialect: Dialect, register: Register, agreed: tuple[str, ...]) -> None:
        self._backend = backend
        self._dialect = dialect
        self._register = register
        self._agreed = tuple(dict.fromkeys(agreed))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Everybody on the register, by code point."""
        register, name = self._register, self._dialect.name
        columns = [name(one.name) if one else "CAST(NULL AS DATE)" for one in (register.start, register.end)]
        sql = f"SELECT {', '.join([name(register.key.name), *columns])} FROM {name(register.key.table)}"
        rows = ((present(text(provider)), day(start), day(end)) for provider, start, end in self._backend.rows(sql))
        return tuple(sorted(rows, key=lambda one: one[0]))

    @property
    def _listed(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.entries)

    def unknown(self, store: Store) -> Iterator[tuple[StoredColumn, str]]:
        """Each column of a table that names a provider, and SQL for who in it is not known; the register aside."""
        known = (*self._listed, *self._agreed)
        for column in store.columns:
            is_own = (store.name, column.name) == (self._register.key.table, self._register.key.name)
            if column.entity == PROVIDER and not is_own:
                sql = f"t.{self._dialect.name(column.name)}"
                among = f" AND {sql} NOT IN {self._dialect.texts(known)}" if known else ""
                yield column, f"({sql} IS NOT NULL{among})"

    def findings(self, table: Table) -> Iterator[Diagnostic]:
        """What is said of a table: providers that are not known, and on the register agreements that it lacks."""
        place = DataPlace(table.reading.shown)
        if table.store.name == self._register.key.table:
            yield from self._unlisted(place)
        for column, sql in self.unknown(table.store):
            if not column.private:
                yield from self._strangers(table, column, sql, place)

    def _unlisted(self, place: DataPlace) -> Iterator[Diagnostic]:
        for provider in (one for one in self._agreed if one not in self._listed):
            close = nearest(provider, self._listed)
            fix = f"The table has “{_visible(close)}”: write it in one way in both." if close else ""
            message = f"“{provider}” has an agreement and is not among the providers"
            yield NO_ENTRY.at(place, message, path="providers", fix=fix)

    def _strangers(self, table: Table, column: StoredColumn, sql: str, place: DataPlace) -> Iterator[Diagnostic]:
        name = self._dialect.name
        of = f"t.{name(column.name)}"
        rows = self._backend.rows(
            f"SELECT {of}, COUNT(*) FROM {name(table.store.name)} AS t WHERE {sql} GROUP BY {of} ORDER BY {of}"
        )
        found = [(present(text(provider)), whole(count)) for provider, count in rows]
        if not found:
            return
        names = ", ".join(f"“{_visible(one)}”" for one, _ in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        count = sum(count for _, count in found)
        records = "1 record names" if count == 1 else f"{count:,} records name"
        message = f"{records} {names}{more}, not listed among the providers: not linked"
        meant = ((one, nearest(one, self._listed)) for one, _ in found[:_SHOWN])
        pairs = ", ".join(f"“{_visible(one)}” for “{other}”" for one, other in meant if other)
        fix = f"Was one meant for the other: {pairs}? Then correct the name." if pairs else ""
        yield NOT_REGISTERED.at(place, message, path=table.path(column), fix=fix)


def _visible(name: str) -> str:
    return "".join(one if one.isprintable() else "␣" if one.isspace() else "\ufffd" for one in name)
