"""The aggregates of the language, one row each: what they take, the exact parts they gather, how they finish.

To add an aggregate, add a row. SQL gathers parts only; everything inexact in SQL (division, interpolation)
happens here on fractions.
"""

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from fractions import Fraction

from acmspec.ground.node import node


class Takes(Enum):
    """What an aggregate is given for each record."""

    NOTHING = "records"
    ANYTHING = "distinct values"
    NUMBER = "a number"
    CONDITION = "a condition"


class Part(StrEnum):
    """An exact quantity that every SQL engine can gather. Each is of the records judged and inside `where`.

    RECORDS: how many; KNOWN: how many have a value; TRUE: how many have the condition true; DISTINCT: how
    many different values; TOTAL: their sum; LOWEST and HIGHEST: the ends of their order; BELOW and ABOVE: the
    values at positions floor(h)+1 and ceiling(h)+1 in order, where h is (n-1) times the place asked for (1/2 is the
    middle, 9/10 the 90th percentile). With a weight for each record: WEIGHED: how many have one, beside their value
    where that is a number; WEIGHT: the sum of these weights; WEIGHT_TRUE: of those whose condition is true; PRODUCT:
    the sum of value times weight.
    """

    RECORDS = "records"
    KNOWN = "known"
    TRUE = "true"
    DISTINCT = "distinct"
    TOTAL = "total"
    LOWEST = "lowest"
    HIGHEST = "highest"
    BELOW = "below"
    ABOVE = "above"
    WEIGHED = "weighed"
    WEIGHT = "weight"
    WEIGHT_TRUE = "weight true"
    PRODUCT = "product"

    __hash__ = str.__hash__
    """As equality: that of the text, and not the slow one that enumerations have."""


VALUES = frozenset({Part.TOTAL, Part.LOWEST, Part.HIGHEST, Part.BELOW, Part.ABOVE})
"""The parts that are values of records, and not numbers of records."""

Parts = Mapping[Part, Fraction | None]
"""What was gathered; None where SQL has nothing to give (the sum or middle of no values)."""

WEIGHTED = " weighted"
"""What the name of an aggregate ends with whose records have weights."""

_ZERO = Fraction(0)
MIDDLE = Fraction(1, 2)
"""The place of the median in the order of values."""


@node
class Finished:
    """A finished aggregate. Numerator and denominator are None where it has none; value None is *undefined*.

    `rests_on` is how many records the value rests on, which is what a minimum is about; None for the whole set.
    """

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    rests_on: Fraction | None = None


@node
class AggregateRow:
    """One aggregate. `english` is a phrase with {expression}, {set}, {place} and {weight} to fill in.

    `finish` is given the parts and the place in the order of values. `placed` is whether the author says that place,
    as in `percentile(90, …)`; otherwise it is the middle. Where each record has a weight, the row is a `weighted` one.
    """

    name: str
    takes: Takes
    parts: tuple[Part, ...]
    finish: Callable[[Parts, Fraction], Finished]
    english: str
    placed: bool = False
    weighted: bool = False


def _number(parts: Parts, part: Part) -> Fraction:
    value = parts[part]
    return _ZERO if value is None else value


def _plain(part: Part) -> Callable[[Parts, Fraction], Finished]:
    return lambda parts, _: Finished(None, None, _number(parts, part))


def _if_any(part: Part) -> Callable[[Parts, Fraction], Finished]:
    """The part itself, which has no value where there is none to take it from."""
    return lambda parts, _: Finished(None, None, parts[part], _number(parts, Part.KNOWN))


def _range(parts: Parts, _: Fraction) -> Finished:
    low, high = parts[Part.LOWEST], parts[Part.HIGHEST]
    value = None if high is None or low is None else high - low
    return Finished(None, None, value, _number(parts, Part.KNOWN))


def _ratio(top: Part, bottom: Part) -> Callable[[Parts, Fraction], Finished]:
    def finish(parts: Parts, _: Fraction) -> Finished:
        numerator, denominator = _number(parts, top), _number(parts, bottom)
        return Finished(numerator, denominator, numerator / denominator if denominator else None, denominator)

    return finish


