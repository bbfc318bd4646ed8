"""What results are broken down by; nothing of how it was found."""

from acmspec.ground.node import node
from acmspec.program.record import Column, Record
from acmspec.program.types import TextType


@node
class Dimension:
    """A path to break down by, as written (`client.race`), and its value for a record of each table it is used on.

    `roster` are groups that appear even without records (the providers of the agreements), in order. With a `register`,
    the key of the table that lists all groups, those appear as well, and a value that is in neither is missing.
    """

    path: str
    values: tuple[tuple[str, Record], ...]
    is_provider: bool
    roster: tuple[str, ...]
    order: tuple[str, ...]
    register: Column | None = None

    @property
    def is_folded(self) -> bool:
        """Whether upper and lower case are one in its values."""
        return any(isinstance(one.type, TextType) and one.type.folded for _, one in self.values)

    def of(self, table: str) -> Record:
        """The record expression that gives the dimension for records of a table."""
        return dict(self.values)[table]
