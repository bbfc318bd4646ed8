"""Finds words that could be read as others: which token may follow which is known, so that no text need be tried.

A text is cut into tokens from left to right, the longest first. So a token is read wrongly where a longer one starts
with it and goes on as what follows it may go on.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache

from acmspec.english.lexer import SHAPES, STARTS
from acmspec.english.lexicon import CLOSE_UP, Entry, Lexicon, grammar, in_word, may_follow
from acmspec.ground.node import node

_MOST_TOKENS = 12


@node
class Clash:
    """A token that would be read as a longer one, and the texts that have to follow it for that."""

    meant: Entry
    read: Entry
    then: tuple[str, ...]


class _Texts:
    """The texts of one kind of entry, found by how they start, so that a large vocabulary isn't gone through."""

    def __init__(self) -> None:
        self._order: dict[str, int] = {}

    def add(self, text: str) -> None:
        """Add a text behind the others."""
        self._order.setdefault(text, len(self._order))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._order)

    @cached_property
    def _sizes(self) -> frozenset[int]:
        return frozenset(len(one) for one in self._order)

    def sharing_a_start(self, rest: str) -> list[str]:
        """The texts that start with the rest, or the rest with them, in the order they were added."""
        texts = self._sorted
        found = {start for size in self._sizes if (start := rest[:size]) in self._order}
        at = bisect_left(texts, rest)
        while at < len(texts) and texts[at].startswith(rest):
            found.add(texts[at])
            at += 1
        return sorted(found, key=self._order.__getitem__)


class _Search:
    """The search for clashes among the entries of one lexicon."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.by_text: dict[str, list[Entry]] = {}
        for one in entries:
            self.by_text.setdefault(one.text, []).append(one)
        self.by_kind: dict[str, _Texts] = {}
        for one in entries:
            self.by_kind.setdefault(one.kind, _Texts()).add(one.text)
        self.before: dict[str, set[str]] = {}
        for kind in grammar().follows:
            for following in may_follow(kind):
                self.before.setdefault(following, set()).add(kind)

    def _together(self, one: str, two: str) -> bool:
        """Whether tokens of two kinds can stand in one place."""
        return not self.before.get(one, set()).isdisjoint(self.before.get(two, ()))

    def of(self, read: Entry) -> Iterator[Clash]:
        """The tokens that would be read as this one."""
        for end in range(1, len(read.text) + 1):
            if end < len(read.text) and in_word(read.text[end - 1]) and in_word(read.text[end]):
                continue
            for meant in self._with_text(read.text[:end]):
                if meant == read or not self._together(meant.kind, read.kind):
                    continue
                then = self.goes_on(meant.kind, read.text[end:], 0)
                if then is not None:
                    yield Clash(meant, read, then)

    def _with_text(self, text: str) -> Iterator[Entry]:
        yield from self.by_text.get(text, ())
        for kind, shape in SHAPES if text[0] in STARTS else ():
            if shape.fullmatch(text):
                yield Entry(text, kind)

    def goes_on(self, kind: str, rest: str, depth: int) -> tuple[str, ...] | None:
        """The tokens with which a text may go on after one of a kind so that it starts with `rest`, if it may."""
        if not rest:
            return ()
        if depth > _MOST_TOKENS:
            return None
        for following in may_follow(kind):
            for text in self._texts(following, rest.removeprefix(" ")):
                joined = text if text.startswith(CLOSE_UP) else f" {text}"
                if joined.startswith(rest) and _is_whole(joined, len(rest)):
                    return (text,)
                if rest.startswith(joined):
                    more = self.goes_on(following, rest[len(joined) :], depth + 1)
                    if more is not None:
                        return (text, *more)
        return None

    def _texts(self, kind: str, rest: str) -> Iterator[str]:
        """The texts of a kind that share a start with the rest."""
        if kind in self.by_kind:
            yield from self.by_kind[kind].sharing_a_start(rest)
        for shaped, shape in SHAPES if rest[:1] in STARTS else ():
            found = shape.match(rest) if shaped == kind else None
            if found:
                yield found.group()


def _is_whole(text: str, end: int) -> bool:
    return end == len(text) or not (in_word(text[end - 1]) and in_word(text[end]))


def clashes(lexicon: Lexicon) -> tuple[Clash, ...]:
    """Every word that would be read as another."""
    return _among(lexicon.entries)


@lru_cache(maxsize=8)
def _among(entries: tuple[Entry, ...]) -> tuple[Clash, ...]:
    """Those among some words. Who writes a spec checks it again and again, and mostly with the words it had before."""
    search = _Search(entries)
    return tuple(clash for read in entries for clash in search.of(read))
