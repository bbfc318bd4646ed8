"""To which date each table is complete, and for which periods and days a measure is evaluated; no SQL."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from acmspec.ground.calendar import Period, periods
from acmspec.program.reach import Scene, When
from acmspec.program.tree import Measure, Program, Store


def complete_through(store: Store, data_date: date) -> date:
    """The last day the table is complete to: as declared, else the data date less the lag; never past the data date."""
    if store.complete_through is not None:
        return min(store.complete_through, data_date)
    return store.lag.before(data_date)


def through(stores: Iterable[Store], data_date: date) -> dict[str, date]:
    """The last day that each table is complete to, by name."""
    return {one.name: complete_through(one, data_date) for one in stores}


def windows(program: Program, measure: Measure, data_date: date) -> tuple[Period, ...]:
    """The windows of a measure in order: one for each period of the contract that has begun by the data date.

    A window carries its period's name, and reaches back before the contract where it must.
    """
    scene = scene_of(program, data_date)
    return tuple(one.days(scene) for one in whens(program, measure, data_date))


def scene_of(program: Program, data_date: date) -> Scene:
    """What is the same for all figures of a run."""
    return _SCENES(program.term, data_date)


def whens(program: Program, measure: Measure, data_date: date) -> tuple[When, ...]:
    """The periods of a measure that have begun by the data date, each with the days that are looked at for it."""
    found = periods(measure.every, program.first, min(program.last, data_date), program.fiscal_starts)
    return tuple(_WHENS(one, measure.every, measure.window) for one in found)


# One object for all who ask, so that what was worked out for it is found again without comparing its parts.
_SCENES, _WHENS = lru_cache(maxsize=64)(Scene), lru_cache(maxsize=4096)(When)
