"""Group expressions that look elsewhere, go part by part, or decide; with those of `tree` they are all there are."""

from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.ground.windows import Coverage
from acmspec.program.judging import Judging
from acmspec.program.record import Record
from acmspec.program.types import Type

if TYPE_CHECKING:
    from acmspec.program.tree import Dimension, Group


@node
class Dates:
    """A slice: the days from `first` to `last`, both counted, instead of the metric's window."""

    first: date
    last: date


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

    def holds(self, dimension: "Dimension") -> bool:
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


@node
class Slice:
    """A group value seen elsewhere than in the period and group at hand; how is said by `to`."""

    inner: "Group"
    to: To
    type: Type


@node
class MetricUse:
    """The use of a metric's name: its formula, over the metric's own window where no slice says which days."""

    name: str
    body: "Group"
    every: Cycle
    window: Coverage
    type: Type


@node
class ForEach:
    """One value for each part of the window, or for each group of a dimension, brought together by `function`.

    `function` is a row of `each_rows.EACH`. `where` is a condition on each part. `lowest_first` is for a rank whose
    lowest value is the best. A share judges parts without an answer as `judging` says.
    """

    function: str
    inner: "Group"
    over: "Cycle | Dimension"
    where: "Group | None"
    at: Fraction
    lowest_first: bool
    type: Type
    span: Span = field(compare=False, repr=False)
    judging: Judging | None = None


# Conditions about a group are true (1), false (0) or undefined.


@node
class GroupCompare:
    """`= != < <= > >=` over two group values, exact and not rounded; undefined where a side is."""

    operator: str
    left: "Group"
    right: "Group"
    type: Type


@node
class GroupLogic:
    """`and` / `or` over conditions; one that decides alone decides."""

    operator: str
    left: "Group"
    right: "Group"
    type: Type


@node
class GroupNegation:
    """`not` over a condition."""

    operand: "Group"
    type: Type


@node
class GroupKnown:
    """Whether a group value is defined (`known`), or is not."""

    operand: "Group"
    known: bool
    type: Type


@node
class GroupIf:
    """`if C then A else B`; only the one taken counts."""

    condition: "Group"
    then: "Group"
    otherwise: "Group"
    type: Type