def _weighted(top: Part) -> Callable[[Parts, Fraction], Finished]:
    """A sum of weights by all weights; what it rests on is the records, and not their weight."""

    def finish(parts: Parts, _: Fraction) -> Finished:
        numerator, denominator = _number(parts, top), _number(parts, Part.WEIGHT)
        value = numerator / denominator if denominator else None
        return Finished(numerator, denominator, value, _number(parts, Part.WEIGHED))

    return finish


def _placed(parts: Parts, place: Fraction) -> Finished:
    """Type 7: on the straight line between the two values around the place (n-1) * place, counted from 0."""
    below, above, known = parts[Part.BELOW], parts[Part.ABOVE], _number(parts, Part.KNOWN)
    if below is None or above is None:
        return Finished(None, None, None, known)
    return Finished(None, None, below + (above - below) * ((known - 1) * place % 1), known)


AGGREGATES: tuple[AggregateRow, ...] = (
    AggregateRow("count", Takes.NOTHING, (Part.RECORDS,), _plain(Part.RECORDS), "the number of {set}"),
    AggregateRow(
        "count distinct",
        Takes.ANYTHING,
        (Part.DISTINCT,),
        _plain(Part.DISTINCT),
        "the number of different values of {expression} across {set}",
    ),
    AggregateRow("sum", Takes.NUMBER, (Part.TOTAL,), _plain(Part.TOTAL), "the total of {expression} across {set}"),
    AggregateRow(
        "average",
        Takes.NUMBER,
        (Part.TOTAL, Part.KNOWN),
        _ratio(Part.TOTAL, Part.KNOWN),
        "the average of {expression} across {set}",
    ),
    AggregateRow(
        "share",
        Takes.CONDITION,
        (Part.TRUE, Part.RECORDS),
        _ratio(Part.TRUE, Part.RECORDS),
        "the share, among {set}, of those for which {expression}",
    ),
    AggregateRow(
        f"average{WEIGHTED}",
        Takes.NUMBER,
        (Part.PRODUCT, Part.WEIGHT, Part.WEIGHED),
        _weighted(Part.PRODUCT),
        "the average of {expression}, weighted by {weight}, across {set}",
        weighted=True,
    ),
    AggregateRow(
        f"share{WEIGHTED}",
        Takes.CONDITION,
        (Part.WEIGHT_TRUE, Part.WEIGHT, Part.WEIGHED),
        _weighted(Part.WEIGHT_TRUE),
        "the share, weighted by {weight}, among {set}, of those for which {expression}",
        weighted=True,
    ),
    AggregateRow(
        "median",
        Takes.NUMBER,
        (Part.BELOW, Part.ABOVE, Part.KNOWN),
        _placed,
        "the median of {expression} across {set}",
    ),
    AggregateRow(
        "percentile",
        Takes.NUMBER,
        (Part.BELOW, Part.ABOVE, Part.KNOWN),
        _placed,
        "the {place} percentile of {expression} across {set}",
        placed=True,
    ),
    AggregateRow(
        "lowest",
        Takes.NUMBER,
        (Part.LOWEST, Part.KNOWN),
        _if_any(Part.LOWEST),
        "the lowest value of {expression} across {set}",
    ),
    AggregateRow(
        "highest",
        Takes.NUMBER,
        (Part.HIGHEST, Part.KNOWN),
        _if_any(Part.HIGHEST),
        "the highest value of {expression} across {set}",
    ),
    AggregateRow(
        "range",
        Takes.NUMBER,
        (Part.LOWEST, Part.HIGHEST, Part.KNOWN),
        _range,
        "the difference between the highest and the lowest value of {expression} across {set}",
    ),
)


def aggregate(name: str) -> AggregateRow:
    """The row of an aggregate; KeyError if the language has none of that name."""
    return _BY_NAME[name]


_BY_NAME = {row.name: row for row in AGGREGATES}
