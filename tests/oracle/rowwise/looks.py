"""Which days a record looks at: what must be over, and from when on there must be data, before it can be judged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from acmspec.formula.tree import (
    Active,
    Binary,
    Call,
    Dated,
    DaysIn,
    During,
    Formula,
    Lasts,
    Name,
    Not,
    OpenOn,
    PartOf,
    PeriodValue,
    Within,
)
from rowwise import days, times
from rowwise.figure import NEVER
from rowwise.lengths import length
from rowwise.lookups import partners
from rowwise.merged import gap_of
from rowwise.moments import day_of
from rowwise.parts import everywhere, is_bound, parts
from rowwise.tables import Row, through
from rowwise.times import span
from rowwise.values import value
from rowwise.world import Here, World, conditions, meant, nobody

NOT_WAITED_FOR = ("period start", "period end", "data date")
"""The days of the period at hand and of the data: what is asked of them is answered as the data stand."""

OwnSpan = OpenOn | Active | DaysIn | Lasts


@dataclass(frozen=True)
class Look:
    """Days looked at in a table: the first and the last, None where none is said."""

    first: date | None
    last: date | None
    table: str


def of_record(here: Here, formulas: list[Formula]) -> list[Look]:
    """What some conditions look at for one record."""
    return [look for formula in formulas for look in _looks(here, formula)]


def of_set(world: World, name: str) -> list[Formula]:
    """All conditions that make a set."""
    return [one for cohort in world.lineage(name) for one in conditions(cohort)]


def of_members(world: World, name: str, placed: Dated | OpenOn | Active | None) -> list[Formula]:
    """All that tells the members of a set; how they come into a period is as the last one says it."""
    when = world.when(name)
    last = [placed.day if isinstance(placed, Dated) else placed]
    if placed is None and when is not None:
        last = [one.tree for one in (when.dated, when.placed) if one is not None]
    made = [one for cohort in world.lineage(name) for one in conditions(replace(cohort, when=None))]
    return [*(one for one in last if one is not None), *made]


def waits(world: World, looks: list[Look]) -> bool:
    """Whether something looked at is not over as far as the data is complete."""
    return any(one.last is not None and one.last > world.tables[one.table].through for one in looks)


def matures(world: World, looks: list[Look]) -> date | None:
    """The first data date on which nothing looked at is still to come, NEVER if no day is known; none if nothing is."""
    found = [complete(world, one.table, one.last) for one in looks if waits(world, [one])]
    return max((NEVER if one is None else one for one in found), default=None)


def complete(world: World, name: str, day: date | None) -> date | None:
    """The first data date on which a table is complete to a day; none if that is not known."""
    if day is None or day >= NEVER:
        return None
    made = world.sources(name)
    if made:
        later = day + gap_of(world.spells(name)) * days.ONE_DAY
        found = [complete(world, one, later) for one in made]
        return None if None in found else max(found)
    table, seen = world.table(name), day
    if table.complete_through is not None:
        return day if day <= table.complete_through.value else None
    while through(table, seen) < day:
        seen += days.ONE_DAY
    return seen


def reaches_too_far(world: World, looks: list[Look]) -> bool:
    """Whether something looked at lies before the data begins."""
    begins = {name: loaded.begins for name, loaded in world.tables.items() if loaded.begins is not None}
    return any(one.first is not None and one.first < begins.get(one.table, one.first) for one in looks)


def _looks(here: Here, formula: Formula) -> Iterator[Look]:
    if isinstance(formula, Name):
        row, name = meant(here, formula.parts)
        definition = here.world.definition(name, row.table)
        if definition is not None:
            yield from _looks(here.on(row), definition.formula.tree)
    elif isinstance(formula, Call):
        yield from _of_lookup(here, formula)
    else:
        last = _last(here, formula)
        if last is not None:
            yield Look(None, last, here.row.table)
    for inner in parts(formula):
        yield from _looks(here, inner)


def _last(here: Here, formula: Formula) -> date | None:
    """The last day that must be over before a record can answer, the period's own end aside."""
    match formula:
        case During(what="period"):
            return None
        case Within(before=False) | During():
            stretch = times.window(here, formula)
            return None if stretch is None else stretch[1]
        case Active(Within(before=True, inclusive=True, anchor=PeriodValue(word))) if word in NOT_WAITED_FOR:
            return None
        case Active(inner) | DaysIn(inner):
            stretch = None if isinstance(inner, During) and inner.what == "period" else times.window(here, inner)
            return None if stretch is None else stretch[1]
        case OpenOn(PeriodValue(word)) if word in NOT_WAITED_FOR:
            return None
        case OpenOn(day):
            return day_of(value(here, day))
        case Lasts(written, anchor):
            start = span(here)[0] if anchor is None else day_of(value(here, anchor))
            size = length(here, written)
            return None if start is None or size is None else times.moved(here, start, size, 1)
    return None


