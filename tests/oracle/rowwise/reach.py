"""Which tables a metric rests on: those of its sets, of the lookups in it, and those its paths lead to."""

from acmspec.formula.tree import Call, Formula, Name
from acmspec.spec.tree import Metric
from rowwise.looks import of_set
from rowwise.parts import group_parts, parts
from rowwise.world import World


def tables_of(world: World, metric: Metric) -> set[str]:
    found: set[str] = set()
    _group(world, metric.formula.tree, found)
    return found


def _group(world: World, formula: Formula, found: set[str]) -> None:
    if isinstance(formula, Call):
        table = world.base(formula.over.name)
        found.add(table)
        conditions = of_set(world, formula.over.name)
        conditions += [one for one in (formula.expression, formula.over.where) if one is not None]
        for one in conditions:
            _record(world, one, ((formula.over.alias, table), ("", table)), found)
        return
    if isinstance(formula, Name) and world.figure(formula.parts[0]) is not None:
        _group(world, world.figure(formula.parts[0]), found)
    for one in group_parts(formula):
        _group(world, one, found)


def _record(world: World, formula: Formula, scopes: tuple[tuple[str, str], ...], found: set[str]) -> None:
    if isinstance(formula, Name):
        _path(world, formula.parts, scopes, found)
    elif isinstance(formula, Call):
        table = world.base(formula.over.name)
        found.add(table)
        for one in of_set(world, formula.over.name):
            _record(world, one, (("", table),), found)
        if formula.over.where is not None:
            _record(world, formula.over.where, ((formula.over.alias, table), *scopes), found)
    else:
        for one in parts(formula):
            _record(world, one, scopes, found)


def _path(world: World, names: tuple[str, ...], scopes: tuple[tuple[str, str], ...], found: set[str]) -> None:
    if len(names) > 1 and any(alias == names[0] for alias, _ in scopes if alias):
        table = next(table for alias, table in scopes if alias == names[0])
        names = names[1:]
    else:
        table = next(table for alias, table in scopes if not alias and world.has(table, names[0]))
    for step in names[:-1]:
        table = world.keyed_by(step) or ""
        found.add(table)
    definition = world.definition(names[-1], table)
    if definition is not None:
        _record(world, definition.formula.tree, (("", table),), found)
