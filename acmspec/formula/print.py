"""A formula as canonical text, with as few parentheses as it needs; reading the text back gives the same formula."""

import re

from acmspec.formula.tree import (
    Between,
    Binary,
    Call,
    Day,
    Formula,
    Found,
    In,
    Known,
    Name,
    Negative,
    Not,
    Number,
    OutOf,
    SetUse,
    Text,
    Truth,
    Within,
)
from acmspec.ground.calendar import Length
from acmspec.ground.currency import before
from acmspec.ground.exact import Amount, fixed

_OR, _AND, _NOT, _COMPARISON, _RATIO, _SUM, _PRODUCT, _FACTOR, _PRIMARY = range(9)
"""How tightly each form of the grammar binds."""
_BINDS = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_HUNDRED = 100
_DAYS = re.compile(r"(?<![\w.])days$")


def text(formula: Formula) -> str:
    """The canonical text: one line, single blanks, double quotes unless the text has one, days and months only."""
    return _print(formula)[0]


def _print(formula: Formula) -> tuple[str, int]:  # noqa: C901  (one case a node)
    """The text of a formula and how tightly it binds."""
    match formula:
        case Name(parts):
            return ".".join(parts), _PRIMARY
        case Number(amount):
            return _amount(amount), _PRIMARY
        case Text(value):
            return _quoted(value), _PRIMARY
        case Day(value):
            return value.isoformat(), _PRIMARY
        case Truth(value):
            return ("true" if value else "false"), _PRIMARY
        case Binary(operator, left, right):
            return _binary(operator, left, right)
        case Not(In(operand, choices)):
            return f"{_at(operand, _RATIO)} not in {_choices(choices)}", _COMPARISON
        case Not(operand):
            return f"not {_at(operand, _NOT)}", _NOT
        case Negative(operand):
            # A second minus right behind the first would read as something else to a person.
            return f"-{_at(operand, _PRIMARY if isinstance(operand, Negative) else _FACTOR)}", _FACTOR
        case Known(operand, known):
            return f"{_at(operand, _RATIO)} is {'known' if known else 'missing'}", _COMPARISON
        case Found(path):
            return f"{text(path)} is found", _COMPARISON
        case In(operand, choices):
            return f"{_at(operand, _RATIO)} in {_choices(choices)}", _COMPARISON
        case Between(unit, start, end):
            return f"{unit}s from {_at(start, _PRIMARY)} to {_at(end, _PRIMARY)}", _FACTOR
        case Within(operand, _, _, anchor):
            return f"{_dated(operand, formula)} {_window(formula)} {_at(anchor, _RATIO)}", _COMPARISON
        case Call():
            return _call(formula), _PRIMARY
        case OutOf(numerator, denominator):
            return f"{_at(numerator, _SUM)} out of {_at(denominator, _SUM)}", _RATIO


def _at(formula: Formula, least: int) -> str:
    """The text of a formula where something that binds at least so tightly must stand."""
    printed, binds = _print(formula)
    return printed if binds >= least else f"({printed})"


def _binary(operator: str, left: Formula, right: Formula) -> tuple[str, int]:
    binds = _BINDS.get(operator, _COMPARISON)
    # Comparisons don't chain, so both their sides bind tighter; all others take their own kind on the left.
    left_least = _RATIO if binds == _COMPARISON else binds
    return f"{_at(left, left_least)} {operator} {_at(right, binds + 1)}", binds


def _dated(operand: Formula, window: Within) -> str:
    printed = _at(operand, _RATIO)
    # A field called `days` before `from` would read as `days from A to B`.
    return f"({printed})" if window.opens is not None and _DAYS.search(printed) else printed


def _window(window: Within) -> str:
    if window.opens is not None:
        return f"from {_length(window.opens)} to {_length(window.length)} after"
    word = "on or within" if window.inclusive else "within"
    return f"{word} {_length(window.length)} {'before' if window.before else 'after'}"


def _choices(choices: Name | tuple[Formula, ...]) -> str:
    if isinstance(choices, Name):
        return ".".join(choices.parts)
    return f"({', '.join(text(one) for one in choices)})"


def _call(call: Call) -> str:
    if call.expression is None:
        return f"{call.function}({_set(call.over)})"
    distinct = "distinct " if call.distinct else ""
    if call.given is not None:
        distinct = f"{text(call.given)}, "
    return f"{call.function}({distinct}{text(call.expression)} over {_set(call.over)})"


def _set(use: SetUse) -> str:
    words = [use.reach, use.name] if use.reach else [use.name]
    if use.alias:
        words += ["as", use.alias]
    if use.entities:
        words += ["for same", " and ".join(".".join(one.parts) for one in use.entities)]
    if use.by:
        words += ["by", ", ".join(text(one) for one in use.by)]
    if use.where is not None:
        words += ["where", text(use.where)]
    return " ".join(words)


def _amount(amount: Amount) -> str:
    if amount.written == "percent":
        return f"{fixed(amount.value * _HUNDRED, amount.decimals)}%"
    if amount.written == "money":
        ((currency, _),) = amount.unit.factors
        return before(currency) + fixed(amount.value, amount.decimals, grouped=True)
    number = fixed(amount.value, amount.decimals)
    if amount.written == "duration":
        ((unit, _),) = amount.unit.factors
        return f"{number} {unit}" if number == "1" else f"{number} {unit}s"
    return number


def _length(length: Length) -> str:
    number, unit = (length.months, "month") if length.months else (length.days, "day")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'
