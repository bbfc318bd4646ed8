"""Days and months, counted by hand."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the last day of that month."""
    number = day.year * 12 + (day.month - 1) + months
    year, month = number // 12, number % 12 + 1
    last = 31 if month == 12 else (date(year, month + 1, 1) - ONE_DAY).day
    return date(year, month, min(day.day, last))


def later(day: date, length: object) -> date:
    """A day plus a length of days or months."""
    return shifted(day, length.months) + timedelta(days=length.days)


def earlier(day: date, length: object) -> date:
    """A day minus a length of days or months."""
    return shifted(day, -length.months) - timedelta(days=length.days)


def months_between(first: date, last: date) -> int:
    """The whole months completed; negative if the last day is earlier."""
    if last < first:
        return -months_between(last, first)
    number = (last.year - first.year) * 12 + last.month - first.month
    return number if shifted(first, number) <= last else number - 1
