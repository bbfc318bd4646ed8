"""Turns tables and cohorts into sets of records: who is measured, dated how, chosen and left out how."""

from dataclasses import replace

from acmspec.formula.tree import Active, Dated, Formula, OpenOn
from acmspec.formula.tree import Name as FormulaName
from acmspec.ground.diagnostic import Problem
from acmspec.ground.nearest import offer
from acmspec.program.empty_questions import Place
from acmspec.program.foregone import say_if_nobody
from acmspec.program.lookups import UNKNOWN_SET
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.moments import day_of
from acmspec.program.period_values import refused_period
from acmspec.program.record import Column, Defined, FieldValue, Logic, Record
from acmspec.program.record_from_formula import resolve_condition, resolve_record
from acmspec.program.relocate import is_bound, is_faulty
from acmspec.program.said import type_words
from acmspec.program.scope import Frame, Scope, resolve_name, single_field
from acmspec.program.sizes import is_too_large
from acmspec.program.tree import (
    Choice,
    Left,
    Population,
    Stage,
)
from acmspec.program.types import BooleanType, DatetimeType, DateType, ErrorType
from acmspec.spec.chosen import APART, ONE, Keep
from acmspec.spec.practice import Name
from acmspec.spec.tree import Cohort, Table

NO_DATE = Problem(
    "ACM350",
    "set without a date",
    "Nothing says which date puts a record of this set into a reporting period.",
    "Give the table a “date”, or the cohort “when: dated FIELD”.",
    "Every record must belong to a reporting period by a named date.",
)
BAD_DATE = Problem(
    "ACM351",
    "not a date",
    "A record is put into a reporting period by a date.",
    "Name a field of type date.",
    "Every record must belong to a reporting period by a named date.",
)
BAD_CHOICE = Problem(
    "ACM352",
    "choice that can't be made",
    "A choice is made for each entity, in the order of fields of the record, once for all periods before once in each.",
    "Write “last per client in each period by exit_date, enrollment_id”, with fields of the table.",
    "The record that counts must be chosen by a stated order.",
)
SAME = Problem(
    "ACM348",
    "a set that is the same in every period",
    "With “when: every period” all records are measured in each period, so “where” must tell the periods apart.",
    "Speak of the period in “where”, as in “where: open on period end”, or say “when: dated DATE”.",
    "A result must be about the period it is stated for.",
)
UNDONE = Problem(
    "ACM349",
    "a choice in each period, undone",
    "A choice is made among the records of one period; brought into periods in another way, they would be others.",
    "Say how records come into the period in the set that chooses.",
    "Which record counts must be decided among the records of one period.",
)
BAD_SPAN = Problem(
    "ACM358",
    "not a span",
    "A span is a list of two dates of the record: the day it starts and the day it ends.",
    "Write, for example, “span: [entry_date, exit_date]”.",
    "A stay must have a day on which it starts and one on which it ends.",
)
PROBLEMS = (NO_DATE, BAD_DATE, BAD_CHOICE, SAME, UNDONE, BAD_SPAN)

_DATES = frozenset({"date", "datetime"})


def population_of_table(table: Table, zone: str) -> Population:
    """All records of a table, dated by its own date; the date is an error node where the table has none.

    `zone` is the time zone whose days moments belong to, "" if there is none.
    """
    name = table.name.value
    dated: Record = FAULTY
    found = next((one for one in table.fields if table.date is not None and one.name.value == table.date.value), None)
    if found is not None and found.type in _DATES:
        kind = DateType() if found.type == "date" else DatetimeType(zone)
        dated = day_of(FieldValue(0, (), Column(name, found.name.value), kind, found.optional))
    return Population(name, name, table.noun.one, table.noun.many, dated, None, (), ())


def is_undated(population: Population) -> bool:
    """Whether nothing says how the records of a set come into a period."""
    return population.dated is not None and isinstance(population.dated.type, ErrorType)


def population_of_cohort(cohort: Cohort, meanings: Meanings) -> Population | None:
    """The records of a cohort; its parent's steps come first. None where it has an error (reported)."""
    path = f"cohorts.{cohort.name.value}"
    parent = _parent(cohort, path, meanings)
    if parent is None:
        return None
    span = _span(cohort, parent, path, meanings)
    scope = Scope((Frame(parent.table, span=span),), path)
    where = _where(cohort, scope, meanings)
    if where is not None and cohort.where is not None and cohort.where.tree is not None:
        say_if_nobody(cohort.where.tree, where, parent, Place(f"{path}.where", meanings.findings))
    dated, member = _placed(cohort, parent, scope, meanings)
    keep = [_choice(one, scope, meanings) for one in cohort.keep]
    exclude = [_left(cohort, index, scope, meanings) for index in range(len(cohort.exclude))]
    if _undoes(cohort, parent, path, meanings) or any(one is None for one in keep):
        return None
    own = Stage(cohort.name.value, where, tuple(one for one in keep if one is not None), tuple(exclude))
    child = replace(
        _behind(parent, own),
        name=cohort.name.value,
        one=cohort.noun.one if cohort.noun else parent.one,
        many=cohort.noun.many if cohort.noun else parent.many,
        dated=dated,
        member=member,
        span=span,
    )
    # a table without a date may still be looked into, so its date is asked for only where a set is aggregated
    read = (where, *(left.when for left in exclude), *((dated, member) if cohort.when is not None else ()))
    if child.where is not None and is_too_large(child.where, cohort.name.span, path, meanings.findings):
        return None
    if any(one is not None and is_faulty(one) for one in read):
        return None
    sound = _differs(cohort, child, path, meanings) and _once_for_all(child, path, meanings)
    return child if sound else None


