"""The narrow facts of one set: a row for each record dated into each window, and what became of it there.

Record expressions are computed once a record, before records meet windows, but for those that speak of the period:
these are computed for each record of each window. Choices are made window by window.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from acmspec.ground.node import node
from acmspec.program.aggregates import Takes, aggregate
from acmspec.program.population import Reaches
from acmspec.program.reaches import too_early
from acmspec.program.record import FieldValue, PeriodValue, Record
from acmspec.program.relocate import is_bound
from acmspec.program.tree import Aggregate, Choice, Dimension, Population
from acmspec.program.types import DateType
from acmspec.query.asked_sql import everywhere, several
from acmspec.query.calendar_sql import Calendars, Coverage
from acmspec.query.choice_sql import ChoiceSql, Numbered, Step, needed_column, order_column, with_steps
from acmspec.query.days_sql import windows_rows
from acmspec.query.dialect import Dialect
from acmspec.query.fact_columns import (
    CHOSEN,
    DATED,
    FIXED,
    INCLUDED,
    NEVER,
    WINDOW,
    aggregate_columns,
    code_of,
    dimension_column,
    entity_column,
)
from acmspec.query.frames import NUMBER, RECORD, Scope, Times
from acmspec.query.gap_sql import SetGaps, linked
from acmspec.query.limits_sql import asks_alone, judged, limits, narrower
from acmspec.query.placed_sql import placed
from acmspec.query.record_sql import RecordSql
from acmspec.query.stages_sql import came_to, came_to_leaving, gates, left_column, left_early, stage_column, truth
from acmspec.query.tree import Windows
from acmspec.query.waiting_sql import TableFacts, seen_on

_END = PeriodValue("period end", DateType())


@node
class Ask:
    """Everything asked of one set in one row of windows: its aggregates, dimensions and entities, without repeats.

    What a record comes to does not depend on how it is judged, so the aggregates here are `unjudged`. `same` are
    columns of the narrow facts that are left out, each with what stands in its place: another, or what it always is.
    `numbered` is whether each row keeps the number of its record also where no query of a run asks for it.
    """

    population: Population
    windows: Windows
    aggregates: tuple[Aggregate, ...]
    dimensions: tuple[Dimension, ...]
    entities: tuple[FieldValue, ...]
    gaps: SetGaps = SetGaps()
    same: tuple[tuple[str, str], ...] = ()
    numbered: bool = False


def unjudged(one: Aggregate) -> Aggregate:
    """An aggregate as an ask holds it, whichever measure it belongs to."""
    return replace(one, judging=None)


@node
class _Column:
    """A column of the facts: what fills it, under a quoted name, and whether it is another in each window."""

    sql: str
    name: str
    bound: bool = False


class PopulationSql:
    """Writes the SELECT of one ask's narrow facts.

    What speaks of the period is written over a frame of its own, which is joined to the windows. `days` is the name of
    a table of the windows' days, if there is one.
    """

    def __init__(
        self,
        dialect: Dialect,
        tables: Mapping[str, TableFacts],
        ask: Ask,
        calendars: Calendars,
        days: str | None = None,
    ) -> None:
        self._dialect = dialect
        self._tables = tables
        self._ask = ask
        self._days = days
        times = Times(calendars.data_date, {name: one.through for name, one in tables.items()}, 'w."first"', 'w."last"')
        self._writer = RecordSql(dialect, {name: one.key for name, one in tables.items()}, times)
        self._frame = replace(self._writer.frame(ask.population.table), asked={})
        self._limits = limits(ask.population, ask.windows, dialect, partial(self._writer.write, scope=(self._frame,)))
        self._frame.limits, self._frame.sure = self._limits.dated, self._limits.sure
        self._bound = replace(self._writer.frame(ask.population.table), asked={})
        self._only = tuple(dict.fromkeys(found for one in self._expressions() for found in self._of_the_only(one)))
        self._short = tuple(dict.fromkeys(self._beyond(Coverage(dialect, self._writer, calendars))))

    @cached_property
    def same(self) -> dict[str, str]:
        """The columns of aggregates that are left out, and what stands in their place."""
        found: dict[str, str] = {}
        first: dict[tuple[str, bool], str] = {}
        early = {one.name for one in self._ask.gaps.told if one.stage is not None}
        told = (one for one in self._told_columns() if one.name not in early)
        for one in (*self._aggregate_columns(), *told):
            held = one.sql if one.sql in FIXED else first.setdefault((one.sql, one.bound), one.name)
            if held != one.name:
                found[one.name] = held
        return found

    def select(self) -> str:
        """The SELECT of the narrow facts."""
        same = self.same
        columns = tuple(one for one in self._columns() if one.name not in same)
        choices = [*enumerate(self._ask.population.choices, 1)]
        once, each = ([one for one in choices if one[1].ever is ever] for ever in (True, False))
        steps = self._of_all_periods(columns, once)
        steps.append(("placed records" if once else "step 0", self._placed(columns, steps[-1][0], len(once))))
        for number, choice in each:
            steps += self._choice(number, choice, steps[-1][0], (f'"{WINDOW}"',))
        included = truth(" AND ".join([f'"in {len(choices)}"', *gates(self._ask.population)[-1]]), f'"{INCLUDED}"')
        numbered = [NUMBER] if choices or self._only or self._short or self._ask.numbered else []
        carried = ", ".join([*numbered, f'"{WINDOW}"', included, *(one for one in self._carried() if one not in same)])
        return f'{with_steps(steps)} SELECT {carried} FROM "{steps[-1][0]}"'

    def _of_all_periods(self, columns: Sequence[_Column], once: Sequence[Numbered]) -> list[Step]:
        """The records, and what is chosen among them before they come into a period."""
        steps = [("measured records", self._records(columns))]
        if once:
            steps.append(("step 0", 'SELECT *, "in" AS "in 0" FROM "measured records"'))
        for number, choice in once:
            steps += self._choice(number, choice, steps[-1][0], ())
        return steps

    def _choice(self, number: int, choice: Choice, source: str, within: tuple[str, ...]) -> Iterator[Step]:
        return ChoiceSql(self._dialect, number, choice, source, within, gates(self._ask.population)[number - 1]).steps()

    def ties(self, facts: str) -> tuple[str, ...]:
        """For each choice, the SELECT of records it could not tell from the one it kept, and a window of theirs.

        What is kept ever is chosen among records that may come into no window, and are then no facts.
        """
        choices = [*enumerate(self._ask.population.choices, 1)]
        once = [one for one in choices if one[1].ever]
        columns = tuple(one for one in self._columns() if one.name not in self.same) if once else ()
        found = []
        for number, choice in choices:
            source, window, steps = self._dialect.name(facts), f'MIN("{WINDOW}")', ""
            if choice.ever:
                before = [one for one in once if one[0] <= number]
                source, window, steps = (
                    f'"step {number}"',
                    "0",
                    with_steps(self._of_all_periods(columns, before)),
                )
            found.append(
                f'{steps} SELECT {window}, LEAST("kept {number}", {NUMBER}) AS a, GREATEST("kept {number}", {NUMBER})'
                f' AS b FROM {source} WHERE "kept {number}" <> {NUMBER} GROUP BY a, b ORDER BY a, b'.lstrip()
            )
        return tuple(found)

    def several(self, facts: str) -> tuple[tuple[str, str], ...]:
        """For each lookup of the only record, its table and the SELECT over the facts of records that find more."""
        name = self._dialect.name(facts)
        return tuple(
            (
                table,
                f'SELECT MIN("{WINDOW}"), {NUMBER} FROM {name}'  # noqa: ISC004  (one text)
                f' WHERE "several {index}" GROUP BY {NUMBER} ORDER BY {NUMBER}',
            )
            for index, (table, *_) in enumerate(self._only)
        )

    def short(self, facts: str) -> tuple[tuple[str, str], ...]:
        """For each use of business days, the calendar and the SELECT of records that need more than it covers."""
        name = self._dialect.name(facts)
        return tuple(
            (calendar, f'SELECT {NUMBER} FROM {name} WHERE "short {index}" GROUP BY {NUMBER} ORDER BY {NUMBER}')
            for index, (calendar, *_) in enumerate(self._short)
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
            carried += [one for one in (names.where, names.where3, names.within, names.unreached, names.weight) if one]
        if ask.population.leaving:
            early = list(left_early(ask.population))
            carried += [truth(" AND ".join(came_to_leaving(ask.population)), f'"{CHOSEN}"'), *early]
            carried += [left_column(number) for number in range(len(early), len(ask.population.leaving))]
        came, chosen = came_to(ask.population), gates(ask.population)
        carried += [
            one.name if one.stage is None else truth(" AND ".join([*came[one.stage], one.name]), one.name)
            for one in ask.gaps.told
        ]
        for asked in ask.gaps.keep:
            lacks = f"{needed_column(asked.step, asked.entity)} IS NULL"
            carried.append(truth(" AND ".join([f'"in {asked.step - 1}"', *chosen[asked.step - 1], lacks]), asked.name))
        carried += [f'"several {index}"' for index in range(len(self._only))]
        carried += [f'"short {index}"' for index in range(len(self._short))]
        carried += [f'"kept {number}"' for number in range(1, len(ask.population.choices) + 1)]
        return carried

    # --- once a record, or once a record and window ---------------------------------------------------------

    def _columns(self) -> Iterator[_Column]:
        """Everything that is worked out of a record, whatever the choices come to."""
        population = self._ask.population
        yield self._dated()
        if population.member is not None:
            yield self._of(population.member, '"member"')
        for index, stage in enumerate(population.stages):
            yield self._whether(stage.where, stage_column(index))
        for number, one in enumerate(population.leaving):
            yield self._whether(one.when, left_column(number))
        yield from self._choice_columns()
        yield from self._dimension_columns()
        yield from self._aggregate_columns()
        yield from self._told_columns()
        for index, (_, sql, bound) in enumerate(self._only):
            yield _Column(sql, f'"several {index}"', bound)
        for index, (_, sql, bound) in enumerate(self._short):
            yield _Column(sql, f'"short {index}"', bound)

    def _dated(self) -> _Column:
        """The date that puts a record into a window; of a set without one, the window's last day."""
        name, dated = f'"{DATED}"', self._ask.population.dated
        if dated is not None:
            return self._of(dated, name)
        return self._of(_END, name) if self._ask.entities else _Column(NEVER, name)

    def _membership(self, columns: Sequence[_Column]) -> str:
        """The condition under which a record is in a window."""
        if self._ask.population.dated is not None:
            return f'm."{DATED}" = w."day"' if self._days else f'm."{DATED}" >= w."first" AND m."{DATED}" <= w."last"'
        member = next((one for one in columns if one.name == '"member"'), None)
        if member is None:
            return "TRUE"
        return member.sql if member.bound else f"m.{member.name}"

    def _records(self, columns: Sequence[_Column]) -> str:
        """What is the same for a record in all windows, worked out once."""
        own = _Column(self._writer.column(self._frame, RECORD), NUMBER)
        selected = ", ".join(f"{one.sql} AS {one.name}" for one in (own, *columns) if not one.bound)
        return f"SELECT {selected} FROM {self._writer.source(self._frame)}"

    def _expressions(self) -> Iterator[Record]:
        """All that is asked of a record of the set."""
        population = self._ask.population
        yield from (one for one in (population.dated, population.member) if one is not None)
        yield from population.conditions
        yield from (dimension.of(population.table) for dimension in self._ask.dimensions)
        for one in self._ask.aggregates:
            yield from (each for each in (one.expression, one.where, one.within, one.weight) if each is not None)

    def _of_the_only(self, record: Record) -> Iterator[tuple[str, str, bool]]:
        for table, sql in several(self._writer, record, self._scope(record)):
            yield table, sql, is_bound(record)

    def _beyond(self, coverage: Coverage) -> Iterator[tuple[str, str, bool]]:
        for one in self._expressions():
            for calendar, sql in everywhere(self._writer, one, self._scope(one), coverage.of):
                yield calendar, sql, is_bound(one)

    def _scope(self, *records: Record, among: str = "") -> Scope:
        """The frame that expressions are written over, together; only records that are `among` some may matter."""
        if any(is_bound(one) for one in records):
            return (self._bound,)
        return (replace(self._frame, limits=among) if among else self._frame,)

    def _of(self, record: Record, name: str, among: str = "", *, unknowns: bool = False) -> _Column:
        """The value of an expression."""
        scope = self._scope(record, among=among)
        return _Column(self._writer.write(record, scope, unknowns=unknowns), name, is_bound(record))

    def _whether(self, condition: Record | None, name: str, among: str = "", *, unknowns: bool = False) -> _Column:
        """Whether a condition holds, true or false; no condition always does."""
        if condition is None:
            return _Column("TRUE", name)
        found = self._of(condition, name, among, unknowns=unknowns)
        return replace(found, sql=truth(found.sql))

    @cached_property
    def _among(self) -> dict[Aggregate, str]:
        """Of which records only it matters what an aggregate asks of others, where no other asks the same."""
        every, population = self._limits, self._ask.population
        write = partial(self._writer.write, scope=(self._frame,))
        asking = (one for one in self._ask.aggregates if asks_alone(self._ask.aggregates, one))
        return {one: narrower(every, population, one, write) for one in asking}

    def _told_columns(self) -> Iterator[_Column]:
        judging = zip(self._ask.aggregates, self._ask.gaps.aggregates, strict=False)
        among = {name: self._among.get(one, "") for one, gaps in judging for name in judged(gaps)}
        for one in self._ask.gaps.told:
            yield self._whether(one.told.when, one.name, among.get(one.name, ""), unknowns=True)

    def _choice_columns(self) -> Iterator[_Column]:
        for number, choice in enumerate(self._ask.population.choices, 1):
            for index, one in enumerate(choice.needed):
                yield self._of(one, needed_column(number, index))
            for index, one in enumerate(choice.by):
                yield self._of(one, order_column(number, index))

    def _dimension_columns(self) -> Iterator[_Column]:
        table = self._ask.population.table
        for index, dimension in enumerate(self._ask.dimensions):
            value = dimension.of(table)
            scope, keys = self._scope(value), {name: one.key for name, one in self._tables.items()}
            text = self._listed(dimension, self._writer.text(value, scope))
            sql = linked(value, text, partial(self._writer.write, scope=scope), keys)
            code = code_of(self._dialect, value)
            if code is not None:
                sql = self._dialect.coded(sql, code[0])
            yield _Column(sql, dimension_column(index), is_bound(value))
        for index, entity in enumerate(self._ask.entities):
            yield _Column(self._writer.text(entity, self._scope(entity)), entity_column(index))

    def _listed(self, dimension: Dimension, sql: str) -> str:
        """A group, NULL if it is neither in the register nor in the roster of the dimension."""
        register, name = dimension.register, self._dialect.name
        if register is None:
            return sql
        known = f"EXISTS (SELECT 1 FROM {name(register.table)} AS g WHERE g.{name(register.name)} = {sql})"
        agreed = f"{sql} IN {self._dialect.texts(dimension.roster)} OR " if dimension.roster else ""
        return f"CASE WHEN {agreed}{known} THEN {sql} END"

    def _aggregate_columns(self) -> Iterator[_Column]:
        for index, one in enumerate(self._ask.aggregates):
            names = aggregate_columns(index, one)
            is_judged = aggregate(one.function).takes in {Takes.CONDITION, Takes.NUMBER}
            among, value = self._among.get(one, ""), one.expression
            yield _Column("NULL", names.value) if value is None else self._of(value, names.value, among)
            if value is not None and is_judged:
                yield self._of(value, names.value3, among, unknowns=True)
            else:
                yield _Column("NULL", names.value3)
            if one.where is not None and names.where and names.where3:
                yield self._whether(one.where, names.where)
                yield self._of(one.where, names.where3, unknowns=True)
            if names.within is not None:
                yield self._whether(one.within, names.within)
            if names.weight is not None and one.weight is not None:
                found = self._of(one.weight, names.weight, among, unknowns=True)
                yield replace(found, sql=f"CASE WHEN {found.sql} >= 0 THEN {found.sql} END")
            yield self._matures(one, names.matures)
            if names.unreached:
                yield self._unreached(one, names.unreached)

    def _matures(self, one: Aggregate, name: str) -> _Column:
        waits: list[str] = []
        scope = self._scope(*(window.anchor for window in one.windows))
        for window in one.windows:
            table = self._tables[window.table]
            last = self._dialect.later(self._writer.write(window.anchor, scope), window.length)
            seen = self._dialect.latest_day(seen_on(self._dialect, last, table))
            waits.append(f"CASE WHEN {last} > {self._dialect.day(table.settled)} THEN {seen} END")
        sql = waits[0] if len(waits) == 1 else f"GREATEST({', '.join(waits)})" if waits else NEVER
        return _Column(sql, name, scope == (self._bound,))

    def _unreached(self, one: Aggregate, name: str) -> _Column:
        """Whether a first day lies before the one that its table is complete from."""
        early = too_early(Reaches(together=False, of=one.reaches), lambda table: self._tables[table].since)
        return _Column("FALSE", name) if early is None else self._whether(early, name)

    # --- once a record and window ---------------------------------------------------------------------------

    def _placed(self, columns: Sequence[_Column], records: str, chosen: int) -> str:
        """The records of each window, with what is another in each window; `chosen` steps were taken before."""
        name = self._dialect.name
        windows = f'{windows_rows(self._dialect, self._ask.windows)} AS w ("{WINDOW}", "first", "last")'
        if self._days:
            windows = f"{name(self._days)} AS w"
        bound = [f"{one.sql} AS {one.name}" for one in columns if one.bound]
        source = f'"{records}" AS m'
        membership = self._membership(columns)
        if bound:
            own = f"{name(self._bound.alias)}.{NUMBER}"
            among, again = placed(
                self._writer, self._bound, self._ask.population, windows, by_day=self._days is not None
            )
            source, membership = f"{among} JOIN {source} ON m.{NUMBER} = {own}", again or membership
        selected = ", ".join([f'w."{WINDOW}"', "m.*", *bound])
        found = f"SELECT {selected} FROM {source} JOIN {windows} ON {membership}"
        return found if chosen else f'SELECT *, "in" AS "in 0" FROM ({found}) AS p'
