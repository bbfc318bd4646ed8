"""Turns tables into stores: what to read, what to refuse, and who must have reported."""

from acmspec.ground.diagnostic import Label, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import PROVIDER
from acmspec.program.definitions import Definitions
from acmspec.program.deliveries_from_spec import deliveries
from acmspec.program.period_values import refused_period
from acmspec.program.record import Column, Lookup
from acmspec.program.record_from_formula import resolve_condition
from acmspec.program.relocate import is_faulty, parts
from acmspec.program.scope import UNKNOWN_NAME, Frame, Scope, single_field
from acmspec.program.sets import BAD_DATE
from acmspec.program.tree import Check, Roll, Store, StoredColumn
from acmspec.program.types import ErrorType, Type
from acmspec.spec.practice import FormulaText, Name
from acmspec.spec.tree import Field, Reporting, Table

NO_KEY = Problem(
    "ACM357",
    "fields that a table doesn't have",
    "A table's key, date and span name fields of the same table.",
    "Correct the name, or declare the field.",
    "Each record must be identified and dated by its own fields.",
)
NEVER_COMPLETE = Problem(
    "ACM482",
    "data that is never complete",
    "“complete” names the first and the last day of a stretch, and this one ends before it begins.",
    "Correct the dates.",
    "A source must be complete over a stretch of time.",
)
NOTHING_TO_FOLD = Problem(
    "ACM484",
    "folding that can't be done",
    "“fold: case” makes upper and lower case of a text one; other types have no case, and two declared values that "
    "differ in case only would be one value.",
    "Remove “fold”, or correct the type or the values of the field.",
    "A rule on upper and lower case must be one that the field can follow.",
)
BEYOND_ITSELF = Problem(
    "ACM457",
    "a check that looks at other records",
    "A check decides whether a record is valid before any record is linked to another, so that what is valid depends "
    "on nothing but the record.",
    "Use only the record's own fields; ask about other records in a cohort's “where” or a check of the referral.",
    "Whether a record is valid must follow from the record itself.",
)
PROBLEMS = (BEYOND_ITSELF, NO_KEY, NEVER_COMPLETE, NOTHING_TO_FOLD)


def store_of(table: Table, names: Definitions) -> Store:
    """How a table is read; errors in its parts are reported and those parts left out."""
    name = table.name.value
    _check_named_fields(table, names)
    _check_folding(table, names)
    checks = [_check(one, index, name, names) for index, one in enumerate(table.checks)]
    return Store(
        name=name,
        file=table.files.text,
        one=table.noun.one,
        many=table.noun.many,
        key=tuple(one.value for one in table.key),
        columns=tuple(_column(one, names.catalog.type_of(name, one)) for one in table.fields),
        checks=tuple(one for one in checks if one is not None),
        duplicates=table.duplicates,
        accept_invalid=table.accept_invalid,
        lag=table.lag,
        complete_through=table.complete_through.value if table.complete_through else None,
        received=table.received.value if table.received else None,
        roll=None if table.reporting is None else _roll(table.reporting, name, names),
        span=table.span,
        complete_from=table.complete_from.value if table.complete_from else None,
        deliveries=deliveries(table, names.catalog, names.findings),
        form=table.form,
        corrections=table.corrections,
        disputes=table.disputes,
        each=_whose(table, names),
        table=table.table.value if table.table else "",
        connection=table.connection.value if table.connection else "",
    )


def _whose(table: Table, names: Definitions) -> str:
    """The field that names the provider, "" if there is none."""
    found = names.catalog.entity_fields(table.name.value, PROVIDER)
    return found[0].name.value if found else ""


def _column(field: Field, of: Type) -> StoredColumn:
    return StoredColumn(
        name=field.name.value,
        column=field.column,
        type=field.type,
        optional=field.optional,
        private=field.private,
        missing=field.missing,
        values=None if field.values is None else tuple(code for code, _ in field.values),
        entity=field.entity.value if field.entity else "",
        of=of,
    )


