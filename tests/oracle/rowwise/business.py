"""Business days of the spec's calendars, one after the other."""

from datetime import date

from rowwise.days import ONE_DAY
from rowwise.world import World


def _of(world: World, name: str) -> object:
    """A calendar of the spec, or its only one."""
    return next(one for one in world.spec.calendars if name in {"", one.name.value})


def is_worked(world: World, name: str, day: date) -> bool:
    """Whether a day is a business day; of one that is not covered the weekend alone is known."""
    found = _of(world, name)
    return day.weekday() not in found.weekend and day not in found.holidays


def covers(world: World, name: str, day: date) -> bool:
    """Whether a calendar covers a day."""
    first, last = _covered(_of(world, name))
    return (first is None or first <= day) and (last is None or day <= last)


def note(world: World, name: str) -> None:
    """Note that a calendar doesn't cover a day that some record asked for."""
    world.short.add(_of(world, name).name.value)


def _covered(calendar: object) -> tuple[date | None, date | None]:
    """The first and the last day covered: those declared, else of the years of its holidays, else none."""
    years = [one.year for one in calendar.holidays]
    first = date(min(years), 1, 1) if years else None
    last = date(max(years), 12, 31) if years else None
    first = first if calendar.first is None else calendar.first.value
    return first, last if calendar.last is None else calendar.last.value


def between(world: World, name: str, first: date, last: date) -> int | None:
    """The business days after the first day through the last; backwards below zero; none where one is not covered."""
    if not (covers(world, name, first) and covers(world, name, last)):
        return None
    if last < first:
        return -between(world, name, last, first)
    count, day = 0, first
    while day < last:
        day += ONE_DAY
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
