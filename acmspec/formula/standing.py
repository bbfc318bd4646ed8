"""A formula in which a word stands for a length of time or a condition, written out; it resolves no other name."""

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from acmspec.formula.tree import Formula, Lasts, Name, Number, Within
from acmspec.ground.calendar import Length
from acmspec.ground.exact import Amount, Unit
from acmspec.ground.source import Span

_LENGTHS = {Within: ("length", "opens"), Lasts: ("length",)}
"""Where a formula holds a length of time, and no value."""


def standing_for(formula: Formula, word: str, length: Length) -> Formula:
    """The formula with the length in place of each name that is this word alone."""
    found: Formula = _in(formula, word, length)
    return found


def filled_in(formula: Formula, word: str, condition: Formula) -> Formula:
    """The formula with a condition in place of each name that is this word alone; itself where there is none."""
    found: Formula = _with(formula, word, condition)
    return found


def _with(part: Any, word: str, condition: Formula) -> Any:
    if isinstance(part, tuple):
        some = tuple(_with(one, word, condition) for one in part)
        return some if any(one is not other for one, other in zip(some, part, strict=True)) else part
    if isinstance(part, Name) and part.parts == (word,):
        return condition
    if not is_dataclass(part) or isinstance(part, type | Span | Length | Amount):
        return part
    held = {one.name: getattr(part, one.name) for one in fields(part)}
    found = {name: changed for name, own in held.items() if (changed := _with(own, word, condition)) is not own}
    return replace(part, **found) if found else part


def _in(part: Any, word: str, length: Length) -> Any:
    """Any part of a formula; the places of what is put in are those of the word."""
    if isinstance(part, tuple):
        return tuple(_in(one, word, length) for one in part)
    if isinstance(part, Name) and part.parts == (word,):
        return Number(_amount(length), part.span)
    if not is_dataclass(part) or isinstance(part, type | Span | Length | Amount):
        return part
    lengths = _LENGTHS.get(type(part), ())
    found = {}
    for one in fields(part):
        held = getattr(part, one.name)
        is_length = one.name in lengths and isinstance(held, Name) and held.parts == (word,)
        changed = length if is_length else _in(held, word, length)
        if changed is not held:
            found[one.name] = changed
    return replace(part, **found) if found else part


def _amount(length: Length) -> Amount:
    """A length of days or months as a value."""
    number, unit = (length.months, "month") if length.months else (length.days, "day")
    return Amount(Fraction(number), "duration", Unit.of(unit))
