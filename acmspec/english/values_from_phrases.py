"""Phrases that say a value of one record, as formulas; one reader a rule of the grammar."""

from collections.abc import Callable, Mapping

from acmspec.english.conditions_from_phrases import own_window
from acmspec.english.lookup_from_phrases import lookup
from acmspec.english.phrases import Phrase
from acmspec.english.problems import meaningless
from acmspec.english.reading import Place, Reading, phrase_of, titled, token_of, word_of
from acmspec.english.sight import Value, named_value, own_record
from acmspec.english.spelling import LITERALS, unquoted
from acmspec.formula import literals
from acmspec.formula.tree import Between, Binary, Birthday, DaysIn, If, Negative, PartOf, Text

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


def _time_between(reader: Reading, phrase: Phrase, place: Place) -> Value:
    start, end = (reader.value(phrase.parts[at], place).formula for at in (1, 3))
    unit = word_of(phrase.parts[0]).split()[-2].removesuffix("s")
    return Value(Between(unit, start, end, reader.span(phrase, place)))


def _date_of(reader: Reading, phrase: Phrase, place: Place) -> Value:
    return Value(PartOf("date", reader.value(phrase.parts[1], place).formula, reader.span(phrase, place)))


def _part_of(reader: Reading, phrase: Phrase, place: Place) -> Value:
    word = word_of(phrase.parts[0])
    part = "fiscal year" if "Fiscal" in word else word.split()[2]
    return Value(PartOf(part, reader.value(phrase.parts[1], place).formula, reader.span(phrase, place)))


def _edge(reader: Reading, phrase: Phrase, place: Place) -> Value:
    """The first day of a month, quarter or year that is a value, which stands for that day by itself."""
    return Value(reader.value(phrase.parts[1], place).formula)


def _birthday(reader: Reading, phrase: Phrase, place: Place) -> Value:
    number = token_of(phrase.parts[1])
    if not number.text.isdigit() or word_of(phrase.parts[2]).removesuffix("s") != "year":
        raise meaningless(reader.span(number, place), "a number of whole years is needed")
    birth = reader.value(phrase.parts[4], place).formula
    return Value(Birthday(int(number.text), birth, reader.span(phrase, place)))


def _business_duration(reader: Reading, phrase: Phrase, place: Place) -> Value:
    calendar = titled(token_of(phrase.parts[2]), reader.names.calendars, "calendar", reader, place)
    text, span = token_of(phrase.parts[0]).text.replace(",", ""), reader.span(phrase, place)
    return Value(literals.duration(text, literals.Counted("business day", calendar), span, span))


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
    "time_between": _time_between,
    "date_of": _date_of,
    "part_of": _part_of,
    "edge": _edge,
    "birthday": _birthday,
    "business_duration": _business_duration,
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
