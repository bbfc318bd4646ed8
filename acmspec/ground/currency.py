"""Currencies: the signs that stand for some of them; every other is written by the three letters of its code."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from acmspec.ground.exact import fixed

SIGNS: Mapping[str, str] = MappingProxyType({"USD": "$", "EUR": "€", "GBP": "£"})
"""The sign of a currency by its code."""

CODES: Mapping[str, str] = MappingProxyType({sign: code for code, sign in SIGNS.items()})
"""What a sign stands for."""


def before(currency: str) -> str:
    """What stands before an amount of money: `$` for USD, the code and a blank where there is no sign for it."""
    return SIGNS.get(currency, f"{currency} ")


def money(amount: Fraction, currency: str, decimals: int = 2) -> str:
    """A sum with its currency, such as `-$1,200.00`."""
    digits = fixed(abs(amount), decimals, grouped=True)
    sign = "-" if amount < 0 and digits.strip("0.,") else ""
    return f"{sign}{before(currency)}{digits}"
