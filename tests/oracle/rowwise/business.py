"""Business days of the spec's calendars, one after the other."""

from datetime import date

from rowwise.days import ONE_DAY
from rowwise.world import World


def _of(world: World, name: str) -> object:
    """A calendar of the spec, or its only one."""
    return next(one for one in world.spec.calendars if name in {"", one.name.value})


def is_worked(world: World, name: str, day: date) -> bool:
    """Whether a day is a business day."""
    _knows(world, name, day)
    found = _of(world, name)
    return day.weekday() not in found.weekend and day not in found.holidays


def _knows(world: World, name: str, day: date) -> bool:
    """Whether a calendar covers a day, or the day is still to come; one that it doesn't cover is noted."""
    found = _of(world, name)
    first, last = _covered(found)
    is_short = day <= world.data_date and ((first is not None and day < first) or (last is not None and day > last))
    if is_short:
        world.short.add(found.name.value)
    return not is_short


def _covered(calendar: object) -> tuple[date | None, date | None]:
    """The first and the last day covered: those declared, else of the years of its holidays, else none."""
    years = [one.year for one in calendar.holidays]
    first = date(min(years), 1, 1) if years else None
    last = date(max(years), 12, 31) if years else None
    first = first if calendar.first is None else calendar.first.value
    return first, last if calendar.last is None else calendar.last.value


def between(world: World, name: str, first: date, last: date) -> int | None:
    """The business days after the first day through the last; backwards below zero; none where one is not covered."""
    if last < first:
        count = between(world, name, last, first)
        return None if count is None else -count
    count, day = 0, first
    while day < last:
        day += ONE_DAY
        if not _knows(world, name, day):
            return None
        count += is_worked(world, name, day)
    return count


def moved(world: World, name: str, day: date, number: int) -> date:
    """The business day that is so many after a day, or before it."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_worked(world, name, day)
    return day
