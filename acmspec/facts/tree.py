"""Exact numbers as they came back, and the quality of the data beside them; no value is computed here."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.aggregates import Part
from acmspec.program.gap import Gap
from acmspec.program.record import Record
from acmspec.program.tree import Aggregate, Left


@node
class Cell:
    """The parts of one aggregate in one window and group. A missing group value is None.

    `gaps` are those that some record has, each with how many; `left` are the reasons that left some out, likewise.
    `unreached` counts records that look at days before the data begins; they can never be judged.
    """

    n: int
    immature: int
    unjudged: int
    matures: date | None
    parts: Mapping[Part, Fraction | None]
    gaps: tuple[tuple[Gap, int], ...] = ()
    unreached: int = 0
    left: tuple[tuple[Left, int], ...] = ()


Group = tuple[str | None, ...]
"""The values of a breakdown's dimensions; empty for all records."""

CellKey = tuple[Aggregate, Period, tuple[str, ...], Group]
"""Aggregate, window, paths of the breakdown, group."""


@node
class DataFile:
    """One file that was read: how it is called, its hash, and how many records it has."""

    file: str
    sha256: str
    records: int


@node
class Tally:
    """How many records of one provider, of all where it is "", are of a kind, or break a rule in a column or check."""

    provider: str
    what: str
    rule: str
    of: str
    records: int


@node
class Correction:
    """A correction of one value, with what became of it: applied, refused, not approved, not yet in force.

    Private values are masked.
    """

    record: str
    field: str
    old: str
    new: str
    who: str
    why: str
    approved_by: str
    approved_on: str
    state: str


@node
class Dispute:
    """A record in dispute on the data date: its number in its table, its provider, if it has one, and since when.

    `days` says on which day it counts, by each way in which a set dates it; None if the day is missing.
    """

    table: str
    record: int
    provider: str | None
    since: date
    days: Mapping[Record, date | None]


@node
class TableQuality:
    """What became of a table's records: read = used + invalid + dropped duplicates + not yet received.

    `undated` and `unlinked` (by to-one step or entity) are counts among the used. `through` is the date the table is
    complete to, `since` the one it is complete from if that is said. `open` is whether the gate lets it through.
    `silent` pairs a provider with the first and last day of a stretch it should have reported in and did not; in those
    of `absent` nobody's records came. `files` are those that were read, in order. `disputes` are those that are open.
    `tallies` count records by provider and rule. `newest` pairs a provider, all where it is "", with the latest day
    that one of its records is dated to, the data date at most. `beside` are the files about its records that were read,
    each with the key that names it: `corrections`, `disputes`.
    """

    name: str
    file: str
    sha256: str
    read: int
    used: int
    invalid: int
    duplicates: int
    not_received: int
    undated: int
    unlinked: tuple[tuple[str, int], ...]
    through: date
    open: bool
    silent: tuple[tuple[str, date, date], ...]
    since: date | None = None
    absent: tuple[tuple[date, date], ...] = ()
    files: tuple[DataFile, ...] = ()
    corrections: tuple[Correction, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    tallies: tuple[Tally, ...] = ()
    newest: tuple[tuple[str, date], ...] = ()
    beside: tuple[tuple[str, DataFile], ...] = ()

    def covers(self, first: date, last: date) -> bool:
        """Whether the table is complete from one day to another, as far as that is said."""
        return last <= self.through and (self.since is None or self.since <= first)


@node
class Success:
    """One entity that succeeded in a window with a provider.

    `last` is the last day its set dates it to there, `amount` how often it succeeded, or what its successes sum up to.
    """

    provider: str
    entity: str
    last: date
    amount: Fraction = Fraction(1)


@node
class Facts:
    """All that was gathered. A group without a cell had no record in the window's base table."""

    data_date: date
    cells: Mapping[CellKey, Cell]
    groups: Mapping[tuple[Aggregate, Period, tuple[str, ...]], tuple[Group, ...]]
    successes: Mapping[tuple[str, Period], tuple[Success, ...]]
    """By term and window, sorted by provider and entity."""
    tables: tuple[TableQuality, ...]
    register: tuple[tuple[str, date | None, date | None], ...] = ()
    """The listed providers with the first day each is active and the day it stops, by code point."""
    short: frozenset[str] = frozenset()
    """The calendars that do not cover all that some record asks of them."""
    in_dispute: Mapping[CellKey, Cell] = MappingProxyType({})
    """What the records in dispute come to by themselves, for sets that keep each of their records."""

    def table(self, name: str) -> TableQuality:
        """The quality of a table; KeyError if it was not read."""
        for one in self.tables:
            if one.name == name:
                return one
        raise KeyError(name)
