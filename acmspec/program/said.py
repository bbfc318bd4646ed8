"""Names types and units in plain words for messages; knows nothing of formulas."""

from acmspec.ground.exact import ONE, Unit
from acmspec.program.types import BooleanType, DatetimeType, DateType, Form, NumberType, PeriodType, TextType, Type
from acmspec.program.units import is_time

_CURRENCY_LETTERS = 3
_RECORD = " record"


def is_currency(dimension: str) -> bool:
    """Whether a dimension is a currency: three capital letters."""
    return len(dimension) == _CURRENCY_LETTERS and dimension.isascii() and dimension.isalpha() and dimension.isupper()


def is_money(unit: Unit) -> bool:
    """Whether a unit is money, also money per something."""
    return any(is_currency(dimension) and power > 0 for dimension, power in unit.factors)


def is_count(unit: Unit) -> bool:
    """Whether a unit is made of nouns only, or of nothing: such numbers may be compared with bare ones."""
    return not any(is_currency(one) or is_time(one) for one, _ in unit.factors)


def things(noun: str) -> Unit:
    """What things called by a noun are counted in: itself, unless it reads like a currency or a unit of time.

    An agency counts MOUs and IEPs, and these are no money.
    """
    return Unit.of(f"{noun}{_RECORD}" if is_currency(noun) or is_time(noun) else noun)


def unit_words(unit: Unit) -> str:
    """A unit in words: “USD per Stay”."""
    above = " × ".join(dimension for dimension, power in unit.factors if power > 0)
    below = " × ".join(dimension for dimension, power in unit.factors if power < 0)
    return f"{above} per {below}".strip() if below else above


def counted(unit: str) -> str:
    """A unit of time in the plural: days, hours, business days of county."""
    word, _, calendar = unit.partition(" of ")
    return f"{word}s of {calendar}" if calendar else f"{word}s"


def type_words(kind: Type) -> str:
    """A type in words with its article: “an amount of money”."""
    match kind:
        case BooleanType():
            return "a condition"
        case TextType():
            return "a text"
        case DateType():
            return "a date"
        case DatetimeType():
            return "a date with a time of day"
        case PeriodType(every=every):
            return f"a {every.value}"
        case NumberType(form=Form.SHARE):
            return "a share"
        case NumberType(form=Form.RATIO):
            return "a ratio"
        case NumberType(form=Form.POINTS):
            return "a difference of shares"
        case NumberType(unit=unit):
            return _number_words(unit)
        case _:
            return "a value"


def _number_words(unit: Unit) -> str:
    if unit == ONE:
        return "a plain number"
    if len(unit.factors) == 1 and unit.factors[0][1] == 1 and is_time(unit.factors[0][0]):
        return f"a number of {counted(unit.factors[0][0])}"
    if len(unit.factors) == 1 and is_money(unit):
        return f"an amount of money in {unit.factors[0][0]}"
    if len(unit.factors) == 1 and unit.factors[0][1] == 1 and is_count(unit):
        return f"a count of {unit.factors[0][0].removesuffix(_RECORD)} records"
    return f"an amount in {unit_words(unit)}"
