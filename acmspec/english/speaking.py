"""What saying one kind of record expression needs of the others; a port, so that no two of them import one another."""

from typing import Protocol

from acmspec.english.letters import Line
from acmspec.english.said import Said
from acmspec.english.words import Vocabulary
from acmspec.ground.node import node
from acmspec.program.record import Record


@node
class Frame:
    """A record that a sentence speaks of: its noun, and how it is called to tell it from others (`the Later Stay`)."""

    noun: str
    called: str


class Speaking(Protocol):
    """Speaks of records; `frames` are innermost first, as scopes count."""

    @property
    def words(self) -> Vocabulary:
        """The words of the spec."""

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The records in sight."""

    @property
    def taken(self) -> frozenset[str]:
        """The letters that lines around this one use."""

    def inside(self, frame: Frame) -> "Speaking":
        """A speaker with one more record in sight."""

    def with_taken(self, letters: frozenset[str]) -> "Speaking":
        """A speaker that must not use some letters."""

    def on(self, line: Line) -> "Speaking":
        """A speaker that explains on this line what can't stand in it."""

    def value(self, record: Record) -> str:
        """A value as a noun phrase that closes itself."""

    def plain(self, record: Record) -> str:
        """A value as a noun phrase behind which others may stand."""

    def condition(self, record: Record, *, negated: bool = False) -> Said:
        """A condition as a line of its own."""
