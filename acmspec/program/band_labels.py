"""What bands are called by their edges: “0 to 17”, “62 and over”; knows nothing of records."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from acmspec.ground import currency
from acmspec.ground.exact import ONE, Unit, fixed
from acmspec.program.said import is_money
from acmspec.program.types import DateType, Form, NumberType

_MOST = 20
_CENTS = 2


def labels(edges: Sequence[Fraction | date], kind: NumberType | DateType) -> tuple[str, ...]:
    """A name for each band from its edge to the next; whole numbers and days name the last one that is in it."""
    ends: list[Fraction | date | None] = [*edges[1:], None]
    return tuple(_label(first, end, kind) for first, end in zip(edges, ends, strict=True))


def _label(first: Fraction | date, end: Fraction | date | None, kind: NumberType | DateType) -> str:
    if isinstance(first, date):
        if not isinstance(end, date):
            return f"{first} and after"
        last = end - timedelta(days=1)
        return str(first) if last == first else f"{first} to {last}"
    of = kind if isinstance(kind, NumberType) else NumberType()
    if not isinstance(end, Fraction):
        return f"{_shown(first, of)}{_unit(of, first)} and over"
    if of.integral and first.denominator == end.denominator == 1:
        last_number = end - 1
        if last_number == first:
            return f"{_shown(first, of)}{_unit(of, first)}"
        return f"{_shown(first, of)} to {_shown(last_number, of)}{_unit(of, last_number)}"
    return f"{_shown(first, of)} to under {_shown(end, of)}{_unit(of, end)}"


def _shown(value: Fraction, kind: NumberType) -> str:
    """A number as people write it: $1,000, $2.50, 65%, 0.5."""
    if kind.form is not Form.NUMBER:
        return f"{_plain(value * 100)}%"
    if is_money(kind.unit) and len(kind.unit.factors) == 1:
        sign = "-" if value < 0 else ""
        return f"{sign}{currency.before(kind.unit.factors[0][0])}{_plain(abs(value), _CENTS)}"
    return _plain(value)


def _plain(value: Fraction, least: int = 1) -> str:
    """A number with as many decimals as it needs, with `least` of them where it needs any."""
    some = (0, *range(least, _MOST + 1))
    decimals = next(number for number in some if number == _MOST or (value * 10**number).denominator == 1)
    return fixed(value, decimals, grouped=True)


def _unit(kind: NumberType, value: Fraction) -> str:
    """The unit of time behind a number; the thing that is counted needs no name."""
    for one in ("second", "minute", "hour", "day", "week", "month", "year"):
        if kind.unit == Unit.of(one):
            return f" {one}" if value == 1 else f" {one}s"
    if kind.unit != ONE and kind.unit.factors[0][0].startswith("business day"):
        return " business day" if value == 1 else " business days"
    return ""
