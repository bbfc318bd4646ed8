"""The narrow facts of one set: a row for each record dated into each window, and what became of it there.

Record expressions are computed once a record, before records meet windows; choices are made window by window.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from acmspec.ground.calendar import Length
from acmspec.ground.node import node
from acmspec.program.aggregates import Takes, aggregate
from acmspec.program.record import FieldValue, Record
from acmspec.program.tree import Aggregate, Choice, Dimension, Population
from acmspec.query.dialect import Dialect
from acmspec.query.gap_sql import SetGaps
from acmspec.query.record_sql import NUMBER, RECORD, RecordSql, Scope
from acmspec.query.tree import Windows

WINDOW = "window"
INCLUDED = "included"
DATED = "dated"


@node
class TableFacts:
    """What a query must know of a table: its key, its lag, the dates it is complete to, and from if that is said."""

    key: tuple[str, ...]
    lag: Length
    through: date
    since: date | None = None


@node
class Ask:
    """Everything asked of one set in one row of windows: its aggregates, dimensions and entities, without repeats.

    What a record comes to does not depend on how it is judged, so the aggregates here are `unjudged`.
    """

    population: Population
    windows: Windows
    aggregates: tuple[Aggregate, ...]
    dimensions: tuple[Dimension, ...]
    entities: tuple[FieldValue, ...]
    gaps: SetGaps = SetGaps()


def unjudged(one: Aggregate) -> Aggregate:
    """An aggregate as an ask holds it, whichever measure it belongs to."""
    return replace(one, judging=None)


@node
class AggregateColumns:
    """The columns of one aggregate in the narrow facts, as quoted names.

    `value` is its expression and `value3` the same with unknown lookups; `where` and `where3` likewise its own
    condition, None if it has none; `matures` is the data date an unmatured record waits for, NULL if it is mature;
    `unreached` is whether it looks at days before the data begins, None if nothing says where that is.
    """

    value: str
    value3: str
    where: str | None
    where3: str | None
    matures: str
    unreached: str | None


def aggregate_columns(index: int, one: Aggregate) -> AggregateColumns:
    """The names of the columns of an ask's aggregate number `index`."""
    has_where = one.where is not None
    return AggregateColumns(
        value=f'"a{index} value"',
        value3=f'"a{index} value3"',
        where=f'"a{index} where"' if has_where else None,
        where3=f'"a{index} where3"' if has_where else None,
        matures=f'"a{index} matures"',
        unreached=f'"a{index} unreached"' if one.reaches else None,
    )


def dimension_column(index: int) -> str:
    """The quoted name of the column of an ask's dimension number `index`."""
    return f'"d{index}"'


def entity_column(index: int) -> str:
    """The quoted name of the column of an ask's entity number `index`."""
    return f'"e{index}"'


