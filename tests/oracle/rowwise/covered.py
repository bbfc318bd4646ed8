"""The days that records ask of calendars, whatever else decides on a record; a calendar that lacks one is noted."""

from datetime import date

from acmspec.formula.tree import Between, Call, Formula, Lasts, Name, Within
from rowwise import business
from rowwise.lengths import length
from rowwise.lookups import linked
from rowwise.moments import day_of
from rowwise.parts import parts
from rowwise.times import moved, span
from rowwise.values import value
from rowwise.world import Here, conditions, place


def ask(here: Here, formula: Formula | None) -> None:
    """What a formula asks for a record, and for all records of the same entity that it looks into."""
    match formula:
        case None:
            return
        case Name(names):
            row, name = place(here, names)
            definition = None if row is None else here.world.definition(name, row.table)
            if definition is not None:
                ask(here.on(row), definition.formula.tree)
        case Call():
            _of_others(here, formula)
        case Between(unit="business day"):
            ends = [day_of(value(here, one)) for one in (formula.start, formula.end)]
            if None not in ends:
                _need(here, formula.calendar, *ends)
        case Within() | Lasts():
            _of_window(here, formula)
    for one in parts(formula):
        ask(here, one)


def _need(here: Here, calendar: str, *ends: date) -> None:
    if not all(business.covers(here.world, calendar, one) for one in ends):
        business.note(here.world, calendar)


def _of_window(here: Here, formula: Within | Lasts) -> None:
    """A window's first and last day; one that is not over on the data date waits instead."""
    anchor = span(here)[0] if formula.anchor is None else day_of(value(here, formula.anchor))
    is_back = isinstance(formula, Within) and formula.before
    for written in (formula.length, formula.opens if isinstance(formula, Within) else None):
        size = None if anchor is None or written is None else length(here, written)
        if size is not None and size.business:
            end = moved(here, anchor, size, -1 if is_back else 1)
            if is_back or end <= here.world.data_date:
                _need(here, size.calendar, anchor, end)


def _of_others(here: Here, call: Call) -> None:
    for row in linked(here, call):
        inside = here.into(call.over.alias, row, here.world.interval(call.over.name))
        for one in (call.over.placed, call.over.where, call.expression):
            ask(inside, one)
        for cohort in here.world.lineage(call.over.name):
            for one in conditions(cohort):
                ask(here.on(row).of(cohort.name.value), one)
