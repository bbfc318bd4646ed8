"""How far a command has come: a bar on a terminal while it works, and on request how long each stage took."""

import sys
from collections.abc import Sequence
from time import perf_counter

_WIDTH = 24
_PATIENCE = 0.7
"""Seconds before a bar appears: what is done sooner needs none."""


class Stages:
    """A watch that draws on the standard error stream, if that is a terminal, and remembers times."""

    def __init__(self, *, bar: bool) -> None:
        self._bar = bar and sys.stderr.isatty()
        self._expected: list[str] = []
        self._begun: list[tuple[str, float]] = []
        self._start = perf_counter()
        self._drawn = 0

    def expect(self, stages: Sequence[str]) -> None:
        """More stages that will begin."""
        self._expected.extend(stages)

    def begin(self, stage: str) -> None:
        """A stage begins."""
        self._begun.append((stage, perf_counter()))
        if self._bar and perf_counter() - self._start > _PATIENCE:
            self._draw(stage)

    def _draw(self, stage: str) -> None:
        whole = max(len(self._expected), len(self._begun))
        filled = _WIDTH * (len(self._begun) - 1) // whole
        line = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {stage}"
        sys.stderr.write("\r" + line.ljust(self._drawn))
        sys.stderr.flush()
        self._drawn = len(line)

    def clear(self) -> None:
        """Take the bar away, so that what follows stands on a line of its own."""
        if self._drawn:
            sys.stderr.write("\r" + " " * self._drawn + "\r")
            self._drawn = 0

    def times(self) -> str:
        """How long each stage took, a line each, and all together."""
        ends = [start for _, start in self._begun[1:]] + [perf_counter()]
        lines = [f"{end - start:8.2f} s  {stage}" for (stage, start), end in zip(self._begun, ends, strict=True)]
        return "\n".join([*lines, f"{perf_counter() - self._start:8.2f} s  in all"])
