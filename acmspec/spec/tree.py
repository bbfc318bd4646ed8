"""What the author wrote, key by key: names are still text, formulas still syntax, kinds still their own words."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle, Every, Length
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Source, Span
from acmspec.ground.windows import Coverage
from acmspec.spec.chosen import Keep
from acmspec.spec.databases import Connection
from acmspec.spec.deliveries import Files, Form
from acmspec.spec.enclosures import Calendar, CodeList, Enclosure, Figure
from acmspec.spec.examples import Example
from acmspec.spec.merged import Spells
from acmspec.spec.practice import Attendee, Commitment, FollowUp, FormulaText, Meeting, Name, Referral, Topic
from acmspec.spec.settling import Settling

Day = date
"""The type of a date where a field is called `date`."""


@node
class Term:
    """A range of days, both ends counted."""

    first: Located[date]
    last: Located[date]
    span: Span = field(compare=False, repr=False)


@node
class Contract:
    """The contract: who, what, when, how much.

    `fiscal_year_starts` is a month, 1 to 12; `timezone` a name such as America/New_York, None for times as written.
    """

    id: Name
    title: Located[str]
    agency: Located[str]
    term: Term
    fiscal_year_starts: int
    currency: str
    maximum: Located[Amount] | None
    data_date: Located[date] | None
    span: Span = field(compare=False, repr=False)
    timezone: Located[str] | None = None


@node
class Goal:
    """A goal statement and the population it is for."""

    name: Name
    statement: Located[str]
    population: Located[str] | None


@node
class Noun:
    """What the English calls one record and many."""

    one: str
    many: str


TYPES = (
    "text", "integer", "decimal", "money", "date", "datetime", "month", "quarter", "year", "fiscal quarter",
    "fiscal year", "boolean",
)  # fmt: skip
"""What the values of a field can be."""


@node
class Field:
    """One column of a table.

    `type` is one of `TYPES`. `missing` are codes that mean missing, besides
    the empty text. `values` maps each allowed value to its label, None if any value is allowed. `entity`
    is the kind of thing the value identifies, such as `client`. `fold` is whether upper and lower case are one.
    `unit` is the length of time that a number counts (`days`, `business days of CALENDAR`), None if it counts none.
    """

    name: Name
    column: str
    type: str
    entity: Name | None
    optional: bool
    private: bool
    phrase: str
    missing: tuple[str, ...]
    values: tuple[tuple[str, str], ...] | None
    span: Span = field(compare=False, repr=False)
    fold: bool = False
    unit: Located[str] | None = None


@node
class Sharing:
    """The data-sharing agreement a source comes under."""

    agreement: str
    basis: str
    until: Located[date] | None
    provider_may_see: bool


@node
class Reporting:
    """Who must have sent records: one or more per provider dated by `dated` in each `every`, or results are missing."""

    each: Name
    every: Every
    dated: Name
    span: Span = field(compare=False, repr=False)


@node
class Table:
    """A source of records.

    `lag` is how long after a date the table is complete to it; `complete_through` says so outright. `complete_from` is
    the first day it is complete from, None where nothing is said.
    `received` names the field that says when a record became known. `accept_invalid` is a fraction of the
    records read. `status` is "available" or "to be developed". A table of a database has a `table` of a `connection`,
    and then `files` is called like it.
    """

    name: Name
    files: Files
    noun: Noun
    key: tuple[Name, ...]
    date: Name | None
    interval: tuple[Name, Name] | None
    owner: str
    status: str
    available_from: Located[Day] | None
    refresh: str
    lag: Length
    complete_through: Located[Day] | None
    received: Name | None
    reliability: str
    sharing: Sharing | None
    duplicates: str
    reporting: Reporting | None
    fields: tuple[Field, ...]
    checks: tuple[FormulaText, ...]
    accept_invalid: Fraction
    span: Span = field(compare=False, repr=False)
    complete_from: Located[Day] | None = None
    form: Form = Form()
    corrections: str = ""
    disputes: str = ""
    table: Located[str] | None = None
    connection: Name | None = None


@node
class Says:
    """The verb phrases of a definition: for one and for many, and their opposites."""

    one: str
    many: str
    not_one: str
    not_many: str


@node
class Bands:
    """Where each band of a value starts, in order, and what the bands are called if the author says so."""

    edges: tuple[FormulaText, ...]
    labels: tuple[Located[str], ...]
    span: Span = field(compare=False, repr=False)


@node
class Definition:
    """A defined term: per record of the table `of`, or per group where `of` is None.

    With `bands` it is the label of the band that the value of `formula` lies in.
    """

    name: Name
    of: Name | None
    term: str
    formula: FormulaText
    says: Says | None
    span: Span = field(compare=False, repr=False)
    bands: Bands | None = None


@node
class Exclusion:
    """A condition that leaves a record out, and the reason printed for it."""

    when: FormulaText
    because: str
    span: Span = field(compare=False, repr=False)


@node
class When:
    """How records come into a period: by the formula after `dated`, by their own span, or (neither) every period."""

    dated: FormulaText | None
    placed: FormulaText | None
    span: Span = field(compare=False, repr=False)


@node
class Cohort:
    """Who is measured. `when` is None for the source's own way; `interval` are the fields of a span of its own."""

    name: Name
    noun: Noun | None
    source: Name
    when: When | None
    where: FormulaText | None
    keep: tuple[Keep, ...]
    exclude: tuple[Exclusion, ...]
    span: Span = field(compare=False, repr=False)
    interval: tuple[Name, Name] | None = None

    @property
    def dated(self) -> FormulaText | None:
        """The formula after `when: dated`; None if records come into a period otherwise."""
        return None if self.when is None else self.when.dated


