"""The shapes of `every`, `window` and `per`: which periods have results, and the days a result covers."""

import re
from datetime import date
from itertools import pairwise

from acmspec.document.tree import Node
from acmspec.ground.calendar import MONTHS, Cycle, Every, NamedPeriods, Period, ReportingDays, YearStarting
from acmspec.ground.diagnostic import Label, Problem
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.ground.windows import ROLLING, Coverage, Covers, Rolling
from acmspec.spec.desk import FAULT, Desk, Fault
from acmspec.spec.pieces import DAY
from acmspec.spec.shape import Chosen, Either, Key, ListOf, MapOf, Record, Written
from acmspec.spec.tree import Scope, Term

OUT_OF_ORDER = Problem(
    code="ACM141",
    title="days or periods out of order",
    cause="Results are reported in the order of time, and each day or period is reported once.",
    fix="Put them in order, the earliest first, and remove what stands twice.",
    contract="The reporting days and periods of this Agreement must follow each other in time.",
)
OVERLAPPING = Problem(
    code="ACM142",
    title="periods that overlap",
    cause="A day that belongs to two periods would count twice.",
    fix="Let each period start after the one before it has ended; for longer stretches of time, use “window”.",
    contract="No day may belong to two reporting periods.",
)
BACKWARDS = Problem(
    code="ACM143",
    title="a period that ends before it starts",
    cause="A period runs from its first day to its last, both counted.",
    fix="Exchange the two dates, or correct one of them.",
    contract="A stretch of time in the contract must not end before it starts.",
)
WHICH_PERIODS = Problem(
    code="ACM144",
    title="which days or periods?",
    cause="Periods of a spec's own are either single days or stretches of time with names.",
    fix="Write “dates:” with a list of days, or “periods:” with names, each with “from:” and “to:”.",
    contract="The contract must say for which periods a result is stated.",
)
NOT_A_SCOPE = Problem(
    code="ACM117",
    title="not a scope of payments",
    cause="A payment or a limit is for each provider or for all, and for each of one kind of period.",
    fix="Write, for example, [provider, quarter].",
    contract="The contract must say for whom and for which period an amount is owed.",
)
PROBLEMS = (OUT_OF_ORDER, OVERLAPPING, BACKWARDS, WHICH_PERIODS, NOT_A_SCOPE)

_STARTING = tuple(YearStarting(month) for month in range(1, len(MONTHS) + 1))
WORDS: dict[str, Every | YearStarting] = {one.value: one for one in (*Every, *_STARTING)}
"""Every regular cycle by its words."""


@node
class _Own:
    """`{dates: …}` or `{periods: …}` as written; exactly one of them must be there."""

    dates: tuple[Located[date], ...] | None
    periods: tuple[tuple[Located[str], Term], ...] | None
    span: Span


_STRETCH = Record(
    "a period", Term, (Key("from", DAY, required=True, into="first"), Key("to", DAY, required=True, into="last"))
)


@node
class OwnPeriods:
    """`{dates: [2025-01-29, …]}` or `{periods: {NAME: {from, to}, …}}`: a `Located[Cycle]`."""

    shape: Record = Record(
        "every",
        _Own,
        (Key("dates", ListOf(DAY, least=1)), Key("periods", MapOf(_STRETCH, names=None, least=1))),
    )

    def decode(self, node: Node, desk: Desk) -> Located[Cycle] | Fault:
        """The days or periods, in order and apart, or a fault."""
        before = len(desk.found)
        found = self.shape.decode(node, desk)
        if found is FAULT or len(desk.found) > before:
            return FAULT
        if (found.dates is None) is (found.periods is None):
            which = "neither “dates” nor “periods”" if found.dates is None else "both “dates” and “periods”"
            return desk.report(WHICH_PERIODS, found.span, f"{desk.here} has {which}", label="one of the two")
        if found.dates is not None:
            days = tuple(one.value for one in found.dates)
            return Located(ReportingDays(days), found.span) if _are_apart(found.dates, desk) else FAULT
        if False in [_is_period(name, one, desk) for name, one in found.periods]:
            return FAULT
        if False in [_follows(one, other, desk) for one, other in pairwise(found.periods)]:
            return FAULT
        periods = (Period(one.first.value, one.last.value, name.value) for name, one in found.periods)
        return Located(NamedPeriods(tuple(periods)), found.span)

    def schema(self) -> dict[str, object]:
        """JSON Schema: an object with one of the two keys."""
        return self.shape.schema() | {"minProperties": 1, "maxProperties": 1}


