"""The door from one formula, written beside a spec, to what it means there; a spec's own formulas have their own."""

from typing import TypeVar

from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Diagnostic, Outcome
from acmspec.ground.nearest import offer
from acmspec.program.catalog import Catalog
from acmspec.program.definitions import Definitions
from acmspec.program.findings import Findings
from acmspec.program.group_from_formula import resolve_term
from acmspec.program.lookups import UNKNOWN_SET
from acmspec.program.record import Record
from acmspec.program.record_from_formula import resolve_record
from acmspec.program.scope import Frame, Scope
from acmspec.program.sets import NO_DATE, is_undated, population_of_table
from acmspec.program.tree import Group, Population
from acmspec.spec.tree import Spec

T = TypeVar("T")

PLACE = "formula"
"""How findings call the place of a formula that stands in no spec."""


def group_meaning(spec: Spec, formula: Formula) -> Outcome[Group]:
    """What a formula for a group of records means among the declarations of a sound spec; None if it has an error."""
    names = Definitions(Catalog(spec), Findings())
    found = resolve_term(formula, PLACE, names)
    return _sound(found, names)


def record_meaning(spec: Spec, formula: Formula, name: str) -> Outcome[Record]:
    """What a formula about one record of a table or cohort means; None if it has an error."""
    names = Definitions(Catalog(spec), Findings())
    table = names.catalog.base_table(name)
    if table is None:
        return Outcome(None, (_unknown(name, names.catalog),))
    cohort = names.catalog.cohorts.get(name)
    of = None if cohort is None else names.population(name, cohort.name.span)
    frame = Frame(table, span=None if of is None else of.span)
    return _sound(resolve_record(formula, Scope((frame,), PLACE), names), names)


def set_meaning(spec: Spec, name: str) -> Outcome[Population]:
    """The set of a table's or cohort's name, which must be dated; None if it has an error."""
    names = Definitions(Catalog(spec), Findings())
    catalog = names.catalog
    if catalog.base_table(name) is None:
        return Outcome(None, (_unknown(name, catalog),))
    if name in catalog.tables:
        found: Population | None = population_of_table(catalog.tables[name], catalog.zone)
    else:
        found = names.population(name, catalog.cohorts[name].name.span)
    if found is None or is_undated(found):
        return Outcome(None, (NO_DATE.at(None, f"“{name}” has no date that puts its records into periods"),))
    return Outcome(found)


def table_of(spec: Spec, name: str) -> str | None:
    """The table that a table's or cohort's records lie in; None if there is no such set."""
    return Catalog(spec).base_table(name)


def _sound(found: T, names: Definitions) -> Outcome[T]:
    # What the spec's own definitions have to say was said when the spec was checked.
    said = tuple(one for one in names.findings.diagnostics if one.path == PLACE)
    outcome = Outcome(found, said)
    return Outcome(None, said) if outcome.has_errors else outcome


def _unknown(name: str, catalog: Catalog) -> Diagnostic:
    known = (*catalog.tables, *catalog.cohorts)
    return UNKNOWN_SET.at(None, f"there is no table or cohort “{name}”", fix=offer(name, known))
