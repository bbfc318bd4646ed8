"""Phrases that say a value of one record, as formulas; one reader a rule of the grammar."""

from collections.abc import Callable, Mapping

from acmspec.english.conditions_from_phrases import own_window
from acmspec.english.lookup_from_phrases import lookup
from acmspec.english.phrases import Phrase
from acmspec.english.problems import meaningless
from acmspec.english.reading import Place, Reading, phrase_of, titled, token_of, word_of
from acmspec.english.sight import Value, named_value, own_record
from acmspec.english.spelling import LITERALS, unquoted
from acmspec.formula.tree import Between, Binary, DaysIn, If, Negative, Text

_SUMS = {"plus": "+", "minus": "-", "multiplied by": "*", "divided by": "/"}

Read = Callable[[Reading, Phrase, Place], Value]


def _arithmetic(reader: Reading, phrase: Phrase, place: Place) -> Value:
    left, right = (reader.value(phrase.parts[at], place).formula for at in (0, 2))
    word = word_of(phrase.parts[1])
    if word not in _SUMS:
        raise meaningless(reader.span(phrase, place), f"“{word}” is for groups of records")
    return Value(Binary(_SUMS[word], left, right, reader.span(phrase, place)))


def _negative(reader: Reading, phrase: Phrase, place: Place) -> Value:
    return Value(Negative(reader.value(phrase.parts[1], place).formula, reader.span(phrase, place)))


def _days_between(reader: Reading, phrase: Phrase, place: Place) -> Value:
    start, end = (reader.value(phrase.parts[at], place).formula for at in (1, 3))
    return Value(Between("day", start, end, reader.span(phrase, place)))


def _business_days_between(reader: Reading, phrase: Phrase, place: Place) -> Value:
    calendar = titled(token_of(phrase.parts[1]), reader.names.calendars, "calendar", reader, place)
    start, end = (reader.value(phrase.parts[at], place).formula for at in (3, 5))
    return Value(Between("business day", start, end, reader.span(phrase, place), calendar))


def _days_in(reader: Reading, phrase: Phrase, place: Place) -> Value:
    path = phrase_of(phrase.parts[1])
    own_record(path, place.sight, reader.span(path, place))
    return Value(DaysIn(own_window(reader, phrase_of(phrase.parts[3]), place), reader.span(phrase, place)))


def _choice(reader: Reading, phrase: Phrase, place: Place) -> Value:
    condition = reader.condition(phrase.parts[2], place)
    then, otherwise = (reader.value(phrase.parts[at], place) for at in (0, 4))
    found = If(condition, then.formula, otherwise.formula, reader.span(phrase, place))
    return Value(found, None, then.is_condition)


def _path_value(reader: Reading, phrase: Phrase, place: Place) -> Value:
    return named_value(phrase_of(phrase.parts[0]), place.sight, reader.names, reader.span(phrase, place))


def _text(reader: Reading, phrase: Phrase, place: Place) -> Value:
    return Value(Text(unquoted(token_of(phrase.parts[0]).text), reader.span(phrase, place)))


def _literal(reader: Reading, phrase: Phrase, place: Place) -> Value:
    return Value(LITERALS[phrase.rule](phrase, reader.span(phrase, place)))


def _answer(reader: Reading, phrase: Phrase, place: Place) -> Value:
    return Value(reader.condition(phrase.parts[1], place), None, True)


VALUES: Mapping[str, Read] = {
    "arithmetic": _arithmetic,
    "negative": _negative,
    "days_between": _days_between,
    "business_days_between": _business_days_between,
    "days_in": _days_in,
    "choice": _choice,
    "path_value": _path_value,
    "letter": lambda reader, phrase, place: reader.explained(token_of(phrase.parts[0]), place),
    "text": _text,
    "bracketed": lambda reader, phrase, place: reader.value(phrase.parts[1], place),
    "answer": _answer,
    "lookup_which": lookup,
    "lookup_open": lookup,
    **dict.fromkeys(
        ("lookup_count", "lookup", "lookup_first", "lookup_last", "lookup_nth", "lookup_only", "lookup_reaches"), lookup
    ),
    **dict.fromkeys(LITERALS, _literal),
}
