"""A calendar of business days: which days it covers, which of them are worked; knows nothing of files and SQL."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from acmspec.ground.calendar import Length
from acmspec.ground.node import node

_WEEK = 7


@node
class BusinessCalendar:
    """Business days are all but the `weekend` (0 is Monday) and the `holidays`, from `first` to `last`.

    Where nothing bounds it, `first` is None and `last` is None: it then covers every day.
    """

    name: str
    weekend: tuple[int, ...]
    holidays: tuple[date, ...]
    first: date | None
    last: date | None

    def after(self, day: date, count: int) -> date:
        """The business day that many after a day; beyond what is covered, only the weekend counts."""
        if count <= 0 or day == date.max:
            return day
        free = sorted({one.toordinal() for one in self.holidays if one.weekday() not in self.weekend})
        worked = [one for one in range(_WEEK) if one not in self.weekend]

        def through(ordinal: int) -> int:
            """How many business days there are through a day; the first day there is, of ordinal 1, is a Monday."""
            weeks, days = divmod(ordinal, _WEEK)
            return weeks * len(worked) + sum(one < days for one in worked) - bisect_right(free, ordinal)

        begun = day.toordinal()
        later = range(begun + 1, date.max.toordinal())
        return date.fromordinal(begun + 1 + bisect_left(later, through(begun) + count, key=through))


def end_of(day: date, length: Length, calendars: Iterable[BusinessCalendar]) -> date:
    """The day a length after another, its business days counted on the calendar that they are of."""
    counted = next((one for one in calendars if one.name == length.calendar), None)
    end = length.after(day)
    return end if counted is None else counted.after(end, length.business)
