"""Numbers as they come back from an engine, made exact or refused: a float among them is a bug."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


_fraction = lru_cache(maxsize=65_536)(Fraction)
"""A fraction; the same numbers come back in many groups."""


def whole(value: object) -> int:
    """A whole number; TypeError for anything else."""
    if type(value) is int:  # and no truth value, which is an integer, too
        return value
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    raise TypeError(f"the engine gave {type(value).__name__} where a whole number is asked for")


def exact(value: object) -> Fraction | None:
    """An exact number, None for NULL; TypeError for a float."""
    if value is None:
        return None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _fraction(value)
    raise TypeError(f"the engine gave {type(value).__name__} where an exact number is asked for")


def day(value: object) -> date | None:
    """A date, None for NULL; TypeError for anything else, a time of day included."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise TypeError(f"the engine gave {type(value).__name__} where a date is asked for")


def text(value: object) -> str | None:
    """A text, None for NULL; TypeError for anything else."""
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"the engine gave {type(value).__name__} where a text is asked for")


def present(value: T | None) -> T:
    """A value where the query leaves no room for NULL; TypeError for one all the same."""
    if value is None:
        raise TypeError("the engine gave NULL where a value is asked for")
    return value
