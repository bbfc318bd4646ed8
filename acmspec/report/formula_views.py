"""One formula shown in each way it can be read: English, canonical text, tree, SQL, type; it writes to no terminal."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from acmspec.english.from_program import say
from acmspec.english.names import Names
from acmspec.formula.print import text as canonical
from acmspec.formula.tree import Formula
from acmspec.ground.calendar import Every, Period, periods
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.ground.windows import Covers
from acmspec.program.maturity import windows_of
from acmspec.program.payments import Payments
from acmspec.program.record import Record
from acmspec.program.relocate import parts
from acmspec.program.said import type_words
from acmspec.program.tree import Aggregate, Group, Measure, Population, Program
from acmspec.program.types import BooleanType, NumberType, TextType, Type
from acmspec.query.dialect import DUCKDB
from acmspec.query.from_program import plan
from acmspec.query.tree import Plan
from acmspec.report.formula_tree import tree
from acmspec.spec.tree import DENOMINATOR_ONLY


@node
class OfGroup:
    """A formula of a group, with its meaning among a spec's declarations."""

    syntax: Formula
    meaning: Group
    program: Program
    place: Span


@node
class OfRecord:
    """A formula of one record of `table`, with its meaning among a spec's declarations."""

    syntax: Formula
    meaning: Record
    program: Program
    place: Span
    table: str


Understood = OfGroup | OfRecord


def shown(found: Understood, view: str) -> str:
    """The formula as `canonical`, `tree` or `type`; KeyError for any other word."""
    match view:
        case "canonical":
            return canonical(found.syntax)
        case "tree":
            return tree(found.meaning)
        case "type":
            return in_words(found.meaning.type)
    raise KeyError(view)


def in_english(found: Understood) -> Outcome[str]:
    """The one text that says the formula; None where no person could read it."""
    table = found.table if isinstance(found, OfRecord) else None
    return say(found.meaning, Names(found.program.spec), found.place, table)


def in_words(kind: Type) -> str:
    """A type with its unit, and for a text its values, in words."""
    if isinstance(kind, TextType) and kind.values is not None:
        return f"a text, one of: {', '.join(f'“{one}”' for one in kind.values)}"
    return type_words(kind)


# --- SQL ------------------------------------------------------------------------------------------------------


def group_sql(found: OfGroup, data_date: date, every: Every) -> str:
    """The queries that gather a group's formula for the latest period that has begun, as they are sent."""
    return _sql(found, found.meaning, data_date, every)


def record_sql(found: OfRecord, population: Population, data_date: date, every: Every) -> str:
    """The facts of the set `population` in the latest period that has begun; the formula has a column of its own."""
    return _sql(found, _over(found.meaning, population), data_date, every)


def _sql(found: Understood, formula: Group, data_date: date, every: Every) -> str:
    program = found.program
    begun = periods(every, program.first, min(program.last, data_date), program.fiscal_starts)
    if not begun:
        return f"-- no {every.value} of the contract has begun by {data_date}: there is nothing to gather"
    last = begun[-1]
    waiting = _undeveloped(program, formula)
    if waiting:
        return f"-- “{waiting}” is still to be developed: there is nothing to gather yet"
    asked = plan(_alone(found, formula, last, every), data_date)
    head = f"-- {every.value} {last.name}: {last.first} to {last.last}, with data to {data_date}"
    return "\n\n".join([head, *_statements(asked, facts_only=isinstance(found, OfRecord))])


def _over(meaning: Record, population: Population) -> Aggregate:
    """An aggregate that needs the value of each record, whatever kind of value it is."""
    name = "share" if isinstance(meaning.type, BooleanType) else "count distinct"
    return Aggregate(name, meaning, population, None, windows_of(population, meaning, None), NumberType())


def _undeveloped(program: Program, formula: Group) -> str:
    """The first table that the formula needs and that has no data yet; "" if there is none."""
    stored = {one.name for one in program.stores} | {one.name for one in program.spells}
    for one in parts(formula):
        table = getattr(one, "table", "")
        if table and table not in stored:
            return str(table)
    return ""


def _alone(found: Understood, formula: Group, period: Period, every: Every) -> Program:
    """The program with the formula as its one measure, in one period."""
    measure = Measure(
        name="formula",
        formula=formula,
        every=every,
        window=Covers.PERIOD,
        breakdowns=((),),
        better="higher",
        decimals=0,
        minimum=0,
        missing_is=DENOMINATOR_ONLY,
        maturity="all records",
        benchmarks=(),
        title="formula",
        is_metric=True,
        span=found.place,
    )
    nothing_owed = Payments((), (), (), None, None)
    return replace(found.program, first=period.first, measures=(measure,), checks=(), payments=nothing_owed)


def _statements(asked: Plan, *, facts_only: bool) -> Iterator[str]:
    if not asked.facts:
        yield "-- a number that needs no records"
    for name, sql in asked.calendars:
        if any(DUCKDB.name(name) in one.sql for one in asked.facts):
            yield f"CREATE TABLE {DUCKDB.name(name)} AS\n{sql};"
    for one in asked.facts:
        yield f"CREATE TABLE {DUCKDB.name(one.name)} AS\n{one.sql};"
    if not facts_only:
        for name, sql in asked.rollups:
            yield f"CREATE TABLE {DUCKDB.name(name)} AS\n{sql};"
        for each in asked.gathers:
            yield from (f"{sql};" for sql in (each.sql, *(beside.sql for beside in each.beside)))
