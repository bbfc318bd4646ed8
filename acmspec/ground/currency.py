"""Currencies: the signs that stand for some of them; every other is written by the three letters of its code."""

from collections.abc import Mapping
from types import MappingProxyType

SIGNS: Mapping[str, str] = MappingProxyType({"USD": "$", "EUR": "€", "GBP": "£"})
"""The sign of a currency by its code."""

CODES: Mapping[str, str] = MappingProxyType({sign: code for code, sign in SIGNS.items()})
"""What a sign stands for."""


def before(currency: str) -> str:
    """What stands before an amount of money: `$` for USD, the code and a blank where there is no sign for it."""
    return SIGNS.get(currency, f"{currency} ")
