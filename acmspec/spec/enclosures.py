"""What a spec keeps beside it in files or in lists: codes, reference figures, calendars; as written, and as read."""

from dataclasses import field
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Every
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.practice import Name

TIMES = {
    "month": Every.MONTH,
    "quarter": Every.QUARTER,
    "year": Every.YEAR,
    "fiscal_quarter": Every.FISCAL_QUARTER,
    "fiscal_year": Every.FISCAL_YEAR,
}
"""The names under `by` that say which period a figure is of; every other name is a group."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@node
class Enclosed:
    """One column of a file beside the spec, and perhaps another with what each value is called."""

    file: Located[str]
    column: Located[str]
    label: Located[str] | None
    span: Span = field(compare=False, repr=False)


@node
class CodeList:
    """A named list of codes. `labels` say what codes mean, for those that have one; `file` is where they come from.

    The codes of a file are read before anything is resolved; each lies where the file is named.
    """

    name: Name
    codes: tuple[Located[str], ...]
    labels: tuple[tuple[str, str], ...] = ()
    file: Enclosed | None = None


@node
class Figures:
    """One value of a reference figure: its groups in the order of `by`, and the name of its period ("" if none)."""

    groups: tuple[str, ...]
    period: str
    value: Fraction


@node
class Figure:
    """Reference values from a file: `value` is their column, `by` pairs each dimension with its column.

    `over_groups` is "sum" or "none"; `over_time` is "sum", "average", "first", "last" or "none". `values` are read
    before anything is resolved.
    """

    name: Name
    file: Located[str]
    value: Located[str]
    by: tuple[tuple[Name, str], ...]
    type: str
    noun: tuple[str, str] | None
    over_groups: str
    over_time: str
    span: Span = field(compare=False, repr=False)
    values: tuple[Figures, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of its dimensions that are groups."""
        return tuple(name.value for name, _ in self.by if name.value not in TIMES)

    @property
    def every(self) -> Every | None:
        """Which kind of period its values are of; None if they are of no period."""
        return next((TIMES[name.value] for name, _ in self.by if name.value in TIMES), None)


@node
class Calendar:
    """Which days are business days: all but the weekend (0 is Monday) and the holidays.

    `first` and `last` are the days it is declared to cover, None where the years of its holidays say so.
    """

    name: Name
    weekend: tuple[int, ...]
    holidays: tuple[date, ...]
    file: Enclosed | None
    first: Located[date] | None
    last: Located[date] | None
    span: Span = field(compare=False, repr=False)


@node
class Enclosure:
    """A file that was read: for which part of the spec (`lists.icd`), its name, its hash, how many records it has."""

    path: str
    file: str
    sha256: str
    records: int
