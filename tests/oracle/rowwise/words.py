"""Numbers as text, by long division."""

from collections.abc import Callable
from fractions import Fraction

from acmspec.formula.tree import Between, Binary, Call, DaysIn, Formula, Name, Negative, OutOf, PeriodValue
from acmspec.spec.tree import Metric
from rowwise.world import World


def rounded_half_up(number: Fraction, decimals: int) -> Fraction:
    """To the nearest multiple of a power of ten, a tie away from zero."""
    scaled = abs(number) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    if (scaled - whole) * 2 >= 1:
        whole += 1
    return Fraction(whole, 10**decimals) * (-1 if number < 0 else 1)


def fixed(number: Fraction, decimals: int) -> str:
    number = rounded_half_up(number, decimals)
    digits = str(abs(number.numerator) * 10**decimals // number.denominator).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if number < 0 else text


def plain(number: Fraction | None) -> str:
    """A number exactly if it ends, else to fifteen significant digits; empty for none."""
    return "" if number is None else significant(number)


def significant(number: Fraction) -> str:
    """Fifteen significant digits, half up, without zeros at the end."""
    if number == 0:
        return "0"
    decimals = 15
    size = abs(number)
    while size >= 1:
        size, decimals = size / 10, decimals - 1
    while size * 10 < 1:
        size, decimals = size * 10, decimals + 1
    rounded = abs(number) * Fraction(10) ** decimals
    whole = rounded.numerator // rounded.denominator
    whole += (rounded - whole) * 2 >= 1
    exact = Fraction(whole) / Fraction(10) ** decimals
    text = fixed(exact, max(decimals, 0))
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"-{text}" if number < 0 else text


def form(world: World, formula: Formula) -> str:
    """Whether a figure is a "share", printed as a percentage, a difference of shares in "points", or a "number"."""
    match formula:
        case Name(names):
            return form(world, world.definition(names[0], None).formula.tree)
        case OutOf() | Call(function="share"):
            return "share"
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
        return f"{sign}${grouped}"
    unit = (" day" if grouped == "1" else " days") if is_days(world, metric.formula.tree) else ""
    return sign + grouped + unit


def is_days(world: World, formula: Formula) -> bool:
    """Whether a figure is a number of days."""
    if isinstance(formula, Name):
        return is_days(world, world.definition(formula.parts[0], None).formula.tree)
    if isinstance(formula, Binary) and formula.operator == "/":
        return is_days(world, formula.left) and not is_days(world, formula.right)
    if isinstance(formula, Binary):
        return is_days(world, formula.left) or is_days(world, formula.right)
    if not isinstance(formula, Call) or formula.function == "count" or formula.expression is None:
        return False
    return _holds(world, formula.expression, world.base(formula.over.name), is_between)


def is_between(here: Formula | object) -> bool:
    return isinstance(here, Between | DaysIn) or (isinstance(here, PeriodValue) and here.which == "length of period")


def is_money(world: World, formula: Formula) -> bool:
    """Whether a figure is a sum of money (of the contract's currency)."""
    if isinstance(formula, Name):
        return is_money(world, world.definition(formula.parts[0], None).formula.tree)
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
    return wanted(formula)