def _of_lookup(here: Here, call: Call) -> Iterator[Look]:
    """What bounds the dates of the records looked into, what is said inside of records outside, what those found do."""
    table = here.world.base(call.over.name)
    bounds = [days for on, condition in _making(here, call) for days in _bounds(here, on, condition, True)]
    yield from (Look(None, last, table) for _, last in bounds)
    firsts = [_first(here, on, condition, True) for on, condition in _making(here, call)]
    yield Look(_latest(firsts), None, table)
    if here.window is not None and is_bound(here.world, call.over.name, placed=call.over.placed is not None):
        # Who is in the period is known when the period is over.
        yield Look(None, here.window.last, table)
    windows = _own_windows(here, call)
    for own in [
        one.length for one in windows if hasattr(one.length, "days")
    ]:  # a record found on the last day may wait for days of its own
        yield from (
            Look(None, times.moved(here, last, own, 1), table)
            for _, last in bounds
            if last not in {None, date.min, date.max}
        )
    for one in everywhere(call.over.where):
        if isinstance(one, During) and one.what == "span" and one.operand is None:
            continue  # what their own span is held against: a bound of theirs, which is told above
        if isinstance(one, Name | Within | During | OwnSpan) and not mentions(here, call, one):
            yield from _looks(here, one)
    alone = [one for one in _conjuncts(call.over.where) if _is_plain(one)]
    nested = [one for one in everywhere(call.over.where) if isinstance(one, Call)]
    nested += [] if call.expression is None else [call.expression]
    by_value = [one for one in windows if not hasattr(one.length, "days")]
    alone = [one for one in alone if one not in by_value]
    # What is said of the record that looks, or of the calendar, has its day whoever is found.
    empty = here.into(call.over.alias, nobody(here.world, table), here.world.interval(call.over.name))
    yield from (look for one in nested for look in _looks(empty, one))
    for row in partners(here, call) if nested or by_value else ():
        inside = here.into(call.over.alias, row, here.world.interval(call.over.name))
        if _may_belong(here, call, row) and all(value(inside, one) is True for one in alone):
            for one in [*nested, *by_value]:
                yield from _looks(inside, one)


def _making(here: Here, call: Call) -> Iterator[tuple[Call, Formula]]:
    """The conditions on the records looked into: those of the lookup, and those of the set, which bear no alias."""
    yield from ((call, one) for one in (call.over.placed, call.over.where) if one is not None)
    plain = replace(call, over=replace(call.over, alias=""))
    for cohort in here.world.lineage(call.over.name):
        yield from ((plain, one.tree) for one in (cohort.where,) if one is not None)
    when = here.world.when(call.over.name)
    if when is not None and when.placed is not None and call.over.placed is None:
        day = getattr(when.placed.tree, "day", None)
        if not isinstance(day, PeriodValue) or day.which not in NOT_WAITED_FOR:
            yield plain, when.placed.tree


def _first(here: Here, call: Call, formula: Formula, truth: bool) -> date | None:
    """The first day that dates of the records looked into can have where a condition is true (or false)."""
    if isinstance(formula, Not):
        return _first(here, call, formula.operand, not truth)
    if isinstance(formula, Binary) and formula.operator in {"and", "or"}:
        ways = [_first(here, call, one, truth) for one in (formula.left, formula.right)]
        if (formula.operator == "and") is truth:
            return _latest(ways)
        return None if None in ways else min(ways)
    return _latest([first for first, _ in _bounds(here, call, formula, truth)])


def _latest(found: list[date | None]) -> date | None:
    return max((one for one in found if one is not None), default=None)


def _may_belong(here: Here, call: Call, row: Row) -> bool:
    """Whether what is said of a record without looking further lets it be of the set looked into."""
    for cohort in here.world.lineage(call.over.name):
        alone = here.on(row).of(cohort.name.value)
        where = None if cohort.where is None else cohort.where.tree
        if not all(value(alone, one) is True for one in _conjuncts(where) if _is_plain(one)):
            return False
        if any(value(alone, one.when.tree) is True for one in cohort.exclude if _is_plain(one.when.tree)):
            return False
    return True


def _is_plain(formula: Formula) -> bool:
    return not any(isinstance(one, Call) for one in everywhere(formula))


