"""Group expressions: each has a value for the records of a window in one group; nothing of how it is worked out."""

from dataclasses import field
from fractions import Fraction

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.ground.windows import Coverage
from acmspec.program.aggregates import MIDDLE
from acmspec.program.dimension import Dimension
from acmspec.program.elsewhere import To
from acmspec.program.judging import Judging
from acmspec.program.population import FirstDay, Population, Window
from acmspec.program.record import Record
from acmspec.program.types import Type


@node
class Aggregate:
    """An aggregate over a set: a row of `aggregates.AGGREGATES` by name, its expression, its own `where`.

    `windows` are all the windows its set, success and conditions use, `reaches` the first days its lookups look at.
    `at` is the place in the order of values that a median or percentile takes, from 0 to 1. `judging` is that of the
    measure it belongs to, None where it belongs to none yet. `within` is the condition of a slice: other records of the
    set are not measured here at all. `weight` is how much each record counts, None where all count alike.
    """

    function: str
    expression: Record | None
    population: Population
    where: Record | None
    windows: tuple[Window, ...]
    type: Type
    at: Fraction = MIDDLE
    judging: Judging | None = None
    reaches: tuple[FirstDay, ...] = ()
    within: Record | None = None
    weight: Record | None = None


@node
class GroupConstant:
    """An exact number."""

    value: Fraction
    type: Type


@node
class GroupFigure:
    """The value of a reference figure for the group and the window at hand, by the figure's own rules."""

    name: str
    type: Type


@node
class PeriodDays:
    """How many days the window has."""

    type: Type


@node
class GroupArithmetic:
    """`+ - * /` over two group values; division by zero is the state undefined."""

    operator: str
    left: "Group"
    right: "Group"
    type: Type


@node
class Quotient:
    """`A out of B`: numerator and denominator stay apart to the end."""

    numerator: "Group"
    denominator: "Group"
    type: Type


@node
class GroupDefined:
    """The use of a group definition."""

    name: str
    body: "Group"
    type: Type


# --- elsewhere, and part by part ---------------------------------------------------------------------------


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
    over: Cycle | Dimension
    where: "Group | None"
    at: Fraction
    lowest_first: bool
    type: Type
    span: Span = field(compare=False, repr=False)
    judging: Judging | None = None


# --- decisions: conditions about a group are true (1), false (0) or undefined --------------------------------


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


Group = (
    Aggregate
    | GroupConstant
    | PeriodDays
    | GroupFigure
    | GroupArithmetic
    | Quotient
    | GroupDefined
    | Slice
    | MetricUse
    | ForEach
    | GroupCompare
    | GroupLogic
    | GroupNegation
    | GroupKnown
    | GroupIf
)
