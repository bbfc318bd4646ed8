"""A name means one thing."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.source import Located
from acmspec.program.catalog import Catalog
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec


class _Named(Protocol):
    @property
    def name(self) -> Located[str]: ...


PROBLEM = Problem(
    "ACM306",
    "one name for two things",
    "Formulas and pages would not tell the two apart.",
    "Rename one of them.",
    "Each defined term must have one meaning.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Definitions differ from fields, cohorts from tables, and terms with an outcome of their own from metrics."""
    catalog = Catalog(spec)
    for definition in spec.definitions:
        name = definition.name.value
        field = catalog.fields(catalog.defined_for(definition) or "").get(name)
        if field is not None:
            related = (Label(field.name.span, "the field"),)
            message = f"“{name}” is a definition and a field of the same table"
            path = f"definitions.{name}"
            yield PROBLEM.at(definition.name.span, message, label="the definition", path=path, related=related)
    for cohort in spec.cohorts:
        table = catalog.tables.get(cohort.name.value)
        if table is not None:
            related = (Label(table.name.span, "the table"),)
            message = f"“{cohort.name.value}” is a cohort and a table"
            path = f"cohorts.{cohort.name.value}"
            yield PROBLEM.at(cohort.name.span, message, label="the cohort", path=path, related=related)
    yield from _spells(spec, catalog)
    yield from _figures(spec)
    yield from _outcomes(spec, program)


def _spells(spec: Spec, catalog: Catalog) -> Iterator[Diagnostic]:
    for one in spec.spells:
        name = one.name.value
        for what, named in (("table", {each.name.value: each for each in spec.data}), ("cohort", catalog.cohorts)):
            if name in named:
                related = (Label(named[name].name.span, f"the {what}"),)
                message = f"“{name}” is the name of spells and of a {what}"
                yield PROBLEM.at(one.name.span, message, label="the spells", path=f"spells.{name}", related=related)


def _figures(spec: Spec) -> Iterator[Diagnostic]:
    catalog = Catalog(spec)
    others: tuple[tuple[str, Mapping[str, _Named]], ...] = (
        ("definition", catalog.definitions),
        ("metric", catalog.metrics),
        ("table", catalog.tables),
        ("cohort", catalog.cohorts),
    )
    for figure in spec.figures:
        name = figure.name.value
        for what, named in others:
            if name in named:
                related = (Label(named[name].name.span, f"the {what}"),)
                message = f"“{name}” is a figure and a {what}"
                path = f"figures.{name}"
                yield PROBLEM.at(figure.name.span, message, label="the figure", path=path, related=related)


def _outcomes(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    own = {one.name for one in program.measures if not one.is_metric} if program is not None else set()
    metrics = {one.name.value: one for one in spec.metrics}
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms} if spec.incentives else {}
    for term in program.payments.terms if program is not None else ():
        span, path = written[term.written].span, f"incentives.terms.{term.written}"
        if term.name in own and term.name in metrics:
            related = (Label(metrics[term.name].name.span, "the metric"),)
            message = f"“{term.name}” is a metric and a payment term with an outcome of its own"
            yield PROBLEM.at(span, message, label="the term", path=path, related=related)
        if term.of and term.name in written:
            related = (Label(written[term.name].span, "the other term"),)
            message = f"“{term.name}” is a payment term and a part of another"
            yield PROBLEM.at(span, message, label="has a part of this name", path=path, related=related)
