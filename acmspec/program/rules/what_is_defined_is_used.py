"""Definitions, lists, figures, calendars and cohorts are used."""

from collections.abc import Iterator
from dataclasses import fields

from acmspec.formula.tree import Between, Name, SetUse
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.exact import Amount
from acmspec.ground.nearest import nearest
from acmspec.ground.source import Located
from acmspec.program.business import is_business
from acmspec.program.record import Defined, OneOf
from acmspec.program.relocate import parts
from acmspec.program.tree import GroupDefined, GroupFigure, Population, Program
from acmspec.spec.ports import parts_of
from acmspec.spec.practice import FormulaText
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM308",
    "defined and not used",
    "Nothing in the spec needs it, so it would stand in the contract without effect.",
    "Use it or remove it.",
    "This Agreement should define only the terms it uses.",
    Severity.WARNING,
)


ONLY = "the only calendar"
"""Stands for the calendar of business days that name none; no calendar can be called so."""


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Everything that is defined is named somewhere; nothing is said while parts of the spec can't be read."""
    texts = list(_formulas(spec))
    if spec.faulty or any(one.tree is None for one in texts):
        return
    used = {name for one in texts for name in _names(one.tree)} | {*_named(spec), *_paid_by(spec)}
    for measure in program.measures if program is not None else ():
        used |= {name for one in parts(measure.formula) for name in _meant(one)}
    if ONLY in used and len(spec.calendars) == 1:
        used.add(spec.calendars[0].name.value)
    used.discard(ONLY)
    every = [one.name.value for one in spec.definitions]
    for beside in (spec.lists, spec.figures, spec.calendars, spec.cohorts, spec.spells):
        every += [one.name.value for one in beside]
    strangers = used - set(every) - set(_declared(spec))
    used |= {nearest(name, every) for name in strangers}  # a misspelt use, reported as such, is a use
    for section, what, declared in (
        ("definitions", "definition", [one.name for one in spec.definitions]),
        ("lists", "list", [one.name for one in spec.lists]),
        ("figures", "figure", [one.name for one in spec.figures]),
        ("calendars", "calendar", [one.name for one in spec.calendars]),
        ("cohorts", "cohort", [one.name for one in spec.cohorts]),
        ("spells", "set of spells", [one.name for one in spec.spells]),
    ):
        for name in declared:
            if name.value not in used:
                message = f"the {what} “{name.value}” is not used"
                yield PROBLEM.at(name.span, message, label="not used", path=f"{section}.{name.value}")


def _declared(spec: Spec) -> Iterator[str]:
    """The names of tables, their fields and what these identify."""
    for table in spec.data:
        yield table.name.value
        for field in table.fields:
            yield field.name.value
            if field.entity is not None:
                yield field.entity.value


def _formulas(value: object) -> Iterator[FormulaText]:
    """Every formula that the spec's own keys hold."""
    if isinstance(value, FormulaText):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _formulas(one)
    elif type(value).__module__ in {"acmspec.spec.tree", "acmspec.spec.practice"}:
        for each in fields(value):  # type: ignore[arg-type]  # all of these modules' classes are dataclasses
            yield from _formulas(getattr(value, each.name))


def _names(value: object) -> Iterator[str]:
    """Every name in a formula."""
    if isinstance(value, Name):
        yield from value.parts
    elif isinstance(value, tuple):
        for one in value:
            yield from _names(one)
    elif isinstance(value, Length):
        yield from (value.calendar or ONLY,) if value.business else ()
    elif isinstance(value, Amount):
        yield from (one.partition(" of ")[2] or ONLY for one, _ in value.unit.factors if is_business(one))
    elif type(value).__module__ == Name.__module__:
        if isinstance(value, SetUse):
            yield value.name
        if isinstance(value, Between) and is_business(value.unit):
            yield value.calendar or ONLY
        for each in fields(value):  # type: ignore[arg-type]  # all of this module's classes are dataclasses
            yield from _names(getattr(value, each.name))


def _named(spec: Spec) -> Iterator[str]:
    """Names that stand outside of formulas."""
    for metric in spec.metrics:
        for row in metric.break_down_by:
            yield from (part for path in row for part in path.value.split("."))
    for cohort in spec.cohorts:
        yield cohort.source.value
    for spells in spec.spells:
        yield from (one.value for one in (*spells.merge, *spells.without))
    for definition in spec.definitions:
        if definition.of is not None:
            yield definition.of.value
    for step in spec.referral.steps if spec.referral else ():
        yield step.set.value
    for unit in (field.unit.value for table in spec.data for field in table.fields if field.unit is not None):
        yield from (unit.partition(" of ")[2] or ONLY,) if unit.startswith("business") else ()
    for topic in spec.roadmap:
        yield from (part for path in topic.by for part in path.value.split("."))


def _paid_by(spec: Spec) -> Iterator[str]:
    """Names in the kinds' own keys of payment terms."""
    for term in spec.incentives.terms if spec.incentives else ():
        for one in (getattr(kept, each.name) for _, kept in parts_of(term.use.parameters) for each in fields(kept)):
            if isinstance(one, Located) and isinstance(one.value, str):
                yield one.value
            elif isinstance(one, FormulaText):
                yield from _names(one.tree)


def _meant(node: object) -> Iterator[str]:
    match node:
        case (
            Defined(name=name)
            | GroupDefined(name=name)
            | GroupFigure(name=name)
            | Population(name=name)
            | OneOf(list_name=name)
        ):
            yield name
        case _:
            return