def _are_apart(days: tuple[Located[date], ...], desk: Desk) -> bool:
    sound = True
    for before, one in pairwise(days):
        if one.value <= before.value:
            twice = one.value == before.value
            message = f"{one.value} stands {'twice' if twice else f'after {before.value}'}"
            related = (Label(before.span, "the day before it in the list"),)
            desk.report(OUT_OF_ORDER, one.span, message, label="out of order", related=related)
            sound = False
    return sound


def _is_period(name: Located[str], one: Term, desk: Desk) -> bool:
    if one.first.value <= one.last.value:
        return True
    message = f"“{name.value}” ends on {one.last.value}, before it starts on {one.first.value}"
    desk.report(BACKWARDS, one.last.span, message, label="before “from”")
    return False


def _follows(one: tuple[Located[str], Term], other: tuple[Located[str], Term], desk: Desk) -> bool:
    """Whether a period starts after the one before it in the list has ended."""
    (earlier, before), (name, after) = one, other
    if after.first.value > before.last.value:
        return True
    related = (Label(before.span, f"“{earlier.value}”"),)
    if after.last.value < before.first.value:
        message = f"“{name.value}” stands after “{earlier.value}” and lies before it"
        desk.report(OUT_OF_ORDER, name.span, message, label="out of order", related=related)
    else:
        message = f"“{name.value}” starts on {after.first.value}, and “{earlier.value}” ends on {before.last.value}"
        desk.report(OVERLAPPING, after.first.span, message, label="both hold this day", related=related)
    return False


def _word(match: re.Match[str]) -> Cycle:
    return WORDS[match.group()]


def _said() -> str:
    *words, last = (one.value for one in Every)
    return f"one of {', '.join(words)}, {last}, “year starting October”, or own “dates:” or “periods:”"


CYCLE = Either(
    scalar=Written("|".join(WORDS), _said(), "quarter", _word, words=tuple(WORDS)),
    mapping=OwnPeriods(),
)
"""The periods of a metric: `Located[Cycle]`."""

# Each pattern holds at most a hundred years.
_LONGEST = {"day": "[0-9]{0,3}", "week": "[0-9]{0,2}", "month": "[0-9]{0,2}", "quarter": "[0-9]?", "year": "[0-9]?"}
_ROLLING = "|".join(f"rolling [1-9]{_LONGEST[unit]} {unit}s?" for unit in ROLLING)


def _coverage(match: re.Match[str]) -> Coverage:
    text = match.group()
    if not text.startswith("rolling"):
        return Covers(text)
    _, number, unit = text.split(" ")
    return Rolling(int(number), unit.removesuffix("s"))


WINDOW = Written(
    f"{'|'.join(one.value for one in Covers)}|{_ROLLING}",
    "“period”, “year to date”, “since start”, or such as “rolling 12 months” (days, weeks, months, quarters, years)",
    "rolling 12 months",
    _coverage,
    words=tuple(one.value for one in Covers),
)
"""The days that a result of a metric covers: `Located[Coverage]`."""

_PERIOD = "period"
_PERIODS: dict[str, Cycle | None] = {**WORDS, _PERIOD: None, "term": None}
_SCOPES: tuple[tuple[str, ...], ...] = (
    ("provider",),
    *((period,) for period in _PERIODS),
    *(("provider", period) for period in _PERIODS),
    *((period, "provider") for period in _PERIODS),
)
_SHOWN = ("provider", *(one.value for one in Every), "year starting October", _PERIOD, "term")


@node
class ScopeShape:
    """`[provider, quarter]`: a `Scope`. Without a period it is the whole term, without provider all together.

    `period` stands for the periods of the metrics that are paid for, whatever they are.
    """

    def decode(self, node: Node, desk: Desk) -> Scope | Fault:
        """The scope, or a fault."""
        before = len(desk.found)
        found = ListOf(Chosen(("provider", *_PERIODS), _SHOWN)).decode(node, desk)
        if found is FAULT or len(desk.found) > before:
            return FAULT
        said = tuple(one.value for one in found)
        if said not in _SCOPES:
            message = f"{desk.here} must name provider, one period, or both"
            return desk.report(NOT_A_SCOPE, node.span, message, label="expected, for example, [provider, quarter]")
        period = next((one for one in said if one != "provider"), "term")
        return Scope("provider" in said, _PERIODS[period], node.span, period == _PERIOD)

    def schema(self) -> dict[str, object]:
        """JSON Schema: one of the few lists there can be."""
        return {"enum": [list(one) for one in _SCOPES]}
