"""A figure worked out for each part of the period, or each group, and its values brought together."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from acmspec.formula.tree import Each, Name
from rowwise import periods
from rowwise.aggregates import outcome
from rowwise.figure import Figure, Seen
from rowwise.groups import UNLINKED, group_of, is_provider, registered, seen_from
from rowwise.sets import present
from rowwise.views import View

NOBODY = (None, UNLINKED)
PARTS = ("day", "week", "month", "quarter", "half year", "year", "fiscal quarter", "fiscal year")


def together(measured: object, formula: Each, view: View) -> Figure:
    """One figure of all parts that count. Records of no group could not be judged."""
    if formula.function == "rank":
        return _ranked(measured, formula, view)
    pairs = [_part(measured, formula, one) for one in views(measured, formula, view)]
    counted = [figure for figure, condition in pairs if condition is None or condition.value is True]
    done = _brought(measured, formula, [one.value for one in counted])
    sets = [seen for pair in pairs for seen in _sets(*pair)]
    if not _is_time(formula):
        path = _path(formula)
        here = NOBODY if path not in view.paths else {view.group[view.paths.index(path)]} & set(NOBODY)
        nobody = [name for name in names(measured, formula, view) if name in here]
        found = [measured.of(formula.expression, view.in_group(path, name)) for name in nobody]
        sets += [_unjudged(seen) for one in found for seen in one.sets]
    return replace(
        done,
        n=sum(one.n for one in counted),
        immature=sum(one.immature for one in counted),
        sets=tuple(sets),
        lacks=_lacks(pairs),
    )


def _unjudged(seen: Seen) -> Seen:
    """A set whose records are of no group: all are unjudged, and nothing waits for them."""
    why = tuple((word, count) for word, count in seen.gaps if word.startswith("by "))
    return replace(seen, immature=0, lost=0, unjudged=seen.n, matures=None, gaps=why)


def views(measured: object, formula: Each, view: View) -> Iterator[View]:
    """Where each part is looked at from."""
    if _is_time(formula):
        every, window = formula.groups.parts[0], view.window
        start = view.world.spec.contract.fiscal_year_starts
        day = window.first
        while day <= window.last:
            part = periods.around(day, every, start)
            if part.last <= window.last and part.first <= view.world.data_date:
                yield view.in_part(part, every)
            day = part.last + periods.days.ONE_DAY
        return
    path = _path(formula)
    own = view.group[view.paths.index(path)] if path in view.paths else None
    for name in names(measured, formula, view):
        if name not in NOBODY and (formula.function == "rank" or path not in view.paths or name == own):
            yield view.in_group(path, name)


def looked_at(measured: object, formula: Each, view: View) -> list[View]:
    """The same, groups not told apart."""
    if _is_time(formula):
        return list(views(measured, formula, view))
    return [view if _path(formula) in view.paths else view.in_group(_path(formula), None)]


def names(measured: object, formula: Each, view: View) -> list[str | None]:
    """The groups that a breakdown would show within the group at hand."""
    path, window, world = _path(formula), view.window, view.world
    uses = list(measured._uses(formula.expression, view))
    fixed = [(other, name) for other, name in zip(view.paths, view.group, strict=True) if other != path]
    paths = tuple(other for other, _ in fixed)
    found = {
        group_of(world, row, (path,), window)[0]
        for use, place in seen_from(uses, view)
        for row in present(world, use.name, place.window, use.placed)
        if group_of(world, row, paths, window) == tuple(name for _, name in fixed)
    }
    table = world.base(uses[0][0].name)
    if not fixed and is_provider(world, table, path):
        found |= registered(world, window)
    return sorted(found, key=lambda name: (name is None, name or ""))


def _ranked(measured: object, formula: Each, view: View) -> Figure:
    """The place of the group at hand: 1 is the best, and equal values share the better place."""
    path = _path(formula)
    pairs = {
        one.known[path.rpartition(".")[2]]: _part(measured, formula, one) for one in views(measured, formula, view)
    }
    own = pairs.get(view.known[path.rpartition(".")[2]]) if path in view.paths else None
    sets = tuple(
        seen if pair is own else replace(seen, unjudged=0, gaps=(), left=())
        for pair in pairs.values()
        for seen in _sets(*pair)
    )
    if own is None:
        return Figure(None, sets=sets)
    mine = own[0].value if own[1] is None or own[1].value is True else None
    values = [figure.value for figure, where in pairs.values() if where is None or where.value is True]
    metric = view.world.metric(formula.expression.parts[0]) if isinstance(formula.expression, Name) else None
    is_low = metric is not None and metric.better == "lower"
    better = [one for one in values if one is not None and mine is not None and (one < mine if is_low else one > mine)]
    place = None if mine is None else Fraction(len(better) + 1)
    return Figure(place, n=own[0].n, immature=own[0].immature, sets=sets, lacks=_lacks(pairs.values()))


def _brought(measured: object, formula: Each, values: list[object]) -> Figure:
    if formula.function == "longest run":
        longest = run = 0
        for one in values:
            run = run + 1 if one else 0
            longest = max(longest, run)
        return Figure(Fraction(longest))
    missing_is = measured.metric.missing_is
    if formula.function in {"share", "count"}:
        if missing_is == "left out":
            values = [one for one in values if one is not None]
        true = sum(one is True or (one is None and missing_is == "counted in both") for one in values)
        if formula.function == "count":
            return Figure(Fraction(true))
        share = Fraction(true, len(values)) if values else None
        return Figure(share, Fraction(true), Fraction(len(values)))
    done = outcome(formula.function, formula.given, values)
    return Figure(done.value, done.numerator, done.denominator)


def _part(measured: object, formula: Each, view: View) -> tuple[Figure, Figure | None]:
    """The value of a part, and whether it counts."""
    where = None if formula.where is None else measured.of(formula.where, view)
    return measured.of(formula.expression, view), where


def _sets(figure: Figure, where: Figure | None) -> tuple[object, ...]:
    if where is None:
        return figure.sets
    return where.sets + (figure.sets if where.value is True else ())


def _lacks(pairs: object) -> bool:
    return any(
        (where is not None and where.lacks) or ((where is None or where.value is True) and figure.lacks)
        for figure, where in pairs
    )


def _is_time(formula: Each) -> bool:
    return len(formula.groups.parts) == 1 and formula.groups.parts[0] in PARTS


def _path(formula: Each) -> str:
    return ".".join(formula.groups.parts)
