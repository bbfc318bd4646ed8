"""Which fields leave a condition open: it is unknown only where one of them is missing; knows no SQL."""

from collections.abc import Iterator

from acmspec.program.record import (
    Compare,
    Constant,
    DaysBetween,
    FieldValue,
    InDays,
    InWindow,
    Logic,
    LookBack,
    Negation,
    OneOf,
    PeriodValue,
    Record,
)


def open_fields(condition: Record) -> tuple[FieldValue, ...] | None:
    """The fields that may be missing in a condition that nothing else leaves open; None where that can't be told."""
    try:
        return tuple(dict.fromkeys(_fields(condition)))
    except _OtherError:
        return None


class _OtherError(Exception):
    """Something that may be unknown although every field has a value."""


def _fields(record: Record) -> Iterator[FieldValue]:
    match record:
        case FieldValue(optional=optional, steps=steps):
            if optional or steps:
                yield record
            return
        case Constant() | PeriodValue():
            return
        case Compare(left=left, right=right):
            inner: tuple[Record, ...] = (left, right)
        case DaysBetween(start=left, end=right):
            inner = (left, right)
        case Logic(operands=operands):
            inner = operands
        case Negation(operand=operand) | OneOf(operand=operand):
            inner = (operand,)
        case InDays(operand=operand, first=first, last=last):
            inner = (operand, first, last)
        case InWindow(operand=operand, anchor=anchor, length=length, opens=opens):
            if length.business or (opens is not None and opens.business):
                raise _OtherError
            inner = (operand, anchor)
        case LookBack(operand=operand, anchor=anchor, length=length):
            if length.business:
                raise _OtherError
            inner = (operand, anchor)
        case _:
            raise _OtherError
    for one in inner:
        yield from _fields(one)
