"""Record expressions: what has a value for each record of a table, with names resolved and types known.

Nothing here knows how it was spelt, which kind it came from, or what SQL is.
"""

from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Length
from acmspec.ground.node import node
from acmspec.program.types import Type


@node
class Column:
    """A column of a table as the engine stores it."""

    table: str
    name: str


@node
class Step:
    """A to-one step: the column that holds the key, and the table it identifies one record of."""

    name: str
    via: Column
    table: str


@node
class FieldValue:
    """The value of a field, reached over zero or more to-one steps.

    `scope` counts outward: 0 is the record of the innermost set, 1 the record around it.
    """

    scope: int
    steps: tuple[Step, ...]
    column: Column
    type: Type
    optional: bool


@node
class Constant:
    """A literal: text, date, moment as clocks show it, boolean or exact fraction; a month or year is its first day."""

    value: str | date | bool | Fraction
    type: Type


@node
class PeriodValue:
    """A value of the window at hand or of the whole contract, the same for every record.

    `which` is "period start", "period end", "length of period" (in days), "contract start", "contract end" or
    "data date". `value` is what is known without data: the days of the contract.
    """

    which: str
    type: Type
    value: date | None = None

    @property
    def of_window(self) -> bool:
        """Whether it is another one in each window."""
        return self.which in ("period start", "period end", "length of period")


@node
class Defined:
    """The use of a definition for the record of a scope.

    `body` is its whole meaning, said from the place of use: its scopes count like those around it. `steps` lead from
    the record of the scope to the one it is defined for.
    """

    name: str
    scope: int
    body: "Record"
    type: Type
    steps: tuple[Step, ...] = ()


@node
class Compare:
    """`= != < <= > >=` over two values of one type; unknown if either is missing."""

    operator: str
    left: "Record"
    right: "Record"
    type: Type


@node
class OneOf:
    """Whether a text, number or date is one of some; `list_name` is the list of the spec it came from, or empty."""

    operand: "Record"
    values: tuple[str | date | Fraction, ...]
    list_name: str
    type: Type


@node
class IsKnown:
    """Whether a value is recorded; never unknown."""

    operand: "Record"
    known: bool
    type: Type


@node
class Logic:
    """`and` / `or` of two or more operands, Kleene."""

    operator: str
    operands: "tuple[Record, ...]"
    type: Type


@node
class Negation:
    """`not`, Kleene."""

    operand: "Record"
    type: Type


@node
class Conditional:
    """One value where a condition is true, another where it is false; missing where the condition is."""

    condition: "Record"
    then: "Record"
    otherwise: "Record"
    type: Type


@node
class Banded:
    """The label of the band a value lies in; each band starts on its edge and ends before the next.

    Missing where the value is, and where it lies below the first edge.
    """

    operand: "Record"
    edges: tuple[Fraction | date, ...]
    labels: tuple[str, ...]
    type: Type


@node
class Arithmetic:
    """`+ - *` over two numbers."""

    operator: str
    left: "Record"
    right: "Record"
    type: Type


@node
class DaysBetween:
    """Whole days from one date to another; negative if the second is earlier."""

    start: "Record"
    end: "Record"
    type: Type


@node
class BusinessDaysBetween:
    """Business days of a calendar after one date through another; less than zero if the second is earlier."""

    start: "Record"
    end: "Record"
    calendar: str
    type: Type


@node
class DayOf:
    """The day that a moment belongs to, by the clocks of its zone."""

    operand: "Record"
    type: Type


@node
class Elapsed:
    """The time that passed from one moment to another, in the unit of its type; negative if the second is earlier."""

    start: "Record"
    end: "Record"
    type: Type


@node
class Completed:
    """The most times `months` (1 or 12), added once, don't pass a second date; its negative where that is earlier."""

    months: int
    start: "Record"
    end: "Record"
    type: Type


@node
class PeriodOf:
    """The month, quarter or year that a date lies in; its type says which."""

    operand: "Record"
    type: Type


