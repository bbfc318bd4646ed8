"""Which known word a mistyped one was probably meant to be; knows nothing of what the words name."""

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate closest to `word`, ignoring case, or "" if none is close enough to be worth offering.

    Close is by edits (insert, delete, replace, swap of neighbors): at most a third of the longer word, at
    least one. Between equally close ones the first in the order given wins.
    """
    best, distance = "", -1
    lowered = word.lower()
    for candidate in candidates:
        edits = _edits(lowered, candidate.lower())
        if edits <= max(1, max(len(word), len(candidate)) // 3) and (distance < 0 or edits < distance):
            best, distance = candidate, edits
    return best


def offer(word: str, candidates: Iterable[str]) -> str:
    """A sentence that offers the nearest candidate, or names them all if they are few; "" if there are none."""
    known = tuple(dict.fromkeys(candidates))
    close = nearest(word, known)
    if close:
        return f"Did you mean “{close}”?"
    few = 8
    if not known or len(known) > few:
        return ""
    return "Known here: " + ", ".join(f"“{one}”" for one in known) + "."


def _edits(left: str, right: str) -> int:
    """The optimal string alignment distance between two words."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]
