"""Turns the paths a metric is broken down by into dimensions that have a value for the records of each of its sets."""

from collections.abc import Sequence

from acmspec.formula.tree import Name as FormulaName
from acmspec.ground.diagnostic import Problem
from acmspec.program.catalog import PROVIDER, Catalog
from acmspec.program.findings import Findings
from acmspec.program.lookup_values import refused_quotient
from acmspec.program.meanings import Meanings
from acmspec.program.record import Column, FieldValue, Record
from acmspec.program.register import registered
from acmspec.program.relocate import is_faulty, parts
from acmspec.program.said import type_words
from acmspec.program.scope import Frame, Scope, resolve_name, single_field
from acmspec.program.tree import Aggregate, Dimension, Group
from acmspec.program.types import BooleanType, DatetimeType, DateType, NumberType, PeriodType, TextType
from acmspec.spec.practice import Name

NOT_A_GROUPING = Problem(
    "ACM353",
    "value that doesn't make groups",
    "A breakdown needs a value that many records share: a text, a whole number, a month or year, or yes and no.",
    "Define bands of the value as a definition, and break down by that.",
    "Results must be broken down by characteristics that several records share.",
)
NO_PROVIDER = Problem(
    "ACM354",
    "records without a provider",
    "Payments are made to providers, so each record of the measure must say whose it is.",
    "Give the field that names the provider “entity: provider”.",
    "Each record that a payment rests on must name the Provider it belongs to.",
)
PROBLEMS = (NOT_A_GROUPING, NO_PROVIDER)


def tables_of(formula: Group) -> tuple[str, ...]:
    """The tables whose records a group expression is about, in order of use."""
    return tuple(dict.fromkeys(one.population.table for one in parts(formula) if isinstance(one, Aggregate)))


def dimension(path: Name, tables: Sequence[str], place: str, meanings: Meanings) -> Dimension | None:
    """The dimension of a path for records of all the tables; None if some table can't give it (reported)."""
    values = []
    for table in tables:
        found = _value(path, table, place, meanings)
        if found is None:
            return None
        values.append((table, found))
    first = values[0][1]
    provider = isinstance(first, FieldValue) and _entity(first, meanings.catalog) == PROVIDER
    order = first.type.values if isinstance(first.type, TextType) and first.type.values is not None else ()
    roster = _roster(meanings.catalog) if provider else ()
    register = registered(meanings.catalog) if provider else None
    return Dimension(path.value, tuple(values), provider, roster, order, register)


def provider_dimension(
    tables: Sequence[str], name: Name, place: str, catalog: Catalog, findings: Findings
) -> Dimension | None:
    """The provider of records of all the tables, found by the entity; None if some table has none (reported)."""
    values: list[tuple[str, Record]] = []
    for table in tables:
        field, wrong = single_field(PROVIDER, table, catalog)
        if field is None:
            if wrong:
                findings.say(NO_PROVIDER, name.span, wrong, path=place, label="whose records?")
            return None
        column = Column(table, field.name.value)
        values.append((table, FieldValue(0, (), column, catalog.type_of(table, field), field.optional)))
    return Dimension(PROVIDER, tuple(values), True, _roster(catalog), (), registered(catalog))


def _value(path: Name, table: str, place: str, meanings: Meanings) -> Record | None:
    name = FormulaName(tuple(path.value.split(".")), path.span)
    catalog = meanings.catalog
    if len(name.parts) == 1 and name.parts[0] not in catalog.fields(table):
        field, _ = single_field(name.parts[0], table, catalog)
        if field is not None:
            name = FormulaName((field.name.value,), path.span)
    found = resolve_name(name, Scope((Frame(table),), place), meanings)
    if is_faulty(found):
        return None
    if refused_quotient(found, path.span, place, meanings):
        return None
    whole = isinstance(found.type, NumberType) and found.type.integral
    if isinstance(found.type, TextType | BooleanType | PeriodType) or whole:
        return found
    kind = type_words(found.type)
    fix = ""
    if isinstance(found.type, DateType | DatetimeType):
        fix = f"Break down by a definition such as “month of {path.value}” or “quarter of {path.value}”."
    message = f"“{path.value}” is {kind}, and makes no groups"
    meanings.findings.say(NOT_A_GROUPING, path.span, message, path=place, label="not a grouping", fix=fix)
    return None


def _entity(value: FieldValue, catalog: Catalog) -> str:
    field = catalog.fields(value.column.table).get(value.column.name)
    return field.entity.value if field is not None and field.entity is not None else ""


def _roster(catalog: Catalog) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.provider.value for one in catalog.spec.agreements))
