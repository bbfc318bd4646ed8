"""Dates moved by a length that is a value, and dates held against two others, as SQL; knows nothing of sets."""

from acmspec.program.record import InDays
from acmspec.program.types import NumberType, Type
from acmspec.program.units import family
from acmspec.query.dialect import Dialect
from acmspec.query.scales import scale

_MOST = {"day": 36_500, "month": 1_200, "second": 36_500 * 86_400 * 10**6}
_YEAR = 12
_BUSINESS = "business day of "


def moved_by(dialect: Dialect, date: str, number: str, of: Type, *, back: bool) -> str:
    """The date a number of some unit after another, or before it; NULL for a number below zero or over 100 years."""
    if not isinstance(of, NumberType):
        raise TypeError("a length of time is a number")
    unit, calendar = family(of.unit), calendar_of(of)
    count, most = number, _MOST.get(unit, _MOST["day"])
    if unit == "month" and of.unit.factors[0][0] == "year":
        count = f"({number} * {_YEAR})"  # years are kept as they are, weeks in days, hours in microseconds
    kept = "business day" if calendar else "microsecond" if unit == "second" else unit
    moved = dialect.moved_by(date, count, kept, calendar, back=back)
    return f"CASE WHEN {is_length(count, most)} THEN {moved} END"


def is_length(number: str, most: int = _MOST["day"]) -> str:
    """Whether a number can be a length of time."""
    return f"{number} BETWEEN 0 AND {most}"


def calendar_of(of: Type) -> str:
    """The calendar that a number counts business days of, empty if it counts none."""
    unit = family(of.unit) if isinstance(of, NumberType) else ""
    return unit.removeprefix(_BUSINESS) if unit.startswith(_BUSINESS) else ""


def in_days(record: InDays, day: str, first: str, last: str) -> str:
    """Whether a date lies between two; unknown where either is, also if the other alone would say no."""
    start, end = ">" if record.after else ">=", "<" if record.before else "<="
    both = f"{first} IS NOT NULL AND {last} IS NOT NULL"
    return f"(CASE WHEN {both} THEN {day} {start} {first} AND {day} {end} {last} END)"


def raw(sql: str, of: Type) -> str:
    """A column of numbers of a unit, as SQL keeps lengths of time."""
    by = scale(of)
    return sql if by == 1 else f"({sql} * {by})"
