"""Turns `x[…]` into a value seen elsewhere: earlier, over other days, among some records, or over all groups."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from acmspec.formula.tree import (
    AllOf,
    CalendarPeriod,
    Day,
    Earlier,
    Formula,
    FromTo,
    Negative,
    Number,
    PeriodValue,
    SinceStart,
    Sliced,
    Those,
)
from acmspec.ground.calendar import period_of
from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import offer
from acmspec.ground.windows import ROLLING
from acmspec.program import elsewhere
from acmspec.program.catalog import PROVIDER
from acmspec.program.dimensions import tables_of
from acmspec.program.group import ForEach, Slice
from acmspec.program.group_reader import GroupReader
from acmspec.program.judged import each_figure
from acmspec.program.maturity import windows_of
from acmspec.program.meanings import FAULTY_GROUP
from acmspec.program.reaches import reaches_of
from acmspec.program.record import Logic, Record
from acmspec.program.record_from_formula import resolve_condition
from acmspec.program.relocate import is_faulty
from acmspec.program.scope import Frame, Scope
from acmspec.program.time_from_formula import named_period
from acmspec.program.tree import Aggregate, Group
from acmspec.program.types import BooleanType, PeriodType

BAD_SLICE = Problem(
    "ACM341",
    "slice that says nothing",
    "Square brackets behind a name say where its value is looked at: some calendar periods earlier, from one day to "
    "another, since the start, among the records that meet a condition, or over all groups of a breakdown.",
    'Write “x[4 quarters earlier]”, “x[from 2024-07-01 to 2025-06-30]”, “x[since start]”, “x[arm = "comparison"]” or '
    "“x[all providers]”.",
    "A figure for other days or records must state which ones.",
)
PROBLEMS = (BAD_SLICE,)

_Narrowed = Aggregate | ForEach


def sliced(formula: Sliced, reader: GroupReader) -> Group:
    """The meaning of a slice; error node if something is wrong (reported)."""
    inner = reader.any(formula.inner)
    to = _to(formula, inner, reader)
    if to is None or is_faulty(inner):
        return FAULTY_GROUP
    if isinstance(to, elsewhere.Those):
        inner = each_figure(inner, _narrowing(dict(to.conditions)))
    return Slice(inner, to, inner.type)


def _to(formula: Sliced, inner: Group, reader: GroupReader) -> elsewhere.To | None:
    match formula.to:
        case Earlier():
            return _earlier(formula.to, reader)
        case FromTo():
            return _days(formula.to, reader)
        case SinceStart():
            return elsewhere.SinceStart()
        case AllOf():
            return _pooled(formula.to, inner, reader)
        case Those():
            return _those(formula.to, inner, reader)


def _earlier(to: Earlier, reader: GroupReader) -> elsewhere.Earlier | None:
    if to.unit not in ROLLING:
        message = f"a period is not moved by {to.unit}s"
        fix = "Use days, weeks, months, quarters or years."
        reader.say(BAD_SLICE, to.span, message, label="moved by what?", fix=fix)
        return None
    return elsewhere.Earlier(to.number, to.unit, to.span)


def _days(to: FromTo, reader: GroupReader) -> elsewhere.Dates | None:
    first, last = (_day(one, reader) for one in (to.first, to.last))
    if first is None or last is None:
        return None
    if last < first:
        message = f"the days end on {last}, before they start on {first}"
        reader.say(BAD_SLICE, to.span, message, label="ends before it starts", fix="Exchange the two dates.")
        return None
    called = [one.which if isinstance(one, PeriodValue) else "" for one in (to.first, to.last)]
    return elsewhere.Dates(first, last, (called[0], called[1]))


def _day(formula: Formula, reader: GroupReader) -> date | None:
    term = reader.meanings.catalog.spec.contract.term
    match formula:
        case Day(value=value):
            return value
        case PeriodValue(which="contract start"):
            return term.first.value
        case PeriodValue(which="contract end"):
            return term.last.value
    message = "the days of a slice are written out, so that everybody knows them"
    fix = "Write a date such as 2025-07-01, “contract start” or “contract end”."
    reader.say(BAD_SLICE, formula.span, message, label="not a date", fix=fix)
    return None


def _pooled(to: AllOf, inner: Group, reader: GroupReader) -> elsewhere.Pooled | None:
    """`all providers`: a plural, or a name as it stands in the breakdown."""
    written, catalog = to.name.parts[-1], reader.meanings.catalog
    known = list(dict.fromkeys(name for table in catalog.tables for name in _groupings(table, reader)))
    name = next((one for one in known if written in {one, *_plurals(one)}), None)
    if name is None and not any(catalog.fields_unread(table) for table in catalog.tables):
        message = f"“{written}” is nothing that results are broken down by"
        fix = offer(written, ("providers", *known))
        reader.say(BAD_SLICE, to.name.span, message, label="all of what?", fix=fix)
    if name is None:
        return None
    fields = (catalog.fields(table).get(name) for table in tables_of(inner))
    is_provider = name == PROVIDER or any(one and one.entity and one.entity.value == PROVIDER for one in fields)
    return elsewhere.Pooled(name, is_provider)


def _groupings(table: str, reader: GroupReader) -> tuple[str, ...]:
    catalog = reader.meanings.catalog
    return (*catalog.entities(table), *catalog.fields(table), *catalog.definitions_of(table))


def _plurals(name: str) -> tuple[str, ...]:
    return (f"{name}s", f"{name}es", f"{name[:-1]}ies" if name.endswith("y") else name)


def _those(to: Those, inner: Group, reader: GroupReader) -> elsewhere.Those | None:
    if isinstance(to.condition, CalendarPeriod):
        _say_days(to.condition, reader)
        return None
    if isinstance(to.condition, Number | Negative):
        message = f"“{to.condition.span.text}” is no condition, and brackets take one, or say which days"
        fix = "Write “[1 quarter earlier]”, or the days: “[from 2024-01-01 to 2024-12-31]”."
        reader.say(BAD_SLICE, to.condition.span, message, label="which days?", fix=fix)
        return None
    conditions = []
    for table in tables_of(inner):
        scope = Scope((Frame(table),), reader.path)
        conditions.append((table, resolve_condition(to.condition, scope, reader.meanings)))
    return None if any(is_faulty(one) for _, one in conditions) else elsewhere.Those(tuple(conditions))


def _say_days(written: CalendarPeriod, reader: GroupReader) -> None:
    """Report a month, quarter or year in the place of its days, and say which these are."""
    starts = reader.meanings.catalog.spec.contract.fiscal_year_starts
    named = named_period(written.name, starts)
    if isinstance(named.value, date) and isinstance(named.type, PeriodType):
        days = period_of(named.value, named.type.every, named.type.starts)
        message = f"“{written.name}” is a name of days, and brackets take the days"
        fix = f"Write “[from {days.first} to {days.last}]”."
        reader.say(BAD_SLICE, written.span, message, label="which days?", fix=fix)


def _narrowing(conditions: dict[str, Record]) -> Callable[[_Narrowed], _Narrowed]:
    def narrowed(one: _Narrowed) -> _Narrowed:
        if isinstance(one, ForEach):
            return one
        own = conditions[one.population.table]
        within = own if one.within is None else Logic("and", (one.within, own), BooleanType())
        asked = (one.expression, one.where, within)
        windows, reaches = windows_of(one.population, *asked), reaches_of(one.population, *asked)
        return replace(one, within=within, windows=windows, reaches=reaches)

    return narrowed
