"""Finds what may leave a condition or value open: fields without a value, links that find nothing, doubtful lookups.

A field is a gap where it makes the whole unknown: one that is missing beside a condition that decides alone is none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from acmspec.ground.calendar import Length
from acmspec.ground.exact import ONE
from acmspec.ground.node import node
from acmspec.program.demands import demands
from acmspec.program.gap import (
    BELOW,
    DOUBTFUL,
    MISSING,
    NEGATIVE,
    NO_ENTITY,
    NO_LENGTH,
    NO_RECORD,
    NOT_LINKED,
    NOT_REACHED,
    Gap,
    Told,
)
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.record import (
    Active,
    Banded,
    Column,
    Compare,
    Conditional,
    Constant,
    DaysIn,
    Defined,
    FieldValue,
    IsFound,
    IsKnown,
    Lasts,
    Later,
    Logic,
    Lookup,
    Negation,
    OpenOn,
    Record,
)
from acmspec.program.relocate import below, parts, seen_from_inside
from acmspec.program.tree import Store, StoredColumn
from acmspec.program.types import BooleanType, Form, NumberType, TextType
from acmspec.program.units import longest

_TRUTH = BooleanType()
_OPPOSITE = {"and": "or", "or": "and"}
_STRICT = "strict"


@node
class _Way:
    """How the walk came to a node: the logic around it, whether negated, and what must be open for it to matter."""

    operator: str = ""
    negative: bool = False
    guards: tuple[Record, ...] = ()


class Gaps:
    """Finds the gaps of record expressions among some tables."""

    def __init__(self, stores: Iterable[Store]) -> None:
        stored = tuple(stores)
        self._columns = {(store.name, column.name): column for store in stored for column in store.columns}
        self._keys = {store.name: store.key for store in stored}

    def of(self, record: Record, at: str) -> tuple[Told, ...]:
        """The gaps of an expression, each once, in order of appearance; they count where the whole is unknown."""
        found: dict[Gap, Told] = {}
        for told in self._walk(record, _Way()):
            one = replace(told, gap=replace(told.gap, at=at))
            found[one.gap] = _joined(found[one.gap], one) if one.gap in found else one
        return tuple(found.values())

    def of_weight(self, weight: Record, at: str) -> tuple[Told, ...]:
        """The gaps of a weight, which counts only from zero on."""
        low = Compare("<", weight, Constant(Fraction(0), weight.type), _TRUTH)
        return (*self.of(weight, at), Told(Gap(at, NEGATIVE, *_called(weight, "weight")), low))

    def entities(self, values: Iterable[FieldValue], at: str) -> tuple[Told, ...]:
        """The gap of each value that a choice is made by and that a record may not have."""
        told = (self._as_link(value, self._field(value, (), always=False)) for value in values)
        return tuple(replace(one, gap=replace(one.gap, at=at)) for each in told for one in each)

    def _walk(self, record: Record, way: _Way) -> Iterator[Told]:  # noqa: C901  (a case for each node that differs)
        match record:
            case Constant() | IsFound():
                return
            case FieldValue():
                yield from self._field(record, way.guards, always=False)
            case Defined(body=body):
                yield from self._walk(body, way)
            case Logic():
                yield from self._logic(record, way)
            case Negation(operand=operand):
                yield from self._walk(operand, replace(way, negative=not way.negative))
            case IsKnown(operand=operand):
                asked = _opened(operand)
                if isinstance(asked, Lookup):
                    yield from self._links(asked)
                    # A number or a total is known, whatever is in doubt.
                    yield from () if lookup_row(asked.function).never_missing else self._doubt(asked, way.guards)
            case Lookup():
                yield from self._lookup(record, way.guards)
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                yield from self._walk(condition, _Way(_STRICT, False, way.guards))
                yield from self._walk(then, _Way(_STRICT, False, (*way.guards, condition)))
                yield from self._walk(otherwise, _Way(_STRICT, False, (*way.guards, Negation(condition, _TRUTH))))
            case Banded(operand=operand, edges=edges, labels=labels):
                yield from self._walk(operand, _Way(_STRICT, False, way.guards))
                low = Compare("<", operand, Constant(edges[0], operand.type), _TRUTH)
                yield Told(Gap("", BELOW, labels[0], ""), _all(*way.guards, low))
            case Later(operand=operand, length=length):
                yield from self._walk(operand, _Way(_STRICT, False, way.guards))
                yield from self._length(length, way.guards)
            case OpenOn() | Active() | DaysIn():
                yield from self._span(record, way.guards)
            case Lasts(length=length):
                # The day it is counted from, or an open span, may decide alone.
                guards = (*way.guards, IsKnown(record, False, _TRUTH))
                yield from self._span(record, guards)
                yield from self._length(length, guards)
            case _:
                for one in below(record):
                    yield from self._walk(one, _Way(_STRICT, False, way.guards))

    def _span(self, record: OpenOn | Active | DaysIn | Lasts, guards: tuple[Record, ...]) -> Iterator[Told]:
        """A span's start and what it is held against; one without an end is open, which leaves nothing to doubt."""
        for one in below(record):
            if one is not record.end and one is not getattr(record, "length", None):
                yield from self._walk(one, _Way(_STRICT, False, guards))

    def _length(self, length: Length | Record, guards: tuple[Record, ...]) -> Iterator[Told]:
        """A length that is a value: what leaves it open, and that it is none where it is known."""
        if isinstance(length, Length) or not isinstance(length.type, NumberType):
            return
        yield from self._walk(length, _Way(_STRICT, False, guards))
        ends = (("<", Fraction(0)), (">", longest(length.type.unit)))
        outside = (Compare(sign, length, Constant(end, length.type), _TRUTH) for sign, end in ends)
        yield Told(Gap("", NO_LENGTH, *_called(length, "length")), _all(*guards, Logic("or", tuple(outside), _TRUTH)))

    def _logic(self, record: Logic, way: _Way) -> Iterator[Told]:
        """`and` in `and` is open where its whole is; where `or` stands in `and`, it must be open itself."""
        operator = _OPPOSITE[record.operator] if way.negative else record.operator
        guards = way.guards if way.operator in {"", operator} else (*way.guards, IsKnown(record, False, _TRUTH))
        for one in record.operands:
            yield from self._walk(one, _Way(operator, way.negative, guards))

    # --- fields -------------------------------------------------------------------------------------------

    def _field(self, value: FieldValue, guards: tuple[Record, ...], *, always: bool) -> Iterator[Told]:
        """A field without a value, or a step on the way to it that can't be taken."""
        before: tuple[Record, ...] = guards
        for index, step in enumerate(value.steps):
            via = FieldValue(value.scope, value.steps[:index], step.via, TextType(), optional=True)
            stored = self._stored(step.via)
            if stored is None or stored.optional:
                gap = Gap("", NO_ENTITY, self._entity(step.via, step.name), step.via.table)
                yield Told(gap, _all(*before, IsKnown(via, False, _TRUTH)), always)
            key = Column(step.table, self._keys.get(step.table, (step.via.name,))[0])
            reached = FieldValue(value.scope, value.steps[: index + 1], key, TextType(), optional=True)
            gap = Gap("", NOT_LINKED, self._entity(step.via, step.name), step.via.table)
            yield Told(gap, _all(*before, IsKnown(via, True, _TRUTH), IsFound(reached, False, _TRUTH)), always)
            before = (*guards, IsFound(reached, True, _TRUTH))
        if self._may_lack(value):
            gap = Gap("", MISSING, _path(value), value.column.table)
            yield Told(gap, _all(*before, IsKnown(value, False, _TRUTH)), always)

    def _may_lack(self, value: FieldValue) -> bool:
        """Whether the field at the end of the steps may have no value."""
        stored = self._stored(value.column)
        return stored.optional if stored is not None else value.optional

    def _stored(self, column: Column) -> StoredColumn | None:
        return self._columns.get((column.table, column.name))

    def _entity(self, column: Column, otherwise: str) -> str:
        stored = self._stored(column)
        return stored.entity if stored is not None and stored.entity else otherwise

    def _as_link(self, value: FieldValue, told: Iterable[Told]) -> Iterator[Told]:
        """Gaps of a field that identifies something: where it has no value, nothing is identified."""
        entity = self._entity(value.column, "")
        for one in told:
            is_own = one.gap.why == MISSING and bool(entity)
            yield replace(one, gap=replace(one.gap, why=NO_ENTITY, of=entity)) if is_own else one

    # --- lookups ------------------------------------------------------------------------------------------

    def _lookup(self, lookup: Lookup, guards: tuple[Record, ...]) -> Iterator[Told]:
        yield from self._links(lookup)
        yield from self._doubt(lookup, guards)
        yield from self._left_out(lookup, guards)
        if lookup_row(lookup.function).never_missing:
            return
        linked = tuple(IsKnown(outer, True, _TRUTH) for _, outer in lookup.links)
        lacking, matched = IsKnown(lookup, False, _TRUTH), _existence(lookup)
        named = self._named(lookup)
        none = Told(Gap("", NO_RECORD, lookup.table, lookup.table), _all(*guards, *linked, lacking))
        if lookup.amount is not None:
            yield replace(none, when=_all(none.when, Negation(matched, _TRUTH)))
            below = Gap("", NOT_REACHED, lookup.table, lookup.table)
            # A record in doubt might have reached it; the total of those that match is not enough all the same.
            open_ = Logic("or", (lacking, IsKnown(lacking, False, _TRUTH)), _TRUTH)
            yield Told(below, _all(*guards, matched, open_))
        elif named:
            enough = _reaching(lookup)
            yield replace(none, when=_all(none.when, IsKnown(matched, True, _TRUTH), Negation(enough, _TRUTH)))
            yield Told(Gap("", MISSING, f"{lookup.table}.{named}", lookup.table), _all(*guards, enough, lacking))
        else:
            yield none

    def _left_out(self, lookup: Lookup, guards: tuple[Record, ...]) -> Iterator[Told]:
        """A value of one of the records that match is missing, and is left out of those that are brought together."""
        value = lookup.expression
        if value is None or not lookup_row(lookup.function).leaves_out or not self._may_doubt(value):
            return
        if lookup.where is not None and IsKnown(value, True, _TRUTH) in demands(lookup.where):
            return
        lacking = IsKnown(value, False, _TRUTH)
        where = lacking if lookup.where is None else _all(lookup.where, lacking)
        matched = (*guards, _existence(replace(lookup, where=where)))
        seen = tuple(dict.fromkeys(seen_from_inside(replace(lookup, where=value))))
        for one in seen:
            yield from self._field(one, matched, always=False)
        named = self._named(lookup)
        if named:
            known = (IsKnown(one, True, _TRUTH) for one in seen if one.optional)
            yield Told(Gap("", MISSING, f"{lookup.table}.{named}", lookup.table), _all(*matched, *known))

    def _links(self, lookup: Lookup) -> Iterator[Told]:
        """A record without the entity it is to be linked by is counted always: its lookup is answered, by no record."""
        for _, outer in lookup.links:
            value = _opened(outer)
            if isinstance(value, FieldValue):
                yield from self._as_link(value, self._field(value, (), always=True))

    def _doubt(self, lookup: Lookup, guards: tuple[Record, ...]) -> Iterator[Told]:
        """A lookup that found only doubt, which a missing field of the record that looks may be the reason for."""
        if lookup.where is None or not self._may_doubt(lookup.where):
            return
        doubt = (*guards, IsKnown(_existence(lookup), False, _TRUTH))
        seen = tuple(dict.fromkeys(seen_from_inside(lookup)))
        for value in seen:
            yield from self._field(value, doubt, always=False)
        known = (IsKnown(value, True, _TRUTH) for value in seen if value.optional)
        yield Told(Gap("", DOUBTFUL, lookup.table, lookup.table), _all(*doubt, *known))

    def _may_doubt(self, where: Record) -> bool:
        return any(
            (isinstance(one, FieldValue) and (bool(one.steps) or self._may_lack(one)))
            or (isinstance(one, Lookup) and not lookup_row(one.function).never_missing)
            for one in parts(where)
        )

    def _named(self, lookup: Lookup) -> str:
        """The field that a lookup takes and that may have no value; empty if there is none."""
        if lookup.expression is None:
            return ""
        found = (one for one in parts(lookup.expression) if isinstance(one, FieldValue) and one.scope == 0)
        return next((_path(one) for one in found if one.steps or self._may_lack(one)), "")


