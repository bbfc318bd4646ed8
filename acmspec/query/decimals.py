"""How many digits may stand after the point of a number that is calculated; knows no engine and no data."""

from fractions import Fraction

from acmspec.program.record import Arithmetic, Conditional, Constant, Converted, Defined, FieldValue, Lookup, Record
from acmspec.program.types import NumberType
from acmspec.query.scales import scale

IN_A_CELL = 10
"""The most that a cell of a valid record has."""
_NONE_ENDS = 99
"""What stands for more digits than any engine keeps."""


def most_decimals(record: Record) -> int:
    """The most digits after the point that an expression's value can have, whatever the records hold."""
    match record:
        case FieldValue(type=NumberType(integral=False)):
            return IN_A_CELL
        case Constant(value=Fraction() as value):
            return _decimals(value * scale(record.type))
        case Defined():
            return most_decimals(record.body)
        case Conditional():
            return max(most_decimals(record.then), most_decimals(record.otherwise))
        case Arithmetic(operator="*"):
            return most_decimals(record.left) + most_decimals(record.right)
        case Arithmetic():
            return max(most_decimals(record.left), most_decimals(record.right))
        case Converted():
            by = record.factor * scale(record.type) / scale(record.operand.type)
            return most_decimals(record.operand) + _decimals(by)
        case Lookup() if record.expression is not None:
            return most_decimals(record.expression)
        case _:
            return 0


def _decimals(value: Fraction) -> int:
    found = 0
    while (value * 10**found).denominator != 1:
        found += 1
        if found == _NONE_ENDS:
            break
    return found
