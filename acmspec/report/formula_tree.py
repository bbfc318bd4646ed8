"""The meaning of a formula as an indented tree, one line a node; it knows the shape of nodes and not what they mean."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

from acmspec.ground.calendar import Length
from acmspec.program.record import Column
from acmspec.program.said import type_words
from acmspec.program.types import BooleanType, DatetimeType, DateType, ErrorType, NumberType, PeriodType, TextType

_INDENT = "  "
_TYPES = (BooleanType, DatetimeType, DateType, ErrorType, NumberType, PeriodType, TextType)


def tree(meaning: object) -> str:
    """The tree of a group or record expression: the kind of each node, its plain values, its type in words."""
    return "\n".join(_lines(meaning, "", 0))


def _lines(node: object, label: str, depth: int) -> Iterator[str]:
    plain: list[str] = []
    inner: list[tuple[str, object]] = []
    for name, value in _values(node):
        if isinstance(value, _TYPES):
            plain.append(f"· {type_words(value)}")
        elif _is_node(value):
            inner.append((f"{name}: ", value))
        elif shown := _plain(value):
            plain.append(f"{name}={shown}")
    kind = type(node).__name__
    yield " ".join([f"{_INDENT * depth}{label}{kind}", *plain])
    for name, value in inner:
        yield from _lines(value, name, depth + 1)


def _values(node: object) -> Iterator[tuple[str, object]]:
    """The fields of a node that count in equality, those that are rows taken one by one."""
    if not is_dataclass(node):
        return
    for one in fields(node):
        if one.compare:
            yield from _flat(one.name, getattr(node, one.name))


def _flat(name: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, tuple) and any(_is_node(one) or isinstance(one, tuple) for one in value):
        for one in value:
            yield from _flat(name, one)
    else:
        yield name, value


def _is_node(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, (*_TYPES, Column, Length, Enum))


def _plain(value: object) -> str:
    """A value on the line of its node; nothing for what says nothing."""
    match value:
        case None | "" | () | False:
            return ""
        case Column(table, name):
            return f"{table}.{name}"
        case Length(days, months, seconds):
            return f"{months} months" if months else f"{seconds} seconds" if seconds else f"{days} days"
        case tuple():
            return f"({', '.join(str(one) for one in value)})"
        case Enum():
            return str(value.value)
    return str(value)
