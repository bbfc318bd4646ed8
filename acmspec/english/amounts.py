"""Numbers in the words of their type: percentages, money, lengths of time; knows no expression."""

from fractions import Fraction

from acmspec.english import numbers
from acmspec.ground.exact import Unit
from acmspec.program.said import counted, is_currency
from acmspec.program.types import Form, NumberType, Type
from acmspec.program.units import BUSINESS_DAY, factor, is_time


def number_text(value: Fraction, kind: Type) -> str:
    """A number in the words of its type: a percentage, money, days or months, or plain."""
    if not isinstance(kind, NumberType):
        return numbers.number(value)
    if kind.form in {Form.SHARE, Form.RATIO}:
        return numbers.exact_percent(value)
    if kind.form is Form.POINTS:
        return f"{numbers.number(value * 100)} percentage points"
    dimension = kind.unit.factors[0][0] if len(kind.unit.factors) == 1 else ""
    if dimension.startswith(BUSINESS_DAY):
        return numbers.business_days(value, dimension.partition(" of ")[2])
    if is_time(dimension):
        number, unit = _as_said(value, kind) or in_whole_decimals(value, dimension)
        return numbers.counted(number, unit, counted(unit))
    currency = next((one for one, power in kind.unit.factors if is_currency(one) and power == 1), "")
    return numbers.money(value, currency) if kind.unit == Unit.of(currency) else numbers.number(value)


def _as_said(value: Fraction, kind: NumberType) -> tuple[Fraction, str] | None:
    """A length of time in the unit it was written in; None where its decimals there have no end, or none is known."""
    times = factor(kind.unit, Unit.of(kind.said)) if kind.said else None
    return (value * times, kind.said) if times is not None and numbers.has_end(value * times) else None


def in_whole_decimals(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """A length of time in its unit, or in a smaller one where its decimals have no end: a third of an hour."""
    smaller = {"hour": ("minute", 60), "minute": ("second", 60), "week": ("day", 7), "year": ("month", 12)}
    while unit in smaller and not numbers.has_end(value):
        unit, times = smaller[unit]
        value *= times
    return value, unit
