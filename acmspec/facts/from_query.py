"""From what to ask to exact numbers: loads the files, holds them against the spec, runs the queries."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from acmspec.facts import beside, corrections, disputes
from acmspec.facts.chance import report_several, report_ties, several_of_spells, tie_of_spells
from acmspec.facts.checks import find_failing, take_out_failing
from acmspec.facts.delivered import Folder
from acmspec.facts.gathered import gathered, of_disputed
from acmspec.facts.keys import settle_duplicates
from acmspec.facts.numbers import present, text, whole
from acmspec.facts.ports import Backend, Refused, Source
from acmspec.facts.problems import GATE_CLOSED, TOO_LARGE
from acmspec.facts.quality import Quality
from acmspec.facts.reading import CHANGED, Files
from acmspec.facts.register import Entry
from acmspec.facts.short_calendars import report_short
from acmspec.facts.successes import successes
from acmspec.facts.table import Table
from acmspec.facts.tree import Facts, TableQuality
from acmspec.facts.validate import Cells
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Outcome
from acmspec.ground.exact import fixed
from acmspec.ground.watch import UNWATCHED, Watch
from acmspec.program.tree import Program, Store
from acmspec.query.calendar_sql import Calendars
from acmspec.query.completeness import through
from acmspec.query.frames import Times
from acmspec.query.tree import Plan

T = TypeVar("T")

_MOST_CODES = 10_000
"""A column with more texts is no column of groups."""

GATHERING = "counting"
"""The stage after the tables are read."""


def gather(  # noqa: PLR0913, PLR0917  (one argument a thing it works with)
    program: Program,
    plan: Plan,
    data_date: date,
    backend: Backend,
    sources: Sequence[Source],
    files: Mapping[str, tuple[Path, str]] | Folder,
    watch: Watch = UNWATCHED,
) -> Outcome[Facts]:
    """Load, validate and gather. `files` gives where files lie, or each table's path and the path as the user knows it.

    There are always facts: a table whose gate is closed counts as empty, and its `TableQuality.open` is False; that
    holds for files that could not be read, too, whose findings have codes ACM400 to ACM409. The backend stays open.
    """
    folder = files if isinstance(files, Folder) else Folder(Path(), files)
    with TemporaryDirectory(prefix="acmspec-", ignore_cleanup_errors=True) as aside:
        run = _Run(program, plan, data_date, backend)
        run.load(Files(backend, sources, folder, Path(aside)), watch)
        backend.seal()
        watch.begin(GATHERING)
        facts = run.facts()
        return Outcome(facts, tuple(run.findings()))


class _Run:
    """One run, from files to facts."""

    def __init__(self, program: Program, plan: Plan, data_date: date, backend: Backend) -> None:
        self._program = program
        self._plan = plan
        self._data_date = data_date
        self._backend = backend
        self._dialect = backend.dialect
        self._tables: list[Table] = []
        self._quality: dict[str, TableQuality] = {}
        self._general: list[Diagnostic] = []
        self._listed: tuple[Entry, ...] = ()
        self._gated: set[str] = set()
        self._coded: set[str] = set()
        self._other: set[str] = set()
        self._disputed: dict[str, tuple[beside.Row, ...]] = {}

    def findings(self) -> Iterator[Diagnostic]:
        """Everything found, table by table, then what belongs to none."""
        for table in self._tables:
            yield from table.findings()
        yield from self._general

    def load(self, files: Files, watch: Watch) -> None:
        """Every table of the program, valid records only."""
        for store in self._program.stores:
            watch.begin(f"reading {store.name}")
            table = self._read(files, store)
            self._tables.append(table)
            rows = self._beside(files, table, "disputes", store.disputes, disputes.COLUMNS)
            self._disputed[store.name] = rows
        for name, sql in self._plan.calendars:
            self._backend.make(name, sql)
        try:
            self._check()
        except Refused as refused:
            self._give_up(refused)

    def _check(self) -> None:
        """Hold the records against the checks; where a file was changed meanwhile, its table is emptied first."""
        keys = {one.name: one.key for one in self._program.stores}
        times = Times(self._data_date, through(self._program.stores, self._data_date))
        calendars = Calendars(self._data_date, self._program.calendars)
        asked = (self._backend, self._dialect, self._tables, keys, times, calendars)
        self._asked(self._tables, lambda: find_failing(*asked))
        for table in self._tables:
            self._asked((table,), partial(take_out_failing, self._backend, self._dialect, table))

    def _read(self, files: Files, store: Store) -> Table:
        """One table, valid records only; what breaks off in types of its own is read as text, which tells where."""
        try:
            return self._built(files, store, typed=True)
        except Refused as refused:
            if refused.lacks:
                raise
            return self._built(files, store, typed=False)

    def _built(self, files: Files, store: Store, *, typed: bool) -> Table:
        loaded = f"{store.name} text"
        table = Table(store, files.read(store, loaded, self._program, self._data_date, typed=typed))
        cells = Cells(self._backend, self._dialect, table, self._data_date)
        if not table.reading.is_read:
            table.closed = True
            cells.empty()
            return table
        cells.build(loaded, self._beside(files, table, "corrections", store.corrections, corrections.COLUMNS))
        settle_duplicates(self._backend, self._dialect, table)
        return table

    def _beside(
        self, files: Files, table: Table, key: str, file: str, columns: tuple[str, ...]
    ) -> tuple[beside.Row, ...]:
        """The rows of a file about a table's records; one that can't be read closes the gate."""
        if not file:
            return ()
        found = beside.rows_of(files, self._backend, table.store, key, file, columns, self._program, self._data_date)
        table.beside.append((key, found.file))
        table.certain.extend(found.faults)
        table.closed = table.closed or bool(found.faults)
        return found.rows

    def facts(self) -> Facts:
        """Close the gates, build the narrow facts, gather from them."""
        quality = Quality(self._backend, self._dialect, self._program, self._data_date)
        for table in self._tables:
            self._asked((table,), partial(quality.dispute, table, self._disputed[table.store.name]))
        self._quality = {table.store.name: self._asked((table,), partial(quality.of, table)) for table in self._tables}
        self._listed = quality.listed
        for table in self._tables:
            if table.closed or table.over:
                self._close(table)
        try:
            found = self._evaluate()
        except Refused as refused:
            changed = self._changed()
            if not changed:
                self._give_up(refused)
        else:
            changed = self._changed()
            if not changed:
                return found
        for table in changed or self._tables:
            self._close(table)
        return self._evaluate()

    def _asked(self, tables: Sequence[Table], ask: Callable[[], T]) -> T:
        """What is asked of tables; where a file was changed meanwhile, its table is emptied and it is asked again."""
        noted = [one.noted for one in tables]
        refused: Refused | None = None
        try:
            found = ask()
        except Refused as error:
            refused = error
        else:
            if not any(self._is_other(one) for one in self._tables):
                return found
        for table, before in zip(tables, noted, strict=True):
            table.forget(before)
        if not self._emptied() and refused is not None:
            raise refused
        return ask()

    def _is_other(self, table: Table) -> bool:
        """Whether the file of a table was changed, which nobody has said yet."""
        return table.reading.has_changed and table.store.name not in self._other

    def _emptied(self) -> list[Table]:
        """The tables whose file was changed while it was asked, without records from here on."""
        changed = self._changed()
        for one in changed:
            Cells(self._backend, self._dialect, one, self._data_date).empty()
        return changed

    def _changed(self) -> list[Table]:
        """The tables whose file was changed while it was asked, each reported and given once."""
        found = [one for one in self._tables if self._is_other(one)]
        for table in found:
            self._other.add(table.store.name)
            table.closed = True
            message = f"“{table.reading.shown}” was changed while it was read"
            table.certain.append(CHANGED.at(DataPlace(table.reading.shown), message, path=table.path()))
        return found

    def _evaluate(self) -> Facts:
        self._build()
        chance = self._by_chance()
        for table in chance:
            self._close(table)
        if chance:
            self._build()
        short = frozenset(self._too_short())
        cells, groups = gathered(self._backend, self._plan.gathers)
        succeeded = successes(self._backend, self._plan.collects)
        tables = tuple(self._quality.values())
        # Facts lose all other records, so nothing may be asked of them any more.
        doubted = of_disputed(self._backend, self._plan, tables)
        return Facts(self._data_date, cells, groups, succeeded, tables, self._listed, short, doubted)

    def _give_up(self, refused: Refused) -> None:
        """Close every gate if the data holds a number that is too large; anything else is a bug."""
        if not refused.too_large:
            raise refused
        for table in self._tables:
            table.closed = True
        # The engine's own word names the number, which may be private.
        self._general.append(TOO_LARGE.at(None, "a number is too large to be computed exactly"))

    # --- gates --------------------------------------------------------------------------------------------

    def _close(self, table: Table) -> None:
        name = table.store.name
        if table.reading.is_laid:
            # The file may be gone.
            Cells(self._backend, self._dialect, table, self._data_date).empty()
        else:
            self._backend.remove(name, "TRUE")
        self._quality[name] = replace(self._quality[name], open=False)
        if name in self._gated:
            return
        self._gated.add(name)
        cause = fix = ""
        if table.over:
            accepted = fixed(table.store.accept_invalid * 100, 4).rstrip("0").rstrip(".")
            message = (
                f"{table.invalid_records:,} of the {table.known:,} records of “{name}” can't be used,"
                f" more than the {accepted}% accepted: its results are missing"
            )
        else:
            message = f"the data of “{name}” can't be used: its results are missing"
            # How many records are bad is not the question here, so accepting more of them would not help.
            cause = (
                "What is said of this file above leaves it open what its records are, so that no result rests on it."
            )
            fix = "Mend what is said of this file above, and run again."
        place = DataPlace(table.reading.shown)
        table.certain.append(GATE_CLOSED.at(place, message, path=table.path(), cause=cause, fix=fix))

    def _by_chance(self) -> list[Table]:
        """The tables in which chance would decide which record counts, each case reported."""
        found = {table.store.name: table for table in (*self._ties(), *self._several())}
        for table in found.values():
            table.closed = True
        return list(found.values())

    def _by_name(self) -> dict[str, Table]:
        """The tables by name; spells stand for the first that they are made of."""
        found = {table.store.name: table for table in self._tables}
        return found | {one.name: found[one.sources[0]] for one in self._program.spells if one.sources[0] in found}

    def _is_made(self, name: str) -> bool:
        """Whether a table is made of others, so that its records lie in no file."""
        return any(one.name == name for one in self._program.spells)

    def _several(self) -> list[Table]:
        """The tables in which a lookup of the only record finds several, each record that looks reported once."""
        found: dict[str, Table] = {}
        by_name = self._by_name()
        reported: set[tuple[str, str, int]] = set()
        for facts in self._plan.facts:
            measured = facts.population.table
            for looked_into, sql in facts.several:
                rows = [(looked_into, measured, whole(number)) for _, number in self._backend.rows(sql)]
                fresh = [row for row in rows if row not in reported]
                reported.update(fresh)
                if fresh:
                    found[looked_into] = by_name[looked_into]
                if fresh and self._is_made(measured):
                    self._general.append(several_of_spells(measured, looked_into, len(fresh)))
                elif fresh:
                    report_several(by_name[measured], looked_into, [number for *_, number in fresh])
        return list(found.values())

    def _too_short(self) -> Iterator[str]:
        """The calendars that don't cover what some record asks of them, each record reported once."""
        by_name = self._by_name()
        reported: set[tuple[str, str, int]] = set()
        for facts in self._plan.facts:
            measured = facts.population.table
            for calendar, sql in facts.short:
                numbers = [whole(number) for (number,) in self._backend.rows(sql)]
                fresh = [one for one in numbers if (calendar, measured, one) not in reported]
                reported.update((calendar, measured, one) for one in fresh)
                if fresh and not self._is_made(measured):
                    report_short(by_name[measured], calendar, fresh)
                if fresh:
                    yield calendar

    def _ties(self) -> list[Table]:
        """The tables in which a choice was a tie, each tie reported."""
        found: dict[str, Table] = {}
        by_name = self._by_name()
        reported: set[tuple[str, int, int]] = set()
        for facts in self._plan.facts:
            table = by_name[facts.population.table]
            for sql, choice in zip(facts.ties, facts.population.choices, strict=True):
                rows = [(whole(index), whole(kept), whole(other)) for index, kept, other in self._backend.rows(sql)]
                fresh = [row for row in rows if (facts.population.name, *row[1:]) not in reported]
                reported.update((facts.population.name, *row[1:]) for row in rows)
                if rows:
                    found[table.store.name] = table
                if rows and self._is_made(facts.population.table):
                    self._general.append(tie_of_spells(facts.population, len(fresh)))
                elif rows:
                    report_ties(table, facts, choice, fresh)
        return list(found.values())

    # --- facts --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        for name, sql in self._plan.spells:
            self._backend.make(name, sql)
        for name, sql in self._plan.codes:
            self._code(name, sql)
        for one in self._plan.facts:
            self._backend.make(one.name, one.sql)
        for name, sql in self._plan.rollups:
            self._backend.make(name, sql)

    def _code(self, name: str, sql: str) -> None:
        """Make a type of the texts that a column has; of all texts, where it has too many."""
        if name in self._coded:
            return
        texts = [present(text(one)) for (one,) in self._backend.rows(f"{sql} LIMIT {_MOST_CODES + 1}")]
        is_few = len(texts) <= _MOST_CODES and not any("\0" in one for one in texts)
        self._backend.rows(self._dialect.code(name, texts if is_few else ()))
        self._coded.add(name)
