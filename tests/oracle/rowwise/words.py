"""The printed text of a figure."""

from collections.abc import Callable
from fractions import Fraction

from acmspec.formula.tree import Binary, Call, Each, Formula, If, Name, Negative, OutOf, Sliced
from acmspec.spec.tree import Metric
from rowwise import units
from rowwise.numerals import before, fixed
from rowwise.world import World

NO_MONEY = {"count", "share", "rank", "longest run"}


def form(world: World, formula: Formula) -> str:
    """Whether a figure is a "share", printed as a percentage, a difference of shares in "points", or a "number"."""
    match formula:
        case Name(names):
            return "number" if world.figure(names[0]) is None else form(world, world.figure(names[0]))
        case Sliced(inner) | If(then=inner):
            return form(world, inner)
        case OutOf() | Call(function="share") | Each(function="share"):
            return "share"
        case Each(function="average" | "median" | "lowest" | "highest" | "percentile", expression=inner):
            return form(world, inner)
        case Each(function="range", expression=inner):
            return "number" if form(world, inner) == "number" else "points"
        case Negative(operand):
            return "points" if form(world, operand) in {"share", "points"} else "number"
        case Binary("-", left, right):
            forms = form(world, left), form(world, right)
            return "points" if forms == ("share", "share") else forms[1] if "points" not in forms else "points"
        case Binary("+", left, right):
            return max(form(world, left), form(world, right), key=["number", "points", "share"].index)
    return "number"


def printed(world: World, metric: Metric, number: Fraction) -> str:
    """The printed text of a result."""
    decimals = metric.decimals.value
    kind = form(world, metric.formula.tree)
    if kind != "number":
        return f"{fixed(number * 100, decimals)}{'%' if kind == 'share' else ' points'}"
    text = fixed(number, decimals)
    whole, point, rest = text.lstrip("-").partition(".")
    grouped = f"{int(whole):,}{point}{rest}"
    sign = "-" if text.startswith("-") else ""
    if is_money(world, metric.formula.tree):
        return f"{sign}{before(world.spec.contract.currency)}{grouped}"
    unit = (units.of(world, metric.formula.tree, None) or "").partition(" of ")[0]
    return f"{sign}{grouped}" + (f" {unit}{'' if sign + grouped == '1' else 's'}" if unit else "")


def is_money(world: World, formula: Formula) -> bool:
    """Whether a figure is a sum of money (of the contract's currency)."""
    if isinstance(formula, Name):
        inner = world.figure(formula.parts[0])
        named = [one for one in world.spec.figures if one.name.value == formula.parts[0]]
        return named[0].type == "money" if inner is None else is_money(world, inner)
    if isinstance(formula, Sliced | If | Each):
        inner = {Sliced: "inner", If: "then", Each: "expression"}[type(formula)]
        return is_money(world, getattr(formula, inner)) and getattr(formula, "function", "") not in NO_MONEY
    if isinstance(formula, Binary) and formula.operator == "/":
        return is_money(world, formula.left) and not is_money(world, formula.right)
    if isinstance(formula, Binary):
        return is_money(world, formula.left) or is_money(world, formula.right)
    if not isinstance(formula, Call) or formula.function == "count" or formula.expression is None:
        return False
    return _holds(world, formula.expression, world.base(formula.over.name), is_money_field)


def is_money_field(here: Formula | object) -> bool:
    return getattr(here, "type", None) == "money"


def _holds(world: World, formula: Formula, table: str, wanted: Callable[[object], bool]) -> bool:
    """Whether a record's figure is made of something wanted."""
    if isinstance(formula, Name) and len(formula.parts) == 1:
        definition = world.definition(formula.parts[0], table)
        if definition is not None:
            return _holds(world, definition.formula.tree, table, wanted)
        return any(one.name.value == formula.parts[0] and wanted(one) for one in world.table(table).fields)
    if isinstance(formula, Binary):
        return any(_holds(world, one, table, wanted) for one in (formula.left, formula.right))
    if isinstance(formula, Call) and formula.over is not None and formula.expression is not None:
        of_money = formula.function not in NO_MONEY | {"any"}
        return of_money and _holds(world, formula.expression, world.base(formula.over.name), wanted)
    return wanted(formula)
