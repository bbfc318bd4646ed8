"""What each rule of the grammar becomes, one builder an alias; it must not know how the text was split or parsed."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import cast

from acmspec.formula.lalr import Part
from acmspec.formula.lexer import Token
from acmspec.formula.tree import (
    Between,
    Binary,
    Call,
    Day,
    Formula,
    Found,
    In,
    Known,
    Name,
    Negative,
    Not,
    Number,
    OutOf,
    SetUse,
    Text,
    Truth,
    Within,
)
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import ONE, Amount, Unit
from acmspec.ground.source import Source, Span

CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP"}
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
    "A window needs a length that is a whole number of days, weeks, months or years, at most 100 years.",
    "Say how long the window is, for example `within 180 days after exit_date`.",
    "A follow-up period must say on which day it ends.",
)
PROBLEMS = (BAD_NUMBER, BAD_DATE, BAD_LENGTH)


class Unbuildable(Exception):  # noqa: N818  (a message on its way to the door, not an error of the program)
    """A literal that has no value; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Builder:
    """Builds trees with spans in one source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def build(self, alias: str, parts: list[Part]) -> object:
        """The value of a rule; raises Unbuildable for a literal without value."""
        return BUILDERS[alias](self, parts)

    def span(self, parts: list[Part]) -> Span:
        """The range from the first part to the last."""
        return Span(self.source, parts[0].start, parts[-1].end)


def _formula(part: Part) -> Formula:
    return cast(Formula, part.value)


def _set(part: Part) -> SetUse:
    return cast(SetUse, part.value)


def _token(part: Part) -> Token:
    return cast(Token, part.value)


def _word(part: Part) -> str:
    return cast(str, part.value)


def _many(part: Part) -> tuple[object, ...]:
    return cast(tuple[object, ...], part.value)


# --- operators --------------------------------------------------------------------------------------------

_Rule = Callable[[Builder, list[Part]], object]


def _constant(value: str) -> _Rule:
    return lambda _, __: value


def _binary(operator: str) -> _Rule:
    def build(builder: Builder, parts: list[Part]) -> Binary:
        return Binary(operator, _formula(parts[0]), _formula(parts[2]), builder.span(parts))

    return build


def _compared(builder: Builder, parts: list[Part]) -> Binary:
    return Binary(_word(parts[1]), _formula(parts[0]), _formula(parts[2]), builder.span(parts))


def _negated(builder: Builder, parts: list[Part]) -> Not:
    return Not(_formula(parts[1]), builder.span(parts))


def _negative(builder: Builder, parts: list[Part]) -> Negative:
    return Negative(_formula(parts[1]), builder.span(parts))


def _known(known: bool) -> _Rule:
    return lambda builder, parts: Known(_formula(parts[0]), known, builder.span(parts))


def _found(builder: Builder, parts: list[Part]) -> Found:
    return Found(cast(Name, parts[0].value), builder.span(parts))


def _not_found(builder: Builder, parts: list[Part]) -> Not:
    return Not(_found(builder, parts), builder.span(parts))


def _among(builder: Builder, parts: list[Part]) -> In:
    choices = cast(Name | tuple[Formula, ...], parts[2].value)
    return In(_formula(parts[0]), choices, builder.span(parts))


def _not_among(builder: Builder, parts: list[Part]) -> Not:
    return Not(_among(builder, parts), builder.span(parts))


def _within(inclusive: bool, before: bool = False) -> _Rule:
    def build(builder: Builder, parts: list[Part]) -> Within:
        length = cast(Length, parts[2].value)
        return Within(_formula(parts[0]), inclusive, length, _formula(parts[4]), builder.span(parts), before)

    return build


def _from_to(builder: Builder, parts: list[Part]) -> Within:
    """`D from A to B after X`; from no days at all it is `on or within`, which is the same and shorter."""
    opens, length = cast(Length, parts[2].value), cast(Length, parts[4].value)
    span = Span(builder.source, parts[2].start, parts[4].end)
    if opens.days * length.months or opens.months * length.days:
        fix = "Write both in days or both in months; months are never turned into days."
        raise Unbuildable(BAD_LENGTH.at(span, "the ends are in different units", label="days and months", fix=fix))
    if (opens.days, opens.months) > (length.days, length.months):
        raise Unbuildable(BAD_LENGTH.at(span, "the window ends before it begins", label="turned round"))
    opening = opens if opens.days or opens.months else None
    return Within(_formula(parts[0]), True, length, _formula(parts[6]), builder.span(parts), False, opening)


def _between(builder: Builder, parts: list[Part]) -> Binary:
    """`X between A and B` is short for two comparisons, both ends counted."""
    span, value = builder.span(parts), _formula(parts[0])
    low, high = (Binary(sign, value, _formula(parts[at]), span) for sign, at in ((">=", 2), ("<=", 4)))
    return Binary("and", low, high, span)


def _out_of(builder: Builder, parts: list[Part]) -> OutOf:
    return OutOf(_formula(parts[0]), _formula(parts[2]), builder.span(parts))


def _days_between(builder: Builder, parts: list[Part]) -> Between:
    return Between("day", _formula(parts[1]), _formula(parts[3]), builder.span(parts))


# --- values -----------------------------------------------------------------------------------------------


def _digits(builder: Builder, parts: list[Part], text: str) -> tuple[Fraction, int]:
    """The value of decimal text and how many decimals it has."""
    whole, _, decimals = text.replace(",", "").partition(".")
    span = builder.span(parts[:1])
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


def _number(builder: Builder, parts: list[Part]) -> Number:
    value, decimals = _digits(builder, parts, _token(parts[0]).text)
    return Number(Amount(value, "number", ONE, decimals), builder.span(parts))


def _percent(builder: Builder, parts: list[Part]) -> Number:
    value, decimals = _digits(builder, parts, _token(parts[0]).text.removesuffix("%"))
    return Number(Amount(value / _HUNDRED, "percent", ONE, decimals), builder.span(parts))


def _money(builder: Builder, parts: list[Part]) -> Number:
    text = _token(parts[0]).text
    sign = CURRENCIES.get(text[0])
    currency, number = (text[:3], text[4:]) if sign is None else (sign, text[1:])
    value, decimals = _digits(builder, parts, number)
    return Number(Amount(value, "money", Unit.of(currency), decimals), builder.span(parts))


_UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "year": (0, 12)}


def _measured(builder: Builder, parts: list[Part]) -> tuple[Fraction, int, Fraction, Fraction]:
    value, decimals = _digits(builder, parts, _token(parts[0]).text)
    days, months = _UNITS[_word(parts[1]).removesuffix("s")]
    return value, decimals, value * days, value * months


def _duration(builder: Builder, parts: list[Part]) -> Number:
    _, decimals, days, months = _measured(builder, parts)
    unit = "month" if months else _word(parts[1]).removesuffix("s")
    unit = {"week": "day", "year": "month"}.get(unit, unit)
    return Number(Amount(days or months, "duration", Unit.of(unit), decimals), builder.span(parts))


def _length(builder: Builder, parts: list[Part]) -> Length:
    value, _, days, months = _measured(builder, parts)
    if value.denominator != 1:
        raise Unbuildable(BAD_LENGTH.at(builder.span(parts), "a window can't end within a day", label="not whole"))
    if days > MAX_DAYS or months > MAX_MONTHS:
        raise Unbuildable(BAD_LENGTH.at(builder.span(parts), "a window of more than 100 years", label="too long"))
    return Length(int(days), int(months))


def _quoted(builder: Builder, parts: list[Part]) -> Text:
    # Cells of data files are compared in this form as well, so two spellings of “é” are the same text.
    return Text(unicodedata.normalize("NFC", _token(parts[0]).text[1:-1]), builder.span(parts))


def _day(builder: Builder, parts: list[Part]) -> Day:
    text = _token(parts[0]).text
    try:
        return Day(date.fromisoformat(text), builder.span(parts))
    except ValueError:
        problem = BAD_DATE.at(builder.span(parts), f"there is no day {text}", label="not on the calendar")
        raise Unbuildable(problem) from None


def _truth(value: bool) -> _Rule:
    return lambda builder, parts: Truth(value, builder.span(parts))


def _unit(_: Builder, parts: list[Part]) -> str:
    return _token(parts[0]).text


def _grouped(_: Builder, parts: list[Part]) -> object:
    return parts[1].value


# --- names, lists, sets -----------------------------------------------------------------------------------


def _name(builder: Builder, parts: list[Part]) -> Name:
    return Name((_token(parts[0]).text,), builder.span(parts))


def _path(builder: Builder, parts: list[Part]) -> Name:
    before = cast(Name, parts[0].value)
    return Name((*before.parts, _token(parts[2]).text), builder.span(parts))


def _choices(_: Builder, parts: list[Part]) -> object:
    return parts[1].value


def _first(_: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (parts[0].value,)


def _next(_: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (*_many(parts[0]), parts[2].value)


def _first_entity(builder: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (_name(builder, parts),)


def _next_entity(builder: Builder, parts: list[Part]) -> tuple[object, ...]:
    return (*_many(parts[0]), _name(builder, parts[2:]))


def _set_name(reach: str) -> _Rule:
    def build(builder: Builder, parts: list[Part]) -> SetUse:
        return SetUse(_token(parts[-1]).text, reach, "", (), None, builder.span(parts), builder.span(parts[-1:]))

    return build


def _aliased(builder: Builder, parts: list[Part]) -> SetUse:
    base = _set(parts[0])
    alias = _token(parts[2]).text
    return replace(base, alias=alias, span=builder.span(parts))


def _linked(builder: Builder, parts: list[Part]) -> SetUse:
    base = _set(parts[0])
    entities = tuple(one for one in _many(parts[2]) if isinstance(one, Name))
    return replace(base, entities=entities, span=builder.span(parts))


def _ordered(builder: Builder, parts: list[Part]) -> SetUse:
    keys = tuple(one for one in _many(parts[2]) if isinstance(one, Name))
    return replace(_set(parts[0]), by=keys, span=builder.span(parts))


def _narrowed(builder: Builder, parts: list[Part]) -> SetUse:
    return replace(_set(parts[0]), where=_formula(parts[2]), span=builder.span(parts))


def _call(builder: Builder, parts: list[Part]) -> Call:
    """`NAME ( [distinct] [expression over] set )`: the set stands before `)`, the expression two parts before it."""
    distinct = isinstance(parts[2].value, Token)
    with_expression = 4  # the name, the parenthesis, the set, the parenthesis
    expression = _formula(parts[-4]) if len(parts) > with_expression else None
    span = builder.span(parts)
    return Call(_token(parts[0]).text, distinct, expression, _set(parts[-2]), span, builder.span(parts[:1]))


def _call_given(builder: Builder, parts: list[Part]) -> Call:
    """`NAME ( given , expression over set )`."""
    span, name = builder.span(parts), builder.span(parts[:1])
    given = cast(Number, parts[2].value)
    return Call(_token(parts[0]).text, False, _formula(parts[4]), _set(parts[6]), span, name, given)


BUILDERS: dict[str, _Rule] = {
    "either": _binary("or"),
    "both": _binary("and"),
    "negated": _negated,
    "compared": _compared,
    "equal": _constant("="),
    "unequal": _constant("!="),
    "less": _constant("<"),
    "at_most": _constant("<="),
    "greater": _constant(">"),
    "at_least": _constant(">="),
    "known": _known(known=True),
    "missing": _known(known=False),
    "found": _found,
    "not_found": _not_found,
    "among": _among,
    "not_among": _not_among,
    "within": _within(inclusive=False),
    "within_inclusive": _within(inclusive=True),
    "within_before": _within(inclusive=False, before=True),
    "within_before_inclusive": _within(inclusive=True, before=True),
    "from_to": _from_to,
    "between": _between,
    "choices": _choices,
    "first_item": _first,
    "next_item": _next,
    "out_of": _out_of,
    "plus": _binary("+"),
    "minus": _binary("-"),
    "times": _binary("*"),
    "divided": _binary("/"),
    "negative": _negative,
    "days_between": _days_between,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "duration": _duration,
    "length": _length,
    "unit": _unit,
    "quoted": _quoted,
    "day": _day,
    "true": _truth(value=True),
    "false": _truth(value=False),
    "grouped": _grouped,
    "name": _name,
    "path": _path,
    "call_set": _call,
    "call_over": _call,
    "call_distinct": _call,
    "call_given": _call_given,
    "set_name": _set_name(""),
    "set_other": _set_name("other"),
    "set_all": _set_name("all"),
    "aliased": _aliased,
    "linked": _linked,
    "ordered": _ordered,
    "narrowed": _narrowed,
    "first_entity": _first_entity,
    "next_entity": _next_entity,
}
