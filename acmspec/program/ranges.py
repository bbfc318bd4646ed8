"""Which numbers a value can come to at least and at most before there is data: counts, shares, what is made of them.

A field may hold any number: zero and less are ordinary values.
"""

from fractions import Fraction
from math import inf, isinf

from acmspec.ground.node import node
from acmspec.program.counting import is_part
from acmspec.program.group import (
    Aggregate,
    ForEach,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    GroupIf,
    MetricUse,
    PeriodDays,
    Quotient,
    Slice,
)
from acmspec.program.record import Arithmetic, Conditional, Constant, DaysIn, Defined, Lookup, PeriodValue, Record

_NEVER_BELOW_NOTHING = frozenset({"count", "count distinct", "longest run"})
_LIKE_ITS_VALUES = frozenset({"average", "average weighted", "median", "percentile", "lowest", "highest", "the"})
_OF_ONE_RECORD = frozenset({"earliest", "latest", "nth"})


@node
class Ends:
    """The least and the most a number can come to; infinite where there is no such end."""

    least: Fraction | float
    most: Fraction | float

    def has(self, value: Fraction) -> bool:
        """Whether a number lies between the ends."""
        return self.least <= value <= self.most


ANY_NUMBER = Ends(-inf, inf)
COUNTED = Ends(Fraction(0), inf)
A_PART = Ends(Fraction(0), Fraction(1))
_FROM_ONE = Ends(Fraction(1), inf)


def ends_of(one: Record | Group) -> Ends:
    """The ends of what a number can come to, behind names, slices and metrics."""
    match one:
        case Defined(body=inner) | GroupDefined(body=inner) | MetricUse(body=inner) | Slice(inner=inner):
            return ends_of(inner)
        case Constant(value=Fraction() as value) | GroupConstant(value=value):
            return Ends(value, value)
        case DaysIn():
            return COUNTED
        case PeriodDays() | PeriodValue(which="length of period"):
            return _FROM_ONE
        case Quotient(numerator=above, denominator=below):
            return A_PART if is_part(one) else _divided(ends_of(above), ends_of(below))
        case Aggregate(function=function, expression=inner) | Lookup(function=function, expression=inner):
            return _together(function, inner)
        case ForEach(function=function, inner=inner):
            return _together(function, inner)
        case Arithmetic(operator=operator) | GroupArithmetic(operator=operator):
            return _calculated(operator, ends_of(one.left), ends_of(one.right))
        case Conditional() | GroupIf():
            then, otherwise = ends_of(one.then), ends_of(one.otherwise)
            return Ends(min(then.least, otherwise.least), max(then.most, otherwise.most))
        case _:
            return ANY_NUMBER


def _together(function: str, inner: Record | Group | None) -> Ends:
    """What values come to that are counted or brought together."""
    if function in {"share", "share weighted"}:
        return A_PART
    if function in _NEVER_BELOW_NOTHING:
        return COUNTED
    if function == "rank":
        return _FROM_ONE
    if inner is None:
        return ANY_NUMBER
    if function in _LIKE_ITS_VALUES or function in _OF_ONE_RECORD:
        return ends_of(inner)
    is_summed = function == "sum" and ends_of(inner).least >= 0
    return COUNTED if is_summed or function == "range" else ANY_NUMBER


def _calculated(operator: str, one: Ends, two: Ends) -> Ends:
    match operator:
        case "+":
            return Ends(one.least + two.least, one.most + two.most)
        case "-":
            return Ends(one.least - two.most, one.most - two.least)
        case "*":
            products = [_times(left, right) for left in (one.least, one.most) for right in (two.least, two.most)]
            return Ends(min(products), max(products))
        case _:
            return _divided(one, two)


def _divided(one: Ends, two: Ends) -> Ends:
    """Of a quotient no more is said than its sign: a divisor may come close to zero."""
    return COUNTED if one.least >= 0 and two.least >= 0 else ANY_NUMBER


def _times(left: Fraction | float, right: Fraction | float) -> Fraction | float:
    """A product of two ends: of nothing there is nothing, however often."""
    if left == 0 or right == 0:
        return Fraction(0)
    if isinf(left) or isinf(right):
        return inf if (left > 0) is (right > 0) else -inf
    return left * right
