"""What reading one kind of phrase needs of the others; a port, so that no two of them import one another."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from acmspec.english.names import Names
from acmspec.english.phrases import Block, Phrase
from acmspec.english.problems import meaningless
from acmspec.english.sight import Sight, Value
from acmspec.formula.lexer import Token
from acmspec.formula.tree import Formula
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.program.record import Column


class Place(NamedTuple):
    """Where a phrase stands: the records in sight, and the line whose list explains it."""

    sight: Sight
    block: Block


class Reading(Protocol):
    """Reads the phrases of one text about records."""

    @property
    def names(self) -> Names:
        """What the words name."""

    def span(self, one: Phrase | Token, place: Place) -> Span:
        """The place of a phrase in the text."""

    def condition(self, part: object, place: Place) -> Formula:
        """A condition of one record."""

    def items(self, place: Place) -> list[Formula]:
        """The items of the line's list as conditions."""

    def value(self, part: object, place: Place) -> Value:
        """A value of one record."""

    def explained(self, token: Token, place: Place) -> Value:
        """The value a letter stands for."""

    def letter(self, token: Token, place: Place) -> tuple[Phrase, Block]:
        """The explanation of a letter, and the line it is."""

    def all_used(self, block: Block) -> None:
        """Refuse letters that are explained and not used, or explained twice."""

    def code(self, column: Column | None, label: str) -> str:
        """The code of a label; the text itself where there is none."""


def phrase_of(part: object) -> Phrase:
    """A part that the grammar has a phrase for."""
    if not isinstance(part, Phrase):
        raise TypeError(f"the grammar has a phrase here, not {part!r}")
    return part


def token_of(part: object) -> Token:
    """A part that the grammar has a word for."""
    if not isinstance(part, Token):
        raise TypeError(f"the grammar has a word here, not {part!r}")
    return part


def titled(token: Token, known: Mapping[str, str], what: str, reader: Reading, place: Place) -> str:
    """The name of something that the text calls by its title in quotes."""
    title = token.text[1:-1]
    if title not in known:
        raise meaningless(reader.span(token, place), f"the contract has no {what} {token.text}", offer(title, known))
    return known[title]


def word_of(part: object) -> str:
    """The keyword of a rule that chooses one of some."""
    return token_of(phrase_of(part).parts[0]).kind
