"""Whether two conditions can be seen to exclude each other without any data; knows nothing of what they are for."""

from acmspec.program.demands import demands
from acmspec.program.possible import answers, pieces, subjects
from acmspec.program.record import Compare, Constant, FieldValue, IsKnown, Negation, OneOf, Record
from acmspec.program.types import BooleanType


def apart(one: Record, two: Record) -> bool:
    """Whether no record can meet both, as far as their wording shows: other values of one thing, or the opposite."""
    return _never_both(one, two) or any(_opposed(left, right) for left in demands(one) for right in demands(two))


def _never_both(one: Record, two: Record) -> bool:
    """Whether no value of one thing that both speak of meets both, such as a score below 5 and one of 5 or more."""
    asked = subjects([one, two])
    return any(
        not any(True in answers(one, piece) and True in answers(two, piece) for piece in pieces(of, named))
        for of, named in asked.items()
    )


def _opposed(one: Record, two: Record) -> bool:
    for first, second in ((one, two), (two, one)):
        if isinstance(first, Negation) and _same(first.operand, second):
            return True
        if isinstance(first, IsKnown) and not first.known and _needs(second, first.operand):
            return True
    mine, others = _codes(one), _codes(two)
    return mine is not None and others is not None and mine[0] == others[0] and not mine[1] & others[1]


def _same(one: Record, two: Record) -> bool:
    """Whether two conditions are one, definitions opened."""
    return demands(one)[0] == demands(two)[0]


def _needs(condition: Record, value: Record) -> bool:
    """Whether a condition can be met only where a value is known."""
    codes = _codes(condition)
    known = isinstance(condition, IsKnown) and condition.known and condition.operand == value
    return known or (codes is not None and codes[0] == value) or condition == value


def _codes(condition: Record) -> tuple[Record, frozenset[object]] | None:
    """The value that a condition asks to be one of some codes, and these; None if it asks something else."""
    match condition:
        case OneOf(operand=operand, values=values):
            return operand, frozenset(values)
        case Compare(operator="=", left=left, right=Constant(value=value)):
            return left, frozenset((value,))
        case Compare(operator="=", left=Constant(value=value), right=right):
            return right, frozenset((value,))
        case FieldValue(type=BooleanType()):
            return condition, frozenset((True,))
        case Negation(operand=FieldValue(type=BooleanType()) as field):
            return field, frozenset((False,))
        case _:
            return None
