"""How exact values become the contract's decimals and text; every page and file prints results through here."""

from fractions import Fraction
from functools import lru_cache

from acmspec.ground import currency as currencies
from acmspec.ground.exact import ONE, fixed, significant
from acmspec.program.gap import (
    BELOW,
    DOUBTFUL,
    JUDGING,
    MISSING,
    NEGATIVE,
    NO_ENTITY,
    NO_LENGTH,
    NO_RECORD,
    NOT_LINKED,
    NOT_REACHED,
    Gap,
)
from acmspec.program.rounding import is_percentage
from acmspec.program.types import Form, NumberType, Type
from acmspec.program.units import is_time

_PERCENT = 2
_CENTS = 2


def family(dimension: str) -> str:
    """What a unit of time is called in a number: business days of any calendar are business days; "" for others."""
    return dimension.partition(" of ")[0] if is_time(dimension) else ""


def printed(value: Fraction, of: Type, decimals: int, currency: str) -> str:
    """The text of a value with a fixed number of decimals: `54.8%`, `$1,250.00`, `12.5 days`, `$412.50 per Leaver`."""
    return _text(value, of, decimals, currency)


@lru_cache(maxsize=1024)
def stated(value: Fraction, of: Type, currency: str) -> str:
    """The text of a value somebody stated, with as many decimals as it needs: `65%`, `$1,250`, `12.5 days`."""
    scaled = value * 100 if is_percentage(of) else value
    return _text(value, of, len(significant(scaled).partition(".")[2]), currency)


def money(amount: Fraction, currency: str) -> str:
    """A sum of money to the cent, or as fine as it was agreed: `$1,250.00`, `-$3.10`, `CAD 12.00`, `$0.125`."""
    return currencies.money(amount, currency, max(_CENTS, _decimals(amount.denominator) or 0))


@lru_cache(maxsize=1024)
def gap_words(gap: Gap) -> str:
    """A gap as data: `exit_date missing`, `keep: no client recorded`, `by age_group: born_on missing`."""
    place = f"by {gap.by}: " if gap.by else "" if gap.at == JUDGING else f"{gap.at}: "
    return place + _GAPS[gap.why].format(of=gap.of)


_GAPS = {
    MISSING: "{of} missing",
    NO_ENTITY: "no {of} recorded",
    NOT_LINKED: "{of} not linked",
    NO_RECORD: "no record in {of}",
    DOUBTFUL: "{of} not judged",
    BELOW: "below “{of}”",
    NO_LENGTH: "{of} below 0 or over 100 years",
    NEGATIVE: "{of} below 0",
    NOT_REACHED: "total of {of} not reached",
}


def cents(amount: Fraction) -> str:
    """A sum of money as data: `1234.50`."""
    return fixed(amount, _CENTS)


def plain(value: Fraction) -> str:
    """A value as data: whole numbers plainly, decimals in full, else 15 significant digits."""
    if value.denominator == 1:
        return str(value.numerator)
    decimals = _decimals(value.denominator)
    return significant(value) if decimals is None else fixed(value, decimals)


def _decimals(denominator: int) -> int | None:
    """How many decimals a fraction with this denominator has; None if they never end."""
    count = 0
    while denominator > 1:
        if denominator % 2 and denominator % 5:
            return None
        # Ten holds one two and one five, so the longer of both chains decides.
        denominator //= 10 if denominator % 10 == 0 else 2 if denominator % 2 == 0 else 5
        count += 1
    return count


def _text(value: Fraction, of: Type, decimals: int, currency: str) -> str:
    if not isinstance(of, NumberType):
        return fixed(value, decimals, grouped=True)
    if of.form is Form.SHARE:
        return f"{fixed(value, decimals, grouped=True, shift=_PERCENT)}%"
    if of.form is Form.POINTS:
        return f"{fixed(value, decimals, grouped=True, shift=_PERCENT)} points"
    if of.unit == ONE:
        return fixed(value, decimals, grouped=True)
    top = [name for name, exponent in of.unit.factors if exponent > 0]
    bottom = [name for name, exponent in of.unit.factors if exponent < 0]
    per = "".join(f" per {name}" for name in bottom)
    if currency in top:
        return currencies.money(value, currency, decimals) + per
    digits = fixed(value, decimals, grouped=True)
    nouns = "".join(f" {word if digits == '1' else f'{word}s'}" for name in top if (word := family(name)))
    return digits + nouns + per