def _joined(first: Told, second: Told) -> Told:
    """Both conditions under one gap; one that counts always holds wherever the same field matters."""
    if first.always is not second.always:
        return first if first.always else second
    return first if first.when == second.when else replace(first, when=Logic("or", (first.when, second.when), _TRUTH))


def _existence(lookup: Lookup) -> Lookup:
    """Whether any record matches a lookup."""
    return replace(lookup, function="any", expression=None, by=(), position=1, type=_TRUTH, amount=None)


def _reaching(lookup: Lookup) -> Record:
    """Whether so many records match a lookup that there is one at its place."""
    existence = _existence(lookup)
    if lookup.position == 1:
        return existence
    number = NumberType(Form.NUMBER, ONE, integral=True)
    return Compare(
        ">=", replace(existence, function="count", type=number), Constant(Fraction(lookup.position), number), _TRUTH
    )


def _all(*conditions: Record) -> Record:
    return conditions[0] if len(conditions) == 1 else Logic("and", conditions, _TRUTH)


def _path(value: FieldValue) -> str:
    return ".".join([*(step.name for step in value.steps), value.column.name])


def _called(value: Record, otherwise: str) -> tuple[str, str]:
    """The name that a value goes by, and its table where it is a field."""
    match value:
        case FieldValue():
            return _path(value), value.column.table
        case Defined(name=name):
            return name, ""
    return otherwise, ""


def _opened(record: Record) -> Record:
    while isinstance(record, Defined):
        record = record.body
    return record
