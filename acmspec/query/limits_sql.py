"""Of which records of a set it matters what is asked of others, as conditions; knows no lookup."""

from collections.abc import Callable, Iterator

from acmspec.ground.node import node
from acmspec.program.record import Column, FieldValue, Lookup, Record
from acmspec.program.relocate import is_bound, parts
from acmspec.program.tree import Aggregate, Population
from acmspec.program.types import DateType
from acmspec.query.dialect import Dialect
from acmspec.query.gap_sql import AggregateGaps
from acmspec.query.tree import Windows

Write = Callable[[Record], str]
"""Writes an expression over the records themselves."""


@node
class Limits:
    """The condition under which some window counts a record, "" for all, and the column that such a record has."""

    dated: str = ""
    sure: Column | None = None


def limits(population: Population, windows: Windows, dialect: Dialect, write: Write) -> Limits:
    """That a record is dated into some window: what others come to is left out before it is told."""
    dated, periods = population.dated, windows.periods
    if not isinstance(dated, FieldValue) or dated.steps or not isinstance(dated.type, DateType):
        return Limits()
    if not periods or any(one.ever for one in population.choices):
        return Limits()
    of, first, last = write(dated), min(one.first for one in periods), max(one.last for one in periods)
    return Limits(f"{of} >= {dialect.day(first)} AND {of} <= {dialect.day(last)}", dated.column)


def narrower(every: Limits, population: Population, one: Aggregate, write: Write) -> str:
    """The same of the values of one aggregate: they count for records of the set that meet its own condition."""
    if not every.dated:
        return ""
    conditions = dict.fromkeys((population.stages[0].where, one.where))
    told = [write(each) for each in conditions if each is not None and _is_own(each)]
    return " AND ".join([every.dated, *told])


def asks_alone(all_of: tuple[Aggregate, ...], one: Aggregate) -> bool:
    """Whether no other aggregate asks what this one asks of others; if one does, both ask once, of all."""
    own = set(_lookups(one))
    return bool(own) and not any(own & set(_lookups(each)) for each in all_of if each.where != one.where)


def judged(gaps: AggregateGaps) -> frozenset[str]:
    """The columns of gaps that are looked at where a record meets the aggregate's own condition."""
    return frozenset(one.name for one in (*gaps.value, *gaps.weight) if not one.told.always)


def _lookups(one: Aggregate) -> Iterator[Lookup]:
    yield from (each for each in parts((one.expression, one.weight)) if isinstance(each, Lookup))


def _is_own(condition: Record) -> bool:
    """Whether a condition speaks of a record's own fields alone, whatever the period."""
    leads_away = (isinstance(one, Lookup) or bool(getattr(one, "steps", ())) for one in parts(condition))
    return not any(leads_away) and not is_bound(condition)