def _parent(cohort: Cohort, path: str, meanings: Meanings) -> Population | None:
    catalog, source = meanings.catalog, cohort.source.value
    if source in catalog.tables or source in catalog.cohorts:
        return meanings.population(source, cohort.source.span)
    if not catalog.faulty("data", source) and not catalog.faulty("cohorts", source):
        fix = offer(source, (*catalog.tables, *catalog.cohorts))
        message = f"there is no table or cohort “{source}”"
        meanings.findings.say(UNKNOWN_SET, cohort.source.span, message, path=f"{path}.from", label="unknown", fix=fix)
    return None


def _where(cohort: Cohort, scope: Scope, meanings: Meanings) -> Record | None:
    if cohort.where is None:
        return None
    if cohort.where.tree is None:
        return FAULTY
    return resolve_condition(cohort.where.tree, replace(scope, path=f"{scope.path}.where"), meanings)


def _span(cohort: Cohort, parent: Population, path: str, meanings: Meanings) -> tuple[str, str] | None:
    """The fields of the span that records have in a cohort: its own, else its source's."""
    if cohort.interval is None:
        return parent.span
    catalog, sound = meanings.catalog, True
    for one in cohort.interval:
        found, place = catalog.fields(parent.table).get(one.value), f"{path}.span"
        if found is None and not catalog.faulty("data", parent.table, "fields", one.value):
            fix = offer(one.value, catalog.fields(parent.table))
            message = f"“{parent.table}” has no field “{one.value}”"
            meanings.findings.say(BAD_SPAN, one.span, message, path=place, label="unknown", fix=fix)
        elif found is not None and found.type not in _DATES:
            message = f"“{one.value}” is of type {found.type}, and a span takes two dates"
            dates = [name for name, field in catalog.fields(parent.table).items() if field.type in _DATES]
            fix = f"Name two of {', '.join(dates)}." if len(dates) > 1 else ""
            meanings.findings.say(BAD_SPAN, one.span, message, path=place, label="not a date", fix=fix)
        sound = sound and found is not None and found.type in _DATES
    first, last = cohort.interval
    return (first.value, last.value) if sound else parent.span


_Placed = tuple[Record | None, Record | None]


def _placed(cohort: Cohort, parent: Population, scope: Scope, meanings: Meanings) -> _Placed:
    """How records come into a period: their date, else the condition; neither for all of them."""
    when, inner = cohort.when, replace(scope, path=f"{scope.path}.when")
    if when is None:
        return parent.dated, parent.member
    if when.dated is not None:
        return FAULTY if when.dated.tree is None else date_of(when.dated.tree, inner, meanings), None
    if when.placed is not None:
        return None, FAULTY if when.placed.tree is None else resolve_condition(when.placed.tree, inner, meanings)
    return None, None


def date_of(formula: Formula, scope: Scope, meanings: Meanings) -> Record:
    """The date that puts a record into a period; an error node if it can't be one (reported)."""
    found = resolve_record(formula, scope, meanings)
    if refused_period(found, formula.span, scope.path, meanings, "the date that puts a record into a period"):
        return FAULTY
    if isinstance(found.type, DateType | DatetimeType | ErrorType):
        return day_of(found)
    message = f"a date puts a record into a period, and this is {type_words(found.type)}"
    meanings.findings.say(BAD_DATE, formula.span, message, path=scope.path, label="not a date")
    return FAULTY


def placed_otherwise(
    population: Population, placed: Dated | OpenOn | Active, scope: Scope, meanings: Meanings
) -> Population | None:
    """A set whose records come into the period as an aggregate says; None if they can't (reported).

    They are drawn from all periods, so what the set chose in each period would have no meaning.
    """
    if not all(one.ever for one in population.choices):
        message = f"“{population.name}” keeps records in each period, which can't be undone here"
        fix = "Choose the stock first: a cohort with “when: open on …”, and the choice after it."
        meanings.findings.say(UNDONE, placed.span, message, path=scope.path, label="after the choice", fix=fix)
        return None
    if isinstance(placed, Dated):
        found = date_of(placed.day, scope, meanings)
        changed = replace(population, dated=found, member=None, replaced=True)
    else:
        found = resolve_condition(placed, scope, meanings)
        changed = replace(population, dated=None, member=found, replaced=True)
    return None if is_faulty(found) else changed


