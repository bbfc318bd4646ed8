"""Where shapes lay down what they find: diagnostics, the dotted path at hand, the faulty parts; knows no shape."""

from collections.abc import Callable
from enum import Enum
from typing import Final

from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Diagnostic, Label, Outcome, Problem, Severity
from acmspec.ground.source import Source, Span

Parse = Callable[[Source, int, int], Outcome[Formula]]


class Fault(Enum):
    """The value of a part that could not be decoded and was reported."""

    FAULT = "fault"


FAULT: Final = Fault.FAULT


class Desk:
    """One decoding of one source.

    `found` gathers diagnostics in the order they are met, `faulty` the dotted paths of parts that could not be
    decoded. `parse` reads a formula from a raw slice of the source.
    """

    __slots__ = ("_path", "faulty", "found", "parse", "source")

    def __init__(self, source: Source, parse: Parse) -> None:
        self.source = source
        self.parse = parse
        self.found: list[Diagnostic] = []
        self.faulty: set[str] = set()
        self._path: list[str] = []

    @property
    def path(self) -> str:
        """The place at hand as keys joined by dots; items of a list count from 0."""
        return ".".join(self._path)

    @property
    def here(self) -> str:
        """The place at hand as a message names it: “minimum”, or an item of “over”."""
        if not self._path:
            return "the spec"
        if self._path[-1].isdecimal():
            return f"an item of “{next((one for one in reversed(self._path) if not one.isdecimal()), 'the spec')}”"
        return f"“{self._path[-1]}”"

    def enter(self, name: str) -> None:
        """Go down to a key or an item."""
        self._path.append(name)

    def leave(self) -> None:
        """Go back up."""
        self._path.pop()

    def report(  # noqa: PLR0913  (one keyword a part of the message)
        self,
        problem: Problem,
        span: Span,
        message: str,
        *,
        label: str = "",
        cause: str = "",
        fix: str = "",
        related: tuple[Label, ...] = (),
        faulty: bool = True,
    ) -> Fault:
        """Lay down a finding at the place at hand; an error marks the place as faulty unless `faulty` says it isn't."""
        one = problem.at(span, message, label=label, path=self.path, cause=cause, fix=fix, related=related)
        self.found.append(one)
        if faulty and problem.severity is Severity.ERROR:
            self.faulty.add(self.path)
        return FAULT
