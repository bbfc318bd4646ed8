"""Which known word a mistyped one was probably meant to be; knows nothing of what the words name."""

import unicodedata
from collections.abc import Iterable

KNOWN = "Known here: "


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate closest to `word`, ignoring case, or "" if none is close enough to be worth offering.

    Close is by edits (insert, delete, replace, swap of neighbors): at most a third of the longer word, at
    least one. Between equally close ones the first in the order given wins.
    """
    lowered = word.lower()
    letters, size = set(lowered), len(lowered)
    best, most = "", size + 1
    for candidate in candidates:
        other = candidate.lower()
        limit = min(most, max(1, max(len(word), len(candidate)) // 3))
        # One edit makes a word longer or shorter by one letter, and can do away with one letter that the other lacks.
        if not -limit <= len(other) - size <= limit or len(letters.difference(other)) > limit:
            continue
        edits = _edits(lowered, other, limit)
        if edits <= limit:
            best, most = candidate, edits - 1
    return best


def offer(word: str, candidates: Iterable[str]) -> str:
    """A sentence that offers the nearest candidate, or names them all if they are few; "" if there are none."""
    known = tuple(dict.fromkeys(candidates))
    close = nearest(word, known)
    if close:
        return " ".join((f"Did you mean “{close}”?", *_strange(word, close)))
    few = 8
    if not known or len(known) > few:
        return ""
    return KNOWN + ", ".join(f"“{one}”" for one in known) + "."


def _strange(word: str, close: str) -> tuple[str, ...]:
    """The letters of a word that look like others, or like nothing, so that nobody sees why it is another word."""
    letters = dict.fromkeys(one for one in word if not one.isascii() and one not in close)
    named = [f"{unicodedata.name(one, 'no letter').lower()} (U+{ord(one):04X})" for one in letters]
    return (f"Here it has a {' and a '.join(named)}.",) if named else ()


def _edits(left: str, right: str, limit: int) -> int:
    """The optimal string alignment distance between two words; some number above the limit where it is above it."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return row[-1]
