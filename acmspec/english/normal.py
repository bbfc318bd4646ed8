"""The normal form of a meaning, by which two wordings of one formula are equal; it must not know any wording.

Negations stand at the leaves, literals on the right, lists of one kind are one list, a negative number is one literal,
an alias is no part of a meaning.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any, TypeVar, cast

from acmspec.english.parts import as_number, reduced
from acmspec.ground.exact import ONE, Unit
from acmspec.program.elsewhere import Pooled
from acmspec.program.group import ForEach, GroupCompare, GroupKnown, GroupLogic, GroupNegation, MetricUse, Slice
from acmspec.program.lookup_rows import Find, lookup_row
from acmspec.program.record import (
    Arithmetic,
    Compare,
    Conditional,
    Constant,
    Defined,
    IsFound,
    IsKnown,
    Logic,
    Lookup,
    Negation,
    OneOf,
    Record,
)
from acmspec.program.relocate import is_meaning
from acmspec.program.said import is_count
from acmspec.program.tree import Aggregate, Dimension, Group, GroupArithmetic, GroupConstant, GroupDefined, Population
from acmspec.program.types import BooleanType, Form, NumberType, TextType

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TURNED = {"and": "or", "or": "and"}
_PRESENT, _ABSENT = "any", "none"
_NOTHING = GroupConstant(Fraction(0), NumberType())

T = TypeVar("T")


def normal(meaning: T) -> T:
    """The normal form of a record or group expression, which is of the same kind."""
    found: Any = _record(meaning, negated=False) if isinstance(meaning, Record) else _inside(meaning)
    return cast(T, found)


def _inside(one: object) -> object:
    """A node with everything in it in normal form; a set of the spec is what it is, but for how its records come in."""
    match one:
        case Population(replaced=True, dated=dated, member=member):
            return replace(one, dated=_inside(dated), member=_inside(member))  # type: ignore[arg-type]  # of their kind
        case Population():
            return one
        case tuple():
            return tuple(_inside(each) for each in one)
        case _ if isinstance(one, Record):
            return _record(one, negated=False)
        case _ if isinstance(one, Group):
            return _group(one, negated=False)
        case _ if is_meaning(one):
            return _each_part(one)
    return one


def _each_part(one: T, **changed: object) -> T:
    found = {each.name: _inside(getattr(one, each.name)) for each in fields(one)}  # type: ignore[arg-type]  # a node
    return replace(one, **(found | changed))  # type: ignore[type-var]  # a node


# --- groups ---------------------------------------------------------------------------------------------------


def _group(one: Group, *, negated: bool) -> Group:  # noqa: C901  (one case a node whose form can differ)
    one = as_number(one)
    match one:
        case GroupNegation(operand):
            return _group(operand, negated=not negated)
        case GroupLogic(operator):
            turned = _TURNED[operator] if negated else operator
            first, *more = _sides(one, turned, negated=negated)
            for each in more:
                first = GroupLogic(turned, first, each, one.type)
            return first
        case GroupCompare():
            return _compared_group(one, negated=negated)
        case GroupKnown(operand, known):
            return GroupKnown(_group(operand, negated=False), known is not negated, one.type)
        case Aggregate():
            # What must be over before a record is judged, and in which unit it counts, follows from the rest.
            found: Group = _each_part(one, windows=(), reaches=(), judging=None, type=NumberType())
        case GroupArithmetic(operator, left, right):
            zero = isinstance(left, GroupConstant) and left.value == 0 and operator == "-"
            first = GroupConstant(Fraction(0), NumberType()) if zero else _group(left, negated=False)
            found = GroupArithmetic(operator, first, _group(right, negated=False), NumberType())
        case ForEach(over=over):
            plain = replace(over, path="") if isinstance(over, Dimension) else over
            found = _each_part(one, judging=None, type=NumberType(), over=plain)
        case GroupConstant(value, NumberType(form, unit)):
            found = GroupConstant(value, _literal(form, unit))
        case GroupDefined(name):
            # A name means one thing, whatever it is seen among.
            found = GroupDefined(name, _NOTHING, NumberType())
        case MetricUse():
            found = replace(one, body=_NOTHING)
        case Slice(inner, Pooled(_, True)):
            found = Slice(_group(inner, negated=False), Pooled("", of_providers=True), NumberType())
        case _:
            found = _each_part(one, type=NumberType())
    return GroupNegation(found, BooleanType()) if negated else found


def _literal(form: Form, unit: Unit) -> NumberType:
    """The type of a number that is written out: what it counts is said by what it stands beside."""
    return NumberType(form, ONE if is_count(unit) else unit)


def _sides(one: Group, operator: str, *, negated: bool) -> Iterator[Group]:
    while isinstance(one, GroupNegation):
        one, negated = one.operand, not negated
    if isinstance(one, GroupLogic) and (one.operator == operator) is not negated:
        for side in (one.left, one.right):
            yield from _sides(side, operator, negated=negated)
    else:
        yield _group(one, negated=negated)


def _compared_group(one: GroupCompare, *, negated: bool) -> Group:
    left, right, operator = as_number(one.left), as_number(one.right), one.operator
    if isinstance(left, GroupConstant) and not isinstance(right, GroupConstant):
        left, right, operator = right, left, _MIRRORED[operator]
    turned = _OPPOSITE[operator] if negated else operator
    return GroupCompare(turned, _group(left, negated=False), _group(right, negated=False), one.type)


# --- records --------------------------------------------------------------------------------------------------


def _record(record: Record, *, negated: bool) -> Record:  # noqa: C901  (one case a node that has an opposite)
    record = reduced(record)
    match record:
        case Negation(operand):
            return _record(operand, negated=not negated)
        case Logic(operator, operands):
            turned = _TURNED[operator] if negated else operator
            parts = [_record(one, negated=negated) for one in operands]
            flat = [inner for one in parts for inner in _same(one, turned)]
            return Logic(turned, tuple(flat), record.type) if len(flat) > 1 else flat[0]
        case Compare():
            return _compared(record, negated=negated)
        case OneOf(operand, (single,), ""):
            return _compared(Compare("=", operand, Constant(single, operand.type), record.type), negated=negated)
        case Conditional(_, _, _, NumberType()):
            # So does that of a choice, from what can be chosen.
            found: Record = _each_part(record, type=NumberType())
        case Constant(value, NumberType(form, unit)) if not isinstance(value, bool):
            return Constant(value, _literal(form, unit))
        case IsKnown(operand, known):
            return IsKnown(_record(operand, negated=False), known is not negated, record.type)
        case IsFound(path, is_found):
            return IsFound(path, is_found is not negated, record.type)
        case Constant(bool() as value) if negated:
            return Constant(not value, record.type)
        case Lookup(function) if lookup_row(function).is_question:
            absent = (lookup_row(function).find is Find.ABSENCE) is not negated
            return _looked(replace(record, function=_ABSENT if absent else _PRESENT))
        case Lookup():
            found = _looked(record)
        case Arithmetic(operator, left, right):
            # The unit of what is calculated follows from its parts, and that of a count from its records.
            zero = isinstance(left, Constant) and left.value == 0 and operator == "-"
            first = Constant(Fraction(0), NumberType()) if zero else _record(left, negated=False)
            found = Arithmetic(operator, first, _record(right, negated=False), NumberType())
        case Defined():
            found = record
        case _:
            found = _each_part(record)
    return Negation(found, BooleanType()) if negated else found


def _same(record: Record, operator: str) -> tuple[Record, ...]:
    return record.operands if isinstance(record, Logic) and record.operator == operator else (record,)


def _looked(record: Lookup) -> Lookup:
    changed = {name: _inside(getattr(record, name)) for name in ("expression", "where", "by", "links")}
    if lookup_row(record.function).find is Find.COUNT:
        changed["type"] = NumberType()
    # Whether it waits for the end of the period is said where a clause says what must be over, not in the condition.
    return replace(record, alias="", bound=False, **changed)  # type: ignore[arg-type]  # each stays of its kind


def _compared(record: Compare, *, negated: bool) -> Record:
    left, right, operator = reduced(record.left), reduced(record.right), record.operator
    if isinstance(left, Constant) and not isinstance(right, Constant):
        left, right, operator = right, left, _MIRRORED[operator]
    if negated:
        operator = _OPPOSITE[operator]
    if isinstance(right, Constant) and isinstance(right.value, bool):
        return _record(left, negated=right.value is not (operator == "="))
    if isinstance(right, Constant) and isinstance(right.value, str):
        right = replace(right, type=TextType())
    return Compare(operator, _record(left, negated=False), _record(right, negated=False), record.type)
