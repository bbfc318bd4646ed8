"""Holds every cell against its column's rule, a whole column at a time; only bad ones are looked at one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from acmspec.facts.beside import Row
from acmspec.facts.cells import CellSql
from acmspec.facts.corrections import Corrector, select
from acmspec.facts.numbers import whole
from acmspec.facts.plain import Plain, as_text
from acmspec.facts.ports import Backend
from acmspec.facts.problems import NO_KEY, NO_VALUE, NOT_A_VALUE, OTHERS_RECORD
from acmspec.facts.reading import OWNER, place_of
from acmspec.facts.sheet_errors import ERROR_CELL, ERROR_MARK, said_of
from acmspec.facts.table import SHOWN, Finding, Pointing, Table, shown
from acmspec.facts.tallies import Counted, Counts, count, provider_column, told
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.program.tree import StoredColumn
from acmspec.query.clock import local_day
from acmspec.query.dialect import Dialect
from acmspec.query.frames import NUMBER


@node
class _Rule:
    """One way in which cells of one column can be bad; `bad` is SQL over the cells."""

    column: StoredColumn
    index: int
    problem: Problem
    bad: str


class Cells:
    """Turns the text columns of one table into typed ones and reports every cell that can't be."""

    def __init__(self, backend: Backend, dialect: Dialect, table: Table, data_date: date) -> None:
        self._backend = backend
        self._dialect = dialect
        self._table = table
        self._data_date = data_date
        self._sql = [CellSql(dialect, _with_errors(one, table)) for one in table.store.columns]
        self._cells = f"{table.store.name} cells"
        self._typed = f"{table.store.name} typed"
        self._decimals = [0] * len(self._sql)

    def empty(self) -> None:
        """Make the table without records, for a file that could not be read."""
        name = self._dialect.name
        columns = [f"CAST(NULL AS {one.type(0)}) AS {name(one.column.name)}" for one in self._sql]
        listed = ", ".join([f"CAST(NULL AS BIGINT) AS {NUMBER}", *columns])
        self._backend.make(self._table.store.name, f"SELECT {listed} WHERE FALSE")

    def build(self, text: str, corrections: tuple[Row, ...] = ()) -> None:
        """Make the table of the valid records that were received by the data date, and count and report the others."""
        reading, store = self._table.reading, self._table.store
        if corrections or reading.owned or reading.marked or not self._is_named:
            if reading.kinds:
                source, text = text, f"{store.name} as text"
                self._backend.make(text, as_text(self._dialect, reading.kinds, len(reading.columns), source))
                counted = self._backend.rows(f"SELECT COUNT(*) FROM {self._dialect.name(text)}")
                self._table.reading = reading.counted(whole(counted[0][0]))
            self._backend.make(store.name, self._look_at(text, corrections, {}))
            self._backend.drop(self._typed)
        else:
            self._sort(text)
        looked_up = (one.name for one in store.columns if one.entity or one.name in store.key)
        self._backend.expect(store.name, tuple(looked_up))

    @property
    def _is_named(self) -> bool:
        """Whether providers, if the table has any, are named by texts."""
        at = provider_column(self._table)
        return at is None or self._table.store.columns[at].type == "text"

    def _sort(self, source: str) -> None:
        """Take the plain records as they are, and look at the cells of the others only."""
        plain = Plain(self._backend, self._table, source, self._sql, self._received())
        found = plain.sort()
        if self._table.reading.once:
            self._table.reading = self._table.reading.counted(found.read)
        self._table.not_received = found.late
        if found.odd:
            odd = f"{self._table.store.name} odd"
            plain.odd(odd)
            self._decimals = plain.decimals
            valid = self._look_at(odd, (), found.plain)
            plain.keep_with(valid, self._decimals)
            self._backend.drop(self._typed)
        else:
            self._tally(_kinds((), "TRUE"), {}, found.plain)
            plain.keep(found)
        if not self._table.reading.is_laid:
            self._backend.drop(source)

    def _look_at(self, text: str, corrections: tuple[Row, ...], plain: Counts) -> str:
        """Bring the cells of text to their types, and count and report the others; the SELECT of the valid records."""
        self._normalize(text)
        self._correct(corrections)
        self._decimals = self._most_decimals()
        name = self._dialect.name
        values = [f"{one.value(f'n{i}', self._decimals[i], f'm{i}')} AS v{i}" for i, one in enumerate(self._sql)]
        self._backend.make(self._typed, f"SELECT c.*, {', '.join(values)} FROM {name(self._cells)} AS c")
        self._backend.drop(self._cells)
        rules = tuple(self._rules())
        received = self._received()
        at, kinds = provider_column(self._table), _kinds(rules, received)
        found = count(self._backend, name(self._typed), "" if at is None else f"n{at}", kinds)
        _, late, invalid, *broken = (sum(one[index] for one in found.values()) for index in range(len(kinds)))
        for rule, number in zip(rules, broken, strict=True):
            self._table.invalid.extend(self._report(rule, received, number))
        self._table.not_received += late
        self._table.invalid_records = invalid
        self._tally(kinds, found, plain)
        names = [f"v{i} AS {name(one.column.name)}" for i, one in enumerate(self._sql)]
        listed = ", ".join([NUMBER, *names])
        return f"SELECT {listed} FROM {name(self._typed)} WHERE {received} AND NOT ({_any(rules)})"

    def _tally(self, kinds: Sequence[Counted], found: Counts, plain: Counts) -> None:
        """Tell, by provider, what was read, what came late, and what breaks which rule; `plain` records break none."""
        for provider, (every, late) in plain.items():
            others = found.setdefault(provider, [0] * len(kinds))
            others[0] += every
            others[1] += late
        # What concerns all is counted anyway, but for single rules.
        self._table.tallies.extend(one for one in told(kinds, found) if one.provider or one.rule)

    def _normalize(self, text: str) -> None:
        """Bring cells to normal form."""
        reading = self._table.reading
        normal = [f"{self._dialect.normal(f'c{i}')} AS t{i}" for i in range(len(reading.columns))]
        known = [f"{one.known(f't{place_of(one.column.column, reading)}')} AS n{i}" for i, one in enumerate(self._sql)]
        known += [f"{one.shown(f't{place_of(one.column.column, reading)}')} AS m{i}" for i, one in self._moments()]
        owner = [OWNER] if reading.owned else []
        source = self._dialect.name(text)
        normalized = f"SELECT {', '.join([NUMBER, *owner, *normal])} FROM {source}"
        self._backend.make(self._cells, f"SELECT {', '.join([NUMBER, *owner, *known])} FROM ({normalized}) AS t")
        self._backend.drop(text)

    def _correct(self, rows: tuple[Row, ...]) -> None:
        """Put right what a file of corrections says."""
        if not rows:
            return
        done = Corrector(self._backend, self._table, self._sql, self._data_date).work_out(rows, self._cells)
        self._table.corrections = done.corrections
        if done.changes:
            kept = [f"c.{NUMBER}", *([f"c.{OWNER}"] if self._table.reading.owned else [])]
            delivered, self._cells = self._cells, f"{self._table.store.name} corrected"
            self._backend.make(self._cells, select(delivered, self._sql, done.changes, kept, self._backend))
            self._backend.drop(delivered)

    def _most_decimals(self) -> list[int]:
        """The decimals each column needs, no fewer than it is known to need."""
        if not any(one.has_decimals for one in self._sql):
            return self._decimals
        cells = self._dialect.name(self._cells)
        counted = [one.decimals(f"n{i}") if one.has_decimals else "0" for i, one in enumerate(self._sql)]
        row = self._backend.rows(f"SELECT {', '.join(['COUNT(*)', *counted])} FROM {cells}")[0]
        found = [0 if one is None else whole(one) for one in row[1:]]
        return [max(pair) for pair in zip(found, self._decimals, strict=True)]

    def _moments(self) -> Iterator[tuple[int, CellSql]]:
        return ((index, one) for index, one in enumerate(self._sql) if one.is_moment)

    def _rules(self) -> Iterator[_Rule]:
        for index, one in enumerate(self._sql):
            column = one.column
            error = self._error(f"n{index}")
            if error:
                yield _Rule(column, index, ERROR_CELL, error)
            for problem, bad in one.faults(f"n{index}", f"v{index}", f"m{index}"):
                yield _Rule(column, index, problem, f"({bad} AND NOT {error})" if error else bad)
            if self._table.reading.owned and column.name == self._table.store.each:
                owner = f"v{index} <> {one.value(OWNER, 0)}"
                yield _Rule(column, index, OTHERS_RECORD, f"({OWNER} IS NOT NULL AND v{index} IS NOT NULL AND {owner})")
            if column.name in self._table.store.key:
                yield _Rule(column, index, NO_KEY, f"(n{index} IS NULL)")
            elif not column.optional:
                yield _Rule(column, index, NO_VALUE, f"(n{index} IS NULL)")

    def _error(self, text: str) -> str:
        """Whether a cell holds an error that its source found in it; "" where no file can have any."""
        if not self._table.reading.marked:
            return ""
        return f"({text} IS NOT NULL AND left({text}, 1) = {self._dialect.text(ERROR_MARK)})"

    def _received(self) -> str:
        """Whether a record was known by the data date; one that does not say when it became known was."""
        for index, column in enumerate(self._table.store.columns):
            if column.name == self._table.store.received:
                one = self._sql[index]
                day = local_day(self._dialect, f"v{index}", one.zone) if one.is_moment else f"v{index}"
                return f"(v{index} IS NULL OR {day} <= {self._dialect.day(self._data_date)})"
        return "TRUE"

    def _report(self, rule: _Rule, received: str, count: int) -> Iterable[Finding]:
        if not count:
            return
        rows = self._backend.rows(
            f"SELECT {NUMBER}, n{rule.index} FROM {self._dialect.name(self._typed)} WHERE {received} AND {rule.bad}"
            f" ORDER BY {NUMBER} LIMIT {SHOWN}"
        )
        for number, text in rows:
            yield Pointing((whole(number),), partial(_say, rule, text, self._table.path(rule.column)))
        yield from self._table.more(rule.problem, count - len(rows), rule.column.column, self._table.path(rule.column))


