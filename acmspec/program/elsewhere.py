"""The slices: other days, other records, several groups together; nothing of what is sliced."""

from dataclasses import field
from datetime import date

from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.dimension import Dimension
from acmspec.program.record import Record


@node
class Dates:
    """A slice: the days from `first` to `last`, both counted, instead of the metric's window.

    `called` is what each of them was named by, "contract start" or "contract end", empty where it was written out: a
    name stays true when the contract is amended.
    """

    first: date
    last: date
    called: tuple[str, str] = ("", "")


@node
class Earlier:
    """A slice: so many days, weeks, months, quarters or years (`unit`) before the period at hand."""

    number: int
    unit: str
    span: Span = field(compare=False, repr=False)


@node
class SinceStart:
    """A slice: from the contract's first day to the end of the period at hand."""


@node
class Pooled:
    """A slice: all groups of one dimension together, the providers or those of a path that ends in `name`."""

    name: str
    of_providers: bool

    def holds(self, dimension: Dimension) -> bool:
        """Whether a dimension is the one whose groups are taken together."""
        if self.of_providers:
            return dimension.is_provider
        return dimension.path.rpartition(".")[2] == self.name


@node
class Those:
    """A slice: the records that meet a condition, said for the records of each table.

    The figures inside hold it already (`Aggregate.within`).
    """

    conditions: tuple[tuple[str, Record], ...]


To = Dates | Earlier | SinceStart | Pooled | Those
