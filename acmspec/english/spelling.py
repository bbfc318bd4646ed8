"""The values a text writes out, as formulas have them; it must not know what a value is used for."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from acmspec.english.phrases import Phrase
from acmspec.english.problems import meaningless
from acmspec.english.reading import token_of, word_of
from acmspec.formula import literals
from acmspec.formula.lexer import Token
from acmspec.formula.tree import CalendarPeriod, Day, Formula, Moment, Negative, PeriodValue
from acmspec.ground.calendar import MONTHS, Length
from acmspec.ground.source import Span


def unquoted(text: str) -> str:
    """What stands between quotes."""
    return text[1:-1]


def length(number: Token, counted: literals.Counted, at: Span, span: Span) -> Length:
    """The length of a window: `180 days`."""
    return literals.length(_plain(number), counted, at, span)


def _plain(number: Token) -> str:
    return number.text.replace(",", "")


def _signed(read: Callable[[Phrase, Span], Formula]) -> Callable[[Phrase, Span], Formula]:
    """The reader of a number, with a minus before it."""

    def signed(phrase: Phrase, span: Span) -> Formula:
        token = token_of(phrase.parts[0])
        if not token.text.startswith("-"):
            return read(phrase, span)
        plain = Token(token.kind, token.text[1:], token.start + 1, token.end)
        return Negative(read(phrase._replace(parts=(plain, *phrase.parts[1:])), span), span)

    return signed


def _number(phrase: Phrase, span: Span) -> Formula:
    return literals.number(_plain(token_of(phrase.parts[0])), span)


def _percent(phrase: Phrase, span: Span) -> Formula:
    return literals.percent(f"{_plain(token_of(phrase.parts[0]))}%", span)


def _money(phrase: Phrase, span: Span) -> Formula:
    return literals.money(token_of(phrase.parts[0]).text, span)


def _duration(phrase: Phrase, span: Span) -> Formula:
    unit = literals.Counted(word_of(phrase.parts[1]).removesuffix("s"))
    return literals.duration(_plain(token_of(phrase.parts[0])), unit, span, span)


def _day(phrase: Phrase, span: Span) -> Formula:
    return Day(day(token_of(phrase.parts[0]), span), span)


def day(token: Token, span: Span) -> date:
    """A date such as `July 1, 2025`."""
    month, number, year = token.text.replace(",", "").split()
    try:
        return date(int(year), MONTHS.index(month) + 1, int(number))
    except ValueError:
        raise meaningless(span, f"there is no day {token.text}") from None


def _moment(phrase: Phrase, span: Span) -> Formula:
    token = token_of(phrase.parts[0])
    days, _, clock = token.text.rpartition(", ")
    try:
        return Moment(
            datetime.combine(day(Token(token.kind, days, token.start, token.end), span), time.fromisoformat(clock)),
            span,
        )
    except ValueError:
        raise meaningless(span, f"there is no time {clock}") from None


def _calendar_period(phrase: Phrase, span: Span) -> Formula:
    return CalendarPeriod(token_of(phrase.parts[0]).text, span)


PERIOD_VALUES = {
    "the first day of the Measurement Period": "period start",
    "the last day of the Measurement Period": "period end",
    "the number of days of the Measurement Period": "length of period",
    "the first day of the Contract Term": "contract start",
    "the last day of the Contract Term": "contract end",
    "the Data Date": "data date",
}


def _period_value(phrase: Phrase, span: Span) -> Formula:
    return PeriodValue(PERIOD_VALUES[token_of(phrase.parts[0]).kind], span)


LITERALS: Mapping[str, Callable[[Phrase, Span], Formula]] = {
    "number": _signed(_number),
    "percent": _signed(_percent),
    "points": _signed(_percent),
    "money": _signed(_money),
    "duration": _signed(_duration),
    "day": _day,
    "moment": _moment,
    "calendar_period": _calendar_period,
    "period_value": _period_value,
}
