"""What a formula comes to for one record: true, false, a number, a date, a text, or None for unknown.

Each kind of formula is read by one function, marked with `reads`; those of time, spans and lookups stand in files of
their own.
"""

from collections.abc import Callable
from fractions import Fraction

from acmspec.formula.tree import Binary, Day, Formula, Found, If, In, Name, Negative, Not, Number, Text, Truth
from rowwise.bands import band
from rowwise.periods import Stretch
from rowwise.tables import Row, Value
from rowwise.units import SIZES
from rowwise.world import Here, follow, place

Reader = Callable[[Here, Formula], Value]
_READERS: dict[type, Reader] = {}


def reads(*kinds: type) -> Callable[[Reader], Reader]:
    """Marks the one that reads these kinds of formulas."""

    def mark(reader: Reader) -> Reader:
        _READERS.update(dict.fromkeys(kinds, reader))
        return reader

    return mark


def value(here: Here, formula: Formula) -> Value:
    """The value of a formula, None for unknown."""
    return _READERS[type(formula)](here, formula)


def named(here: Here, row: Row | None, name: str) -> Value:
    """A field or a definition of a record."""
    if row is None:
        return None
    if name in row.values:
        known, unit = row.values[name], here.world.unit(row.table, name)
        return known if known is None or unit is None else known * SIZES.get(unit, 1)
    definition = here.world.definition(name, row.table)
    if definition is not None:
        known = value(here.on(row), definition.formula.tree)
        return known if definition.bands is None else band(here.world, definition, known)
    return row.values[here.world.entity_field(row.table, name) or ""]


def along(here: Here, path: str) -> Value:
    """A path of names with points between them, from the record at hand."""
    return named(here, *follow(here.world, here.row, tuple(path.split("."))))


@reads(Name)
def _name(here: Here, formula: Name) -> Value:
    return named(here, *place(here, formula.parts))


@reads(Number)
def _number(_: Here, formula: Number) -> Value:
    return formula.amount.value


@reads(Text, Day, Truth)
def _literal(_: Here, formula: Text | Day | Truth) -> Value:
    return formula.value


@reads(Not)
def _not(here: Here, formula: Not) -> Value:
    truth = value(here, formula.operand)
    return None if truth is None else not truth


@reads(Negative)
def _negative(here: Here, formula: Negative) -> Value:
    number = value(here, formula.operand)
    return None if number is None else -number


@reads(If)
def _if(here: Here, formula: If) -> Value:
    truth = value(here, formula.condition)
    return None if truth is None else value(here, formula.then if truth else formula.otherwise)


@reads(Found)
def _found(here: Here, formula: Found) -> Value:
    """Whether all steps of a path lead to a record."""
    return place(here, (*formula.path.parts, ""))[0] is not None


@reads(Binary)
def _binary(here: Here, formula: Binary) -> Value:
    return operated(formula.operator, value(here, formula.left), value(here, formula.right))


def operated(operator: str, left: Value, right: Value) -> Value:
    """Two values and an operator; three answers to `and` and `or`."""
    if operator == "and":
        return False if left is False or right is False else None if left is None or right is None else True
    if operator == "or":
        return True if left is True or right is True else None if left is None or right is None else False
    if left is None or right is None:
        return None
    left, right = _years(left, right)
    return {
        "=": lambda: left == right,
        "!=": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
        "+": lambda: left + right,
        "-": lambda: left - right,
        "*": lambda: left * right,
    }[operator]()


def _years(left: Value, right: Value) -> tuple[Value, Value]:
    """A whole number beside a year is the year of that number."""
    if isinstance(left, Stretch) and isinstance(right, Fraction):
        return Fraction(left.year), right
    if isinstance(right, Stretch) and isinstance(left, Fraction):
        return left, Fraction(right.year)
    return left, right


@reads(In)
def _in(here: Here, formula: In) -> Value:
    wanted = value(here, formula.operand)
    if wanted is None:
        return None
    choices = _choices(here, formula.choices)
    if any(operated("=", wanted, one) for one in choices):
        return True
    return None if None in choices else False


def _choices(here: Here, choices: Name | tuple[Formula, ...]) -> list[Value]:
    if isinstance(choices, Name):
        found = next(one for one in here.world.spec.lists if one.name.value == choices.parts[0])
        return [code.value for code in found.codes]
    return [value(here, one) for one in choices]
