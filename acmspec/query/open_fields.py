"""Which fields leave a condition open: it is unknown only where one of them is missing; knows no SQL."""

from collections.abc import Iterator

from acmspec.ground.calendar import Length
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
    if isinstance(record, FieldValue):
        if record.optional or record.steps:
            yield record
        return
    names = _PARTS.get(type(record))
    lengths = (getattr(record, name, None) for name in ("length", "opens"))
    # A calendar may not cover a day that is reckoned in business days.
    if names is None or any(isinstance(one, Length) and one.business for one in lengths):
        raise _OtherError
    for name in names:
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            yield from _fields(one)


_PARTS: dict[type, tuple[str, ...]] = {
    Constant: (),
    PeriodValue: (),
    Compare: ("left", "right"),
    DaysBetween: ("start", "end"),
    Logic: ("operands",),
    Negation: ("operand",),
    OneOf: ("operand",),
    InDays: ("operand", "first", "last"),
    InWindow: ("operand", "anchor"),
    LookBack: ("operand", "anchor"),
}
"""What is unknown only where one of these parts is."""
