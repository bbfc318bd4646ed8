"""What a spec means: names resolved, types and levels known, kinds lowered to a small closed core of nodes.

Nothing here knows how it was spelt, which kind it came from, or what SQL is.

A *group expression* (`Group`) has a value for each set of records: a period and a group of a breakdown; they are in
`group`. The *record expressions* they are made of are in `record`.
"""

from dataclasses import field
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle, Length
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.ground.windows import Bounds, Coverage, overlap, windows
from acmspec.program.calendar import BusinessCalendar
from acmspec.program.deliveries import Delivery
from acmspec.program.dimension import Dimension
from acmspec.program.figure import Reference
from acmspec.program.group import (
    Aggregate,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    GroupFigure,
    PeriodDays,
    Quotient,
)
from acmspec.program.payment import Term
from acmspec.program.payments import Payments
from acmspec.program.population import Choice, FirstDay, Left, Population, Reach, Spells, Stage, Stays, Window
from acmspec.program.record import Column, Record
from acmspec.program.register import Register
from acmspec.program.types import TextType, Type
from acmspec.spec.deliveries import Form
from acmspec.spec.tree import Spec

__all__ = [
    "Aggregate",
    "Choice",
    "Dimension",
    "FirstDay",
    "Group",
    "GroupArithmetic",
    "GroupConstant",
    "GroupDefined",
    "GroupFigure",
    "Left",
    "PeriodDays",
    "Population",
    "Quotient",
    "Reach",
    "Spells",
    "Stage",
    "Stays",
    "Window",
]
"""Group expressions, sets and dimensions belong to what a spec means, each in a file of its own."""

# --- measures ---------------------------------------------------------------------------------------------


@node
class Benchmark:
    """What a metric is compared with: a group expression for the same group; `own` replaces it by provider."""

    name: str
    kind: str
    value: Group
    own: tuple[tuple[str, Fraction], ...]
    parameters: object = field(compare=False)

    @property
    def is_measured(self) -> bool:
        """Whether it is worked out from records, and no level that is stated."""
        return not isinstance(self.value, GroupConstant)

    def level(self, provider: str) -> Fraction | None:
        """The level stated for a provider, the shared one where it has none of its own; None if it is measured."""
        return dict(self.own).get(provider, self.value.value) if isinstance(self.value, GroupConstant) else None


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

    `file` is how the files are called all together, `deliveries` are they, `each` is the field that names the provider.
    `complete_through` is None if it follows from the data date and `lag`; `complete_from` is None if nothing is said.
    `table` is the one of a database, by its `connection`, "" for files.
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
    deliveries: tuple[Delivery, ...] = ()
    form: Form = Form()
    each: str = ""
    corrections: str = ""
    disputes: str = ""
    table: str = ""
    connection: str = ""


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

    def measure_of(self, term: Term) -> Measure | None:
        """The measure that a payment term rests on; None where it rests on no result, or on those of several."""
        return None if term.measure is None else self.measure(term.measure)

    def measures_of(self, term: Term) -> tuple[Measure, ...]:
        """All measures whose results decide what a payment term comes to; none where it rests on no result."""
        return tuple(map(self.measure, term.rests_on))

    def measure(self, name: str) -> Measure:
        """The measure of a name; KeyError if there is none."""
        return next(one for one in self.measures if one.name == name)
