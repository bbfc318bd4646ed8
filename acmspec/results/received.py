"""What stands against results because data is not there, worked out once for all groups; knows no value.

Closed gates, calendars that end too early, files that did not come and providers that were not heard from are the same
for every group of a breakdown, but for whose own group it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from acmspec.facts.tree import TableQuality
from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.group import ForEach
from acmspec.program.reach import Breakdown, Scene, Use, When, Where, uses
from acmspec.program.relocate import parts
from acmspec.program.tree import Group, Program
from acmspec.results.placed import last_placed
from acmspec.results.reach import calendars, tables


@node
class Received:
    """What there is to say of one formula in one period and breakdown.

    `lacking` says why every result is missing, `silent` why a provider's own is: the provider, and the words.
    `is_provisional` is whether every result is provisional; `waits_for_anybody` and `own_waits_for_anybody` are whether
    one is because a provider was not heard from: that of several providers, and a provider's own.
    """

    sets: tuple[Use, ...]
    lacking: tuple[str, ...]
    silent: tuple[tuple[str, str], ...]
    is_provisional: bool
    waits_for_anybody: bool
    own_waits_for_anybody: bool

    def against(self, provider: str | None) -> tuple[str, ...]:
        """Why a result is missing; nothing if it is not. `provider` is the one whose own group it is."""
        if not self.silent or provider is None:
            return self.lacking
        return (*self.lacking, *(words for one, words in self.silent if one == provider))


@node
class Desk:
    """What it is worked out from. `roster` are the providers of agreements."""

    program: Program
    quality: Mapping[str, TableQuality]
    scene: Scene
    short: frozenset[str]
    roster: frozenset[str]


def received(desk: Desk, formula: Group, when: When, dimensions: Breakdown) -> Received:
    """What there is to say of a formula in a period and breakdown."""
    sets = tuple(uses(formula, Where.at((when,), (dimensions,)), desk.scene))
    looks = tuple((use, use.windows(desk.scene)) for use in sets)
    quiet = [use for use, days in looks if any(_somebody_silent(desk, use, one) for one in days)]
    return Received(
        sets=sets,
        lacking=tuple(_lacking(desk, formula, dimensions, looks)),
        silent=tuple(_silent(desk, looks)),
        is_provisional=is_outside(desk.program, when.period)
        or any(not _covered(desk, use, one) for use, days in looks for one in days),
        waits_for_anybody=bool(quiet),
        # A provider's own result waits for nobody else.
        own_waits_for_anybody=any(looks_at_others(use) for use in quiet) or (bool(quiet) and ranks(formula)),
    )


def is_outside(program: Program, period: Period) -> bool:
    """Whether a period lies partly outside of the contract."""
    return period.first < program.first or period.last > program.last


@lru_cache(maxsize=256)
def ranks(formula: Group) -> bool:
    """Whether a value says how one group stands among all."""
    return any(isinstance(one, ForEach) and one.function == "rank" for one in parts(formula))


_Looks = tuple[tuple[Use, tuple[Period, ...]], ...]


def _of(desk: Desk, use: Use) -> TableQuality:
    return desk.quality[use.aggregate.population.table]


def _covered(desk: Desk, use: Use, days: Period) -> bool:
    """Whether the data is complete until the last day on which it is told who is in the period: mostly its own."""
    population = use.aggregate.population
    last = max(days.last, last_placed(population.member, days, desk.program.calendars))
    return desk.quality[population.table].covers(days.first, last)


def _lacking(desk: Desk, formula: Group, dimensions: Breakdown, looks: _Looks) -> Iterator[str]:
    """Closed gates under the tables that are read, calendars that end too early, files that are not here."""
    own = frozenset(use.aggregate.population.table for use, _ in looks)
    read, counted = _read(formula, dimensions, own)
    for name in read:
        if not desk.quality[name].open:
            yield f"the data of “{name}” can't be used"
    for name in counted:
        if name in desk.short:
            yield f"the calendar “{name}” doesn't cover all days that are needed"
    yield from _no_file(desk, looks, [name for name in read if name not in own])


@lru_cache(maxsize=1024)
def _read(formula: Group, dimensions: Breakdown, own: frozenset[str]) -> tuple[list[str], list[str]]:
    """The tables and calendars that a formula reads in a breakdown of its sets, in order; the same in every period."""
    by = [one.of(table) for one in dimensions for table in own]
    read = tables(formula).union(*map(tables, by))
    read |= {one.register.table for one in dimensions if one.register is not None}
    return sorted(read), sorted(calendars(formula).union(*map(calendars, by)))


def _no_file(desk: Desk, looks: _Looks, looked_into: Sequence[str]) -> Iterator[str]:
    """Files that did not come for the days of a set, or for any days of a table in which records are looked up."""
    found = {
        (use.aggregate.population.table, first, last): None
        for use, days in looks
        for first, last in _of(desk, use).absent
        if any(first <= one.last and one.first <= last for one in days)
    }
    found |= {(name, first, last): None for name in looked_into for first, last in desk.quality[name].absent}
    for name, first, last in found:
        yield f"no file of “{name}” came for {first} to {last}"


def _silent(desk: Desk, looks: _Looks) -> Iterator[tuple[str, str]]:
    """Providers that were silent in days that are looked at."""
    found = (
        stretch
        for use, days in looks
        for stretch in _of(desk, use).silent
        if any(stretch[1] <= one.last and one.first <= stretch[2] for one in days)
    )
    for provider, first, last in dict.fromkeys(found):
        yield provider, f"“{provider}” sent no record dated {first} to {last}"


def _somebody_silent(desk: Desk, use: Use, days: Period) -> bool:
    """Whether a provider whose records count here sent none."""
    return any(
        (provider in desk.roster or not desk.roster) and start <= days.last and days.first <= end
        for provider, start, end in _of(desk, use).silent
    )


def looks_at_others(use: Use) -> bool:
    """Whether a figure is looked at in some breakdown without provider."""
    return any(not any(one.is_provider for one in each) for each in use.where.breakdowns)
