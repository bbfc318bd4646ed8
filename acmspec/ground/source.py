"""Source text and places in it, which every message points at; knows nothing of YAML or of formulas."""

from bisect import bisect_right
from dataclasses import field
from functools import lru_cache
from typing import Generic, TypeVar

from acmspec.ground.node import node

T = TypeVar("T")


@node
class Source:
    """One text file as it was read; `name` is the path as the user wrote it, lines end with a line feed alone."""

    name: str
    text: str = field(repr=False)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (in characters) of an offset into the text."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, max(0, min(offset, len(self.text))))
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a 1-based line without its line end; empty past the end."""
        starts = _line_starts(self.text)
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]


@lru_cache(maxsize=64)
def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


@node
class Span:
    """Half-open range of characters `[start, end)` of a source."""

    source: Source = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters the span covers."""
        return self.source.text[self.start : self.end]

    def to(self, other: "Span") -> "Span":
        """The span from the start of this one to the end of the other."""
        return Span(self.source, self.start, max(self.end, other.end))

    def __str__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"


@node
class Located(Generic[T]):
    """A value and where the author wrote it. The place never counts in equality."""

    value: T
    span: Span = field(compare=False, repr=False)
