"""Two values in one unit, where their units are of one family, so that they can be compared, added and divided.

A length that is written out takes the unit of the other side; of two others, the larger unit turns into the smaller.
A whole number beside a year is a year. What can't be brought together is left as it is, for `typing_rules` to refuse.
"""

from dataclasses import replace
from datetime import MAXYEAR, date
from fractions import Fraction

from acmspec.ground.calendar import Every, add_months
from acmspec.ground.exact import ONE, Unit
from acmspec.program.record import Constant, Converted, Record
from acmspec.program.tree import Group, GroupArithmetic, GroupConstant
from acmspec.program.types import Form, NumberType, PeriodType, Type
from acmspec.program.units import YEAR, factor

_YEARS = frozenset({Every.YEAR, Every.FISCAL_YEAR})


def records_alike(left: Record, right: Record) -> tuple[Record, Record]:
    """Two values of one record, in one unit where that is possible."""
    if isinstance(left.type, PeriodType) or isinstance(right.type, PeriodType):
        return _as_year(left, right.type), _as_year(right, left.type)
    units = _different(left.type, right.type)
    if units is None:
        return left, right
    one, two = units
    if isinstance(right, Constant) and (found := _restated(right, one)) is not None:
        return left, found
    if isinstance(left, Constant) and (found := _restated(left, two)) is not None:
        return found, right
    if _times(one, two) > 1:
        return in_unit(left, two), right
    return left, in_unit(right, one)


def restated(literal: Constant, beside: Type) -> Constant:
    """A value that is written out, as it is stated beside values of a type; itself where it can't be."""
    found = _as_year(literal, beside)
    if isinstance(beside, NumberType) and _different(literal.type, beside) is not None:
        found = _restated(literal, beside.unit) or literal
    return found if isinstance(found, Constant) else literal


def in_unit(found: Record, unit: Unit) -> Record:
    """A length of time in another unit of its family."""
    if not isinstance(found.type, NumberType) or found.type.unit == unit:
        return found
    by = _times(found.type.unit, unit)
    return Converted(found, by, replace(found.type, unit=unit, integral=found.type.integral and by.denominator == 1))


def groups_alike(left: Group, right: Group) -> tuple[Group, Group]:
    """Two values of a group, in one unit where that is possible."""
    units = _different(left.type, right.type)
    if units is None:
        return left, right
    one, two = units
    if isinstance(right, GroupConstant):
        return left, _of_group(right, one)
    if isinstance(left, GroupConstant) or _times(one, two) > 1:
        return _of_group(left, two), right
    return left, _of_group(right, one)


def _of_group(found: Group, unit: Unit) -> Group:
    if not isinstance(found.type, NumberType):
        return found
    by = _times(found.type.unit, unit)
    kind = replace(found.type, unit=unit, integral=False)
    if isinstance(found, GroupConstant):
        return GroupConstant(found.value * by, kind)
    return GroupArithmetic("*", found, GroupConstant(by, NumberType()), kind)


def _different(one: Type, two: Type) -> tuple[Unit, Unit] | None:
    """The units of two numbers, where they are different ones of one family."""
    if not isinstance(one, NumberType) or not isinstance(two, NumberType) or one.unit == two.unit:
        return None
    return (one.unit, two.unit) if factor(one.unit, two.unit) is not None else None


def _times(one: Unit, two: Unit) -> Fraction:
    found = factor(one, two)
    if found is None:
        raise ValueError("these units are of two families")
    return found


def _restated(literal: Constant, unit: Unit) -> Constant | None:
    """A written length in another unit; None for a part of a year, whose decimals may have no end."""
    if not isinstance(literal.type, NumberType) or not isinstance(literal.value, Fraction):
        return None
    value = literal.value * _times(literal.type.unit, unit)
    if unit == YEAR and value.denominator != 1:
        return None
    return Constant(value, replace(literal.type, unit=unit, integral=value.denominator == 1))


def _as_year(found: Record, other: Type) -> Record:
    """A whole number as the year it names, where it stands beside one."""
    is_number = isinstance(found.type, NumberType) and found.type.form is Form.NUMBER and found.type.unit == ONE
    if not isinstance(other, PeriodType) or other.every not in _YEARS or not is_number:
        return found
    if not isinstance(found, Constant) or not isinstance(found.value, Fraction) or found.value.denominator != 1:
        return found
    year = int(found.value)
    if not 1 < year < MAXYEAR:
        return found
    before = 12 if other.starts > 1 else 0
    return Constant(add_months(date(year, 1, 1), other.starts - 1 - before), other)
