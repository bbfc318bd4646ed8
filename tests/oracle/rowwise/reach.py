"""What a metric rests on: tables of its sets, of the lookups in it and of its paths, and the calendars it counts by."""

from dataclasses import dataclass, field

from acmspec.formula.tree import Between, Call, Formula, Lasts, Name, Sliced, Those, Within
from acmspec.spec.tree import Metric
from rowwise.looks import of_set
from rowwise.parts import group_parts, parts
from rowwise.world import World


@dataclass
class Found:
    """The names of tables and calendars."""

    tables: set[str] = field(default_factory=set)
    calendars: set[str] = field(default_factory=set)


def of_metric(world: World, metric: Metric) -> Found:
    """All that the formula of a metric rests on."""
    found = Found()
    _group(world, metric.formula.tree, _exceptions(metric), found)
    return found


def _exceptions(metric: Metric) -> tuple[Formula, ...]:
    return tuple(one.when.tree for one in metric.exceptions)


def of_path(world: World, table: str, path: str) -> Found:
    """All that a breakdown by a path rests on."""
    found = Found()
    _path(world, tuple(path.split(".")), (("", table),), found)
    return found


def _table(world: World, name: str, found: Found) -> None:
    """A table; spells rest on all that tells which stays they are made of."""
    found.tables.add(name)
    made = world.spells(name)
    if made is None:
        return
    for one in (*made.merge, *made.without):
        table = world.base(one.value)
        found.tables.add(table)
        for condition in of_set(world, one.value):
            _record(world, condition, (("", table),), found)


def _group(world: World, formula: Formula, more: tuple[Formula, ...], found: Found) -> None:
    """What a figure rests on; `more` is asked of its records besides."""
    if isinstance(formula, Call):
        table = world.base(formula.over.name)
        _table(world, table, found)
        conditions = of_set(world, formula.over.name)
        over = formula.over
        conditions += [
            one for one in (formula.expression, over.where, over.weight, over.placed, *more) if one is not None
        ]
        for one in conditions:
            _record(world, one, ((formula.over.alias, table), ("", table)), found)
        return
    if isinstance(formula, Name) and world.figure(formula.parts[0]) is not None:
        name = formula.parts[0]
        metric = None if world.definition(name, None) is not None else world.metric(name)
        _group(world, world.figure(name), more if metric is None else _exceptions(metric), found)
    if isinstance(formula, Sliced) and isinstance(formula.to, Those):
        more = (*more, formula.to.condition)
    for one in group_parts(formula):
        _group(world, one, more, found)


def _record(world: World, formula: Formula, scopes: tuple[tuple[str, str], ...], found: Found) -> None:
    if isinstance(formula, Name):
        _path(world, formula.parts, scopes, found)
    elif isinstance(formula, Call):
        table = world.base(formula.over.name)
        _table(world, table, found)
        for one in of_set(world, formula.over.name):
            _record(world, one, (("", table),), found)
        if formula.over.where is not None:
            _record(world, formula.over.where, ((formula.over.alias, table), *scopes), found)
    else:
        _calendar(world, formula, found)
        for one in parts(formula):
            _record(world, one, scopes, found)


def _calendar(world: World, formula: Formula, found: Found) -> None:
    """The calendar whose business days a formula counts itself."""
    if isinstance(formula, Between) and formula.unit == "business day":
        found.calendars.add(formula.calendar or _only(world))
    for length in (getattr(formula, "length", None), getattr(formula, "opens", None)):
        if isinstance(formula, Within | Lasts) and getattr(length, "business", 0):
            found.calendars.add(length.calendar or _only(world))


def _only(world: World) -> str:
    return world.spec.calendars[0].name.value


def _path(world: World, names: tuple[str, ...], scopes: tuple[tuple[str, str], ...], found: Found) -> None:
    if len(names) > 1 and any(alias == names[0] for alias, _ in scopes if alias):
        table = next(table for alias, table in scopes if alias == names[0])
        names = names[1:]
    else:
        table = next(table for alias, table in scopes if not alias and world.has(table, names[0]))
    for step in names[:-1]:
        table = world.step(table, step)[1]
        _table(world, table, found)
    unit = world.unit(table, names[-1]) or ""
    if unit.startswith("business day"):
        found.calendars.add(unit.partition(" of ")[2] or _only(world))
    definition = world.definition(names[-1], table)
    if definition is not None:
        _record(world, definition.formula.tree, (("", table),), found)
