"""The normal form of a meaning, by which two wordings of one formula are equal; it must not know any wording.

Negations stand at the leaves, literals on the right, lists of one kind are one list, an alias is no part of a meaning.
"""

from dataclasses import fields, replace
from fractions import Fraction
from typing import Any, TypeVar, cast

from acmspec.ground.exact import ONE
from acmspec.program.lookup_rows import Find, lookup_row
from acmspec.program.record import (
    Arithmetic,
    Compare,
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
from acmspec.program.said import is_count
from acmspec.program.tree import Aggregate, Group, GroupArithmetic, GroupConstant, Population
from acmspec.program.types import BooleanType, NumberType, TextType

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TURNED = {"and": "or", "or": "and"}
_PRESENT, _ABSENT = "any", "none"

T = TypeVar("T")


def normal(meaning: T) -> T:
    """The normal form of a record or group expression, which is of the same kind."""
    found: Any = _record(meaning, negated=False) if isinstance(meaning, Record) else _inside(meaning)
    return cast(T, found)


def _inside(one: object) -> object:
    """A node with everything in it in normal form; the sets of a spec are what they are."""
    match one:
        case Population():
            return one
        case Aggregate():
            changed = {name: _inside(getattr(one, name)) for name in ("expression", "where")}
            # What must be over before a record is judged, and in which unit it counts, follows from the rest.
            return replace(one, windows=(), reaches=(), judging=None, type=NumberType(), **changed)  # type: ignore[arg-type]  # a record expression each
        case GroupArithmetic(operator, left, right):
            zero = isinstance(left, GroupConstant) and left.value == 0 and operator == "-"
            first: Any = GroupConstant(Fraction(0), NumberType()) if zero else _inside(left)
            return GroupArithmetic(operator, first, cast(Group, _inside(right)), NumberType())
        case tuple():
            return tuple(_inside(each) for each in one)
        case _ if isinstance(one, Record):
            return _record(one, negated=False)
        case _ if type(one).__module__ in _TREES:
            return replace(one, **{each.name: _inside(getattr(one, each.name)) for each in fields(one)})  # type: ignore[type-var, arg-type]
    return one


_TREES = frozenset({"acmspec.program.elsewhere", "acmspec.program.record", "acmspec.program.tree"})


def _record(record: Record, *, negated: bool) -> Record:  # noqa: C901  (one case a node that has an opposite)
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
        case Constant(value, NumberType(form, unit)) if not isinstance(value, bool):
            return Constant(value, NumberType(form, ONE if is_count(unit) else unit))
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
            found: Record = _looked(record)
        case Arithmetic(operator, left, right):
            # The unit of what is calculated follows from its parts, and that of a count from its records.
            zero = isinstance(left, Constant) and left.value == 0 and operator == "-"
            first = Constant(Fraction(0), NumberType()) if zero else _record(left, negated=False)
            found = Arithmetic(operator, first, _record(right, negated=False), NumberType())
        case Defined():
            found = record
        case _:
            inner: dict[str, Any] = {one.name: _inside(getattr(record, one.name)) for one in fields(record)}
            found = replace(record, **inner)
    return Negation(found, BooleanType()) if negated else found


def _same(record: Record, operator: str) -> tuple[Record, ...]:
    return record.operands if isinstance(record, Logic) and record.operator == operator else (record,)


def _looked(record: Lookup) -> Lookup:
    changed = {name: _inside(getattr(record, name)) for name in ("expression", "where", "by", "links")}
    if lookup_row(record.function).find is Find.COUNT:
        changed["type"] = NumberType()
    return replace(record, alias="", **changed)  # type: ignore[arg-type]  # each stays of its kind


def _compared(record: Compare, *, negated: bool) -> Record:
    left, right, operator = record.left, record.right, record.operator
    if isinstance(left, Constant) and not isinstance(right, Constant):
        left, right, operator = right, left, _MIRRORED[operator]
    if negated:
        operator = _OPPOSITE[operator]
    if isinstance(right, Constant) and isinstance(right.value, bool):
        return _record(left, negated=right.value is not (operator == "="))
    if isinstance(right, Constant) and isinstance(right.value, str):
        right = replace(right, type=TextType())
    return Compare(operator, _record(left, negated=False), _record(right, negated=False), record.type)
