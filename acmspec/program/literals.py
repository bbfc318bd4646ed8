"""Literals as constants: their value and type; knows nothing of names."""

from acmspec.formula.tree import Day, Number, Text, Truth
from acmspec.ground.exact import Amount
from acmspec.program.record import Constant
from acmspec.program.types import BooleanType, DateType, Form, NumberType, TextType, Type


def constant(formula: Number | Text | Day | Truth) -> Constant:
    """A literal's value and type."""
    match formula:
        case Number(amount=amount):
            return Constant(amount.value, literal_type(amount))
        case Text(value=text):
            return Constant(text, TextType())
        case Day(value=day):
            return Constant(day, DateType())
        case Truth(value=truth):
            return Constant(truth, BooleanType())


def literal_type(amount: Amount) -> Type:
    """The type of a number as an author wrote it."""
    if amount.written == "percent":
        return NumberType(Form.SHARE)
    counted = amount.written != "money" and amount.value.denominator == 1
    return NumberType(Form.NUMBER, amount.unit, integral=counted, said=amount.said)
