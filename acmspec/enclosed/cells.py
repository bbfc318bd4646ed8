"""The texts of enclosed cells as exact numbers, days and names of periods, by the rules that data cells have."""

import re
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Every
from acmspec.ground.pattern import pattern

_NUMBERS = {
    "integer": pattern(r"[+-]?[0-9]{1,18}"),
    "decimal": pattern(r"[+-]?([0-9]{1,18}([.][0-9]{1,10})?|[.][0-9]{1,10})"),
    "money": pattern(r"([+-]?[$]?|[$][+-])([0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5})([.][0-9]{1,10})?"),
}
_PERIODS = {
    Every.MONTH: pattern(r"[0-9]{4}-(0[1-9]|1[0-2])"),
    Every.QUARTER: pattern(r"[0-9]{4}-Q[1-4]"),
    Every.YEAR: pattern(r"[0-9]{4}"),
    Every.FISCAL_QUARTER: pattern(r"FY[0-9]{4}-Q[1-4]"),
    Every.FISCAL_YEAR: pattern(r"FY[0-9]{4}"),
}
EXAMPLES = {
    Every.MONTH: "2025-07",
    Every.QUARTER: "2025-Q3",
    Every.YEAR: "2025",
    Every.FISCAL_QUARTER: "FY2026-Q1",
    Every.FISCAL_YEAR: "FY2026",
}
"""How a period of each kind is written."""
_DAY = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def number(text: str, kind: str) -> Fraction | None:
    """The exact number of a cell, None if it is none of its kind."""
    if not _NUMBERS[kind].fullmatch(text):
        return None
    return Fraction(text.replace("$", "").replace(",", ""))


def day(text: str) -> date | None:
    """The day of a cell, None if it is none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_period(text: str, every: Every) -> bool:
    """Whether a cell names a period of a kind as results do."""
    return _PERIODS[every].fullmatch(text) is not None and not re.match("(FY)?0000", text)
