"""Tables, cohorts and fields that definitions, the referral and the roadmap name exist."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import Catalog
from acmspec.program.tree import Program
from acmspec.spec.practice import Name, ReferralStep
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM389",
    "unknown table, cohort or field",
    "The spec declares no table, cohort or field of this name.",
    "Correct the name, or declare it.",
    "The records referred to must be ones that this Agreement names.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every set and field named outside of formulas is declared."""
    catalog = Catalog(spec)
    for definition in spec.definitions:
        if definition.of is not None:
            yield from _set(definition.of, f"definitions.{definition.name.value}.of", catalog)
    for index, step in enumerate(spec.referral.steps if spec.referral else ()):
        yield from _set(step.set, f"referral.steps.{index}.set", catalog)
        yield from _date(step, f"referral.steps.{index}.date", catalog)
    for index, topic in enumerate(spec.roadmap):
        for path in topic.by:
            yield from _path(path, f"roadmap.{index}.by", catalog)


def _set(name: Name, path: str, catalog: Catalog) -> Iterator[Diagnostic]:
    known = (*catalog.tables, *catalog.cohorts)
    if name.value in known or any(catalog.faulty(one, name.value) for one in ("data", "cohorts")):
        return
    message = f"there is no table or cohort “{name.value}”"
    yield PROBLEM.at(name.span, message, label="unknown", path=path, fix=offer(name.value, known))


def _date(step: ReferralStep, path: str, catalog: Catalog) -> Iterator[Diagnostic]:
    table = catalog.base_table(step.set.value)
    name = step.date.value
    if table is None or catalog.faulty("data", table, "fields", name):
        return
    dates = [one.name.value for one in catalog.fields(table).values() if one.type in {"date", "datetime"}]
    if name not in dates and not catalog.faulty("data", table, "fields", name):
        known = name in catalog.fields(table)
        message = f"“{name}” of “{table}” is not a date" if known else f"“{table}” has no field “{name}”"
        yield PROBLEM.at(step.date.span, message, label="dated how?", path=path, fix=offer(name, dates))


def _path(name: Name, path: str, catalog: Catalog) -> Iterator[Diagnostic]:
    """The path starts at a field, a definition or an entity of some table, and ends at a field or definition."""
    first, last = name.value.split(".")[0], name.value.split(".")[-1]
    values = {one for table in catalog.tables for one in catalog.fields(table)} | set(catalog.definitions)
    entities = {one for table in catalog.tables for one in catalog.entities(table)}
    unreadable = catalog.faulty("data") or any(one.startswith("data.") for one in catalog.spec.faulty)
    if unreadable or catalog.faulty("definitions", first):
        return
    for one, known in ((first, sorted(values | entities)), (last, sorted(values | entities))):
        if one not in known:
            message = f"“{one}” is no field, definition or entity"
            yield PROBLEM.at(name.span, message, label="unknown", path=path, fix=offer(one, known))
            return
