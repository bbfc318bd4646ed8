"""In which small unit SQL keeps lengths of time, so that they are whole numbers there; knows nothing of records."""

from fractions import Fraction

from acmspec.program.types import NumberType, Type

_KEPT = {
    "week": Fraction(7),
    "second": Fraction(10**6),
    "minute": Fraction(60 * 10**6),
    "hour": Fraction(3600 * 10**6),
}
"""Weeks are kept in days, seconds and minutes and hours in microseconds; all other units as they are."""


def scale(kind: Type) -> Fraction:
    """By what a value of a type is multiplied where SQL keeps it."""
    found = Fraction(1)
    if isinstance(kind, NumberType):
        for dimension, power in kind.unit.factors:
            found *= _KEPT.get(dimension, Fraction(1)) ** power
    return found
