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
class Reading:
    """Where an aggregate's parts and counts stand in the rows of a gather; None is no such count (0, or no date).

    `n` are members after exclusion; `matures` is the latest data date any of them waits for. Of each part there is
    also what it is multiplied by: SQL keeps it as that times what it means. `gaps` says how many records have each gap,
    `left` how many each reason left out.
    """

    aggregate: Aggregate
    n: int | None
    immature: int | None
    unjudged: int | None
    matures: int | None
    unreached: int | None
    parts: tuple[tuple[Part, int, Fraction], ...]
    gaps: tuple[tuple[Gap, int], ...] = ()
    left: tuple[tuple[Left, int], ...] = ()


@node
class Beside:
    """A query of the same groups as a gather's, whose `wide` further columns stand behind those of its rows."""

    sql: str
    wide: int


@node
class Gather:
    """One grouped query over narrow facts, or over a table made of them, and what stands beside it.

    `dimensions` are paths, empty for all records. `sql` selects the window's index, the group values as text, one a
    dimension, and what the readings read; a group that a query beside it doesn't have has NULL there.
    """

    windows: Windows
    dimensions: tuple[str, ...]
    sql: str
    readings: tuple[Reading, ...]
    beside: tuple[Beside, ...] = ()


@node
class Collect:
    """The successes of a payment term one by one, for what is paid once per entity, or up to so much for each.

    `sql` selects who succeeded and can be judged: the provider, the entity's value as text, the last day its set dates
    it to in a window, how many successes it has there or what they sum up to, and the indexes of the windows in which
    these are the same, with commas between. In a window an entity stands once with each provider.
    """

    term: str
    windows: Windows
    sql: str


@node
class RecordRows:
    """The records behind one aggregate in one window, one by one, to be asked after a run.

    `facts` and `made` are the name and the SELECT of facts of their own. `sql` selects a record's number, its provider
    as text, the entity that is paid once for it if there is one, the data date it waits for, and as 1 or 0: whether it
    is measured, judged, a success, out of reach; then whether each reason of `left` left it out, and whether it has
    each of `gaps`. `keys` selects, for `table`, each record's number and the columns of its key, of which some are
    `private`.
    """

    aggregate: Aggregate
    facts: str
    made: str
    sql: str
    table: str
    keys: str
    private: tuple[bool, ...]
    left: tuple[Left, ...]
    gaps: tuple[Gap, ...]


@node
class Plan:
    """Everything to run, in order.

    `calendars` are tables of days to make first: their names, and SELECTs of their rows. So are `spells`, of the
    records that count. `codes` are types of texts to make next: their names, and SELECTs of the texts. `rollups` are
    tables made of narrow facts, which gathers read.
    """

    facts: tuple[NarrowFacts, ...]
    gathers: tuple[Gather, ...]
    collects: tuple[Collect, ...]
    calendars: tuple[tuple[str, str], ...] = ()
    spells: tuple[tuple[str, str], ...] = ()
    rollups: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
