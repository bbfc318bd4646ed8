"""From the meaning of a spec to what to ask a database: which facts to build, which parts to gather from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from acmspec.ground.calendar import Length
from acmspec.ground.node import node
from acmspec.program.gaps import Gaps
from acmspec.program.payment import Term
from acmspec.program.payment_parts import told_apart
from acmspec.program.population import Spells
from acmspec.program.reach import Where, uses
from acmspec.program.record import Column, FieldValue
from acmspec.program.spell_tables import START
from acmspec.program.tree import (
    Aggregate,
    Dimension,
    Group,
    GroupArithmetic,
    GroupDefined,
    Measure,
    Population,
    Program,
    Quotient,
)
from acmspec.program.types import TextType
from acmspec.query.calendar_sql import Calendars, calendar_table
from acmspec.query.completeness import complete_through, scene_of, whens, windows
from acmspec.query.days_sql import days_table, is_worth
from acmspec.query.dialect import DUCKDB, Dialect, calendar_name
from acmspec.query.fact_columns import code_of
from acmspec.query.frames import Times
from acmspec.query.gap_sql import set_gaps
from acmspec.query.gather_sql import GatherSql
from acmspec.query.population_sql import Ask, PopulationSql, unjudged
from acmspec.query.rollup_sql import Asked, Rollup
from acmspec.query.spells_sql import spells_table
from acmspec.query.tree import Collect, NarrowFacts, Plan, Windows
from acmspec.query.waiting_sql import TableFacts

_Key = tuple[Population, Windows]


def plan(program: Program, data_date: date, dialect: Dialect = DUCKDB) -> Plan:
    """Everything to run for a program as of a data date, in order.

    One narrow facts table a set and row of windows; one gather an aggregate and breakdown; one collect a term that
    pays once per entity.
    """
    measures = (*program.measures, *program.checks)
    wants = [want for measure in measures for want in _wants(program, measure, data_date)]
    asks = _asks(wants, program, data_date)
    tables = tables_of(program, data_date)
    facts: list[NarrowFacts] = []
    days = _days(asks)
    for key, ask in asks.items():
        by_day = days.get(ask.windows) if ask.population.dated is not None else None
        sql = PopulationSql(dialect, tables, ask, Calendars(data_date, program.calendars), by_day)
        asks[key] = replace(ask, same=tuple(sql.same.items()))
        name = _name(asks, key)
        facts.append(NarrowFacts(name, *key, sql.select(), sql.ties(name), sql.several(name), sql.short(name)))
    rollups = _rollups(wants, asks, dialect)
    return Plan(
        tuple(facts),
        tuple(gather for one in rollups for gather in one.gathers()),
        tuple(_collects(program, asks, data_date, dialect)),
        (
            *((calendar_name(one.name), calendar_table(dialect, one, data_date)) for one in program.calendars),
            *((name, days_table(dialect, windows)) for windows, name in days.items()),
        ),
        tuple(_spells(program, tables, data_date, dialect)),
        tuple(table for one in rollups for table in one.tables()),
        tuple(dict.fromkeys(_codes(asks, dialect))),
    )


def tables_of(program: Program, data_date: date) -> dict[str, TableFacts]:
    """What there is to know of each table, those of spells included."""
    tables = {
        one.name: TableFacts(
            one.key, one.lag, complete_through(one, data_date), one.complete_from, one.complete_through
        )
        for one in program.stores
    }
    made = (one for one in program.spells if all(each in tables for each in one.sources))
    return tables | {one.name: _made(one, tables) for one in made}


def _codes(asks: Mapping[_Key, Ask], dialect: Dialect) -> Iterator[tuple[str, str]]:
    """The types that the groups of all facts are kept as."""
    for ask in asks.values():
        for one in ask.dimensions:
            code = code_of(dialect, one.of(ask.population.table))
            if code is not None:
                yield code


def _made(spells: Spells, tables: Mapping[str, TableFacts]) -> TableFacts:
    """What there is to know of a table of spells: it is seen as far as the least complete of its sources."""
    sources = tuple(tables[one] for one in spells.sources)
    through = min(one.through for one in sources)
    since = [one.since for one in sources if one.since is not None]
    key = (spells.entity, START)
    return TableFacts(key, Length(), through, max(since, default=None), gap=spells.gap, sources=sources)


def _spells(
    program: Program, tables: Mapping[str, TableFacts], data_date: date, dialect: Dialect
) -> Iterator[tuple[str, str]]:
    keys = {name: one.key for name, one in tables.items()}
    times = Times(data_date, {name: one.through for name, one in tables.items()})
    for one in program.spells:
        if one.name in tables:
            yield one.name, spells_table(dialect, one, keys, times)


# --- what the measures want -------------------------------------------------------------------------------


@node
class _Want:
    """One aggregate that a measure needs, and where."""

    one: Aggregate
    windows: Windows
    breakdowns: tuple[tuple[Dimension, ...], ...]


def _wants(program: Program, measure: Measure, data_date: date) -> Iterator[_Want]:
    scene = scene_of(program, data_date)
    where = Where.at(whens(program, measure, data_date), measure.breakdowns)
    figures = (one.figure for one in measure.parts)
    for group in (measure.formula, *(one.value for one in measure.benchmarks), *figures):
        for use in uses(group, where, scene):
            days = use.windows(scene)
            if days:
                yield _Want(use.aggregate, Windows(days), (*use.where.breakdowns, *use.where.shown))


# --- one facts table a set and row of windows ---------------------------------------------------------------


@dataclass(slots=True)
class _Gathering:
    """An ask in the making; dictionaries keep the first of equals, in the order asked."""

    aggregates: dict[Aggregate, None] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    entities: dict[FieldValue, None] = field(default_factory=dict)


def _asks(wants: list[_Want], program: Program, data_date: date) -> dict[_Key, Ask]:
    found: dict[_Key, _Gathering] = {}
    for want in wants:
        one = found.setdefault((want.one.population, want.windows), _Gathering())
        one.aggregates.setdefault(unjudged(want.one))
        for dimension in (each for breakdown in want.breakdowns for each in breakdown):
            one.dimensions.setdefault(dimension.path, dimension)
    for term, one_aggregate, where in _told_apart(program, data_date):
        gathering = found[one_aggregate.population, where]
        gathering.entities.setdefault(entity_of(program, one_aggregate.population.table, term))
    gaps = Gaps(program.stores)
    disputed = {one.name for one in program.stores if one.disputes}
    return {
        (population, where): Ask(
            population,
            where,
            tuple(one.aggregates),
            tuple(one.dimensions.values()),
            tuple(one.entities),
            set_gaps(population, one.aggregates, gaps, one.dimensions.values()),
            # What records in dispute come to is asked of these alone.
            numbered=population.table in disputed,
        )
        for (population, where), one in found.items()
    }


def _name(asks: dict[_Key, Ask], key: _Key) -> str:
    # A blank keeps these names apart from every table an author can name.
    return f"facts {list(asks).index(key)}"


def _days(asks: dict[_Key, Ask]) -> dict[Windows, str]:
    """The tables of the days of windows that some set is dated into, by their windows."""
    dated = dict.fromkeys(where for population, where in asks if population.dated is not None and is_worth(where))
    return {windows: f"days {index}" for index, windows in enumerate(dated)}


def _rollups(wants: list[_Want], asks: dict[_Key, Ask], dialect: Dialect) -> list[Rollup]:
    asked: dict[_Key, dict[Asked, None]] = {}
    for want in wants:
        one = asked.setdefault((want.one.population, want.windows), {})
        for breakdown in want.breakdowns:
            one.setdefault(Asked(want.one, tuple(each.path for each in breakdown)))
    return [Rollup(dialect, _name(asks, key), asks[key], tuple(one)) for key, one in asked.items()]


# --- whose successes are told apart ---------------------------------------------------------------------------


def _told_apart(program: Program, data_date: date) -> Iterator[tuple[Term, Aggregate, Windows]]:
    for term in program.payments.terms:
        measure = program.measure_of(term)
        if told_apart(term) is None or measure is None:
            continue
        where = Windows(windows(program, measure, data_date))
        for one in dict.fromkeys(_numerators(measure.formula)) if where.periods else ():
            yield term, one, where


def _numerators(group: Group) -> Iterator[Aggregate]:
    """The aggregates whose records are a measure's successes; what looks elsewhere or decides has none."""
    match group:
        case Aggregate():
            yield group
        case Quotient():
            yield from _numerators(group.numerator)
        case GroupDefined():
            yield from _numerators(group.body)
        case GroupArithmetic():
            yield from _numerators(group.left)
            if group.operator != "/":
                yield from _numerators(group.right)
        case _:
            return


def entity_of(program: Program, table: str, term: Term) -> FieldValue:
    """The field of a table that names the entity which a term tells apart."""
    store = next(one for one in program.stores if one.name == table)
    for column in store.columns:
        if column.entity == told_apart(term):
            return FieldValue(0, (), Column(table, column.name), TextType(), column.optional)
    raise ValueError(f"the term {term.name} tells {told_apart(term)} apart, which no field of {table} identifies")


def _collects(program: Program, asks: dict[_Key, Ask], data_date: date, dialect: Dialect) -> Iterator[Collect]:
    for term, one, where in _told_apart(program, data_date):
        measure = program.measure_of(term)
        breakdowns = measure.breakdowns if measure else ()
        provider = next((each.path for by in breakdowns for each in by if each.is_provider), None)
        if provider is None:
            raise ValueError(f"the term {term.name} is paid by provider, and {term.measure} is not broken down by it")
        key = (one.population, where)
        entity = asks[key].entities.index(entity_of(program, one.population.table, term))
        sql = GatherSql(dialect, _name(asks, key), asks[key], one)
        yield Collect(term.name, where, sql.successes(provider, entity))
