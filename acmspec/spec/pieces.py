"""Small shapes that several parts of a spec share: names, words, shares, terms."""

import re
from fractions import Fraction
from operator import attrgetter

from acmspec.ground.source import Located, Span
from acmspec.spec.amounts import amount
from acmspec.spec.shape import (
    As,
    Day,
    Duration,
    Either,
    EveryWord,
    Flag,
    Identifier,
    Key,
    ListOf,
    Path,
    Quantity,
    Record,
    Text,
    Whole,
    Written,
)
from acmspec.spec.tree import Noun, Term

VALUE = attrgetter("value")
NAME = Identifier()
NAMES = ListOf(NAME)
PATHS = ListOf(Path())
WORDS = As(Text(), VALUE)
DAY = Day()
MONEY = Quantity("money")
LENGTH = As(Duration(), VALUE)
EVERY = As(EveryWord(), VALUE)
FLAG = As(Flag(), VALUE)
NUMBER = As(Whole(), VALUE)


UNREAD = "…"
"""What stands in for words that could not be read."""


def unknown(span: Span) -> Located[str]:
    """What stands in for a text that could not be read."""
    return Located(UNREAD, span)


def unknown_words(_: Span) -> str:
    """What stands in for words that could not be read."""
    return UNREAD


def _share(match: re.Match[str]) -> Fraction:
    return amount(match.group()).value


SHARE = As(
    Written(r"(100(\.0{1,10})?|[0-9]{1,2}(\.[0-9]{1,10})?) ?%", "a percentage from 0% to 100%", "1%", _share),
    VALUE,
)


def _noun(one: str, many: str, span: Span) -> Noun:
    del span
    return Noun(one, many)


NOUN = Record(
    "a noun",
    _noun,
    (
        Key("one", WORDS, required=True, stand_in=unknown_words),
        Key("many", WORDS, required=True, stand_in=unknown_words),
    ),
)
TERM = Record(
    "a term", Term, (Key("from", DAY, required=True, into="first"), Key("to", DAY, required=True, into="last"))
)


def _one_name(name: Located[str]) -> tuple[Located[str], ...]:
    return (name,)


NAME_OR_NAMES = Either(scalar=As(NAME, _one_name), sequence=ListOf(NAME, least=1))
PATH_OR_PATHS = Either(scalar=As(Path(), _one_name), sequence=ListOf(Path(), least=1))
