"""A condition that negates an optional field says what a missing value means."""

from collections.abc import Iterator
from dataclasses import fields

from acmspec.formula.tree import Between, Binary, Call, During, Formula, Found, In, Known, Name, Not, Within
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.catalog import Catalog
from acmspec.program.tree import Program
from acmspec.spec.tree import Field, Metric, Spec

PROBLEM = Problem(
    "ACM309",
    "negation that leaves out missing values",
    "Where the value is missing, “is not” is not true either: the record is in neither group, as few readers expect.",
    "Say what missing means: add “and X is known”, or “or X is missing”.",
    "A condition that something is not the case must say what follows where it is not recorded.",
    Severity.WARNING,
)

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


@node
class _Sight:
    """The tables in sight, innermost first, each with its alias, and the names the formula asks to be known."""

    tables: tuple[tuple[str, str], ...]
    settled: frozenset[str]


@node
class _Found:
    """An optional field under a negation: where, and which."""

    span: Span
    name: str


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No formula negates an optional field without asking whether it is known."""
    catalog = Catalog(spec)
    for path, formula, table in _formulas(spec, catalog):
        sight = _Sight(((table, ""),) if table else (), frozenset(_settled(formula)))
        for one in _negated(formula, sight, catalog, negative=False, at=None):
            message = f"nothing says what is meant where “{one.name}” is missing"
            fix = f"Add “and {one.name} is known”, or “or {one.name} is missing”."
            yield PROBLEM.at(one.span, message, label="may be missing", path=path, fix=fix)


def _formulas(spec: Spec, catalog: Catalog) -> Iterator[tuple[str, Formula, str | None]]:
    for definition in spec.definitions:
        if definition.formula.tree is not None:
            table = catalog.defined_for(definition)
            yield f"definitions.{definition.name.value}.formula", definition.formula.tree, table
    for cohort in spec.cohorts:
        path, table = f"cohorts.{cohort.name.value}", catalog.base_table(cohort.name.value)
        if cohort.where is not None and cohort.where.tree is not None:
            yield f"{path}.where", cohort.where.tree, table
        for index, left in enumerate(cohort.exclude):
            if left.when.tree is not None:
                yield f"{path}.exclude.{index}.when", left.when.tree, table
    for metric in spec.metrics:
        if metric.formula.tree is not None:
            yield f"metrics.{metric.name.value}.formula", metric.formula.tree, None
            yield from _refinements(metric, catalog)


def _refinements(metric: Metric, catalog: Catalog) -> Iterator[tuple[str, Formula, str | None]]:
    """The conditions that a metric adds about records of the one table it measures."""
    tables = {catalog.base_table(one.over.name) for one in _calls(metric.formula.tree, catalog, set())}
    if len(tables) != 1:
        return
    (table,) = tables
    written = [(f"exceptions.{index}.when", one.when) for index, one in enumerate(metric.exceptions)]
    written += [(f"parts.{name.value}", formula) for name, formula in metric.parts]
    for place, formula in written:
        if formula.tree is not None:
            yield f"metrics.{metric.name.value}.{place}", formula.tree, table


def _calls(formula: Formula | None, catalog: Catalog, seen: set[str]) -> Iterator[Call]:
    """The aggregates of a group formula, through definitions, each of which is looked into once."""
    if isinstance(formula, Call):
        yield formula
    elif isinstance(formula, Name):
        name = formula.parts[-1]
        definition = catalog.definitions.get(name)
        if definition is not None and definition.of is None and name not in seen:
            seen.add(name)
            yield from _calls(definition.formula.tree, catalog, seen)
    elif formula is not None:
        for one in _below(formula):
            yield from _calls(one, catalog, seen)


def _negated(  # noqa: C901  (a case for each node of the closed union)
    formula: Formula, sight: _Sight, catalog: Catalog, *, negative: bool, at: Span | None
) -> Iterator[_Found]:
    """Optional fields in conditions that must be false for the formula to be true; `at` is the negation's place."""
    match formula:
        case Not(operand=operand):
            yield from _negated(operand, sight, catalog, negative=not negative, at=at or formula.span)
        case Binary(operator=operator) if operator in _COMPARISONS:
            if (operator == "!=") is not negative:
                yield from _optional(formula, sight, catalog, at or formula.span)
            yield from _looked_up(formula, sight, catalog)
        case In() | Within() | During() | Between():
            if negative:
                yield from _optional(formula, sight, catalog, at or formula.span)
            yield from _looked_up(formula, sight, catalog)
        case Name():
            if negative:
                yield from _defined(formula, sight, catalog, at or formula.span)
        case Call(expression=expression, over=over):
            table = catalog.base_table(over.name)
            inside = sight if table is None else _Sight(((table, over.alias), *sight.tables), sight.settled)
            # lookups are two-valued: a negation around one doesn't reach the conditions inside
            for one in (expression, over.where):
                if one is not None:
                    yield from _negated(one, inside, catalog, negative=False, at=None)
        case Known():
            yield from _looked_up(formula, sight, catalog)
        case Found():
            return
        case _:
            for one in _below(formula):
                yield from _negated(one, sight, catalog, negative=negative, at=at)


