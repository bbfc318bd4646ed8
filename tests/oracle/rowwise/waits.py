"""What must be over before a record can be judged: the last day of each window, and the table it is seen in."""

from collections.abc import Iterator
from datetime import date

from acmspec.formula.tree import Binary, Call, Formula, Name, Within
from rowwise import times
from rowwise.lookups import conjuncts, partners
from rowwise.parts import parts
from rowwise.values import value
from rowwise.world import Here, World, conditions, place

Wait = tuple[date, str]


def of_record(here: Here, formulas: list[Formula]) -> Iterator[Wait]:
    """The windows of some conditions on one record."""
    for formula in formulas:
        yield from _waits(here, formula)


def of_set(world: World, name: str) -> list[Formula]:
    """All conditions that make a set."""
    return [one for cohort in world.lineage(name) for one in conditions(cohort)]


def _waits(here: Here, formula: Formula) -> Iterator[Wait]:
    if isinstance(formula, Name):
        row, name = place(here, formula.parts)
        definition = None if row is None else here.world.definition(name, row.table)
        if definition is not None:
            yield from _waits(here.on(row), definition.formula.tree)
        return
    if isinstance(formula, Call):
        yield from _lookup_waits(here, formula)
        return
    if isinstance(formula, Within) and not formula.before:
        stretch = times.window(here, formula)
        if stretch is not None:
            yield stretch[1], here.row.table
    for inner in parts(formula):
        yield from _waits(here, inner)


def _lookup_waits(here: Here, call: Call) -> Iterator[Wait]:
    """Each conjunct that bounds a date of the records looked into from above makes a window."""
    table = here.world.base(call.over.name)
    yield from _of_records_found(here, call)
    for conjunct in conjuncts(call.over.where):
        if isinstance(conjunct, Call):
            continue
        if not _speaks_of_inner(here.world, conjunct, call):
            yield from _waits(here, conjunct)
        elif isinstance(conjunct, Within):
            if not _speaks_of_inner(here.world, conjunct.anchor, call):
                stretch = times.window(here, conjunct)
                if stretch is not None:
                    yield (value(here, conjunct.anchor) if conjunct.before else stretch[1]), table
        elif isinstance(conjunct, Binary):
            bound = _bound(here, conjunct, call)
            if isinstance(bound, date):
                yield bound, table


def _of_records_found(here: Here, call: Call) -> Iterator[Wait]:
    """Lookups inside the condition wait for each record that passes the rest of it."""
    found = list(conjuncts(call.over.where))
    nested = [one for one in found if isinstance(one, Call)]
    for row in partners(here, call) if nested else ():
        inside = here.into(call.over.alias, row)
        if all(value(inside, one) is True for one in found if not isinstance(one, Call)):
            for one in nested:
                yield from _waits(inside, one)


def _bound(here: Here, comparison: Binary, call: Call) -> object:
    """What the date of the record looked into may not lie after, if the comparison says so."""
    if comparison.operator not in {"<", "<=", ">", ">="}:
        return None
    small, big = comparison.left, comparison.right
    if comparison.operator.startswith(">"):
        small, big = big, small
    if not _speaks_of_inner(here.world, small, call) or _speaks_of_inner(here.world, big, call):
        return None
    return value(here, big)


def _speaks_of_inner(world: World, formula: Formula, call: Call) -> bool:
    if isinstance(formula, Name):
        if call.over.alias:
            return formula.parts[0] == call.over.alias and len(formula.parts) > 1
        return world.has(world.base(call.over.name), formula.parts[0])
    return any(_speaks_of_inner(world, one, call) for one in parts(formula))
