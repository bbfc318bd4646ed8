"""What the words of a text can be: keywords, and the words a spec declares; and which of them may follow which.

It must not know what a phrase means. Two words of one text are told apart by what stands before them.
"""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from acmspec.formula.lalr import Tables, compiled
from acmspec.ground.node import node
from acmspec.program.aggregates import AGGREGATES
from acmspec.program.lookup_rows import LOOKUPS

WORD, SAYS, OF, LETTER, TEXT = "A_WORD", "A_SAYS", "A_OF", "A_LETTER", "A_TEXT"
NUMBER, MONEY, DATE, MOMENT, PERIOD = "A_NUMBER", "A_MONEY", "A_DATE", "A_MOMENT", "A_PERIOD"
ORDINAL, DEFINE = "A_ORDINAL", "A_DEFINE"
ENDS = (";", "; and", "; or", ".")
"""What stands behind an item of a list, and behind the last."""
CLOSE_UP = (",", ";", ".", ":", ")")
"""What a text that starts with one of these has no blank before."""


@cache
def grammar() -> Tables:
    """The compiled grammar of English."""
    return compiled(Path(__file__).with_name("tables.json"))


@cache
def keywords() -> tuple[str, ...]:
    """Every keyword of the grammar."""
    symbols = {one for row in grammar().actions for one in row} | set(grammar().follows)
    inner = {left for left, _, _ in grammar().rules}
    return tuple(sorted(one for one in symbols - inner if not one.startswith(("A_", "$"))))


@cache
def value_leads() -> tuple[str, ...]:
    """The starts of phrases that take a value and a set, such as “the median of”; from the rows that say them."""
    found = [row.english.partition("{expression} across {set}") for row in AGGREGATES]
    for one in LOOKUPS:
        found += [text.partition("{value} among {set}") for text in (one.english, one.of_dates)]
    return tuple(dict.fromkeys(lead.strip() for lead, middle, _ in found if middle and "{place}" not in lead))


@node
class Entry:
    """One word and what kind of token it is."""

    text: str
    kind: str


class Lexicon:
    """The words of a spec beside the keywords, found by how they start, the longest first."""

    def __init__(self, words: Iterable[str], says: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.says = frozenset(says)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every fixed text that a token can have."""
        found = [Entry(one, WORD) for one in self.words]
        found += [Entry(one, SAYS) for one in self.says]
        found += [Entry(one, OF) for one in value_leads()]
        found += [Entry(one, one) for one in (*keywords(), *ENDS)]
        return tuple(sorted(found, key=lambda one: (-len(one.text), one.text, one.kind)))

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that a word of the spec has."""
        return frozenset().union(*self.words, *self.says)

    @cached_property
    def _by_start(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for one in self.entries:
            found.setdefault(one.text[:_START], []).append(one)
        return {start: tuple(some) for start, some in found.items()}

    def starting(self, text: str, at: int) -> Iterator[Entry]:
        """The entries that stand at a place of a text with single blanks, the longest first, whole words only."""
        for length in range(_START, 0, -1):
            for one in self._by_start.get(text[at : at + length], ()):
                if (length == _START or len(one.text) == length) and text.startswith(one.text, at):
                    end = at + len(one.text)
                    if end == len(text) or not (in_word(text[end]) and in_word(one.text[-1])):
                        yield one

    def with_words(self, more: Iterable[str]) -> "Lexicon":
        """The same with some more words, such as the names a text gives to records."""
        added = frozenset(more) - self.words
        return Lexicon(self.words | added, self.says) if added else self


_START = 4
"""How many letters entries are found by."""


def in_word(character: str) -> bool:
    """Whether a character goes on a word, so that no token ends before it."""
    return character.isalnum() or character == "_"


@cache
def may_follow(kind: str) -> frozenset[str]:
    """The kinds of tokens that may come after a kind, the ends of items included where a line may end."""
    found = grammar().follows.get(kind, frozenset())
    return found | frozenset(ENDS) if "$END" in found else found
