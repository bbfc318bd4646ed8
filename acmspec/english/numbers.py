"""Numbers, sums of money, dates and lengths of time as a contract writes them; knows nothing of specs or programs."""

from datetime import date, datetime
from fractions import Fraction

from acmspec.english.words import humanised, quoted
from acmspec.ground import articles
from acmspec.ground.calendar import MONTHS, Cycle, Every, Length, YearStarting
from acmspec.ground.exact import Amount, Unit, fixed, significant

_CENTS = 2
_MOST_DECIMALS = 40
_SECONDS = Unit.of("second")
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PERIODS = {
    Every.DAY: "calendar day",
    Every.WEEK: "calendar week",
    Every.MONTH: "calendar month",
    Every.QUARTER: "calendar quarter",
    Every.HALF_YEAR: "calendar half-year",
    Every.YEAR: "calendar year",
    Every.FISCAL_QUARTER: "quarter of the Fiscal Year",
    Every.FISCAL_YEAR: "Fiscal Year",
}


def number(value: Fraction) -> str:
    """Plain decimal text with commas between thousands and no end zeros; in full unless it has no end."""
    whole, _, part = _digits(abs(value)).partition(".")
    text = f"{int(whole):,}" + (f".{part}" if part else "")
    return f"-{text}" if value < 0 else text


def has_end(value: Fraction) -> bool:
    """Whether the decimals of a number have an end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _digits(value: Fraction) -> str:
    """All digits of a number; 15 significant ones of a number whose decimals have no end."""
    decimals = next((at for at in range(_MOST_DECIMALS) if 10**at % value.denominator == 0), None)
    return significant(value) if decimals is None else fixed(value, decimals)


def percent(share: Fraction, decimals: int) -> str:
    """A share as a percentage with a fixed number of decimals, such as `55.0 percent`."""
    return f"{fixed(share * 100, decimals)} percent"


def exact_percent(share: Fraction) -> str:
    """A share as a percentage with as many decimals as it needs, such as `1.5 percent`."""
    return f"{number(share * 100)} percent"


def money(value: Fraction, currency: str) -> str:
    """A sum of money; cents only where there are some. Dollars have their sign, other currencies their code.

    A price finer than a cent is printed in full: what is paid follows from it, not from a rounded one.
    """
    finest = len(_digits(abs(value)).partition(".")[2])
    digits = fixed(abs(value), 0 if value.denominator == 1 else max(_CENTS, finest), grouped=True)
    text = f"${digits}" if currency == "USD" else f"{currency} {digits}"
    return f"-{text}" if value < 0 else text


def amount(written: Amount, currency: str, least_decimals: int = 0) -> str:
    """An amount as its author wrote it; a percentage gets at least `least_decimals` decimals."""
    if written.written == "percent":
        return percent(written.value, max(written.decimals, least_decimals))
    if written.written == "money":
        return money(written.value, currency)
    if written.written == "duration" and written.unit == _SECONDS:
        return _clock(written.value)
    if written.written == "duration":
        return counted(written.value, written.unit.factors[0][0], f"{written.unit.factors[0][0]}s")
    return number(written.value)


def counted(value: Fraction | int, one: str, many: str) -> str:
    """A number and its noun, `1 day` or `20 Leavers`."""
    return f"{number(Fraction(value))} {one if value == 1 else many}"


def length(of: Length) -> str:
    """A length of time in days, months or both, or in business days of a calendar, or in hours."""
    if of.as_said is not None:
        number, unit = of.as_said
        return counted(number, unit, f"{unit}s")
    if of.business:
        return business_days(of.business, of.calendar)
    if of.seconds:
        return _clock(of.seconds)
    months = counted(of.months, "month", "months")
    days = counted(of.days, "day", "days")
    if of.months and of.days:
        return f"{months} and {days}"
    return months if of.months else days


def passed(of: Length) -> str:
    """That a length of time has passed: `1 month has passed`, `15 days have passed`."""
    text = length(of)
    return f"{text} {'has' if text.startswith('1 ') and ' and ' not in text else 'have'} passed"


def business_days(value: Fraction | int, calendar: str) -> str:
    """A number of business days of a calendar."""
    days = counted(value, "business day", "business days")
    return f"{days} of the calendar {quoted(humanised(calendar))}"


def _clock(seconds: Fraction | int) -> str:
    """Hours, minutes or seconds, the first that are whole."""
    for size, unit in ((3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            return counted(seconds // size, unit, f"{unit}s")
    return counted(seconds, "second", "seconds")


def day(of: date) -> str:
    """A date such as `July 1, 2025`."""
    return f"{MONTHS[of.month - 1]} {of.day}, {of.year}"


def moment(of: datetime) -> str:
    """A moment such as `July 1, 2025, 14:30:00`."""
    return f"{day(of)}, {of:%H:%M:%S}"


def small(value: int) -> str:
    """A whole number in words up to nine, in digits from ten on."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else f"{value:,}"


def places(decimals: int) -> str:
    """How many decimals a number is rounded to: `a whole number`, `one decimal place`, `two decimal places`."""
    if decimals == 0:
        return "a whole number"
    return f"{small(decimals)} decimal place{'' if decimals == 1 else 's'}"


def ordinal(value: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`."""
    if value % 100 in {11, 12, 13}:
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"


def place(percent: Fraction) -> str:
    """A place in an order of a hundred: `90th`, `2.5th`, `33rd`."""
    return ordinal(percent.numerator) if percent.denominator == 1 else f"{number(percent)}th"


def period(every: Cycle) -> str:
    """The noun of a reporting period, such as `calendar quarter`."""
    match every:
        case Every():
            return _PERIODS[every]
        case YearStarting(month):
            return f"year that starts on {MONTHS[month - 1]} 1"
    return every.value


def series(words: tuple[str, ...], joint: str = "and") -> str:
    """Words in a row: `A`, `A and B`, `A, B, and C`."""
    if len(words) <= 1:
        return "".join(words)
    if len(words) == 2:  # noqa: PLR2004  (two words need no comma)
        return f"{words[0]} {joint} {words[1]}"
    return f"{', '.join(words[:-1])}, {joint} {words[-1]}"


article = articles.article
