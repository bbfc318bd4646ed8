"""Turns comparisons, `and`, `or`, `not`, `is known` and `if` about groups into conditions and choices."""

from acmspec.formula.tree import Binary, Formula, If, Known, Not, Number
from acmspec.ground.exact import ONE
from acmspec.program.empty_questions import Place, say_if_empty
from acmspec.program.group import GroupCompare, GroupIf, GroupKnown, GroupLogic, GroupNegation
from acmspec.program.group_reader import GroupReader
from acmspec.program.meanings import FAULTY_GROUP
from acmspec.program.said import type_words
from acmspec.program.side_by_side import groups_alike
from acmspec.program.tree import Group
from acmspec.program.types import BooleanType, ErrorType, Form, NumberType, Type
from acmspec.program.typing_rules import DIFFERENT_KINDS, Side, compared

_TRUTH = BooleanType()
RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
CONNECTIVES = frozenset({"and", "or"})


def is_condition(formula: Formula) -> bool:
    """Whether a formula asks a question by its form."""
    match formula:
        case Binary(operator=operator):
            return operator in RELATIONS or operator in CONNECTIVES
        case Not() | Known():
            return True
        case _:
            return False


def decided(formula: Formula, reader: GroupReader) -> Group:
    """The condition that `is_condition` has seen."""
    match formula:
        case Binary(operator=operator) if operator in RELATIONS:
            return _comparison(formula, reader)
        case Binary(operator=operator, left=left, right=right):
            found = GroupLogic(operator, reader.condition(left), reader.condition(right), _TRUTH)
            sides = [(left, found.left), (right, found.right)]
            say_if_empty(formula, sides, Place(reader.path, reader.meanings.findings))
            return found
        case Not(operand=operand):
            return GroupNegation(reader.condition(operand), _TRUTH)
        case Known(operand=operand, known=known):
            return GroupKnown(reader.read(operand), known, _TRUTH)
        case _:
            raise ValueError(f"{formula} is no condition")


def _comparison(formula: Binary, reader: GroupReader) -> Group:
    left, right = reader.read(formula.left), reader.read(formula.right)
    found = compared(_side(formula.left, left), _side(formula.right, right))
    if found is None:
        return GroupCompare(formula.operator, *groups_alike(left, right), _TRUTH)
    span = (formula.left, formula.right)[found.at].span
    reader.say(found.problem, span, found.message, label="wrong here", fix=found.fix)
    return FAULTY_GROUP


def chosen(formula: If, reader: GroupReader) -> Group:
    """`if C then A else B`, with numbers of one kind on both sides."""
    condition = reader.condition(formula.condition)
    then, otherwise = reader.read(formula.then), reader.read(formula.otherwise)
    then, otherwise = groups_alike(then, otherwise)
    kind = _common(then.type, otherwise.type)
    if kind is None:
        message = f"one side is {type_words(then.type)}, and the other {type_words(otherwise.type)}"
        found = compared(_side(formula.then, then), _side(formula.otherwise, otherwise))
        fix = "Let both sides be of one kind." if found is None else found.fix
        reader.say(DIFFERENT_KINDS, formula.otherwise.span, message, label="of another kind", fix=fix)
        return FAULTY_GROUP
    return GroupIf(condition, then, otherwise, kind)


def _common(one: Type, two: Type) -> Type | None:
    """The type of a value that is one or the other; None if there is none."""
    if isinstance(one, ErrorType) or isinstance(two, ErrorType):
        return ErrorType()
    if not isinstance(one, NumberType) or not isinstance(two, NumberType):
        return None
    both = one.integral and two.integral
    if one.form is two.form and one.unit == two.unit:
        return NumberType(one.form, one.unit, both)
    parts = {Form.SHARE, Form.RATIO}
    if {one.form, two.form} <= parts:
        return NumberType(Form.RATIO)
    if one.form is two.form is Form.NUMBER and ONE in {one.unit, two.unit} and _stand_together(one, two):
        return NumberType(Form.NUMBER, one.unit if two.unit == ONE else two.unit, both)
    return None


def _stand_together(one: NumberType, two: NumberType) -> bool:
    """Whether a count and a plain number stand side by side."""
    return compared(Side(one, ""), Side(two, "")) is None


def _side(formula: Formula, value: Group) -> Side:
    return Side(value.type, formula.span.text, formula.amount if isinstance(formula, Number) else None)
