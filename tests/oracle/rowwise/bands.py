"""The band that a value lies in, and what bands are called."""

from fractions import Fraction

from acmspec.formula.tree import Age, Between, Formula, Name
from acmspec.spec.tree import Definition
from rowwise.days import ONE_DAY
from rowwise.numerals import before, fixed, plain
from rowwise.tables import Value
from rowwise.units import SIZES
from rowwise.world import World


def band(world: World, definition: Definition, here: Value) -> Value:
    """The label of a value's band; none below the first edge."""
    if here is None:
        return None
    size = SIZES.get(_unit(world, definition.formula.tree, definition.of.value) or "", 1)
    passed = [edge for edge in _edges(definition, size) if edge <= here]
    return labels(world, definition)[len(passed) - 1] if passed else None


def _edges(definition: Definition, size: int) -> list[Value]:
    """The edges; a bare one is in the unit of the value, which has so many of the smallest unit of its family."""
    return [_edge(one.tree, size) for one in definition.bands.edges]


def _edge(literal: Formula, size: int) -> Value:
    if not hasattr(literal, "amount"):
        return literal.value
    return literal.amount.value * (size if literal.amount.written == "number" else 1)


def labels(world: World, definition: Definition) -> list[str]:
    """What the bands are called, in order."""
    if definition.bands.labels:
        return [one.value for one in definition.bands.labels]
    unit = _unit(world, definition.formula.tree, definition.of.value)
    size = SIZES.get(unit or "", 1)
    edges = [edge / size if isinstance(edge, Fraction) else edge for edge in _edges(definition, size)]
    pairs = list(zip(edges, [*edges[1:], None], strict=True))
    sign = before(world.spec.contract.currency)
    return [_label(first, following, unit, sign) for first, following in pairs]


def _label(first: Value, following: Value, unit: str | None, sign: str) -> str:
    if not isinstance(first, Fraction):
        return f"{first} and after" if following is None else f"{first} to {following - ONE_DAY}"
    if following is None:
        return f"{_counted(first, unit, sign)} and over"
    if unit in {None, "$", "hour", "minute", "week"}:
        return f"{_counted(first, '$' if unit == '$' else '', sign)} to under {_counted(following, unit, sign)}"
    if following - first == 1:
        return _counted(first, unit, sign)
    return f"{plain(first)} to {_counted(following - 1, unit, sign)}"


def _counted(number: Fraction, unit: str | None, sign: str) -> str:
    if unit == "$":
        whole = f"{sign}{int(number):,}"
        return whole if number.denominator == 1 else f"{whole}{fixed(number % 1, 2)[1:]}"
    if not unit:
        return plain(number)
    return f"{plain(number)} {unit}{'' if number == 1 else 's'}"


def _unit(world: World, formula: Formula, table: str) -> str | None:
    """The unit of whole numbers ("" if they have none), "$" for money, None for numbers that are not whole."""
    if isinstance(formula, Age):
        return "year"
    if isinstance(formula, Between):
        return formula.unit
    if isinstance(formula, Name):
        fields = {one.name.value: one for one in world.table(table).fields}
        kind = fields[formula.parts[0]].type if formula.parts[0] in fields else ""
        return {"money": "$", "integer": ""}.get(kind)
    return None
