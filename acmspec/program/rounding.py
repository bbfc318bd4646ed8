"""To how many decimals results are rounded, and how far apart they lie then; it prints nothing."""

from fractions import Fraction

from acmspec.ground.exact import round_half_up
from acmspec.program.types import Form, NumberType, Type

_PERCENT = 2


def places(of: Type, decimals: int) -> int:
    """How many decimals of the exact value are kept: those of the percentage for shares and points, else as given."""
    return decimals + _PERCENT if is_percentage(of) else decimals


def width(of: Type, decimals: int) -> Fraction:
    """How far two results lie apart as rounded; 0 for whole numbers, which are not rounded."""
    whole = isinstance(of, NumberType) and of.integral
    return Fraction(0) if whole else Fraction(1, 10 ** places(of, decimals))


def rounded(value: Fraction, of: Type, decimals: int) -> Fraction:
    """The value at the contract's decimals, half up: what is compared, printed and paid on."""
    return round_half_up(value, places(of, decimals))


def is_percentage(of: Type) -> bool:
    """Whether values of a type are printed as percentages or percentage points."""
    return isinstance(of, NumberType) and (of.form is Form.SHARE or of.form is Form.POINTS)
