"""A calendar of business days: which days it covers, which of them are worked; knows nothing of files and SQL."""

from datetime import date, timedelta

from acmspec.ground.node import node

_ONE = timedelta(days=1)


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

    def is_worked(self, day: date) -> bool:
        """Whether a day is a business day, as far as the calendar knows."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def after(self, day: date, count: int) -> date:
        """The business day that many after a day; beyond what is covered, only the weekend counts."""
        while count > 0 and day < date.max:
            day += _ONE
            count -= self.is_worked(day)
        return day
