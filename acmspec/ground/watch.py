"""Who is told how far long work has come; it knows no work and no terminal."""

from collections.abc import Sequence
from typing import Protocol


class Watch(Protocol):
    """Told the stages that will come, and each as it begins."""

    def expect(self, stages: Sequence[str]) -> None:
        """More stages that will begin, in order."""

    def begin(self, stage: str) -> None:
        """A stage begins, and so ends the one before."""


class Unwatched:
    """Nobody watches."""

    def expect(self, stages: Sequence[str]) -> None:
        """Nobody wants to know."""

    def begin(self, stage: str) -> None:
        """Nobody wants to know."""


UNWATCHED = Unwatched()
