"""The meanings of everything a spec defines, each worked out once, on demand; finds definitions that go in a circle."""

from collections.abc import Callable
from typing import TypeVar

from acmspec.ground.diagnostic import Label, Problem
from acmspec.ground.source import Span
from acmspec.program.bands_from_spec import banded
from acmspec.program.catalog import Catalog
from acmspec.program.findings import Findings
from acmspec.program.group_from_formula import resolve_group, resolve_term
from acmspec.program.judged import judged
from acmspec.program.judging import Judging
from acmspec.program.meanings import FAULTY, FAULTY_GROUP
from acmspec.program.record import Record
from acmspec.program.record_from_formula import resolve_record
from acmspec.program.refinements import with_exceptions
from acmspec.program.scope import Frame, Scope
from acmspec.program.sets import population_of_cohort, population_of_table
from acmspec.program.sizes import say_too_deep
from acmspec.program.tree import Group, Population
from acmspec.program.written_out import in_order

CYCLE = Problem(
    "ACM305",
    "definitions in a circle",
    "Each of these is explained by the next and the last by the first, so none of them means anything.",
    "Say one of them without the others.",
    "No defined term may be used in its own definition.",
)
PROBLEMS = (CYCLE,)

T = TypeVar("T")


class Definitions:
    """Every definition and cohort by name; satisfies the port `Meanings`."""

    def __init__(self, catalog: Catalog, findings: Findings) -> None:
        self.catalog = catalog
        self.findings = findings
        self._known: dict[str, object] = {}
        self._open: list[tuple[str, str, Span]] = []
        self._circles: set[frozenset[str]] = set()

    def record_definition(self, name: str, use: Span) -> Record:
        """The meaning of a definition for one record of its table, which is scope 0."""
        return self._once(f"definitions.{name}", name, use, lambda: self._record(name), FAULTY)

    def group_definition(self, name: str, use: Span) -> Group:
        """The meaning of a definition for a group."""
        return self._once(f"definitions.{name}", name, use, lambda: self._group(name), FAULTY_GROUP)

    def metric(self, name: str, use: Span) -> Group:
        """The formula of a metric, judged as the metric says."""
        return self._once(f"metrics.{name}", name, use, lambda: self._metric(name), FAULTY_GROUP)

    def population(self, name: str, use: Span) -> Population | None:
        """The set of a table's or cohort's name."""
        if name in self.catalog.tables:
            return population_of_table(self.catalog.tables[name], self.catalog.zone)
        cohort = self.catalog.cohorts[name]
        return self._once(f"cohorts.{name}", name, use, lambda: population_of_cohort(cohort, self), None)

    def all(self) -> None:
        """Work out every definition and cohort, each behind those it needs; the unused ones, too."""
        for key in in_order(self.catalog.spec):
            section, _, name = key.partition(".")
            if section == "cohorts":
                self.population(name, self.catalog.cohorts[name].name.span)
                continue
            definition = self.catalog.definitions[name]
            if definition.of is None:
                self.group_definition(name, definition.name.span)
            elif self.catalog.defined_for(definition) is not None:
                self.record_definition(name, definition.name.span)

    def _record(self, name: str) -> Record:
        definition = self.catalog.definitions[name]
        table = self.catalog.defined_for(definition)
        if table is None or definition.formula.tree is None:
            return FAULTY
        if definition.bands is not None:
            scope = Scope((Frame(table),), f"definitions.{name}.bands")
            value = resolve_record(definition.formula.tree, scope, self)
            return banded(value, definition.bands, definition.formula.span, scope, self)
        scope = Scope((Frame(table),), f"definitions.{name}.formula")
        return resolve_record(definition.formula.tree, scope, self)

    def _metric(self, name: str) -> Group:
        metric = self.catalog.metrics[name]
        tree = metric.formula.tree
        found = FAULTY_GROUP if tree is None else resolve_group(tree, f"metrics.{name}.formula", self)
        return judged(with_exceptions(found, metric, self), Judging(metric.maturity == "judge now", metric.missing_is))

    def _group(self, name: str) -> Group:
        tree = self.catalog.definitions[name].formula.tree
        return (
            FAULTY_GROUP
            if tree is None or self.catalog.faulty("definitions", name, "of")
            else resolve_term(tree, f"definitions.{name}.formula", self)
        )

    def _once(self, key: str, name: str, use: Span, work: Callable[[], T], in_circle: T) -> T:
        """The result of `work`, done once for each key; `in_circle` where the key is being worked on already."""
        if key in self._known:
            return self._known[key]  # type: ignore[return-value]  # stored under the key by the same kind of work
        keys = [one for one, _, _ in self._open]
        if key in keys:
            self._say_circle(self._open[keys.index(key) :], name, use)
            return in_circle
        self._open.append((key, name, use))
        try:
            found = work()
        except RecursionError:
            # Definitions of definitions of …, none of them read before it was needed. None is tried again.
            found = self._known[key] = in_circle
            if len(self._open) > 1:
                raise
            say_too_deep(name, use, f"{key}.formula", self.findings)
        finally:
            self._open.pop()
        self._known[key] = found
        return found

    def _say_circle(self, circle: list[tuple[str, str, Span]], name: str, use: Span) -> None:
        members = frozenset(key for key, _, _ in circle)
        if members in self._circles:
            return
        self._circles.add(members)
        names = " → ".join([*(one for _, one, _ in circle), name])
        related = tuple(Label(span, f"“{one}” is used here") for _, one, span in circle[1:])
        self.findings.say(
            CYCLE,
            use,
            f"definitions in a circle: {names}",
            path=f"{circle[-1][0]}.{'from' if circle[-1][0].startswith('cohorts.') else 'formula'}",
            label="back to the start",
            related=related,
        )
