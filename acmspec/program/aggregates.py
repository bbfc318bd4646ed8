"""The aggregates of the language, one row each: what they take, the exact parts they gather, how they finish.

To add an aggregate, add a row. SQL gathers parts only; everything inexact in SQL (division, interpolation)
happens here on fractions.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction

from acmspec.ground.node import node


class Takes(Enum):
    """What an aggregate is given for each record."""

    NOTHING = "records"
    ANYTHING = "distinct values"
    NUMBER = "a number"
    CONDITION = "a condition"


class Part(Enum):
    """An exact quantity that every SQL engine can gather. Each is of the records judged and inside `where`.

    RECORDS: how many; KNOWN: how many have a value; TRUE: how many have the condition true; DISTINCT: how
    many different values; TOTAL: their sum; LOW_MIDDLE and HIGH_MIDDLE: the values at positions
    floor((n+1)/2) and floor(n/2)+1 in order.
    """

    RECORDS = "records"
    KNOWN = "known"
    TRUE = "true"
    DISTINCT = "distinct"
    TOTAL = "total"
    LOW_MIDDLE = "low_middle"
    HIGH_MIDDLE = "high_middle"


Parts = Mapping[Part, Fraction | None]
"""What was gathered; None where SQL has nothing to give (the sum or middle of no values)."""


@node
class Finished:
    """A finished aggregate. Numerator and denominator are None where it has none; value None is *undefined*."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None


@node
class AggregateRow:
    """One aggregate. `english` is a phrase with {expression} and {set} to fill in."""

    name: str
    takes: Takes
    parts: tuple[Part, ...]
    finish: Callable[[Parts], Finished]
    english: str


def _number(parts: Parts, part: Part) -> Fraction:
    return parts[part] or Fraction(0)


def _plain(part: Part) -> Callable[[Parts], Finished]:
    return lambda parts: Finished(None, None, _number(parts, part))


def _ratio(top: Part, bottom: Part) -> Callable[[Parts], Finished]:
    def finish(parts: Parts) -> Finished:
        numerator, denominator = _number(parts, top), _number(parts, bottom)
        return Finished(numerator, denominator, numerator / denominator if denominator else None)

    return finish


def _median(parts: Parts) -> Finished:
    low, high = parts[Part.LOW_MIDDLE], parts[Part.HIGH_MIDDLE]
    return Finished(None, None, None if low is None or high is None else (low + high) / 2)


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
        "among {set}, the share for which {expression}",
    ),
    AggregateRow(
        "median",
        Takes.NUMBER,
        (Part.LOW_MIDDLE, Part.HIGH_MIDDLE, Part.KNOWN),
        _median,
        "the median of {expression} across {set}",
    ),
)


def aggregate(name: str) -> AggregateRow:
    """The row of an aggregate; KeyError if the language has none of that name."""
    for row in AGGREGATES:
        if row.name == name:
            return row
    raise KeyError(name)
