"""Gathers what the program stage finds, each finding once; knows nothing of what is looked for."""

from collections.abc import Iterable
from dataclasses import replace

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.source import Span


class Findings:
    """All findings so far, in the order they were made; the same thing said twice of one place counts once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, object], Diagnostic] = {}

    def say(  # noqa: PLR0913  (one keyword a part of the message)
        self,
        problem: Problem,
        span: Span,
        message: str,
        *,
        path: str,
        label: str = "",
        cause: str = "",
        fix: str = "",
        related: tuple[Label, ...] = (),
    ) -> None:
        """Add one finding; `path` is the place in the spec as keys joined by dots."""
        self.add(problem.at(span, message, label=label, path=path, cause=cause, fix=fix, related=related))

    def add(self, diagnostic: Diagnostic, path: str = "") -> None:
        """Add a finding made elsewhere; `path` and the label are filled in where it has none."""
        if path and not diagnostic.path:
            diagnostic = replace(diagnostic, path=path)
        if not diagnostic.label:
            diagnostic = replace(diagnostic, label="here")
        place = diagnostic.place
        spot = (place.start, place.end) if isinstance(place, Span) else place
        self._found.setdefault((diagnostic.code, diagnostic.message, spot), diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic], path: str = "") -> None:
        """Add several findings made elsewhere."""
        for one in diagnostics:
            self.add(one, path)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found, each once."""
        return tuple(self._found.values())