def _looked_up(formula: Formula, sight: _Sight, catalog: Catalog) -> Iterator[_Found]:
    """What is negated inside the lookups whose values a condition is about; no negation reaches into them."""
    for one in _below(formula):
        if isinstance(one, Call):
            yield from _negated(one, sight, catalog, negative=False, at=None)
        else:
            yield from _looked_up(one, sight, catalog)


def _defined(name: Name, sight: _Sight, catalog: Catalog, at: Span) -> Iterator[_Found]:
    """A negated definition negates its conditions; a negated boolean field must be recorded itself."""
    definition = catalog.definitions.get(name.parts[-1])
    if definition is None or definition.formula.tree is None:
        yield from _optional(name, sight, catalog, at)
        return
    table = catalog.defined_for(definition)
    if table is None or definition.name.value in sight.settled:
        return
    body = definition.formula.tree
    settled = sight.settled | frozenset(_settled(body)) | {definition.name.value}
    yield from _negated(body, _Sight(((table, ""),), settled), catalog, negative=True, at=at)


def _optional(formula: Formula, sight: _Sight, catalog: Catalog, at: Span) -> Iterator[_Found]:
    for name in _names(formula):
        text = ".".join(name.parts)
        field = _field(name, sight, catalog)
        if field is not None and field.optional and text not in sight.settled:
            yield _Found(at, text)
            return


def _field(name: Name, sight: _Sight, catalog: Catalog) -> Field | None:
    """The field a name means, as far as it can be told without a message."""
    parts = list(name.parts)
    tables = [table for table, alias in sight.tables if not alias]
    for table, alias in sight.tables:
        if alias == parts[0] and len(parts) > 1:
            tables, parts = [table], parts[1:]
            break
    for table in tables:
        for part in parts[:-1]:
            fields_here = catalog.fields(table)
            found = [fields_here[part]] if part in fields_here else catalog.entity_fields(table, part)
            entity = found[0].entity if found else None
            target = catalog.keyed_by(entity.value) if entity is not None else ()
            table = target[0].name.value if target else ""  # noqa: PLW2901  (each step leads to the next table)
        if parts[-1] in catalog.fields(table):
            return catalog.fields(table)[parts[-1]]
    return None


def _settled(formula: Formula) -> Iterator[str]:
    """The names a formula asks `is known` or `is missing` of."""
    if isinstance(formula, Known):
        yield from (".".join(one.parts) for one in _names(formula.operand))
        return
    for one in _below(formula):
        yield from _settled(one)


def _names(formula: Formula) -> Iterator[Name]:
    """The names of a formula; those inside a lookup speak of other records, and are asked for there."""
    if isinstance(formula, Name):
        yield formula
        return
    if isinstance(formula, Call):
        return
    for one in _below(formula):
        yield from _names(one)


def _below(formula: object) -> Iterator[Formula]:
    """The formulas directly inside one, those of its set among them; all sides of `a and b and c`."""
    if isinstance(formula, Binary):
        yield from _sides(formula)
        return
    for each in fields(formula):  # type: ignore[arg-type]  # formulas are dataclasses
        value = getattr(formula, each.name)
        if each.name == "over" and value is not None:
            yield from _below(value)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Formula):
                yield one


def _sides(formula: Binary) -> Iterator[Formula]:
    """Both sides; where a side goes on with the same operator, its sides."""
    todo: list[Formula] = [formula.right, formula.left]
    while todo:
        one = todo.pop()
        if isinstance(one, Binary) and one.operator == formula.operator and one.operator in {"and", "or"}:
            todo += [one.right, one.left]
        else:
            yield one
