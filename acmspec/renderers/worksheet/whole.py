"""Spreadsheet expressions in whole numbers, each with the value it comes to; what they stand for is not known here.

A spreadsheet calculates in binary floating point. Whole numbers below 2 to the 53rd are exact in it, and so are their
sums and products; a quotient of them is rounded to the nearest whole number alike in all programs as long as what is
divided has at most 13 digits. `peak` is the largest number that is met on the way, so that whoever asks
`is_exact` knows.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm

from acmspec.ground.exact import round_half_up
from acmspec.ground.node import node

LARGEST = 10**13
LONGEST = 8_000
"""Characters of a formula; a cell holds 8,192 with what may stand around it."""
_SUM, _PRODUCT, _ATOM = range(3)


@node
class Whole:
    """A formula's text, without the sign of equality, and its value. `binding` says how closely its signs bind."""

    text: str
    value: int
    peak: int
    binding: int = _ATOM

    @property
    def is_exact(self) -> bool:
        """Whether no program comes to anything else; a formula that is too long for a cell comes to nothing."""
        return self.peak < LARGEST and len(self.text) <= LONGEST

    @property
    def is_literal(self) -> bool:
        """Whether it is a number written out."""
        return self.text.lstrip("-").isdigit()

    def __add__(self, other: "Whole") -> "Whole":
        return _made(f"{self.text}+{other.within(_SUM)}", self.value + other.value, (self, other), _SUM)

    def __sub__(self, other: "Whole") -> "Whole":
        return _made(f"{self.text}-{other.within(_PRODUCT)}", self.value - other.value, (self, other), _SUM)

    def __mul__(self, other: "Whole") -> "Whole":
        if self.is_literal and other.is_literal:
            return literal(self.value * other.value)
        if self.text == "1":
            return other
        if other.text == "1":
            return self
        text = f"{self.within(_PRODUCT)}*{other.within(_PRODUCT)}"
        return _made(text, self.value * other.value, (self, other), _PRODUCT)

    def within(self, binding: int) -> str:
        """The text where a sign binds it, in brackets if need be."""
        return self.text if self.binding >= binding else f"({self.text})"


def _made(text: str, value: int, of: Sequence[Whole], binding: int = _ATOM) -> Whole:
    return Whole(text, value, max(abs(value), *[one.peak for one in of]), binding)


@lru_cache(maxsize=1024)
def literal(value: int) -> Whole:
    """A number written out."""
    return Whole(str(value), value, abs(value), _ATOM if value >= 0 else _SUM)


def cell(text: str, value: int) -> Whole:
    """A cell or a name, and the number that stands there."""
    return Whole(text, value, abs(value))


def function(name: str, *of: Whole, value: int) -> Whole:
    """A function of whole numbers that comes to another."""
    return _made(f"{name}({','.join(one.text for one in of)})", value, of)


def least(*of: Whole) -> Whole:
    """The smallest."""
    return function("MIN", *of, value=min(one.value for one in of))


def most(*of: Whole) -> Whole:
    """The greatest."""
    return function("MAX", *of, value=max(one.value for one in of))


def chosen(position: Whole, of: Sequence[Whole]) -> Whole:
    """One of several by its place, counted from 1."""
    if len({one.text for one in of}) == 1:
        return of[0]
    return function("CHOOSE", position, *of, value=of[position.value - 1].value)


@node
class Ratio:
    """A fraction of two whole expressions, of which the lower is above zero."""

    top: Whole
    bottom: Whole

    @property
    def value(self) -> Fraction:
        """What it comes to."""
        return Fraction(self.top.value, self.bottom.value)

    def __mul__(self, other: "Ratio") -> "Ratio":
        return Ratio(self.top * other.top, self.bottom * other.bottom)

    def nearest(self) -> Whole:
        """The nearest whole number, a tie away from zero; where nothing is divided, the number itself."""
        if self.bottom.text == "1":
            return self.top
        text = f"ROUND({self.top.within(_PRODUCT)}/{self.bottom.within(_ATOM)},0)"
        return _made(text, int(round_half_up(self.value, 0)), (self.top, self.bottom))

    def times(self, factor: int) -> "Ratio":
        """So many times as much, shortened where the lower number is written out."""
        if not self.bottom.is_literal:
            return Ratio(literal(factor) * self.top, self.bottom)
        common = gcd(factor, self.bottom.value)
        return Ratio(literal(factor // common) * self.top, literal(self.bottom.value // common))


def alike(of: Sequence[Ratio]) -> tuple[list[Whole], Whole] | None:
    """The upper numbers over one lower number that is written out; None if some lower number is not."""
    if not all(one.bottom.is_literal for one in of):
        return None
    common = lcm(*(one.bottom.value for one in of))
    return [one.top * literal(common // one.bottom.value) for one in of], literal(common)


def picked(position: Whole, of: Sequence[Ratio]) -> Ratio:
    """One of several fractions by its place, counted from 1."""
    same = alike(of)
    if same is not None:
        return Ratio(chosen(position, same[0]), same[1])
    return Ratio(chosen(position, [one.top for one in of]), chosen(position, [one.bottom for one in of]))


def first_if(left: Ratio, right: Ratio, *, smaller: bool) -> Ratio:
    """The smaller of two fractions, or the greater."""
    same = alike((left, right))
    if same is not None:
        return Ratio((least if smaller else most)(*same[0]), same[1])
    mine, other = left.top * right.bottom, right.top * left.bottom
    sign, is_left = ("<=", mine.value <= other.value) if smaller else (">=", mine.value >= other.value)

    def either(one: Whole, two: Whole) -> Whole:
        text = f"IF({mine.text}{sign}{other.text},{one.text},{two.text})"
        return _made(text, (one if is_left else two).value, (one, two, mine, other))

    return Ratio(either(left.top, right.top), either(left.bottom, right.bottom))
