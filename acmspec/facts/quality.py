"""What is counted of a table's valid records: without a date, without a link, and who sent none at all."""

from collections.abc import Iterator, Sequence
from datetime import date

from acmspec.facts.beside import Row
from acmspec.facts.disputes import disputes
from acmspec.facts.far_days import far_days
from acmspec.facts.literals import sought, unseen
from acmspec.facts.numbers import present, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.problems import NO_RECORDS, SILENT
from acmspec.facts.providers import unmatched
from acmspec.facts.register import Entry, Registered
from acmspec.facts.summary import Summary, summary
from acmspec.facts.table import Table
from acmspec.facts.tallies import provider_column
from acmspec.facts.tree import DataFile, TableQuality, Tally
from acmspec.ground.calendar import Period, periods
from acmspec.ground.diagnostic import DataPlace
from acmspec.ground.lifetimes import near
from acmspec.program.agreed import Agreement
from acmspec.program.catalog import PROVIDER
from acmspec.program.record import (
    Active,
    FieldValue,
    OpenOn,
    Record,
    Step,
)
from acmspec.program.relocate import parts
from acmspec.program.tree import Population, Program, Roll, Store, StoredColumn
from acmspec.program.types import DatetimeType
from acmspec.query.clock import local_day
from acmspec.query.completeness import complete_through, through
from acmspec.query.dialect import Dialect
from acmspec.query.frames import Times
from acmspec.query.record_sql import RecordSql

Stretch = tuple[str, date, date]
"""A provider and the first and last day it should have reported in and did not."""


