"""Days and months, counted by hand."""

from datetime import date, datetime, timedelta

ONE_DAY = timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the last day of that month."""
    number = day.year * 12 + (day.month - 1) + months
    year, month = number // 12, number % 12 + 1
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    last = (following - ONE_DAY).day
    return date(year, month, min(day.day, last))


def later(day: date, length: object) -> date:
    """A day plus a length of days or months."""
    return shifted(day, length.months) + timedelta(days=length.days)


def earlier(day: date, length: object) -> date:
    """A day minus a length of days or months."""
    return shifted(day, -length.months) - timedelta(days=length.days)


def day_of(moment: date | datetime | None) -> date | None:
    """The day a moment belongs to; a day is its own."""
    return moment.date() if isinstance(moment, datetime) else moment
