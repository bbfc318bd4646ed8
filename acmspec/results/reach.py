"""What a measure rests on: the aggregates of its formula with the days they look at, and every table it touches."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache

from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.record import Column, Lookup, Record, Step
from acmspec.program.tree import (
    Aggregate,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    PeriodDays,
    Population,
    Quotient,
    Reach,
    Slice,
    Window,
)


@node
class Use:
    """An aggregate and the days, both counted, it is evaluated over."""

    aggregate: Aggregate
    first: date
    last: date


def uses(formula: Group, window: Period) -> tuple[Use, ...]:
    """Every aggregate of a formula from left to right, with its days: the window's, or those of its slice."""
    match formula:
        case Aggregate():
            return (Use(formula, window.first, window.last),)
        case GroupConstant() | PeriodDays():
            return ()
        case GroupDefined(body=body):
            return uses(body, window)
        case Slice(inner=inner, to=to):
            return uses(inner, Period(to.first, to.last, window.name))
        case GroupArithmetic(left=left, right=right) | Quotient(numerator=left, denominator=right):
            return uses(left, window) + uses(right, window)


@lru_cache(maxsize=256)
def tables(node: Group | Record) -> frozenset[str]:
    """The names of all tables that an expression reads, through lookups, links and follow-up windows too."""
    return frozenset(_tables(node))


def _tables(node: object) -> Iterator[str]:
    # Every node that reads a table says so in an attribute of that name, so no kind of expression can be forgotten.
    if isinstance(node, Column | Step | Lookup | Population | Reach | Window):
        yield node.table
    if is_dataclass(node):
        for one in fields(node):
            yield from _tables(getattr(node, one.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _tables(item)
