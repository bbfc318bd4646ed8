"""Sets of records: how they come into a period, which are chosen, who is left out, and for what one must wait."""

from dataclasses import field, replace

from acmspec.ground.calendar import Length
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.record import FieldValue, Lookup, Record
from acmspec.spec.chosen import APART


@node
class Choice:
    """Which records are kept per entities, in the order of `by`, in which missing values come last.

    `choice` is "first" or "last": the one at `position`, counted from there, or all from it on where `later`. "one" is
    one of several that are equal but for their key. "apart" is what comes more than `days` after the record before it,
    or after the one `kept` before it, by the first date of the order. Records are those of a window, or all of `ever`.
    """

    choice: str
    entities: tuple[FieldValue, ...]
    by: tuple[FieldValue, ...]
    span: Span = field(compare=False, repr=False)
    position: int = 1
    later: bool = False
    ever: bool = False
    days: int = 0
    kept: bool = False

    @property
    def needed(self) -> tuple[FieldValue, ...]:
        """The values without which a record can't be chosen."""
        return (*self.entities, self.by[0]) if self.choice == APART else self.entities


@node
class Left:
    """A condition that leaves a record out, and the reason; `metric` is the only one it holds for, empty for all."""

    when: Record
    because: str
    metric: str = ""


@node
class Stage:
    """The steps of one set: `where`, then the choices, then who is left out; `name` is that of the set.

    `joined` are the conditions that `where` is joined of, those of several sets, in their order.
    """

    name: str
    where: Record | None
    keep: tuple[Choice, ...]
    exclude: tuple[Left, ...]
    joined: tuple[Record, ...] = ()

    @property
    def apart(self) -> tuple[Record, ...]:
        """The `where` of each set, in order."""
        return self.joined or (() if self.where is None else (self.where,))


@node
class Population:
    """A set: the records of `table` that come into the period, then where, keep and exclude, in that order.

    They come into it by the date `dated`, or by the condition `member`, or all of them where both are None. `name` is
    the table or cohort it was written as; `one` and `many` are its nouns. `span` are the fields of the span its records
    have here, where it is not their table's. `replaced` says that the aggregate itself said how they come in.
    `before` are the stages of sets it comes from, where its own steps can't be joined to theirs; `joined` are the
    conditions of several sets that could be.
    """

    name: str
    table: str
    one: str
    many: str
    dated: Record | None
    where: Record | None
    keep: tuple[Choice, ...]
    exclude: tuple[Left, ...]
    member: Record | None = None
    span: tuple[str, str] | None = None
    replaced: bool = False
    before: tuple[Stage, ...] = ()
    joined: tuple[Record, ...] = ()

    @property
    def stages(self) -> tuple[Stage, ...]:
        """All steps in their order, those of the sets it comes from first."""
        return (*self.before, Stage(self.name, self.where, self.keep, self.exclude, self.joined))

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices of all stages."""
        return tuple(one for stage in self.stages for one in stage.keep)

    @property
    def leaving(self) -> tuple[Left, ...]:
        """Who is left out in all stages."""
        return tuple(one for stage in self.stages for one in stage.exclude)

    @property
    def wheres(self) -> tuple[Record, ...]:
        """The `where` of all stages that have one."""
        return tuple(stage.where for stage in self.stages if stage.where is not None)

    @property
    def conditions(self) -> tuple[Record, ...]:
        """The conditions of all stages."""
        return (*self.wheres, *(left.when for left in self.leaving))

    @property
    def ancestors(self) -> "tuple[Population, ...]":
        """The sets that it comes from and that have stages of their own, the first one first."""
        return tuple(
            replace(
                self,
                name=one.name,
                where=one.where,
                keep=one.keep,
                exclude=one.exclude,
                before=self.before[:index],
                joined=one.joined,
            )
            for index, one in enumerate(self.before)
        )


@node
class Window:
    """A stretch of time that must be over before a record can be judged: `anchor` + `length`, seen in `table`.

    `length` may be zero: then the anchor itself is the last day. The anchor is in the scope of the measured record.
    """

    anchor: Record
    length: Length
    table: str


@node
class Reach:
    """The first day a lookup looks at in `table`: `anchor` less `length`, or plus it where it lies `ahead`.

    No data from before it is needed. The anchor is in the scope of the measured record.
    """

    anchor: Record
    length: Length
    table: str
    ahead: bool = False


@node
class Reaches:
    """Several first days of one lookup: the latest of those that hold `together`, the earliest of alternatives."""

    together: bool
    of: "tuple[FirstDay, ...]"


@node
class ReachInside:
    """The first day that any record looks at which a lookup finds, said of that record; `found` is whether any is."""

    found: Lookup
    of: "FirstDay"


FirstDay = Reach | Reaches | ReachInside
"""From which day on a lookup looks."""


@node
class Stays:
    """The spans of a set's records: those that meet `where`, in the scope of one of them."""

    table: str
    entity: FieldValue
    start: Record
    end: Record
    where: Record | None


@node
class Spells:
    """Stays of an entity that overlap, or lie no more than `gap` days apart, as one record of a table of their own.

    A day of `without` is in no spell, and is bridged by none. `entity` is the field of the table that tells whose.
    """

    name: str
    entity: str
    merge: tuple[Stays, ...]
    without: tuple[Stays, ...]
    gap: int

    @property
    def sources(self) -> tuple[str, ...]:
        """The tables they are drawn from."""
        return tuple(dict.fromkeys(one.table for one in (*self.merge, *self.without)))