def _differs(cohort: Cohort, child: Population, path: str, meanings: Meanings) -> bool:
    """Whether a set of every period differs from period to period; reported if not."""
    if cohort.when is None or child.dated is not None or child.member is not None or is_bound(child):
        return True
    message = f"“{cohort.name.value}” holds the same records in every period"
    meanings.findings.say(SAME, cohort.when.span, message, path=f"{path}.when", label="every period the same")
    return False


def _left(cohort: Cohort, index: int, scope: Scope, meanings: Meanings) -> Left:
    one = cohort.exclude[index]
    if one.when.tree is None:
        return Left(FAULTY, one.because)
    place = replace(scope, path=f"{scope.path}.exclude.{index}.when")
    return Left(resolve_condition(one.when.tree, place, meanings), one.because)


def _both(one: Record | None, two: Record | None) -> Record | None:
    if one is None or two is None:
        return one or two
    return Logic("and", (one, two), BooleanType())


def _behind(parent: Population, own: Stage) -> Population:
    """A set with more steps behind its own: a stage of their own where they can't be joined to these in their order."""
    if ((parent.keep or parent.exclude) and own.where is not None) or (parent.exclude and own.keep):
        return replace(parent, where=own.where, keep=own.keep, exclude=own.exclude, before=parent.stages, joined=())
    both = (*parent.stages[-1].apart, *own.apart)
    return replace(
        parent,
        where=_both(parent.where, own.where),
        joined=both if len(both) > 1 else (),
        keep=(*parent.keep, *own.keep),
        exclude=(*parent.exclude, *own.exclude),
    )


def _undoes(cohort: Cohort, parent: Population, path: str, meanings: Meanings) -> bool:
    """Whether another way into the period would undo a choice that the parent makes in each; reported if so."""
    if cohort.when is None or all(one.ever for one in parent.choices):
        return False
    message = "another “when” would undo the choice that the parent cohort makes in each period"
    fix = "Give the parent this “when”, or build this cohort from the table."
    meanings.findings.say(UNDONE, cohort.when.span, message, path=f"{path}.when", label="after the choice", fix=fix)
    return True


def _choice(step: Keep, scope: Scope, meanings: Meanings) -> Choice | None:
    path = f"{scope.path}.keep"
    chosen = [_entity(one, scope.own.table, path, meanings) for one in step.entities]
    order = [_order(one, replace(scope, path=path), meanings) for one in step.by]
    if None in chosen or None in order:
        return None
    entities, by = (tuple(one for one in found if one is not None) for found in (chosen, order))
    if step.choice == APART and not isinstance(by[0].type, DateType | ErrorType):
        message = f"days are counted from one date to the next, and “{step.by[0].value}” is {type_words(by[0].type)}"
        meanings.findings.say(BAD_CHOICE, step.by[0].span, message, path=path, label="not a date")
        return None
    if step.choice == ONE:
        by = _all_but_the_key(scope.own.table, meanings)
    return Choice(step.choice, entities, by, step.span, step.position, step.later, step.ever, step.days, step.kept)


def _all_but_the_key(table: str, meanings: Meanings) -> tuple[FieldValue, ...]:
    """Every field in which records that count as one must be equal."""
    catalog = meanings.catalog
    key = {one.value for one in catalog.tables[table].key}
    return tuple(
        FieldValue(0, (), Column(table, name), catalog.type_of(table, one), one.optional)
        for name, one in catalog.fields(table).items()
        if name not in key
    )


def _once_for_all(child: Population, path: str, meanings: Meanings) -> bool:
    """Whether what is chosen ever is chosen before anything that differs from period to period; reported if not."""
    differs = ""
    for stage in child.stages:
        if stage.where is not None and is_bound(stage.where):
            differs = differs or "“where” speaks of the period"
        for one in stage.keep:
            if one.ever and differs:
                message = f"what is kept ever is chosen once for all periods, and before it {differs}"
                fix = "Put it first, or make a cohort of it and add the rest in a cohort of that one."
                say = meanings.findings.say
                say(BAD_CHOICE, one.span, message, path=f"{path}.keep", label="chosen too late", fix=fix)
                return False
            differs = differs or ("" if one.ever else "a choice is made in each period")
        if any(is_bound(left.when) for left in stage.exclude):
            differs = differs or "“exclude” speaks of the period"
    return True


def _entity(name: Name, table: str, path: str, meanings: Meanings) -> FieldValue | None:
    catalog = meanings.catalog
    plain = catalog.fields(table).get(name.value)
    found, wrong = (plain, "") if plain is not None else single_field(name.value, table, catalog)
    if found is None:
        if wrong:
            meanings.findings.say(BAD_CHOICE, name.span, wrong, path=path, label="per what?")
        return None
    return FieldValue(0, (), Column(table, found.name.value), catalog.type_of(table, found), found.optional)


def _order(name: Name, scope: Scope, meanings: Meanings) -> FieldValue | None:
    found = resolve_name(FormulaName(tuple(name.value.split(".")), name.span), scope, meanings)
    if isinstance(found, FieldValue):
        return found
    if isinstance(found, Defined):
        message = f"“{name.value}” is a definition; the order of a choice is by fields"
        meanings.findings.say(BAD_CHOICE, name.span, message, path=scope.path, label="not a field")
    return None
