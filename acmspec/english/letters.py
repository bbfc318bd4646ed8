"""Letters for the parts of a line that can't stand in it, and the list below it that explains them."""

from collections.abc import Callable, Hashable, Iterator
from string import ascii_uppercase

from acmspec.english.said import WHERE, Said

Explain = Callable[[frozenset[str]], Said]
"""Says what a letter stands for, given the letters it must not use itself."""


class Line:
    """The line being said: the letters it uses so far. `taken` are those of the lines around it."""

    def __init__(self, taken: frozenset[str] = frozenset(), each: str = "") -> None:
        self.taken = taken
        self.each = each
        self._found: dict[Hashable, tuple[str, str, Explain]] = {}

    @property
    def letters(self) -> frozenset[str]:
        """All letters that an inner line must not use."""
        return self.taken | {letter for letter, _, _ in self._found.values()}

    def __bool__(self) -> bool:
        return bool(self._found)

    def letter(self, key: Hashable, explain: Explain, verb: str = "", first: str = "A") -> str:
        """The letter for a part, the same for the same part; `verb` joins it to what it stands for."""
        if key not in self._found:
            start = ascii_uppercase.index(first)
            order = ascii_uppercase[start:] + ascii_uppercase[:start]
            letter = next(one for one in order if one not in self.letters)
            is_each = f", for each {self.each}, is " if self.each else " is "
            self._found[key] = (letter, verb or is_each, explain)
        return self._found[key][0]

    def explained(self) -> Iterator[Said]:
        """What each letter stands for, in order; saying one may add no other."""
        taken = self.letters
        for letter, verb, explain in self._found.values():
            yield explain(taken).after(f"{letter}{verb}")

    def closed(self, said: Said) -> Said:
        """The line with its letters explained below it."""
        return Said(f"{said.text}{WHERE}", tuple(self.explained())) if self._found else said
