"""Sums of money split to the cent so that no cent is lost."""

from collections.abc import Sequence
from fractions import Fraction

from acmspec.ground.exact import round_half_up

CENT = Fraction(1, 100)
_CENTS = 2


def to_the_cent(amount: Fraction) -> Fraction:
    """An amount rounded half up to whole cents."""
    return round_half_up(amount, _CENTS)


def split(amount: Fraction, weights: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Split whole cents in proportion to weights of at least zero (evenly if all are zero).

    Everybody first gets the whole cents of their part; the cents left over go to the largest remainders, the earlier
    one where they tie. The parts sum to the amount. There must be at least one weight.
    """
    whole = sum(weights, Fraction(0))
    exact = [abs(amount) * weight / whole if whole else abs(amount) / len(weights) for weight in weights]
    parts = [part // CENT * CENT for part in exact]
    left = (abs(amount) - sum(parts, Fraction(0))) // CENT
    # sorted() keeps the order of equals, so the earlier one wins a tie.
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[:left]:
        parts[place] += CENT
    return tuple(parts if amount >= 0 else [-part for part in parts])