class PopulationSql:
    """Writes the SELECT of one ask's narrow facts."""

    def __init__(self, dialect: Dialect, tables: Mapping[str, TableFacts], ask: Ask) -> None:
        self._dialect = dialect
        self._tables = tables
        self._ask = ask
        self._writer = RecordSql(dialect, {name: one.key for name, one in tables.items()})
        self._frame = self._writer.frame(ask.population.table)
        self._scope: Scope = (self._frame,)
        self._only = tuple(dict.fromkeys(found for one in self._expressions() for found in self._of_the_only(one)))

    def select(self) -> str:
        """The SELECT of the narrow facts."""
        records = self._records()
        choices = self._ask.population.keep
        steps = [f'"measured records" AS ({records})', f'"step 0" AS ({self._placed()})']
        steps += [f'"step {number}" AS ({self._chosen(number, one)})' for number, one in enumerate(choices, 1)]
        left = " ".join(f'AND NOT "left {number}"' for number in range(len(self._ask.population.exclude)))
        included = f'CASE WHEN "in {len(choices)}" {left} THEN TRUE ELSE FALSE END AS "{INCLUDED}"'
        columns = ", ".join([NUMBER, f'"{WINDOW}"', included, *self._carried()])
        return f'WITH {", ".join(steps)} SELECT {columns} FROM "step {len(choices)}"'

    def ties(self, facts: str) -> tuple[str, ...]:
        """For each choice, the SELECT over the facts of records it could not tell from the one it kept."""
        name = self._dialect.name(facts)
        return tuple(
            f'SELECT MIN("{WINDOW}"), "kept {number}", {NUMBER} FROM {name} WHERE "kept {number}" <> {NUMBER}'
            f' GROUP BY "kept {number}", {NUMBER} ORDER BY "kept {number}", {NUMBER}'
            for number in range(1, len(self._ask.population.keep) + 1)
        )

    def several(self, facts: str) -> tuple[tuple[str, str], ...]:
        """For each lookup of the only record, its table and the SELECT over the facts of records that find more."""
        name = self._dialect.name(facts)
        return tuple(
            (
                table,
                f'SELECT MIN("{WINDOW}"), {NUMBER} FROM {name}'  # noqa: ISC004  (one text)
                f' WHERE "several {index}" GROUP BY {NUMBER} ORDER BY {NUMBER}',
            )
            for index, (table, _) in enumerate(self._only)
        )

    def _carried(self) -> list[str]:
        ask = self._ask
        carried = [dimension_column(index) for index in range(len(ask.dimensions))]
        # Only what is paid once per entity asks on which day it succeeded.
        carried += [f'"{DATED}"'] if ask.entities else []
        carried += [entity_column(index) for index in range(len(ask.entities))]
        for index, one in enumerate(ask.aggregates):
            names = aggregate_columns(index, one)
            carried += [names.value, names.value3, names.matures]
            carried += [one for one in (names.where, names.where3, names.unreached) if one]
        carried += [one.name for one in ask.gaps.told]
        carried += [
            _truth(f'"in {one.step - 1}" AND "k{one.step} entity {one.entity}" IS NULL', one.name)
            for one in ask.gaps.keep
        ]
        carried += [f'"several {index}"' for index in range(len(self._only))]
        carried += [f'"kept {number}"' for number in range(1, len(ask.population.keep) + 1)]
        return carried

    # --- once a record ------------------------------------------------------------------------------------

    def _records(self) -> str:
        population = self._ask.population
        columns = [
            (self._writer.column(self._frame, RECORD), NUMBER),
            (self._write(population.dated), f'"{DATED}"'),
            (self._holds(population.where), '"in"'),
            *((self._holds(one.when), f'"left {number}"') for number, one in enumerate(population.exclude)),
            *self._choice_columns(),
            *self._dimension_columns(),
            *self._aggregate_columns(),
            *((self._holds(one.told.when, unknowns=True), one.name) for one in self._ask.gaps.told),
            *((sql, f'"several {index}"') for index, (_, sql) in enumerate(self._only)),
        ]
        selected = ", ".join(f"{sql} AS {name}" for sql, name in columns)
        return f"SELECT {selected} FROM {self._writer.source(self._frame)}"

    def _expressions(self) -> Iterator[Record]:
        """All that is asked of a record of the set."""
        population = self._ask.population
        yield population.dated
        yield from (one for one in (population.where, *(left.when for left in population.exclude)) if one is not None)
        yield from (dimension.of(population.table) for dimension in self._ask.dimensions)
        for one in self._ask.aggregates:
            yield from (each for each in (one.expression, one.where) if each is not None)

    def _of_the_only(self, record: Record) -> Iterator[tuple[str, str]]:
        return self._writer.several(record, self._scope)

    def _write(self, record: Record, *, unknowns: bool = False) -> str:
        return self._writer.write(record, self._scope, unknowns=unknowns)

    def _holds(self, condition: Record | None, *, unknowns: bool = False) -> str:
        return "TRUE" if condition is None else _truth(self._write(condition, unknowns=unknowns))

    def _choice_columns(self) -> Iterable[tuple[str, str]]:
        for number, choice in enumerate(self._ask.population.keep, 1):
            for index, one in enumerate(choice.entities):
                yield self._write(one), f'"k{number} entity {index}"'
            for index, one in enumerate(choice.by):
                yield self._write(one), f'"k{number} by {index}"'

    def _dimension_columns(self) -> Iterable[tuple[str, str]]:
        table = self._ask.population.table
        for index, dimension in enumerate(self._ask.dimensions):
            yield self._writer.text(dimension.of(table), self._scope), dimension_column(index)
        for index, entity in enumerate(self._ask.entities):
            yield self._writer.text(entity, self._scope), entity_column(index)

    def _aggregate_columns(self) -> Iterable[tuple[str, str]]:
        for index, one in enumerate(self._ask.aggregates):
            names = aggregate_columns(index, one)
            is_judged = aggregate(one.function).takes in {Takes.CONDITION, Takes.NUMBER}
            yield "NULL" if one.expression is None else self._write(one.expression), names.value
            if one.expression is not None and is_judged:
                yield self._write(one.expression, unknowns=True), names.value3
            else:
                yield "NULL", names.value3
            if one.where is not None and names.where and names.where3:
                yield self._holds(one.where), names.where
                yield self._write(one.where, unknowns=True), names.where3
            yield self._matures(one), names.matures
            if names.unreached:
                yield self._unreached(one), names.unreached

    def _matures(self, one: Aggregate) -> str:
        waits: list[str] = []
        for window in one.windows:
            table = self._tables[window.table]
            last = self._dialect.later(self._write(window.anchor), window.length)
            seen = self._dialect.latest_day(self._dialect.later(last, table.lag))
            waits.append(f"CASE WHEN {last} > {self._dialect.day(table.through)} THEN {seen} END")
        if not waits:
            return "CAST(NULL AS DATE)"
        return waits[0] if len(waits) == 1 else f"GREATEST({', '.join(waits)})"

    def _unreached(self, one: Aggregate) -> str:
        """Whether a first day lies before the one that its table is complete from."""
        early: list[str] = []
        for reach in one.reaches:
            since = self._tables[reach.table].since
            if since is not None:
                anchor = self._write(reach.anchor)
                moved = self._dialect.later if reach.ahead else self._dialect.earlier
                early.append(f"{moved(anchor, reach.length)} < {self._dialect.day(since)}")
        return f"CASE WHEN {' OR '.join(early)} THEN TRUE ELSE FALSE END" if early else "FALSE"

    # --- once a record and window ---------------------------------------------------------------------------

    def _placed(self) -> str:
        day = self._dialect.day
        rows = ", ".join(
            f"({index}, {day(one.first)}, {day(one.last)})" for index, one in enumerate(self._ask.windows.periods)
        )
        return (
            f'SELECT w."{WINDOW}", m.*, m."in" AS "in 0" FROM "measured records" AS m'
            f' JOIN (VALUES {rows}) AS w ("{WINDOW}", "first", "last")'
            f' ON m."{DATED}" >= w."first" AND m."{DATED}" <= w."last"'
        )

    def _chosen(self, number: int, choice: Choice) -> str:
        entities = [f'"k{number} entity {index}"' for index in range(len(choice.entities))]
        eligible = " AND ".join([f'"in {number - 1}"', *(f"{one} IS NOT NULL" for one in entities)])
        # A missing value ranks last whichever end is kept, so its absence is the first thing to sort by.
        direction = "DESC" if choice.choice == "last" else "ASC"
        by = [f'"k{number} by {index}"' for index in range(len(choice.by))]
        order = [part for one in by for part in (f"CASE WHEN {one} IS NULL THEN 1 ELSE 0 END", f"{one} {direction}")]
        partition = f'PARTITION BY "{WINDOW}", "eligible {number}", {", ".join(entities)}'
        over = f"OVER ({partition} ORDER BY {', '.join(order) or '1'})"
        exact = f"OVER ({partition} ORDER BY {', '.join([*order, NUMBER])})"
        inner = (
            f'SELECT *, CASE WHEN {eligible} THEN TRUE ELSE FALSE END AS "eligible {number}" FROM "step {number - 1}"'
        )
        ranked = (
            f'SELECT *, ROW_NUMBER() {exact} AS "row {number}", RANK() {over} AS "rank {number}",'
            f' FIRST_VALUE({NUMBER}) {exact} AS "first {number}" FROM ({inner}) AS e{number}'
        )
        return (
            f'SELECT *, CASE WHEN "eligible {number}" AND "row {number}" = 1 THEN TRUE ELSE FALSE END AS "in {number}",'
            f' CASE WHEN "eligible {number}" AND "rank {number}" = 1 THEN "first {number}" END AS "kept {number}"'
            f" FROM ({ranked}) AS c{number}"
        )


def _truth(condition: str, name: str = "") -> str:
    """A condition that is true or false and never missing, under a name if there is one."""
    return f"CASE WHEN {condition} THEN TRUE ELSE FALSE END{f' AS {name}' if name else ''}"
