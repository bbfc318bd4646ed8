"""The values a formula writes out: numbers, percentages, money, lengths of time, texts and days, with their limits.

It must not know the grammar, nor what a value is used for.
"""

import unicodedata
from datetime import date, datetime
from fractions import Fraction

from acmspec.formula.tree import CalendarPeriod, Day, Moment, Number, Text
from acmspec.ground.calendar import UNITS, Length
from acmspec.ground.currency import CODES
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import ONE, Amount, Unit
from acmspec.ground.node import node
from acmspec.ground.source import Span

MAX_DIGITS = 30
MAX_DAYS = 36_600
MAX_MONTHS = 1_200
_HUNDRED = 100

BAD_NUMBER = Problem(
    "ACM207",
    "a number that is not written as formulas write numbers",
    "A number is digits with an optional decimal point: 1000, 0.5, 65%, $4,000, 14 days. Only money has commas.",
    "Write the number in one of those forms.",
    "A number must be written in one way, so that it can't be read in two.",
)
BAD_DATE = Problem(
    "ACM208",
    "a date that does not exist",
    "A date is a year, a month and a day of the calendar, such as 2025-07-01.",
    "Write a day that exists.",
    "A date must be a day of the calendar.",
)
BAD_LENGTH = Problem(
    "ACM211",
    "a window that has no usable length",
    "A window needs a whole number of days, weeks, months, years, business days, hours or minutes, at most 100 years.",
    "Say how long the window is, for example `within 180 days after exit_date`.",
    "A follow-up period must say on which day it ends.",
)
PROBLEMS = (BAD_NUMBER, BAD_DATE, BAD_LENGTH)


class Unbuildable(Exception):  # noqa: N818  (a message on its way to the door, not an error of the program)
    """A literal that has no value; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def digits(text: str, span: Span) -> tuple[Fraction, int]:
    """The value of decimal text and how many decimals it has."""
    whole, _, decimals = text.replace(",", "").partition(".")
    if len(whole) + len(decimals) > MAX_DIGITS:
        raise Unbuildable(BAD_NUMBER.at(span, f"this number has more than {MAX_DIGITS} digits", label="too long"))
    if len(whole) > 1 and whole.startswith("0"):
        raise Unbuildable(
            BAD_NUMBER.at(
                span,
                f"the number “{text}” starts with a zero",
                label="starts with 0",
                fix="Write a code as a text in quotes, a date with its day (2025-07-01), a number without the zero.",
            )
        )
    return Fraction(int(whole + decimals), 10 ** len(decimals)), len(decimals)


def number(text: str, span: Span) -> Number:
    """A plain number."""
    value, decimals = digits(text, span)
    return Number(Amount(value, "number", ONE, decimals), span)


def whole(text: str, span: Span) -> int:
    """A whole number of at least 1 that something is counted with."""
    value, _ = digits(text, span)
    if value.denominator != 1 or not 0 < value <= MAX_MONTHS:
        raise Unbuildable(BAD_NUMBER.at(span, f"“{text}” is not a whole number from 1 on", label="how many?"))
    return int(value)


def percent(text: str, span: Span) -> Number:
    """A percentage, with its sign."""
    value, decimals = digits(text.removesuffix("%"), span)
    return Number(Amount(value / _HUNDRED, "percent", ONE, decimals), span)


def money(text: str, span: Span) -> Number:
    """A sum of money, with its sign or the code of its currency before it."""
    sign = CODES.get(text[0])
    currency, amount = (text[:3], text[4:]) if sign is None else (sign, text[1:])
    value, decimals = digits(amount, span)
    return Number(Amount(value, "money", Unit.of(currency), decimals), span)


_UNITS = {**UNITS, "business day": (1, "business day")}
"""How many of the unit that it is counted in each word is."""
_MOST = {"second": MAX_DAYS * 86_400, "day": MAX_DAYS, "month": MAX_MONTHS, "business day": MAX_DAYS}


@node
class Counted:
    """The unit of a length of time as written; `calendar` is the one business days are of, "" if not said."""

    unit: str
    calendar: str = ""


def duration(text: str, counted: Counted, at: Span, span: Span) -> Number:
    """A length of time as a value; `at` is the place of its number."""
    value, decimals = digits(text, at)
    size, unit = _UNITS[counted.unit]
    named = f"{unit} of {counted.calendar}" if counted.calendar else unit
    if unit == "second" and (value * size).denominator == 1:
        decimals = 0  # half an hour is 30 minutes, which have none
    return Number(Amount(value * size, "duration", Unit.of(named), decimals, counted.unit), span)


def length(text: str, counted: Counted, at: Span, span: Span) -> Length:
    """The length of a window: a whole number of days, months, seconds or business days, at most a hundred years."""
    value, _ = digits(text, at)
    size, unit = _UNITS[counted.unit]
    if (value * size).denominator != 1:
        whole = "a second" if unit == "second" else "a day"
        raise Unbuildable(BAD_LENGTH.at(span, f"a window can't end within {whole}", label="not whole"))
    if value * size > _MOST[unit]:
        raise Unbuildable(BAD_LENGTH.at(span, "a window of more than 100 years", label="too long"))
    number = int(value * size)
    match unit:
        case "second":
            return Length(seconds=number, said=counted.unit)
        case "month":
            return Length(months=number, said=counted.unit)
        case "business day":
            return Length(business=number, calendar=counted.calendar)
        case _:
            return Length(number, said=counted.unit)


def quoted(text: str, span: Span) -> Text:
    """A text in quotes."""
    # Cells of data files are compared in this form as well, so two spellings of “é” are the same text.
    return Text(unicodedata.normalize("NFC", text[1:-1]), span)


def day(text: str, span: Span) -> Day:
    """A date, which must exist."""
    try:
        return Day(date.fromisoformat(text), span)
    except ValueError:
        raise Unbuildable(BAD_DATE.at(span, f"there is no day {text}", label="not on the calendar")) from None


def moment(text: str, span: Span) -> Moment:
    """A date with a time of day, which must exist."""
    try:
        return Moment(datetime.fromisoformat(text), span)
    except ValueError:
        message = f"there is no moment {text}"
        raise Unbuildable(BAD_DATE.at(span, message, label="not on the calendar or the clock")) from None


def calendar_period(text: str, span: Span) -> CalendarPeriod:
    """A month, a quarter or a fiscal period by its name."""
    return CalendarPeriod(text, span)
