"""How the dashboard says dates, periods, numbers and names; knows nothing of results or pages."""

import re
from datetime import date, timedelta
from fractions import Fraction

from acmspec.english.numbers import small
from acmspec.ground import currency as currencies
from acmspec.ground.calendar import (
    MONTHS,
    Cycle,
    Every,
    NamedPeriods,
    Period,
    ReportingDays,
    YearStarting,
    add_months,
)
from acmspec.ground.exact import fixed
from acmspec.ground.windows import Coverage, Covers, Rolling
from acmspec.program.rounding import is_percentage
from acmspec.program.said import is_currency
from acmspec.program.types import Form, NumberType, Type
from acmspec.report.tree import Scale
from acmspec.results.printed import family

_ABBREVIATED = 3
_YEAR = 12

_YEAR_IN_WEEKS = timedelta(weeks=52)
_SHORT = 10


def day(when: date) -> str:
    """A date as "15 Apr 2026"."""
    return f"{when.day} {month(when)}"


def month(when: date) -> str:
    """The month of a date as "Apr 2026"."""
    return f"{MONTHS[when.month - 1][:_ABBREVIATED]} {when.year}"


def days(first: date, last: date) -> str:
    """A range of days in the fewest words: whole months as months ("Jan–Mar 2026"), else day to day."""
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if first == last:
        return day(first)
    if not whole and (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if not whole:
        return f"{day(first)} – {day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    start = month(first) if first.year != last.year else MONTHS[first.month - 1][:_ABBREVIATED]
    return f"{start}–{month(last)}"


def every_words(every: Cycle) -> tuple[str, str]:
    """What one period is called in running text, and several: "quarter", "quarters"."""
    one = "year" if isinstance(every, YearStarting) else every.value
    return one, f"{one}s"


def period(when: Period, every: Cycle, covers: Coverage) -> str:
    """A reporting period in prose: "12 months to Mar 2026" where it rolls, else its days in the fewest words."""
    match covers:
        case Rolling(number, unit):
            return f"{number} {unit}{'' if number == 1 else 's'} to {_until(when.last)}"
        case Covers.PERIOD if isinstance(every, NamedPeriods):
            return f"{when.name} ({days(when.first, when.last)})"
        case Covers.PERIOD if every is Every.WEEK:
            return f"week {int(when.name[-2:])}, {days(when.first, when.last)}"
        case Covers.PERIOD:
            return days(when.first, when.last)
    return f"{days(when.first, when.last)} ({covers.value})"


def in_period(when: Period, every: Cycle, covers: Coverage) -> str:
    """A reporting period inside a sentence: "in Jan–Mar 2026", "in the 12 months to Mar 2026", "on 29 Jan 2026"."""
    said = period(when, every, covers)
    if isinstance(covers, Rolling):
        return f"in the {said}"
    return f"{'on' if when.first == when.last and covers is Covers.PERIOD else 'in'} {said}"


def _until(last: date) -> str:
    return month(last) if (last + timedelta(days=1)).day == 1 else day(last)


def period_label(when: Period, every: Cycle) -> str:
    """A period in a few characters, for an axis: "Mar ’26", "Q1 ’26", "FY26 Q1", "W07 ’26", "29 Jan ’26"."""
    last = f"{MONTHS[when.last.month - 1][:_ABBREVIATED]} ’{when.last.year % 100:02d}"
    match every:
        case Every.MONTH:
            return last
        case Every.DAY | ReportingDays():
            return f"{when.last.day} {last}"
        case YearStarting():
            return f"to {last}"
        case NamedPeriods():
            return when.name if len(when.name) <= _SHORT else f"{when.name[: _SHORT - 1].rstrip()}…"
    year, _, part = when.name.partition("-")
    if every.is_fiscal:
        return f"FY{year[-2:]} {part}".strip()
    return f"{part} ’{year[-2:]}" if part else year


def period_name(name: str, every: Every) -> str:
    """A month, quarter or year that is a group, by its name: "Feb 2025", "Q1 2025", "Q1 FY2026"."""
    year, _, part = name.partition("-")
    if every is Every.MONTH and part.isdigit():
        return f"{MONTHS[int(part) - 1][:_ABBREVIATED]} {year}"
    return f"{part} {year}".strip()


def year_before(when: Period, every: Cycle) -> date:
    """The last day of the same period a year earlier; of a week it is the Sunday 52 weeks before."""
    if every is Every.WEEK:
        return when.last - _YEAR_IN_WEEKS
    return add_months(when.last + timedelta(days=1), -_YEAR) - timedelta(days=1)


def scale_of(type_: Type) -> Scale:
    """How plain numbers of a type read on an axis."""
    if not isinstance(type_, NumberType):
        return Scale(percent=False, prefix="", suffix="")
    if is_percentage(type_):
        return Scale(percent=True, prefix="", suffix=" pts" if type_.form is Form.POINTS else "%")
    factors = dict(type_.unit.factors)
    money_unit = next((name for name, power in type_.unit.factors if power == 1 and is_currency(name)), "")
    if money_unit:
        return Scale(percent=False, prefix=currencies.before(money_unit), suffix="")
    alone = family(next(iter(factors))) if list(factors.values()) == [1] else ""
    unit = f" {alone}s" if alone else ""
    return Scale(percent=False, prefix="", suffix=unit)


def number(value: Fraction, scale: Scale, decimals: int) -> str:
    """A number on a scale; `decimals` are those printed, of the percentage for a percentage."""
    shown = value * 100 if scale.percent else value
    text = fixed(abs(shown), decimals, grouped=True)
    return f"{'−' if value < 0 else ''}{scale.prefix}{text}{scale.suffix}"


def gap(size: Fraction, scale: Scale, decimals: int) -> str:
    """The size of a difference; between percentages it is counted in points."""
    size = abs(size)
    if scale.percent:
        text = fixed(size * 100, decimals)
        return f"{text} point{'' if Fraction(text) == 1 else 's'}"
    text = number(size, scale, decimals)
    one = fixed(size, decimals)
    return text.removesuffix("s") if scale.suffix and Fraction(one) == 1 else text


def money(amount: Fraction, currency: str) -> str:
    """An amount to the cent, with a true minus sign."""
    return f"{'−' if amount < 0 else ''}{currencies.before(currency)}{fixed(abs(amount), 2, grouped=True)}"


def trimmed(printed: str) -> str:
    """A printed number without decimals that say nothing: "60.0%" is "60%"."""
    return re.sub(r"(\.\d*?)0+(?!\d)", lambda found: found[1].rstrip("."), printed)


def title(name: str) -> str:
    """A snake_case name as words: "home_payment" is "Home payment"."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def inside(name: str) -> str:
    """A name inside a sentence: "Race" is "race", "Move-In Date" and "ZIP" stay."""
    return name.lower() if name[1:] == name[1:].lower() else name


def few(count: int, one: str, many: str) -> str:
    """A count with its noun, small counts in words: "two providers", "12 providers"."""
    return f"{small(count)} {one if count == 1 else many}"


def listed(names: tuple[str, ...], most: int = 3) -> str:
    """Names in a row with "and"; what is beyond `most` is counted."""
    if len(names) > most + 1:
        names = (*names[:most], f"{len(names) - most} others")
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def sentence(text: str) -> str:
    """A text that starts with a capital letter."""
    return text[:1].upper() + text[1:]
