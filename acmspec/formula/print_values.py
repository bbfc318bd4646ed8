"""Literals, lengths and lists as canonical text; it must not know how formulas are put together."""

from collections.abc import Callable
from fractions import Fraction
from itertools import count

from acmspec.formula.tree import Formula, Name
from acmspec.ground.calendar import UNITS, Length
from acmspec.ground.currency import before
from acmspec.ground.exact import Amount, fixed

_HUNDRED = 100
_MINUTE = 60
_HOUR = 3_600


def amount(value: Amount) -> str:
    """A number as an author writes it: `65%`, `$4,000`, `14 days`, `0.5`."""
    if value.written == "percent":
        return f"{fixed(value.value * _HUNDRED, value.decimals)}%"
    if value.written == "money":
        ((currency, _),) = value.unit.factors
        return before(currency) + fixed(value.value, value.decimals, grouped=True)
    if value.written == "duration":
        return _duration(value)
    return fixed(value.value, value.decimals)


def _duration(value: Amount) -> str:
    ((unit, _),) = value.unit.factors
    name, _, calendar = unit.partition(" of ")
    number, decimals = value.value, value.decimals
    size, of = UNITS.get(value.said, (1, ""))
    if of == name:
        # It was written in this unit, so that its decimals have an end.
        least = next(one for one in count(decimals) if (number / size * 10**one).denominator == 1)
        return _counted(fixed(number / size, least), value.said)
    if name == "second":
        name, size = _clock(number)
        number, decimals = number / size, 0 if (number / size).denominator == 1 else decimals
    counted = _counted(fixed(number, decimals), name)
    return f"{counted} of {calendar}" if calendar else counted


def length(long: Length) -> str:
    """The length of a window: `180 days`, `1 month`, `24 hours`, `5 business days of county`."""
    if long.as_said is not None:
        number, unit = long.as_said
        return _counted(str(number), unit)
    if long.seconds:
        name, size = _clock(long.seconds)
        return _counted(str(long.seconds // size), name)
    if long.business:
        counted = _counted(str(long.business), "business day")
        return f"{counted} of {long.calendar}" if long.calendar else counted
    return _counted(str(long.months), "month") if long.months else _counted(str(long.days), "day")


def _clock(seconds: Fraction | int) -> tuple[str, int]:
    """The largest of hours, minutes and seconds that a number of seconds is a whole number of."""
    for name, size in (("hour", _HOUR), ("minute", _MINUTE)):
        if seconds % size == 0:
            return name, size
    return "second", 1


def _counted(number: str, unit: str) -> str:
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


def choices(among: Name | tuple[Formula, ...], text: Callable[[Formula], str]) -> str:
    """What stands behind `in`: the name of a list, or values in brackets, each printed by `text`."""
    if isinstance(among, Name):
        return ".".join(among.parts)
    return f"({', '.join(text(one) for one in among)})"


def quoted(value: str) -> str:
    """A text in quotes."""
    return f"'{value}'" if '"' in value else f'"{value}"'
