"""What a spec means: names resolved, types and levels known, kinds lowered to a small closed core of nodes.

Nothing here knows how it was spelt, which kind it came from, or what SQL is.

A *group expression* (`Group`) has a value for each set of records: a period and a group of a breakdown. The
*record expressions* it is made of are in `record`.
"""

from dataclasses import field
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle, Length
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.ground.windows import Bounds, Coverage, overlap, windows
from acmspec.program.aggregates import MIDDLE
from acmspec.program.calendar import BusinessCalendar
from acmspec.program.elsewhere import (
    ForEach,
    GroupCompare,
    GroupIf,
    GroupKnown,
    GroupLogic,
    GroupNegation,
    MetricUse,
    Slice,
)
from acmspec.program.figure import Reference
from acmspec.program.judging import Judging
from acmspec.program.payment import Payments
from acmspec.program.population import Choice, Left, Population, Reach, Spells, Stage, Stays, Window
from acmspec.program.record import Column, Record
from acmspec.program.register import Register
from acmspec.program.types import TextType, Type
from acmspec.spec.tree import Spec

__all__ = ["Choice", "Left", "Population", "Reach", "Spells", "Stage", "Stays", "Window"]
"""Sets belong to what a spec means, and have a file of their own."""

# --- group expressions ------------------------------------------------------------------------------------


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
    reaches: tuple[Reach, ...] = ()
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


# --- measures ---------------------------------------------------------------------------------------------


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


@node
class Benchmark:
    """What a metric is compared with: a group expression for the same group; `own` replaces it by provider."""

    name: str
    kind: str
    value: Group
    own: tuple[tuple[str, Fraction], ...]
    parameters: object = field(compare=False)


@node
class MeasurePart:
    """A part of a metric's numerator: the condition that its records meet, and the numerator narrowed to them."""

    name: str
    condition: Record
    figure: Aggregate


@node
class Measure:
    """A group expression over reporting periods and breakdowns: a metric, or the outcome of a payment term.

    `breakdowns` always starts with the empty one (all records). `better` is "higher" or "lower".
    `missing_is` says, in the author's words, where a record counts whose condition is missing; its figures carry it.
    """

    name: str
    formula: Group
    every: Cycle
    window: Coverage
    breakdowns: tuple[tuple[Dimension, ...], ...]
    better: str
    decimals: int
    minimum: int
    missing_is: str
    maturity: str
    benchmarks: tuple[Benchmark, ...]
    title: str
    is_metric: bool
    span: Span = field(compare=False, repr=False)
    parts: tuple[MeasurePart, ...] = ()


# --- data -------------------------------------------------------------------------------------------------


@node
class StoredColumn:
    """How one column is read: its name in the file, its type as written and as meant, what makes a cell valid.

    Where it means a folded text, case doesn't count: a cell is kept in the first of the type's spellings that it
    equals, else in lower case.
    """

    name: str
    column: str
    type: str
    optional: bool
    private: bool
    missing: tuple[str, ...]
    values: tuple[str, ...] | None
    entity: str
    of: Type = field(default=TextType())


@node
class Check:
    """A formula every record must not fail, with the text it was written as."""

    condition: Record
    text: str


@node
class Roll:
    """Which periods each provider must have reported in: `each` is the provider column, `dated` a date column."""

    each: Column
    dated: Column
    every: Cycle


@node
class Store:
    """One table to read: where from, which columns, what to refuse, and to which date it is complete.

    `complete_through` is None if it follows from the data date and `lag`; `complete_from` is None if nothing is said.
    """

    name: str
    file: str
    one: str
    many: str
    key: tuple[str, ...]
    columns: tuple[StoredColumn, ...]
    checks: tuple[Check, ...]
    duplicates: str
    accept_invalid: Fraction
    lag: Length
    complete_through: date | None
    received: str | None
    roll: Roll | None
    span: Span = field(compare=False, repr=False)
    complete_from: date | None = None


@node
class Program:
    """The whole meaning of a spec. `measures` holds the metrics in the author's order, then outcomes of terms."""

    contract_id: str
    first: date
    last: date
    data_date: date | None
    fiscal_starts: int
    currency: str
    stores: tuple[Store, ...]
    measures: tuple[Measure, ...]
    payments: Payments
    spec: Spec = field(compare=False, repr=False)
    """What the author wrote, for titles, prose and practice; never for meaning."""
    referral_checks: tuple[Group, ...] = ()
    """What the checks of the referral mean, in the author's order."""
    checks: tuple[Measure, ...] = ()
    """Those of them that can be calculated, as measures of all records named by their path."""
    calendars: tuple[BusinessCalendar, ...] = ()
    """The calendars that business days are counted on."""
    figures: tuple[Reference, ...] = ()
    """The reference figures, in the author's order."""
    register: Register | None = None
    """The table of providers, if the spec names one."""
    spells: tuple[Spells, ...] = ()
    """Tables that are made of the stays of others, in the author's order."""

    @property
    def term(self) -> Bounds:
        """The days of the contract and its fiscal year."""
        return Bounds(self.first, self.last, self.fiscal_starts)

    def overlaps(self, measure: Measure) -> bool:
        """Whether one day falls into the windows of several periods of a measure."""
        return overlap(windows(measure.every, measure.window, self.term, self.last))

    def measure(self, name: str) -> Measure:
        """The measure of a name; KeyError if there is none."""
        return next(one for one in self.measures if one.name == name)
