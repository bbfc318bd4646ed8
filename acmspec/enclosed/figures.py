"""Reference figures from files: one exact value for each combination of groups and period, gaps reported."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from acmspec.enclosed.cells import EXAMPLES, is_period, number
from acmspec.enclosed.desk import SHOWN, Desk, Rows
from acmspec.enclosed.ports import Row, Sheet
from acmspec.enclosed.problems import BAD_CELL, GAP, NOT_A_DIMENSION
from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import DataPlace, Diagnostic
from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.spec.enclosures import TIMES, Figure, Figures

_KINDS = {"integer": "a whole number", "decimal": "a number", "money": "a sum of money"}
_MOST_CELLS = 20_000


@node
class _Columns:
    """Where the cells of a figure are: its value, and its dimensions by name."""

    value: int
    by: tuple[tuple[str, str, int], ...]


def with_values(figure: Figure, desk: Desk) -> Figure:
    """The figure with the values of its file; what is wrong with them is reported."""
    path = f"figures.{figure.name.value}"
    times = [name for name, _ in figure.by if name.value in TIMES]
    if len(times) > 1:
        message = f"“{figure.name.value}” is by “{times[0].value}” and by “{times[1].value}”"
        desk.say(NOT_A_DIMENSION.at(times[1].span, message, label="the second", path=f"{path}.by"))
    sheet = desk.sheet(figure.file, path)
    columns = None if sheet is None else _columns(figure, sheet, desk, path)
    if sheet is None or columns is None or len(times) > 1:
        return figure
    rows = Rows(desk, sheet, path)
    values = tuple(_values(figure, sheet, columns, rows))
    rows.finish()
    if path not in desk.faulty:
        desk.found.extend(_gaps(figure, values, sheet.shown, path))
    return replace(figure, values=values)


def _columns(figure: Figure, sheet: Sheet, desk: Desk, path: str) -> _Columns | None:
    value = desk.column(sheet, figure.value, f"{path}.value")
    by = [
        (name.value, column, desk.column(sheet, Located(column, name.span), f"{path}.by")) for name, column in figure.by
    ]
    found = tuple((name, column, at) for name, column, at in by if at is not None)
    return None if value is None or len(found) < len(by) else _Columns(value, found)


def _values(figure: Figure, sheet: Sheet, columns: _Columns, rows: Rows) -> Iterator[Figures]:
    first: dict[tuple[str, ...], Row] = {}
    for row in sheet.rows:
        key = _key(figure, columns, row, rows)
        if key is None:
            continue
        if key in first:
            fix = _told_apart(figure, sheet, first[key], row)
            rows.twice(row, columns.by[-1][1], ", ".join(key), first[key].line, fix)
            continue
        first[key] = row
        text = row.cells[columns.value]
        exact = number(text, figure.type) if text else None
        if text and exact is None:
            message = f"“{text}” in column “{figure.value.value}” is not {_KINDS[figure.type]}"
            rows.say(BAD_CELL, row, figure.value.value, text, message)
        if exact is not None:
            named = list(zip(columns.by, key, strict=True))
            groups = tuple(cell for (name, _, _), cell in named if name not in TIMES)
            period = next((cell for (name, _, _), cell in named if name in TIMES), "")
            yield Figures(groups, period, exact)


def _told_apart(figure: Figure, sheet: Sheet, one: Row, two: Row) -> str:
    """What to write where the file tells two records of one group apart by a column that the figure leaves out."""
    used = {figure.value.value, *(column for _, column in figure.by)}
    differ = [
        name
        for name, first, second in zip(sheet.columns, one.cells, two.cells, strict=False)
        if name not in used and first != second
    ]
    names = sorted(differ, key=lambda name: name not in TIMES)[:1]
    return f"Add “{names[0]}” under “by”, if that tells the records apart; else remove one of them." if names else ""


def _key(figure: Figure, columns: _Columns, row: Row, rows: Rows) -> tuple[str, ...] | None:
    """The cells a row is found by; None if one of them is empty or names no period (reported)."""
    is_sound, every = True, figure.every
    for name, column, at in columns.by:
        text = row.cells[at]
        if not text:
            rows.empty(row, column)
            is_sound = False
        elif name in TIMES and every is not None and not is_period(text, every):
            message = f"“{text}” in column “{column}” is not written like {EXAMPLES[every]}"
            rows.say(BAD_CELL, row, column, text, message)
            is_sound = False
    return tuple(row.cells[at] for _, _, at in columns.by) if is_sound else None


def _gaps(figure: Figure, values: tuple[Figures, ...], shown: str, path: str) -> Iterator[Diagnostic]:
    """What is missing between the first and the last period of the file, for any of its groups."""
    groups = list(dict.fromkeys(one.groups for one in values))
    periods = _between(sorted({one.period for one in values}), figure.every)
    if len(groups) * len(periods) > _MOST_CELLS:
        return
    there = {(one.groups, one.period) for one in values}
    gaps = [one for one in product(groups, periods) if one not in there]
    for group, period in gaps[:SHOWN]:
        of = ", ".join(one for one in (*group, period) if one)
        yield GAP.at(DataPlace(shown), f"“{figure.name.value}” has no value for {of}", path=path)
    if len(gaps) > SHOWN:
        yield GAP.at(DataPlace(shown), f"{len(gaps) - SHOWN:,} more of these: {GAP.title}", path=path)


def _between(named: list[str], every: Every | None) -> list[str]:
    """Every period from the first to the last, by name; the names order as the periods do."""
    if every is None or not named:
        return named
    found, last = [named[0]], named[-1]
    while found[-1] < last:
        found.append(_next(found[-1], every))
    return found


def _next(name: str, every: Every) -> str:
    head, _, tail = name.partition("-")
    mark, year = ("FY", int(head[2:])) if every.is_fiscal else ("", int(head))
    if not tail:
        return f"{mark}{year + 1:04d}"
    letter = "Q" if tail.startswith("Q") else ""
    last = 12 // every.length.months
    step = int(tail.removeprefix("Q")) % last + 1
    width = 1 if letter else 2
    return f"{mark}{year + (step == 1):04d}-{letter}{step:0{width}d}"
