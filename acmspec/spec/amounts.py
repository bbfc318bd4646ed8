"""The written forms of exact amounts in a spec: 65%, $4,800,000, USD 4800000, 15 days; knows no shape."""

from fractions import Fraction

from acmspec.ground.currency import CODES
from acmspec.ground.exact import ONE, Amount, Unit

_DIGITS = r"([0-9]{1,3}(,[0-9]{3}){1,4}|[0-9]{1,15})(\.[0-9]{1,10})?"
_UNITS = {
    "second": ("second", 1),
    "minute": ("second", 60),
    "hour": ("second", 3600),
    "day": ("day", 1),
    "week": ("day", 7),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "year": ("month", 12),
}
DURATION = r"[0-9]{1,5} (days?|weeks?|months?|quarters?|years?)"
"""A length of time that is counted on the calendar."""
WRITTEN = {
    "number": rf"[-+]?{_DIGITS}",
    "percent": rf"[-+]?{_DIGITS} ?%",
    "money": rf"-?([$€£] ?|[A-Z]{{3}} ){_DIGITS}",
    "duration": r"[0-9]{1,5}(\.[0-9]{1,4})? (seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?)",
}
"""Each form as a regular expression that Python and JSON Schema read alike."""
SHOWN = {
    "number": ("a number", "20"),
    "percent": ("a percentage", "65%"),
    "money": ("a sum of money", "$4,800,000"),
    "duration": ("a length of time", "15 days"),
}
"""How a message names each form, with an example."""


def amount(text: str) -> Amount:
    """The exact amount of a text that matches one of the written forms."""
    if text[0] in CODES or text[:3].isalpha() or text[1:2] in CODES or text[1:4].isalpha():
        return _money(text)
    if text.endswith("%"):
        digits = text[:-1].strip()
        return Amount(_number(digits) / 100, "percent", ONE, _decimals(digits))
    count, _, unit = text.partition(" ")
    if unit:
        one = unit.rstrip("s")
        dimension, size = _UNITS[one]
        return Amount(Fraction(count) * size, "duration", Unit.of(dimension), _decimals(count), one)
    return Amount(_number(text), "number", ONE, _decimals(text))


def _money(text: str) -> Amount:
    bare = text.removeprefix("-")
    sign = -1 if bare != text else 1
    currency = CODES.get(bare[0]) or bare[:3]
    digits = bare[1:].strip() if bare[0] in CODES else bare[4:]
    return Amount(sign * _number(digits), "money", Unit.of(currency), _decimals(digits))


def _number(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])