def _check(formula: FormulaText, index: int, table: str, names: Definitions) -> Check | None:
    if formula.tree is None:
        return None
    path = f"data.{table}.checks.{index}"
    found = resolve_condition(formula.tree, Scope((Frame(table),), path), names)
    if is_faulty(found) or refused_period(found, formula.span, path, names, "a check"):
        return None
    beyond = any(isinstance(one, Lookup) or getattr(one, "steps", ()) for one in parts(found))
    if beyond:
        fix = "Use only the record's own fields."
        message = "a check is about one record and can't look at others"
        names.findings.say(BEYOND_ITSELF, formula.span, message, path=path, fix=fix)
        return None
    return Check(found, formula.text)


def _roll(reporting: Reporting, table: str, names: Definitions) -> Roll | None:
    catalog, path = names.catalog, f"data.{table}.reporting"
    each = catalog.fields(table).get(reporting.each.value)
    if each is None:
        each, wrong = single_field(reporting.each.value, table, catalog)
        if wrong:
            names.findings.say(UNKNOWN_NAME, reporting.each.span, wrong, path=f"{path}.each", label="unknown")
    dated = _field(reporting.dated, table, f"{path}.dated", names)
    if dated is not None and isinstance(catalog.type_of(table, dated), ErrorType):
        return None
    if dated is not None and dated.type not in {"date", "datetime"}:
        message = f"“{reporting.dated.value}” is not a date"
        names.findings.say(BAD_DATE, reporting.dated.span, message, path=f"{path}.dated", label="not a date")
        return None
    if each is None or dated is None:
        return None
    return Roll(Column(table, each.name.value), Column(table, dated.name.value), reporting.every)


def _check_named_fields(table: Table, names: Definitions) -> None:
    """Key, date, span and the date of receipt are fields of the table, and the dates are dates."""
    name = table.name.value
    for key in table.key:
        _field(key, name, f"data.{name}.key", names)
    first, last = table.complete_from, table.complete_through
    if first is not None and last is not None and last.value < first.value:
        message = f"“{name}” is complete through {last.value}, before {first.value}, from which it is complete"
        related = (Label(first.span, "from here"),)
        path = f"data.{name}.complete.through"
        names.findings.say(NEVER_COMPLETE, last.span, message, path=path, label="before “from”", related=related)
    dates = [("date", table.date), ("received", table.received)]
    dates += [("span", one) for one in table.interval or ()]
    for word, one in dates:
        found = None if one is None else _field(one, name, f"data.{name}.{word}", names)
        if found is None or one is None or isinstance(names.catalog.type_of(name, found), ErrorType):
            continue
        if found.type not in {"date", "datetime"}:
            message = f"“{one.value}” is of type {found.type}, and “{word}” takes a date"
            names.findings.say(BAD_DATE, one.span, message, path=f"data.{name}.{word}", label="not a date")


def _check_folding(table: Table, names: Definitions) -> None:
    for field in (one for one in table.fields if one.fold):
        path, wrong = f"data.{table.name.value}.fields.{field.name.value}", ""
        if field.type != "text":
            wrong = f"“{field.name.value}” is of type {field.type}, which has no upper and lower case"
        seen: dict[str, str] = {}
        for code, _ in field.values or ():
            twin = seen.setdefault(code.lower(), code)
            if twin != code:
                wrong = f"“{twin}” and “{code}” are one value where case doesn't count"
        if wrong:
            names.findings.say(NOTHING_TO_FOLD, field.name.span, wrong, path=path, label="fold: case")


def _field(name: Name, table: str, path: str, names: Definitions) -> Field | None:
    catalog = names.catalog
    found = catalog.fields(table).get(name.value)
    if found is None and not catalog.faulty("data", table, "fields", name.value):
        fix = offer(name.value, catalog.fields(table))
        message = f"“{table}” has no field “{name.value}”"
        names.findings.say(NO_KEY, name.span, message, path=path, label="unknown", fix=fix)
    return found
