"""What a record expression is made of, and whether it may have no value; says nothing."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from acmspec.ground.calendar import Length
from acmspec.ground.exact import ONE
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.record import (
    Active,
    Arithmetic,
    Banded,
    BusinessDaysBetween,
    Column,
    Compare,
    Completed,
    Conditional,
    Constant,
    Converted,
    DayOf,
    DaysBetween,
    DaysIn,
    Defined,
    EdgeOf,
    Elapsed,
    FieldValue,
    InDays,
    InWindow,
    IsFound,
    IsKnown,
    Lasts,
    Later,
    Logic,
    LookBack,
    Lookup,
    Negation,
    OneOf,
    OpenOn,
    PeriodOf,
    Record,
)
from acmspec.program.tree import Group, GroupArithmetic, GroupConstant
from acmspec.program.types import BooleanType
from acmspec.program.units import is_time


def may_be_missing(record: Record) -> bool:
    """Whether a value may be unrecorded: a field that is optional or reached over a link, or a definition of one."""
    match record:
        case FieldValue(_, steps, _, _, optional):
            return optional or bool(steps)
        case Defined(body=body):
            return may_be_missing(body)
        case IsFound() | IsKnown():
            return False
        case Lookup(function):
            return not lookup_row(function).never_missing
    return any(may_be_missing(one) for one in children(record))


def children(record: Record) -> tuple[Record, ...]:  # noqa: C901  (a case for each node of the closed union)
    """The expressions a node is made of, those of records it looks into included."""
    match record:
        case Defined(body=body):
            return (body,)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case Later(operand, length):
            return (operand,) if isinstance(length, Length) else (operand, length)
        case InDays(operand, first, last):
            return (operand, first, last)
        case Conditional(condition, then, otherwise):
            return (condition, then, otherwise)
        case OneOf(operand) | IsKnown(operand) | Negation(operand) | Banded(operand):
            return (operand,)
        case DayOf(operand) | PeriodOf(operand) | EdgeOf(operand) | Converted(operand):
            return (operand,)
        case Logic(_, operands):
            return operands
        case DaysBetween(start, end) | BusinessDaysBetween(start, end) | Elapsed(start, end) | Completed(_, start, end):
            return (start, end)
        case OpenOn(start, end, day):
            return (start, end, day)
        case Active(start, end, first, last) | DaysIn(start, end, first, last):
            return (start, end, first, last)
        case Lasts(start, end, anchor):
            return (start, end, anchor)
        case InWindow(operand, _, _, anchor) | LookBack(operand, _, _, anchor):
            return (operand, anchor)
        case IsFound(path):
            return (path,)
        case Lookup(expression=expression, links=links, where=where, by=by):
            inside = tuple(one for one in (expression, where) if one is not None)
            return (*(value for _, value in links), *inside, *by)
    return ()


def everything(record: Record, *, inside_terms: bool = True) -> Iterator[Record]:
    """A node and all below it, in order; the bodies of definitions only on request."""
    yield record
    if inside_terms or not isinstance(record, Defined):
        for one in children(record):
            yield from everything(one, inside_terms=inside_terms)


def is_negative(record: object) -> bool:
    """Whether a calculation takes the opposite of its right side, as `-X` does."""
    left = getattr(record, "left", None)
    return getattr(record, "operator", "") == "-" and getattr(left, "value", None) == 0


def reduced(record: Record) -> Record:
    """What was said in a roundabout way as one would say it: a negative number as one, no negation of a negation."""
    if isinstance(record.type, BooleanType):
        found, negated = bare(record)
        if isinstance(found, Constant):
            return Constant(bool(found.value) is not negated, found.type)
        return record if negated else found
    if not is_negative(record) or not isinstance(record, Arithmetic):
        return record
    number = reduced(record.right)
    if not isinstance(number, Constant) or not isinstance(number.value, Fraction):
        return record
    return Constant(-number.value, number.type)


def as_number(group: Group) -> Group:
    """The same of a group's number."""
    if not is_negative(group) or not isinstance(group, GroupArithmetic):
        return group
    number = as_number(group.right)
    return GroupConstant(-number.value, number.type) if isinstance(number, GroupConstant) else group


def coded_column(record: Record) -> Column | None:
    """The column whose codes a value can be: its own, or that of the other records it is taken from."""
    while isinstance(record, Lookup) and record.expression is not None and record.type == record.expression.type:
        record = record.expression
    return record.column if isinstance(record, FieldValue) else None


def bare(record: Record) -> tuple[Record, bool]:
    """A condition without the negations and comparisons with yes or no around it, and whether these turn it round."""
    negated = False
    while True:
        match record:
            case Negation(operand):
                record, negated = operand, not negated
            case Compare(operator, Constant(bool() as value), other) | Compare(
                operator, other, Constant(bool() as value)
            ):
                record, negated = other, negated is not (value is not (operator == "="))
            case _:
                return record, negated


def is_restated(group: object) -> bool:
    """Whether a length of time of a group is only turned into the unit of what it stands beside."""
    left, right = getattr(group, "left", None), getattr(group, "right", None)
    if getattr(group, "operator", "") != "*" or getattr(right, "value", None) is None:
        return False
    units = [getattr(getattr(one, "type", None), "unit", ONE).factors for one in (left, group)]
    return units[0] != units[1] and all(len(one) == 1 and is_time(one[0][0]) for one in units)


def whole_period(record: Record) -> Record | None:
    """The one window that a month, quarter or year must lie in as a whole, where it is said of its two ends."""
    if not isinstance(record, Logic) or record.operator != "and" or len(record.operands) != len(("first", "last")):
        return None
    first, second = record.operands
    if not isinstance(first, InDays | InWindow | LookBack) or not isinstance(first.operand, EdgeOf):
        return None
    edge = first.operand
    whole = not edge.last and second == replace(first, operand=EdgeOf(edge.operand, True, edge.type))
    return replace(first, operand=edge.operand) if whole else None
