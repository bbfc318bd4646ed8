"""Moves a record expression to another place of use and asks what it refers to; knows nothing of names or types."""

from collections.abc import Hashable, Iterator
from dataclasses import fields, replace
from functools import cache, lru_cache
from typing import Any

from acmspec.program.dimension import Dimension
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Aggregate
from acmspec.program.population import Population
from acmspec.program.record import Defined, FieldValue, Lookup, PeriodValue, Record, Step
from acmspec.program.tree import Benchmark
from acmspec.program.types import ErrorType


def relocate(record: Record, by: int, steps: tuple[Step, ...] = (), depth: int = 0) -> Record:
    """The same meaning said from further inside: scope 0 becomes `by`, reached over `steps`.

    `by` may be negative, to take an expression out of a lookup; then it must not refer to the scopes it leaves.
    """
    if by == 0 and not steps:
        return record
    if isinstance(record, FieldValue):
        if record.scope < depth:
            return record
        own = record.scope == depth
        return replace(record, scope=record.scope + by, steps=steps + record.steps if own else record.steps)
    if isinstance(record, Lookup):
        return replace(
            record,
            links=tuple((column, relocate(outer, by, steps, depth)) for column, outer in record.links),
            expression=None if record.expression is None else relocate(record.expression, by, steps, depth + 1),
            where=None if record.where is None else relocate(record.where, by, steps, depth + 1),
        )
    changes: dict[str, object] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if isinstance(value, Record):
            changes[one.name] = relocate(value, by, steps, depth)
        elif isinstance(value, tuple) and value and all(isinstance(each, Record) for each in value):
            changes[one.name] = tuple(relocate(each, by, steps, depth) for each in value)
    if isinstance(record, Defined) and record.scope >= depth:
        changes["scope"] = record.scope + by
        changes["steps"] = steps + record.steps if record.scope == depth else record.steps
    return replace(record, **changes)  # type: ignore[arg-type]  # each value has the type of the one it replaces


def scopes(record: Record, depth: int = 0) -> frozenset[int]:
    """Which records an expression refers to, counted outward; those inside its lookups left out."""
    return frozenset(
        node.scope - below
        for node, below in _placed(record, depth)
        if isinstance(node, FieldValue) and node.scope >= below
    )


def same_level(record: Record) -> Iterator[Record]:
    """Every node about the same records in sight, itself first; what is inside a lookup speaks of one more."""
    yield from (node for node, below in _placed(record, 0) if below == 0)


def seen_from_inside(lookup: Lookup) -> Iterator[FieldValue]:
    """The fields outside that a lookup's condition speaks of, as the record that looks sees them."""
    for node, below in _placed(lookup.where, 1) if lookup.where is not None else ():
        if isinstance(node, FieldValue) and node.scope >= below:
            yield replace(node, scope=node.scope - below)


def _placed(record: Record, depth: int) -> Iterator[tuple[Record, int]]:
    yield record, depth
    if isinstance(record, Lookup):
        for _, outer in record.links:
            yield from _placed(outer, depth)
        for inner in (record.expression, record.where, *record.by):
            if inner is not None:
                yield from _placed(inner, depth + 1)
        return
    for each in below(record):
        yield from _placed(each, depth)


def below(record: Record) -> Iterator[Record]:
    """The expressions that stand directly in one, in their order."""
    for name in in_order(record):
        value = getattr(record, name)
        if isinstance(value, Record):
            yield value
        elif isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, Record))


def parts(tree: object) -> Iterator[object]:
    """Every node of a record or group expression or a set, itself first, through definitions and lookups."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(reversed(one))
            continue
        names = _inside(type(one))  # type: ignore[arg-type]  # a type can be hashed
        if names is not None:
            yield one
            waiting += [getattr(one, each) for each in names]
        elif one is tree:
            yield one
            waiting += [getattr(one, each) for each in reversed(in_order(one))]


@cache
def _inside(kind: type[Any]) -> tuple[str, ...] | None:
    """The names of the fields of a kind of node, the last one first; None of what is no node of what a spec means."""
    names = _names(kind) if kind.__module__ in _TREES else None  # type: ignore[arg-type]  # a type can be hashed
    return None if names is None else names[::-1]


def in_order(one: object) -> tuple[str, ...]:
    """The names of a node's fields in their order."""
    return _names(type(one))  # type: ignore[arg-type]  # a type can be hashed


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """The names of the fields of a kind of node, asked for once."""
    return tuple(one.name for one in fields(kind))


_TREES = frozenset(one.__module__ for one in (FieldValue, Population, Dimension, Dates, Aggregate, Benchmark))


def is_meaning(value: object) -> bool:
    """Whether a value is a node of what a spec means: an expression, a set, a dimension or a measure."""
    return type(value).__module__ in _TREES


@lru_cache(maxsize=4096)
def is_bound(tree: Hashable) -> bool:
    """Whether an expression or set speaks of the period, also through definitions and lookups.

    It is asked of the same formulas for each set that is measured.
    """
    return any(isinstance(one, PeriodValue) and one.of_window for one in parts(tree))


def is_faulty(tree: object) -> bool:
    """Whether any part of an expression or set was already reported as an error."""
    return any(isinstance(getattr(one, "type", None), ErrorType) for one in parts(tree))