def _with_errors(column: StoredColumn, table: Table) -> StoredColumn:
    """A column whose codes for missing hold also where they are errors of a spreadsheet, such as #N/A."""
    if not table.reading.marked:
        return column
    return replace(column, missing=(*column.missing, *(f"{ERROR_MARK}{one}" for one in column.missing)))


def _kinds(rules: tuple[_Rule, ...], received: str) -> list[Counted]:
    """What there is to count of records: all, those that came late, the invalid ones, and what breaks each rule."""
    return [
        Counted("read", "", "", "TRUE"),
        Counted("late", "", "", f"NOT {received}"),
        Counted("invalid", "", "", f"{received} AND ({_any(rules)})"),
        *(Counted("broken", one.problem.code, one.column.column, f"{received} AND {one.bad}") for one in rules),
    ]


def _any(rules: tuple[_Rule, ...]) -> str:
    return " OR ".join(rule.bad for rule in rules) or "FALSE"


def _say(rule: _Rule, text: object, path: str, place: DataPlace) -> Diagnostic:
    error = str(text).removeprefix(ERROR_MARK) if rule.problem is ERROR_CELL else ""
    value = error or shown(text, rule.column)
    at = replace(place, column=rule.column.column, value=value)
    if error:
        cause, fix = said_of(error)
        return rule.problem.at(at, _message(rule, value), path=path, cause=cause, fix=fix)
    fix = f"{rule.problem.fix} {_offer(rule, text)}".strip()
    return rule.problem.at(at, _message(rule, value), path=path, fix=fix)


def _message(rule: _Rule, value: str) -> str:
    column = rule.column.column
    if rule.problem in {NO_KEY, NO_VALUE}:
        return f"the cell in column “{column}” has no value: {rule.problem.title}"
    return f"“{value}” in column “{column}” is {rule.problem.title}"


def _offer(rule: _Rule, text: object) -> str:
    if rule.problem is not NOT_A_VALUE or rule.column.private or not isinstance(text, str):
        return ""
    return offer(text, rule.column.values or ())
