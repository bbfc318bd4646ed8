"""Who is in a set in a window: there in time, where, keep, exclude, in this order; and who is not, and why."""

from dataclasses import dataclass, field

from rowwise.choices import kept, lacking
from rowwise.gaps import left_open
from rowwise.periods import Stretch
from rowwise.sets import Placed, present
from rowwise.tables import Row
from rowwise.values import value
from rowwise.world import Here, World, at


@dataclass
class Members:
    """The records of a set in a window, whether a choice among them was a tie, who is left out, and what is open."""

    rows: list[Row]
    tied: bool = False
    left: list[tuple[Row, object]] = field(default_factory=list)
    """A record and the reason that left it out."""
    gaps: list[tuple[Row, str]] = field(default_factory=list)
    """A record and why it can't be told whether it is in the set."""


def members(world: World, name: str, window: Stretch, placed: Placed, exceptions: tuple[object, ...]) -> Members:
    """The members of a set in a window, but for a metric's exceptions.

    Choices that are made once, over all periods, are made before records come into the period.
    """
    there = present(world, name, window, placed)
    lineage = world.lineage(name)
    is_once = any(keep.ever for cohort in lineage for keep in cohort.keep)
    found = Members(list(world.tables[world.base(name)].rows) if is_once else there)
    for cohort in lineage:
        _stage(world, cohort, window, there, found)
    _leave_out(world, name, exceptions, window, found)
    numbers = {row.number for row in there}
    found.rows = _both(found.rows, there)
    found.left = [pair for pair in found.left if pair[0].number in numbers]
    found.gaps = [pair for pair in found.gaps if pair[0].number in numbers]
    stayed = {row.number for row in found.rows}
    found.gaps = [(row, word) for row, word in found.gaps if not word.startswith("exclude: ") or row.number in stayed]
    return found


def _stage(world: World, cohort: object, window: Stretch, there: list[Row], found: Members) -> None:
    """The steps of one cohort."""
    name = cohort.name.value
    if cohort.where is not None:
        for row in found.rows:
            words = left_open(_here(world, name, row, window), cohort.where.tree)
            found.gaps += [(row, f"where: {word}") for word in words]
        found.rows = [row for row in found.rows if value(_here(world, name, row, window), cohort.where.tree) is True]
    for keep in cohort.keep:
        rows = found.rows if keep.ever else _both(found.rows, there)
        found.gaps += [(row, f"keep: {word}") for row in rows for word in lacking(world, keep, row)]
        found.rows, has_tie = kept(world, keep, rows)
        found.tied = found.tied or has_tie
    _leave_out(world, name, cohort.exclude, window, found)


def _leave_out(world: World, name: str, reasons: tuple[object, ...], window: Stretch, found: Members) -> None:
    """Leave records out, each for the first reason that is true."""
    stayed = []
    for row in found.rows:
        here = _here(world, name, row, window)
        why = next((one for one in reasons if value(here, one.when.tree) is True), None)
        if why is not None:
            found.left.append((row, why))
            continue
        stayed.append(row)
        found.gaps += [(row, f"exclude: {word}") for one in reasons for word in left_open(here, one.when.tree)]
    found.rows = stayed


def _both(rows: list[Row], there: list[Row]) -> list[Row]:
    numbers = {row.number for row in there}
    return [row for row in rows if row.number in numbers]


def _here(world: World, name: str, row: Row, window: Stretch) -> Here:
    return at(world, row, window).of(name)