@node
class EdgeOf:
    """The first day of a month, quarter or year that is a value, or the last."""

    operand: "Record"
    last: bool
    type: Type


@node
class Converted:
    """The same length of time in another unit of its family: the operand times a factor."""

    operand: "Record"
    factor: Fraction
    type: Type


@node
class Later:
    """The date a length after another, or before it (`back`), added once on the calendar; of a moment, in seconds.

    A length that is a value is a number of its unit; missing, below zero or over 100 years, it leaves no date.
    """

    operand: "Record"
    length: "Length | Record"
    type: Type
    back: bool = False


@node
class OpenOn:
    """Whether a span holds the night after a day: start <= day, and no end (it is open) or day < end."""

    start: "Record"
    end: "Record"
    day: "Record"
    type: Type


@node
class Active:
    """Whether a span touches the days from `first` to `last`, the day it ends on counted: also one of zero days."""

    start: "Record"
    end: "Record"
    first: "Record"
    last: "Record"
    type: Type


@node
class DaysIn:
    """How many days of a span lie in `first` to `last`; an open one counts to the day `table` is complete through."""

    start: "Record"
    end: "Record"
    first: "Record"
    last: "Record"
    table: str
    type: Type


@node
class Lasts:
    """Whether a span holds all days from `anchor` (its start, or later) up to, and without, `anchor` + `length`."""

    start: "Record"
    end: "Record"
    anchor: "Record"
    length: "Length | Record"
    type: Type


@node
class InDays:
    """Whether a date lies between two others, both counted unless it must be `after` the first or `before` the last.

    `what` is how it was said: "within", "period", "span", or a unit of the calendar.
    """

    operand: "Record"
    first: "Record"
    last: "Record"
    what: str
    type: Type
    after: bool = False
    before: bool = False


@node
class LookBack:
    """Anchor - length <= date < anchor, or date <= anchor where `inclusive`; it needs no future."""

    operand: "Record"
    inclusive: bool
    length: Length
    anchor: "Record"
    type: Type


@node
class InWindow:
    """Anchor < date <= anchor + length; anchor <= date if `inclusive`, anchor + opens <= date if it `opens` later."""

    operand: "Record"
    inclusive: bool
    length: Length
    anchor: "Record"
    type: Type
    opens: Length | None = None


@node
class Lookup:
    """What other records of a table with the same entity come to: a row of `lookup_rows.LOOKUPS` by name.

    `links` pair a column of the looked-into table with an outer value; `other` leaves out the outer record
    itself. Inside `expression`, `where` and `by`, scope 0 is the record looked into. `by` is an order without ties,
    missing values last, and `position` counts in it from 1; for a running total `by` is one field, and `amount` is
    what is to be reached. Existence and counts are never missing. It is `bound` where what makes the set looked into
    speaks of the period.
    """

    function: str
    expression: "Record | None"
    table: str
    alias: str
    links: "tuple[tuple[Column, Record], ...]"
    other: bool
    where: "Record | None"
    type: Type
    by: "tuple[FieldValue, ...]" = ()
    position: int = 1
    amount: Fraction | None = None
    bound: bool = False


@node
class IsFound:
    """Whether a to-one step leads to a record; never unknown. `path` is the key field of the record it leads to."""

    path: FieldValue
    found: bool
    type: Type


InTime = DayOf | Elapsed | Completed | PeriodOf | EdgeOf | Converted
OwnSpan = OpenOn | Active | DaysIn | Lasts
Record = (
    FieldValue
    | Constant
    | PeriodValue
    | Defined
    | Compare
    | OneOf
    | IsKnown
    | Logic
    | Negation
    | Conditional
    | Banded
    | Arithmetic
    | DaysBetween
    | BusinessDaysBetween
    | DayOf
    | Elapsed
    | Completed
    | PeriodOf
    | EdgeOf
    | Converted
    | Later
    | OpenOn
    | Active
    | DaysIn
    | Lasts
    | InDays
    | LookBack
    | InWindow
    | IsFound
    | Lookup
)