class Quality:
    """Counts, over the valid records of every table, before any gate empties one."""

    def __init__(self, backend: Backend, dialect: Dialect, program: Program, data_date: date) -> None:
        self._backend = backend
        self._dialect = dialect
        self._program = program
        self._data_date = data_date
        self._times = Times(data_date, through(program.stores, data_date))
        self._keys = {one.name: one.key for one in program.stores}
        self._sought = sought(program)
        self._meant = near(program.first, program.last)
        agreed = tuple(one.provider for one in program.payments.agreements)
        register = program.register
        self._registered = None if register is None else Registered(backend, dialect, register, agreed)
        self._dated: dict[str, dict[Record, None]] = {}
        self._steps: dict[str, dict[Step, None]] = {}
        for root in (
            *program.measures,
            *program.checks,
            *(check for store in program.stores for check in store.checks),
        ):
            for node in parts(root):
                if isinstance(node, Population):
                    self._dated.setdefault(node.table, {}).update(dict.fromkeys(_days(node)))
                elif isinstance(node, FieldValue):
                    for step in node.steps:
                        self._steps.setdefault(step.via.table, {}).setdefault(step)

    def dispute(self, table: Table, rows: Sequence[Row]) -> None:
        """Note on a table which of its records are in dispute."""
        dated = self._dated.get(table.store.name, ())
        table.disputes = disputes(rows, table, self._backend, dated, self._keys, self._times)

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Everybody on the register of providers; nobody where there is none."""
        return () if self._registered is None else self._registered.entries

    def of(self, table: Table) -> TableQuality:
        """What there is to say of a table; who was silent is reported on the table, too."""
        store, reading = table.store, table.reading
        is_open = not (table.closed or table.over)
        undated, unlinked = self._undated(table), self._unlinked(table)
        told = summary(self._backend, table, self._dating(table), (undated or "FALSE", *map(_any, unlinked.values())))
        counts = dict(zip(unlinked, told.counts[1:], strict=True))
        looked_up = self._looked_up(table)
        counts |= {one: self._count(table, [*unlinked.get(one, ()), *sql]) for one, sql in looked_up.items()}
        if is_open and reading.count == 0 and self._program.payments.agreements:
            # Without agreements nobody is paid, and a table that is still empty is only empty.
            table.certain.append(NO_RECORDS.at(DataPlace(reading.shown), "the file has no records", path=table.path()))
        elif is_open:
            self._compare_providers(table, told)
            table.certain.extend(unseen(self._backend, self._dialect, table, self._sought))
            table.certain.extend(far_days(self._backend, self._dialect, table, self._meant, told.ends))
            if self._registered is not None:
                table.certain.extend(self._registered.findings(table))
        return TableQuality(
            name=store.name,
            file=reading.shown,
            sha256=reading.sha256,
            read=reading.count,
            used=table.used,
            invalid=table.invalid_records,
            duplicates=table.duplicates,
            not_received=table.not_received,
            undated=told.counts[0] if undated else self._undated_of_others(table),
            unlinked=tuple(counts.items()),
            through=complete_through(store, self._data_date),
            open=is_open,
            since=store.complete_from,
            silent=self._silent(table) if is_open else (),
            absent=tuple((first, last) for provider, first, last in reading.absent if not provider),
            tallies=(*table.tallies, *_by_provider(table, told)),
            newest=tuple(_newest(told)),
            corrections=table.corrections,
            disputes=table.disputes,
            beside=tuple(table.beside),
            files=tuple(DataFile(one.scan.shown, one.sha256, one.count) for one in reading.pieces),
        )

    def _dating(self, table: Table) -> str:
        """The day that a measure dates a record to, up to the data date; the first way of dating counts."""
        dated = next(iter(self._dated.get(table.store.name, ())), None)
        if not isinstance(dated, FieldValue) or dated.steps:
            return "CAST(NULL AS DATE)"
        column = self._dialect.name(dated.column.name)
        on = local_day(self._dialect, column, dated.type.zone) if isinstance(dated.type, DatetimeType) else column
        return f"CASE WHEN {on} <= {self._dialect.day(self._data_date)} THEN {on} END"

    def _undated(self, table: Table) -> str:
        """Whether some measure can't place a record in time, because the date it goes by is missing.

        "" where that is not told by its own fields alone.
        """
        dated = self._dated.get(table.store.name, ())
        own = [one for one in dated if isinstance(one, FieldValue) and not one.steps]
        if len(own) < len(dated):
            return ""
        return _any([f"t.{self._dialect.name(one.column.name)} IS NULL" for one in own])

    def _undated_of_others(self, table: Table) -> int:
        """How many records there are of which that is so, by whatever the dates are made of."""
        writer = RecordSql(self._dialect, self._keys, self._times)
        frame = writer.frame(table.store.name)
        missing = [f"{writer.write(one, (frame,))} IS NULL" for one in self._dated[table.store.name]]
        return whole(self._backend.rows(f"SELECT COUNT(*) FROM {writer.source(frame)} WHERE {_any(missing)}")[0][0])

    def _unlinked(self, table: Table) -> dict[str, list[str]]:
        """By name of what a record should be linked to: whether it has none, or one that nobody knows."""
        store = table.store
        conditions: dict[str, list[str]] = {}
        for column in store.columns:
            if column.entity and (column.name,) != store.key:
                conditions.setdefault(column.entity, []).append(f"t.{self._dialect.name(column.name)} IS NULL")
        for _, sql in self._registered.unknown(store) if self._registered is not None else ():
            conditions[PROVIDER].append(sql)
        return conditions

    def _looked_up(self, table: Table) -> dict[str, list[str]]:
        """Likewise: whether it names one that a table doesn't have."""
        name = self._dialect.name
        conditions: dict[str, list[str]] = {}
        for step in self._steps.get(table.store.name, ()):
            key = self._keys[step.table][0]
            found = f"SELECT 1 FROM {name(step.table)} AS k WHERE k.{name(key)} = t.{name(step.via.name)}"
            conditions.setdefault(step.name, []).append(f"NOT EXISTS ({found})")
        return conditions

    def _count(self, table: Table, alternatives: Sequence[str]) -> int:
        source = f"{self._dialect.name(table.store.name)} AS t WHERE {_any(alternatives)}"
        return whole(self._backend.rows(f"SELECT COUNT(*) FROM {source}")[0][0])

    def _compare_providers(self, table: Table, told: Summary) -> None:
        """Report, on the table, which agreements and which of its providers have no counterpart."""
        store = table.store
        through = complete_through(store, self._data_date)
        agreed = [one.provider for one in self._program.payments.agreements if one.first <= through]
        for column in store.columns:
            if column.entity != PROVIDER or column.private or table.used == 0:
                continue
            is_own = column.name == store.each
            named = [one for one in told.used if one is not None] if is_own else self._named(table, column)
            place, path = DataPlace(table.reading.shown, column=column.column), table.path(column)
            table.certain.extend(unmatched(store.name, list(dict.fromkeys(agreed)), sorted(named), place, path))

    def _named(self, table: Table, column: StoredColumn) -> list[str]:
        of = self._dialect.name(column.name)
        sql = f"SELECT DISTINCT {of} FROM {self._dialect.name(table.store.name)} WHERE {of} IS NOT NULL"
        return [present(text(provider)) for (provider,) in self._backend.rows(sql)]

    def _silent(self, table: Table) -> tuple[Stretch, ...]:
        """Who sent no file, and who sent no record where the spec asks for one."""
        without_file = [one for one in table.reading.absent if one[0]]
        asked = [] if table.store.roll is None else self._unheard(table, table.store.roll)
        return tuple(dict.fromkeys((*without_file, *asked)))

    def _unheard(self, table: Table, roll: Roll) -> tuple[Stretch, ...]:
        through = complete_through(table.store, self._data_date)
        asked = [(one, self._due(one, roll, through)) for one in self._program.payments.agreements]
        every = tuple(sorted({period for _, due in asked for period in due}))
        heard = self._heard(table.store, roll, every)
        found: list[Stretch] = []
        for agreement, due in asked:
            found.extend(_stretches(agreement.provider, [(one, (agreement.provider, one) in heard) for one in due]))
        for provider, first, last in found:
            message = f"“{provider}” sent no record dated {first} to {last}"
            place = DataPlace(table.reading.shown)
            table.certain.append(SILENT.at(place, message, path=f"{table.path()}.reporting"))
        return tuple(found)

    def _due(self, agreement: Agreement, roll: Roll, through: date) -> tuple[Period, ...]:
        """The whole periods of an agreement for which its provider's records must be here."""
        end = min(agreement.last, through)
        found = periods(roll.every, agreement.first, end, self._program.fiscal_starts)
        return tuple(one for one in found if agreement.first <= one.first and one.last <= end)

    def _heard(self, table: Store, roll: Roll, every: Sequence[Period]) -> frozenset[tuple[str | None, Period]]:
        if not every:
            return frozenset()
        name, day = self._dialect.name, self._dialect.day
        rows = ", ".join(f"({index}, {day(one.first)}, {day(one.last)})" for index, one in enumerate(every))
        each, dated = name(roll.each.name), f"t.{name(roll.dated.name)}"
        kind = next(one.of for one in table.columns if one.name == roll.dated.name)
        on = local_day(self._dialect, dated, kind.zone) if isinstance(kind, DatetimeType) else dated
        found = self._backend.rows(
            f"SELECT DISTINCT t.{each}, w.i FROM {name(table.name)} AS t JOIN (VALUES {rows}) AS w (i, a, b)"
            f" ON {on} >= w.a AND {on} <= w.b WHERE t.{each} IS NOT NULL"
        )
        return frozenset((text(provider), every[whole(index)]) for provider, index in found)


