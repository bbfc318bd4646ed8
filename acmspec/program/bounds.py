"""Walks a lookup's condition for what bounds it in time; which days a single condition bounds is the caller's."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from acmspec.program.record import Compare, Conditional, Defined, Logic, Negation, Record
from acmspec.program.types import DatetimeType, DateType, PeriodType

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
"""The comparison that holds where another does not."""

_IN_TIME = (DateType, DatetimeType, PeriodType)
"""The types of values that stand in time."""

Bound = TypeVar("Bound")
Join = Callable[[list[list[Bound]], bool], list[Bound]]
"""Puts together what bounds each of some conditions, of which all hold together or one at least."""


def _joined(ways: list[list[Bound]], together: bool) -> list[Bound]:  # noqa: ARG001  (each bound holds for itself)
    return [bound for way in ways for bound in way]


def bounds(
    record: Record, of: Callable[[Record], list[Bound]], *, true: bool = True, join: Join[Bound] = _joined
) -> list[Bound]:
    """What holds when `record` is true (or false), asked `of` each condition that then is true itself.

    An alternative is bounded only if each of its ways is. A comparison of dates that is false is asked about as its
    opposite; nothing else that is false bounds anything.
    """
    match record:
        case Defined(body=body):
            return bounds(body, of, true=true, join=join)
        case Negation(operand=operand):
            return bounds(operand, of, true=not true, join=join)
        case Logic(operator=operator, operands=operands):
            ways = [bounds(one, of, true=true, join=join) for one in operands]
            together = (operator == "and") is true
            return join(ways, together) if together or all(ways) else []
        case Conditional(then=then, otherwise=otherwise):
            ways = [bounds(one, of, true=true, join=join) for one in (then, otherwise)]
            return join(ways, False) if all(ways) else []
        case Compare(operator=operator, left=left):
            if not isinstance(left.type, _IN_TIME):
                return []
            return of(record if true else replace(record, operator=OPPOSITE[operator]))
        case _:
            return of(record) if true else []