def _own_windows(here: Here, call: Call) -> list[Within | Lasts]:
    """The windows that lie in the records looked into alone."""
    found = [one for one in everywhere(call.over.where) if isinstance(one, Within | Lasts)]
    return [
        one
        for one in found
        if isinstance(one, Lasts)
        or (not one.before and mentions(here, call, one.anchor) and mentions(here, call, one.operand))
    ]


def _conjuncts(formula: Formula | None) -> Iterator[Formula]:
    if isinstance(formula, Binary) and formula.operator == "and":
        yield from _conjuncts(formula.left)
        yield from _conjuncts(formula.right)
    elif formula is not None:
        yield formula


Days = tuple[date | None, date | None]


def _bounds(here: Here, call: Call, formula: Formula | None, truth: bool) -> list[Days]:
    """The days that dates of the records looked into can have where a condition is true (or false).

    The first one of alternatives is for `_first` to say.
    """
    if isinstance(formula, Not):
        return _bounds(here, call, formula.operand, not truth)
    if isinstance(formula, Binary) and formula.operator in {"and", "or"}:
        ways = [_bounds(here, call, one, truth) for one in (formula.left, formula.right)]
        if (formula.operator == "and") is truth:
            return ways[0] + ways[1]
        if not all(any(last is not None for _, last in way) for way in ways):
            return []
        return [(None, last) for way in ways for _, last in way]
    if isinstance(formula, Within | During) and truth:
        return _of_window(here, call, formula)
    if isinstance(formula, OpenOn | Active) and truth:
        last = (
            value(here, formula.day)
            if isinstance(formula, OpenOn)
            else (times.window(here.into("(theirs)", here.row), formula.window) or (None, None))[1]
        )
        return [(None, date.min if last is None else last)]
    if isinstance(formula, Binary):
        return _of_comparison(here, call, formula, truth)
    return []


def _of_window(here: Here, call: Call, formula: Within | During) -> list[Days]:
    """A date of theirs in a window of ours, or a date of ours in a window of theirs."""
    anchor = formula.anchor
    theirs = mentions(here, call, formula.operand), anchor is not None and mentions(here, call, anchor)
    if theirs == (True, False):
        stretch = times.window(here, formula)
        if stretch is None:
            return [(date.max, date.min)]
        last = day_of(value(here, anchor)) if isinstance(formula, Within) and formula.before else stretch[1]
        return [(stretch[0], None if anchor is not None and _moves_on(anchor) else last)]
    if theirs != (False, True) or isinstance(formula, During):
        return []
    day = day_of(value(here, formula.operand))
    if day is None:
        return [(date.max, date.min)]
    if formula.before:
        return [
            (day if formula.inclusive else day + days.ONE_DAY, times.moved(here, day, length(here, formula.length), 1))
        ]
    return [(times.moved(here, day, length(here, formula.length), -1), day)]


def _of_comparison(here: Here, call: Call, formula: Binary, truth: bool) -> list[Days]:
    operator = formula.operator if truth else OPPOSITE[formula.operator]
    left, right = formula.left, formula.right
    if mentions(here, call, right) and not mentions(here, call, left):
        left, right, operator = right, left, TURNED[operator]
    if not mentions(here, call, left) or mentions(here, call, right):
        return []
    if not _is_day(here, call, left):
        return []
    day = day_of(value(here, right))
    first, last = operator in {">", ">=", "="}, operator in {"<", "<=", "="} and not _moves_on(right)
    if day is None:
        return [(date.max if first else None, date.min if last else None)]  # nothing matches, so nothing is looked at
    return [(day + days.ONE_DAY * (operator == ">") if first else None, day if last else None)]


def _moves_on(formula: Formula) -> bool:
    """Whether a day is counted from the data date, which moves on with the data and so ends nothing."""
    return any(isinstance(one, PeriodValue) and one.which == "data date" for one in everywhere(formula))


def _is_day(here: Here, call: Call, formula: Formula) -> bool:
    """Whether a part of a lookup's condition is a date of the records looked into."""
    if isinstance(formula, PartOf) and formula.part == "date":
        return _is_day(here, call, formula.operand)
    if not isinstance(formula, Name):
        return False
    fields = here.world.table(here.world.base(call.over.name)).fields
    return any(one.name.value == formula.parts[-1] and one.type in {"date", "datetime"} for one in fields)


OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def mentions(here: Here, call: Call, formula: Formula) -> bool:
    """Whether a part of a lookup's condition speaks of the records looked into."""
    if isinstance(formula, OwnSpan):
        return True
    if isinstance(formula, Name):
        if call.over.alias:
            return formula.parts[0] == call.over.alias and len(formula.parts) > 1
        return here.world.has(here.world.base(call.over.name), formula.parts[0])
    return any(mentions(here, call, one) for one in parts(formula))
