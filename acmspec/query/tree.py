"""What to ask a database: tables to load, narrow facts to build once, and exact parts to gather from them."""

from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.aggregates import Part
from acmspec.program.gap import Gap
from acmspec.program.tree import Aggregate, Left, Population


@node
class Windows:
    """The windows a set is evaluated in, in order; a row carries the index of its window."""

    periods: tuple[Period, ...]


@node
class NarrowFacts:
    """One row per member of a set and window, with what its aggregates and breakdowns need. `sql` is a SELECT.

    `ties` is a SELECT over the facts of what makes a choice ambiguous: window's index, number of the record kept,
    number of one that is equal to it in everything the choice goes by; no row if the order is complete.

    `several` gives, for each lookup of the only record, the table looked into and a SELECT over the facts of the
    records for which it finds more than one: window's index, number of the record that looks.

    `short` gives, for each use of business days, the calendar and a SELECT over the facts of the numbers of the records
    that need days it doesn't cover.
    """

    name: str
    population: Population
    windows: Windows
    sql: str
    ties: tuple[str, ...]
    several: tuple[tuple[str, str], ...] = ()
    short: tuple[tuple[str, str], ...] = ()


@node
class Gather:
    """One grouped query over narrow facts.

    `dimensions` are paths, empty for all records. `sql` selects, in this order: the window's index; the group
    values as text, one a dimension; `n` (members after exclusion), `immature`, `unjudged` (whole numbers);
    `matures` (the latest data date any of them waits for, or NULL); `unreached` (a whole number); then `parts`; then
    how many records have each of `gaps`, and how many were left out by each of `left`. Each part is what it means times
    the one of `scales` in its place.
    """

    aggregate: Aggregate
    windows: Windows
    dimensions: tuple[str, ...]
    parts: tuple[Part, ...]
    sql: str
    gaps: tuple[Gap, ...] = ()
    left: tuple[Left, ...] = ()
    scales: tuple[Fraction, ...] = ()


@node
class Collect:
    """The successes of a payment term one by one, for what is paid once per entity.

    `sql` selects, one row an entity that succeeded and can be judged: the window's index, the provider, the entity's
    value as text, and the last day its set dates it to in the window.
    """

    term: str
    windows: Windows
    sql: str


@node
class Plan:
    """Everything to run, in order.

    `calendars` are tables to make first: their names, and SELECTs of their rows. So are `spells`, of the records that
    count.
    """

    facts: tuple[NarrowFacts, ...]
    gathers: tuple[Gather, ...]
    collects: tuple[Collect, ...]
    calendars: tuple[tuple[str, str], ...] = ()
    spells: tuple[tuple[str, str], ...] = ()
