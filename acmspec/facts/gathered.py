"""The cells of every gather, of all records and of those in dispute alone; no value is computed here."""

from collections.abc import Iterable, Mapping, Sequence

from acmspec.facts.numbers import text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.rows import cell_of, order
from acmspec.facts.tree import Cell, CellKey, Group, TableQuality
from acmspec.ground.calendar import Period
from acmspec.program.tree import Aggregate
from acmspec.query.frames import NUMBER
from acmspec.query.tree import Gather, Plan

Groups = dict[tuple[Aggregate, Period, tuple[str, ...]], tuple[Group, ...]]
"""The groups that have a record in a window's base table, in order."""


def gathered(backend: Backend, gathers: Iterable[Gather]) -> tuple[dict[CellKey, Cell], Groups]:
    """The cells of some gathers, and their groups."""
    cells: dict[CellKey, Cell] = {}
    groups: Groups = {}
    for one in gathers:
        _gather(backend, one, cells, groups)
    return cells, groups


def of_disputed(backend: Backend, plan: Plan, tables: Iterable[TableQuality]) -> Mapping[CellKey, Cell]:
    """The cells that records in dispute make by themselves; all others are taken out of the facts for that.

    Of a set that keeps one of several records there is none: without one that it keeps, another one comes in.
    """
    numbers = {one.name: sorted(each.record for each in one.disputes) for one in tables if one.disputes}
    facts = [one for one in plan.facts if one.population.table in numbers and not one.population.choices]
    for one in facts:
        listed = ", ".join(map(str, numbers[one.population.table]))
        backend.remove(one.name, f"{NUMBER} NOT IN ({listed})")
    # The names of what is made of facts begin with theirs.
    made_of = tuple(f"{one.name} " for one in facts)
    for name, sql in plan.rollups:
        if name.startswith(made_of):
            backend.make(name, sql)
    sets = {(one.population, one.windows) for one in facts}
    asked = (one for one in plan.gathers if (one.readings[0].aggregate.population, one.windows) in sets)
    return gathered(backend, asked)[0]


def _gather(backend: Backend, one: Gather, cells: dict[CellKey, Cell], groups: Groups) -> None:
    wide = 1 + len(one.dimensions)
    beside = [{row[:wide]: row[wide:] for row in backend.rows(each.sql)} for each in one.beside]
    by_window: list[list[tuple[Group, Sequence[object]]]] = [[] for _ in one.windows.periods]
    for row in backend.rows(one.sql):
        more = [found.get(row[:wide]) or (None,) * each.wide for found, each in zip(beside, one.beside, strict=True)]
        group = tuple(text(value) for value in row[1:wide])
        by_window[whole(row[0])].append((group, [*row, *(value for values in more for value in values)]))
    for period, rows in zip(one.windows.periods, by_window, strict=True):
        rows.sort(key=lambda each: order(each[0]))
        listed = tuple(group for group, _ in rows)
        for reading in one.readings:
            groups[reading.aggregate, period, one.dimensions] = listed
            for (group, _), cell in zip(rows, map(cell_of(reading), (values for _, values in rows)), strict=True):
                cells[reading.aggregate, period, one.dimensions, group] = cell
