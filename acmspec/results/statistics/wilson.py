"""The 95% Wilson score interval of a share, asked one question exactly: does it hold a given share?

The interval's ends need square roots, the question doesn't: p lies inside exactly if
(k/n - p)^2 <= z^2 p (1 - p) / n.
"""

from fractions import Fraction

Z = Fraction("1.959963984540054")
"""The 97.5% point of the normal distribution, as an exact fraction."""


def holds(successes: int, trials: int, share: Fraction) -> bool:
    """Whether the 95% interval of `successes` in `trials` (at least one) holds `share`."""
    # Both sides times (trials * bottom * Z's denominator)^2, since each operation on fractions looks for a common
    # divisor, and the question is asked of every result.
    top, bottom = share.numerator, share.denominator
    distance = (successes * bottom - trials * top) * Z.denominator
    return distance * distance <= Z.numerator * Z.numerator * top * (bottom - top) * trials
