"""Units of time: which ones are of one family and how they turn into each other; knows nothing of records or formulas.

Days and weeks, months and years, seconds and minutes and hours are three families, each with exact factors. Nothing
turns a unit into one of another family: months differ in length, and so do the days on which clocks change.
"""

from fractions import Fraction

from acmspec.ground.exact import Unit

DAY, WEEK, MONTH, YEAR = (Unit.of(one) for one in ("day", "week", "month", "year"))
SECOND, MINUTE, HOUR = (Unit.of(one) for one in ("second", "minute", "hour"))

_FAMILIES = (
    {"day": 1, "week": 7},
    {"month": 1, "quarter": 3, "year": 12},
    {"second": 1, "minute": 60, "hour": 3600},
)
_LONGEST = (36_500, 1_200, 36_500 * 86_400)
"""The longest window in days, months and seconds, the smallest units of the families."""
BUSINESS_DAY = "business day"
"""How the unit of business days starts; the name of their calendar follows, so that those of two never meet."""


def is_time(dimension: str) -> bool:
    """Whether a dimension is a unit of time."""
    return any(dimension in family for family in _FAMILIES) or dimension.startswith(BUSINESS_DAY)


def factor(one: Unit, other: Unit) -> Fraction | None:
    """How many of `other` make one of `one`, if both are single units of one family; 1 for equal units."""
    if one == other:
        return Fraction(1)
    found = _single(one), _single(other)
    for family in _FAMILIES:
        if all(each in family for each in found):
            return Fraction(family[found[0]], family[found[1]])
    return None


def family(unit: Unit) -> str:
    """The smallest unit of the family that a single unit of time belongs to, itself where it is of none."""
    word = _single(unit)
    return next((min(one, key=lambda each: one[each]) for one in _FAMILIES if word in one), word)


def longest(unit: Unit) -> Fraction:
    """How many of a single unit of time a window can be long: 100 years, each of 365 days where days are counted."""
    word = _single(unit)
    for one, most in zip(_FAMILIES, _LONGEST, strict=True):
        if word in one:
            return Fraction(most, one[word])
    return Fraction(_LONGEST[0])


def _single(unit: Unit) -> str:
    return unit.factors[0][0] if len(unit.factors) == 1 and unit.factors[0][1] == 1 else ""