def _any(alternatives: Sequence[str]) -> str:
    """Whether one of some conditions holds."""
    return " OR ".join(alternatives) or "FALSE"


def _by_provider(table: Table, told: Summary) -> Iterator[Tally]:
    """How many records of each provider are used."""
    if provider_column(table) is not None:
        yield from (Tally(one, "used", "", "", told.used[one]) for one in sorted(filter(None, told.used)))


def _newest(told: Summary) -> Iterator[tuple[str, date]]:
    """The latest day that a measure dates a record to, of all records and by provider."""
    if told.newest:
        yield "", max(told.newest.values())
    yield from sorted((one, day) for one, day in told.newest.items() if one)


def _days(population: Population) -> Iterator[Record]:
    """The days without which a record of a set is in no period: its date, or the start of its span."""
    if population.dated is not None:
        yield population.dated
    if isinstance(population.member, OpenOn | Active):
        yield population.member.start


def _stretches(provider: str, due: Sequence[tuple[Period, bool]]) -> Iterator[Stretch]:
    """Periods in a row without a record, put together."""
    first: date | None = None
    last = date.min
    for period, was_heard in due:
        if was_heard and first is not None:
            yield provider, first, last
            first = None
        elif not was_heard:
            first, last = first or period.first, period.last
    if first is not None:
        yield provider, first, last
