"""Which unit of time a number is said in; inside it is kept in the smallest unit of its family."""

from fractions import Fraction

from acmspec.formula.tree import (
    Age,
    Between,
    Binary,
    Call,
    DaysIn,
    Each,
    Formula,
    If,
    Name,
    Negative,
    Number,
    OutOf,
    PeriodValue,
    Sliced,
)
from rowwise.world import World

SIZES = {"second": 1, "minute": 60, "hour": 3600, "day": 1, "week": 7, "month": 1, "quarter": 3, "year": 12}
"""How many of the smallest unit of its family each unit has."""


FAMILIES = ({"second", "minute", "hour"}, {"day", "week"}, {"month", "quarter", "year"})


def size(world: World, formula: Formula) -> Fraction:
    """What a group's figure is divided by to be said in its unit. Like units divide to a ratio."""
    if isinstance(formula, Sliced):
        return size(world, formula.inner)
    if isinstance(formula, Name):
        return Fraction(1) if world.figure(formula.parts[0]) is None else size(world, world.figure(formula.parts[0]))
    if isinstance(formula, OutOf) or getattr(formula, "operator", "") == "/":
        top, bottom = _halves(formula)
        units = {of(world, top, None), of(world, bottom, None)}
        return Fraction(1) if any(units <= one for one in FAMILIES) else size(world, top) / size(world, bottom)
    return Fraction(SIZES.get(of(world, formula, None) or "", 1))


def sizes(world: World, formula: Formula) -> tuple[Fraction, Fraction]:
    """The same for what stands above and below in a figure."""
    if isinstance(formula, OutOf) or getattr(formula, "operator", "") == "/":
        top, bottom = _halves(formula)
        return size(world, top), size(world, bottom)
    if not isinstance(formula, Call) or formula.over.weight is None:
        return size(world, formula), Fraction(1)
    weight = Fraction(SIZES.get(of(world, formula.over.weight, world.base(formula.over.name)) or "", 1))
    return size(world, formula) * weight, weight


def _halves(formula: Binary | OutOf) -> tuple[Formula, Formula]:
    return (formula.numerator, formula.denominator) if isinstance(formula, OutOf) else (formula.left, formula.right)


def of(world: World, formula: Formula, table: str | None) -> str | None:  # noqa: C901  (one case a node)
    """The unit of time of a number of a record of a table, or of a group; none if it is no time, or a literal."""
    match formula:
        case Between(unit):
            return unit
        case Age():
            return "year"
        case DaysIn() | PeriodValue("length of period"):
            return "day"
        case Negative(operand):
            return of(world, operand, table)
        case If(_, one, other) | Binary("+" | "-" | "*", one, other):
            found = _smaller(of(world, one, table), of(world, other, table))
            return found or (_written(one) if isinstance(formula, If) else None)
        case Binary("/", top, bottom):
            return of(world, top, table) if of(world, bottom, table) is None else None
        case Sliced(inner):
            return of(world, inner, table)
        case Each(function="share" | "count" | "rank" | "longest run"):
            return None
        case Each(expression=expression):
            return of(world, expression, table)
        case Name(names):
            return _of_name(world, names, table)
        case Call(expression=None) | Call(distinct=True) | Call(function="share"):
            return None
        case Call(expression=expression):
            return of(world, expression, world.base(formula.over.name))
    return None


def _of_name(world: World, names: tuple[str, ...], table: str | None) -> str | None:
    if table is None:
        return None if world.figure(names[0]) is None else of(world, world.figure(names[0]), None)
    owner = table if len(names) == 1 else world.keyed_by(names[-2]) or table
    own = world.unit(owner, names[-1])
    if own is not None:
        return own
    meant = world.definition(names[-1], owner)
    return None if meant is None else of(world, meant.formula.tree, owner)


def _written(formula: Formula) -> str | None:
    """The unit of a length that is written out, where nothing else gives it one."""
    is_length = isinstance(formula, Number) and formula.amount.written == "duration"
    return formula.amount.unit.factors[0][0] if is_length else None


def _smaller(one: str | None, other: str | None) -> str | None:
    return min((unit for unit in (one, other) if unit is not None), key=lambda unit: SIZES.get(unit, 1), default=None)
