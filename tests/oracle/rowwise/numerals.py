"""Numbers as text, by long division."""

from fractions import Fraction

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


def before(currency: str) -> str:
    """What stands before a sum of money."""
    return SIGNS.get(currency) or f"{currency} "


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
