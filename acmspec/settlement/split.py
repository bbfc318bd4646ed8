"""Sums of money split to the cent so that no cent is lost."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from acmspec.ground.exact import round_half_up

CENT = Fraction(1, 100)
_CENTS, _HUNDRED = 2, CENT.denominator


def to_the_cent(amount: Fraction) -> Fraction:
    """An amount rounded half up to whole cents."""
    return round_half_up(amount, _CENTS)


def split(amount: Fraction, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Split whole cents in proportion to weights of at least zero (evenly if all are zero).

    Everybody first gets the whole cents of their part; the cents left over go to the largest remainders, the earlier
    one where they tie. The parts sum to the amount. There must be at least one weight.
    """
    if not amount:
        return (Fraction(0),) * len(weights)
    # On whole numbers, since each operation on fractions looks for a common divisor.
    scale = lcm(*(one.denominator for one in weights))
    shares = [one.numerator * (scale // one.denominator) for one in weights]
    if not any(shares):
        shares = [1] * len(weights)
    top, bottom = abs(amount.numerator) * _HUNDRED, amount.denominator
    whole = bottom * sum(shares)
    exact = [divmod(top * one, whole) for one in shares]
    parts = [part for part, _ in exact]
    left = top // bottom - sum(parts)
    # sorted() keeps the order of equals, so the earlier one wins a tie.
    for place in sorted(range(len(parts)), key=lambda place: -exact[place][1])[:left]:
        parts[place] += 1
    return tuple(Fraction(part if amount > 0 else -part, _HUNDRED) for part in parts)
