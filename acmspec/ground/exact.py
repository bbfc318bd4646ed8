"""Exact numbers: fractions, units, and the one way of rounding; knows nothing of where they come from."""

from collections.abc import Iterable
from dataclasses import field
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache

from acmspec.ground.node import node

_TEN = 10


@node
class Unit:
    """A product of dimensions, such as `USD`, `day` or `Stay`, each with a whole exponent.

    Dimensions are kept sorted and without zero exponents, so equal units compare equal.
    """

    factors: tuple[tuple[str, int], ...] = ()

    @staticmethod
    def of(dimension: str) -> "Unit":
        """The unit of one dimension."""
        return Unit(((dimension, 1),))

    def __mul__(self, other: "Unit") -> "Unit":
        return self._combine(other, 1)

    def __truediv__(self, other: "Unit") -> "Unit":
        return self._combine(other, -1)

    def _combine(self, other: "Unit", sign: int) -> "Unit":
        exponents = dict(self.factors)
        for dimension, exponent in other.factors:
            exponents[dimension] = exponents.get(dimension, 0) + sign * exponent
        return Unit(tuple(sorted((d, e) for d, e in exponents.items() if e)))


ONE = Unit()


@node
class Amount:
    """An exact number an author wrote, with what it was written as.

    `written` is "number", "percent" (65% has the value 13/20), "money" or "duration"; `unit` is the
    currency for money, `day` or `month` for durations (weeks and years are turned into those).
    `decimals` is how many decimals the author wrote (of the percentage, for a percent). `said` is the unit of a
    duration as it was written, which is how it is printed and spoken: 2 weeks are 14 days, and stay 2 weeks in a text.
    """

    value: Fraction
    written: str
    unit: Unit = ONE
    decimals: int = 0
    said: str = field(default="", compare=False, repr=False)


def total(numbers: Iterable[Fraction]) -> Fraction:
    """A sum; whole numbers, which most are of what is counted, are added as such."""
    whole, rest = 0, Fraction(0)
    for one in numbers:
        if one.denominator == 1:
            whole += one.numerator
        else:
            rest += one
    return rest + whole


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """The nearest multiple of 10**-decimals; a tie goes away from zero (0.5 to 1, -0.5 to -1)."""
    steps = _steps(value, decimals)
    return Fraction(steps, _TEN**decimals) if decimals >= 0 else Fraction(steps * _TEN**-decimals)


def _steps(value: Fraction, decimals: int) -> int:
    """How many times 10**-decimals a value is, to the nearest whole number, half up."""
    # On whole numbers, since each operation on fractions looks for a common divisor.
    top, bottom = abs(value.numerator), value.denominator
    if decimals >= 0:
        top *= _TEN**decimals
    else:
        bottom *= _TEN**-decimals
    magnitude = (2 * top + bottom) // (2 * bottom)
    return magnitude if value.numerator >= 0 else -magnitude


def fixed(value: Fraction, decimals: int, *, grouped: bool = False, shift: int = 0) -> str:
    """Decimal text with exactly `decimals` places, rounded half up; `grouped` puts commas between thousands.

    What is shown is the value times 10**shift: 2 shows hundredths.
    """
    steps = _steps(value, decimals + shift)
    whole, part = divmod(abs(steps), _TEN**decimals)
    text = f"{whole:,}" if grouped else str(whole)
    if decimals > 0:
        text += f".{part:0{decimals}d}"
    return f"-{text}" if steps < 0 else text


def decimal(value: Fraction, most: int = 6) -> str:
    """All decimals of a number, such as `0.75`; "" where they have no end, or there are more than some."""
    places = next((at for at in range(most + 1) if 10**at % value.denominator == 0), None)
    return "" if places is None else fixed(value, places)


def significant(value: Fraction, digits: int = 15) -> str:
    """Plain decimal text with at most `digits` significant digits, half up, without exponent or end zeros."""
    text = f"{_to(digits).divide(Decimal(value.numerator), Decimal(value.denominator)):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@cache
def _to(digits: int) -> Context:
    """What divides to some significant digits."""
    return Context(prec=digits, rounding="ROUND_HALF_UP", Emin=-999999, Emax=999999)
