"""What to ask after a run for the records behind one result, one by one; it says of none what that means."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from acmspec.ground.node import node
from acmspec.program.gaps import Gaps
from acmspec.program.payment_parts import told_apart
from acmspec.program.reach import Where, uses
from acmspec.program.record import FieldValue
from acmspec.program.tree import Aggregate, Dimension, Measure, Program
from acmspec.query.calendar_sql import Calendars
from acmspec.query.completeness import scene_of, whens
from acmspec.query.dialect import Dialect
from acmspec.query.frames import NUMBER
from acmspec.query.from_program import entity_of, tables_of
from acmspec.query.gap_sql import set_gaps
from acmspec.query.gather_sql import GatherSql
from acmspec.query.population_sql import Ask, PopulationSql, unjudged
from acmspec.query.tree import RecordRows, Windows


@node
class Whose:
    """A result by its measure, the name of its period, and the dimension of providers."""

    measure: Measure
    period: str
    provider: Dimension


def record_rows(program: Program, whose: Whose, data_date: date, dialect: Dialect) -> Iterator[RecordRows]:
    """The records of each aggregate that the measure itself counts in the period, in the order of its formula."""
    scene = scene_of(program, data_date)
    where = Where.at(whens(program, whose.measure, data_date), whose.measure.breakdowns)
    days = next((one.days(scene) for one in where.whens if one.days(scene).name == whose.period), None)
    found = dict.fromkeys(one.aggregate for one in uses(whose.measure.formula, where, scene) if one.where is where)
    if days is not None:
        for number, one in enumerate(found):
            yield _rows(program, one, Windows((days,)), (whose, number), data_date, dialect)


def _rows(  # noqa: PLR0913, PLR0917  (what a query is written of)
    program: Program, one: Aggregate, windows: Windows, of: tuple[Whose, int], data_date: date, dialect: Dialect
) -> RecordRows:
    whose, number = of
    aggregates = (unjudged(one),)
    gaps = set_gaps(one.population, aggregates, Gaps(program.stores))
    entities = tuple(_entities(program, whose, one))
    ask = Ask(one.population, windows, aggregates, (whose.provider,), entities, gaps, numbered=True)
    tables = tables_of(program, data_date)
    sql = PopulationSql(dialect, tables, ask, Calendars(data_date, program.calendars))
    # A blank keeps the name apart from every table an author can name, “records” from those of a run.
    facts = f"records {number}"
    ask = replace(ask, same=tuple(sql.same.items()))
    gather = GatherSql(dialect, facts, ask, one)
    table = one.population.table
    listed = ", ".join([NUMBER, *(dialect.name(key) for key in tables[table].key)])
    columns = next((store.columns for store in program.stores if store.name == table), ())
    hidden = {column.name for column in columns if column.private}
    return RecordRows(
        aggregate=one,
        facts=facts,
        made=sql.select(),
        sql=gather.records(),
        table=table,
        keys=f"SELECT {listed} FROM {dialect.name(table)}",
        private=tuple(key in hidden for key in tables[table].key),
        left=one.population.leaving,
        gaps=tuple(gather.gaps()),
    )


def _entities(program: Program, whose: Whose, one: Aggregate) -> Iterator[FieldValue]:
    """The field of the entity that a payment tells the measure's successes apart by, if there is one."""
    terms = [term for term in program.payments.terms if term.measure == whose.measure.name and told_apart(term)]
    if terms:
        yield entity_of(program, one.population.table, terms[0])