@node
class KindUse:
    """One use of a kind from a shelf: its name, the kind's word, and what the kind's own shape decoded."""

    name: Name
    kind: Name
    parameters: object
    span: Span = field(compare=False, repr=False)


DENOMINATOR_ONLY = "counted in the denominator only"
LEFT_OUT = "left out"
IN_BOTH = "counted in both"
MISSING_IS = (DENOMINATOR_ONLY, LEFT_OUT, IN_BOTH)
"""Where a record counts whose whole condition is missing; the first holds where nothing is said."""


@node
class Metric:
    """One measure, with a result in each period of `every` that covers the days of `window`.

    `decimals` are of the printed value (of the percentage, for a share). `maturity` is "all records",
    "each record" or "judge now"; `missing_is` is one of MISSING_IS.
    """

    name: Name
    title: Located[str]
    kind: Located[str]
    use: Located[str]
    goal: Name
    question: str
    formula: FormulaText
    every: Located[Cycle]
    window: Located[Coverage]
    better: str
    decimals: Located[int]
    minimum: int
    missing_is: str
    maturity: str
    break_down_by: tuple[tuple[Name, ...], ...]
    benchmarks: tuple[KindUse, ...]
    span: Span = field(compare=False, repr=False)
    exceptions: tuple[Exclusion, ...] = ()
    parts: tuple[tuple[Name, FormulaText], ...] = ()


@node
class Agreement:
    """One provider's contract; own targets (by metric) and prices (by term) override the shared ones."""

    provider: Located[str]
    number: str
    term: Term | None
    maximum: Located[Amount] | None
    targets: tuple[tuple[Name, Located[Amount]], ...]
    prices: tuple[tuple[Name, Located[Amount]], ...]
    invoice: tuple[tuple[str, str], ...]
    span: Span = field(compare=False, repr=False)


@node
class PhaseIn:
    """Until when results have no payment consequence."""

    until: Located[date]
    effect: str


@node
class Scope:
    """`per: [provider, quarter]`: each provider (or all together) and each period (None for the whole term).

    With `each_period` it is `[provider, period]`: each period of what is paid for, whatever periods it has.
    """

    by_provider: bool
    every: Cycle | None
    span: Span = field(compare=False, repr=False)
    each_period: bool = False


@node
class PaymentTerm:
    """One payment term. `on` maps a state of the result to its declared consequence, as far as the author did."""

    use: KindUse
    per: Scope
    once_per: Name | None
    on: Mapping[str, Located[str]]
    on_span: Span | None = field(compare=False, repr=False)


@node
class Limit:
    """A bound on a set of terms in a scope, of a kind from the shelf (`cap`, `floor`)."""

    use: KindUse
    over: tuple[Name, ...]
    per: Scope


@node
class Incentives:
    """The payment terms, then the limits, in the order they apply.

    `order` says whether that is the usual one, or another that the author means.
    """

    phase_in: PhaseIn | None
    terms: tuple[PaymentTerm, ...]
    order: str
    limits: tuple[Limit, ...]
    span: Span = field(compare=False, repr=False)
    settlement: Settling | None = None
    on_negative_total: Located[str] | None = None


@node
class Spec:
    """A whole spec. Parts that could not be decoded are absent (and reported)."""

    source: Source
    contract: Contract
    motivation: str
    goals: tuple[Goal, ...]
    data: tuple[Table, ...]
    lists: tuple[CodeList, ...]
    definitions: tuple[Definition, ...]
    cohorts: tuple[Cohort, ...]
    metrics: tuple[Metric, ...]
    agreements: tuple[Agreement, ...]
    referral: Referral | None
    roadmap: tuple[Topic, ...]
    cadence: tuple[Meeting, ...]
    attendees: tuple[Attendee, ...]
    responsibilities: tuple[tuple[str, str], ...]
    follow_up: FollowUp | None
    commitments: tuple[Commitment, ...]
    incentives: Incentives | None
    examples: tuple[Example, ...]
    span: Span = field(compare=False, repr=False)
    faulty: frozenset[str] = frozenset()
    """Dotted paths of parts that were declared but could not be decoded, such as `metrics.returns` or
    `data.stays.fields.exit_date`; a whole section counts if its key was misspelt. Later stages say nothing
    about names that lie there."""
    figures: tuple[Figure, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    providers: Name | None = None
    """The table that lists the providers."""
    spells: tuple[Spells, ...] = ()
    connections: tuple[Connection, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    """The files beside the spec that lists, figures and calendars were read from, in order of use."""
