"""Business days of the spec's calendars, one after the other."""

from datetime import date

from rowwise.days import ONE_DAY
from rowwise.world import World


def is_worked(world: World, name: str, day: date) -> bool:
    """Whether a day is a business day of a calendar, or of the spec's only one."""
    found = next(one for one in world.spec.calendars if name in {"", one.name.value})
    return day.weekday() not in found.weekend and day not in found.holidays


def between(world: World, name: str, first: date, last: date) -> int:
    """The business days after the first day through the last; backwards below zero."""
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
