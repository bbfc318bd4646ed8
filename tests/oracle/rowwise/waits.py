"""What must be over before a record can be judged: the last day of each window, and the table it is seen in."""

from collections.abc import Iterator
from datetime import date

from acmspec.formula.tree import Binary, Call, Formula, In, Name, Within
from rowwise import days
from rowwise.judge import Scopes, World, partners, places, value
from rowwise.tables import Row

Wait = tuple[date, str]


def of_record(world: World, row: Row, conditions: list[Formula]) -> Iterator[Wait]:
    """The windows of some conditions on one record."""
    for condition in conditions:
        yield from _waits(world, condition, (("", row),))


def of_set(world: World, name: str) -> list[Formula]:
    """All conditions that make a set."""
    found = []
    for cohort in world.lineage(name):
        found += [cohort.dated.tree] if cohort.dated is not None else []
        found += [cohort.where.tree] if cohort.where is not None else []
        found += [one.when.tree for one in cohort.exclude]
    return found


def _waits(world: World, formula: Formula, scopes: Scopes) -> Iterator[Wait]:
    if isinstance(formula, Name):
        row, name = places(world, formula.parts, scopes)
        definition = None if row is None else world.definition(name, row.table)
        if definition is not None:
            yield from _waits(world, definition.formula.tree, (("", row),))
        return
    if isinstance(formula, Call):
        yield from _lookup_waits(world, formula, scopes)
        return
    if isinstance(formula, Within) and not formula.before:
        anchor = value(world, formula.anchor, scopes)
        if anchor is not None:
            yield days.later(anchor, formula.length), scopes[0][1].table
    for inner in children(formula):
        yield from _waits(world, inner, scopes)


def children(formula: Formula) -> list[Formula]:
    """The formulas a formula is made of, lookups left aside."""
    if isinstance(formula, In):
        return [formula.operand, *(() if isinstance(formula.choices, Name) else formula.choices)]
    names = ("left", "right", "operand", "anchor", "start", "end")
    return [getattr(formula, one) for one in names if hasattr(formula, one)]


def _lookup_waits(world: World, call: Call, scopes: Scopes) -> Iterator[Wait]:
    """Each conjunct that bounds a date of the records looked into from above makes a window."""
    table = world.base(call.over.name)
    yield from _of_records_found(world, call, scopes)
    for conjunct in _conjuncts(call.over.where):
        if isinstance(conjunct, Call):
            continue
        if not _speaks_of_inner(world, conjunct, call, scopes):
            yield from _waits(world, conjunct, scopes)
        elif isinstance(conjunct, Within):
            if not _speaks_of_inner(world, conjunct.anchor, call, scopes):
                anchor = value(world, conjunct.anchor, scopes)
                if anchor is not None:
                    yield anchor if conjunct.before else days.later(anchor, conjunct.length), table
        elif isinstance(conjunct, Binary):
            bound = _bound(world, conjunct, call, scopes)
            if isinstance(bound, date):
                yield bound, table


def _of_records_found(world: World, call: Call, scopes: Scopes) -> Iterator[Wait]:
    """Lookups inside the condition wait for each record that passes the rest of it."""
    conjuncts = list(_conjuncts(call.over.where))
    nested = [one for one in conjuncts if isinstance(one, Call)]
    for inner in partners(world, call, scopes[0][1]) if nested else ():
        inside = ((call.over.alias, inner), *scopes)
        if all(value(world, one, inside) is True for one in conjuncts if not isinstance(one, Call)):
            for one in nested:
                yield from _waits(world, one, inside)


def _conjuncts(formula: Formula | None) -> Iterator[Formula]:
    if isinstance(formula, Binary) and formula.operator == "and":
        yield from _conjuncts(formula.left)
        yield from _conjuncts(formula.right)
    elif formula is not None:
        yield formula


def _bound(world: World, comparison: Binary, call: Call, scopes: Scopes) -> object:
    """What the date of the record looked into may not lie after, if the comparison says so."""
    sides = {"<": (comparison.left, comparison.right), "<=": (comparison.left, comparison.right),
             ">": (comparison.right, comparison.left), ">=": (comparison.right, comparison.left)}  # fmt: skip
    if comparison.operator not in sides:
        return None
    small, big = sides[comparison.operator]
    if not _speaks_of_inner(world, small, call, scopes) or _speaks_of_inner(world, big, call, scopes):
        return None
    return value(world, big, scopes)


def _speaks_of_inner(world: World, formula: Formula, call: Call, scopes: Scopes) -> bool:
    if isinstance(formula, Name):
        if call.over.alias:
            return formula.parts[0] == call.over.alias and len(formula.parts) > 1
        return world.has(world.base(call.over.name), formula.parts[0])
    return any(_speaks_of_inner(world, one, call, scopes) for one in children(formula))


__all__ = ["Wait", "children", "of_record", "of_set", "partners"]
