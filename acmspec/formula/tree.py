"""A formula as the author wrote it: syntax only, no name resolved, no type known."""

from dataclasses import field
from datetime import date, datetime

from acmspec.ground.calendar import Length
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Span


@node
class Name:
    """A path of one or more names: `race`, `client.race`, `later.entry_date`."""

    parts: tuple[str, ...]
    span: Span = field(compare=False, repr=False)


@node
class Number:
    """A literal number, percentage, sum of money or length of days or months used as a value."""

    amount: Amount
    span: Span = field(compare=False, repr=False)


@node
class Text:
    """A quoted text."""

    value: str
    span: Span = field(compare=False, repr=False)


@node
class Day:
    """A literal date, written 2025-07-01."""

    value: date
    span: Span = field(compare=False, repr=False)


@node
class Moment:
    """A literal date and time of day, written 2025-07-01 14:30 or 2025-07-01 14:30:15."""

    value: datetime
    span: Span = field(compare=False, repr=False)


@node
class CalendarPeriod:
    """A literal month, quarter or fiscal period, written 2025-07, 2025-Q3, FY2026, FY2026-Q1; `name` is that text."""

    name: str
    span: Span = field(compare=False, repr=False)


@node
class Truth:
    """`true` or `false`."""

    value: bool
    span: Span = field(compare=False, repr=False)


@node
class Binary:
    """Two sides and an operator: `+ - * /`, `= != < <= > >=`, `and`, `or`. Synonyms are already folded."""

    operator: str
    left: "Formula"
    right: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Not:
    """`not X`."""

    operand: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Negative:
    """`-X`."""

    operand: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Known:
    """`X is known` (`known` true) or `X is missing` (`known` false)."""

    operand: "Formula"
    known: bool
    span: Span = field(compare=False, repr=False)


@node
class Found:
    """`PATH is found`: whether a to-one step leads to a record. `is not found` is `Not(Found)`."""

    path: Name
    span: Span = field(compare=False, repr=False)


@node
class In:
    """`X in NAME` (a list of the spec, `choices` is a Name) or `X in ("a", "b")`; `not in` is `Not(In)`."""

    operand: "Formula"
    choices: "Name | tuple[Formula, ...]"
    span: Span = field(compare=False, repr=False)


@node
class If:
    """`if C then A else B`."""

    condition: "Formula"
    then: "Formula"
    otherwise: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class PeriodValue:
    """A value of the period at hand or of the whole contract.

    `which` is "period start", "period end", "length of period", "contract start", "contract end" or "data date".
    """

    which: str
    span: Span = field(compare=False, repr=False)


@node
class PartOf:
    """`month of D` and its like; `part` is "date", "week", "month", "quarter", "year" or "fiscal year"."""

    part: str
    operand: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Age:
    """`age of BIRTH on D`: the years completed."""

    birth: "Formula"
    day: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Birthday:
    """`birthday 18 of BIRTH`: the day on which that many years are completed."""

    years: int
    birth: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Between:
    """`days from A to B`: how much time lies between two points in time.

    `unit` is "minute", "hour", "day", "week", "month", "year" or "business day"; `calendar` names the calendar of
    business days, "" for the spec's only one.
    """

    unit: str
    start: "Formula"
    end: "Formula"
    span: Span = field(compare=False, repr=False)
    calendar: str = ""


@node
class Within:
    """`D within L after X` (X < D <= X + L), or `D on or within L after X` (X <= D <= X + L).

    With `before`, the same backwards: X - L <= D < X, or <= X. With `opens`, `D from A to B after X`: A is `opens`, B
    the length, and both ends count (X + A <= D <= X + B). The length is written out, or a formula that gives it.
    `D after X` and `D before X` without a length are comparisons (`Binary` with `>` and `<`). The operand is None where
    a record's own span is held against the window.
    """

    operand: "Formula | None"
    inclusive: bool
    length: "Length | Formula"
    anchor: "Formula"
    span: Span = field(compare=False, repr=False)
    before: bool = False
    opens: "Length | Formula | None" = None


@node
class During:
    """`D in period`, `D in span`, `D in quarter 2 after X`: a stretch of the calendar that a date lies in.

    `what` is "period" or "span" (then there is no anchor), or "week", "month", "quarter", "year": the calendar one that
    is `number` after (or `before`) the one that holds the anchor. The operand is None as in `Within`.
    """

    operand: "Formula | None"
    what: str
    span: Span = field(compare=False, repr=False)
    number: int = 0
    anchor: "Formula | None" = None
    before: bool = False


Window = Within | During


@node
class DaysIn:
    """`days in period`, `days within L after X`: how many days of the record's own span lie in the window."""

    window: Window
    span: Span = field(compare=False, repr=False)


@node
class OpenOn:
    """`open on D`: whether the record's own span holds the night after a day."""

    day: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Active:
    """`active in period`: whether the record's own span has a day in common with the window."""

    window: Window
    span: Span = field(compare=False, repr=False)


@node
class Lasts:
    """`lasts L`, `lasts L after X`: whether the record's own span holds all of the time from its start (or X) on."""

    length: "Length | Formula"
    anchor: "Formula | None"
    span: Span = field(compare=False, repr=False)


@node
class Dated:
    """`dated D` behind a set: another date puts its records into the period."""

    day: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Same:
    """`client` or `client via mother_id` after `for same`: what is the same, and which field of the outer record."""

    name: Name
    via: Name | None
    span: Span = field(compare=False, repr=False)


@node
class SetUse:
    """A set as an aggregate or lookup names it.

    `reach` is "", "other" or "all"; `entities` are what stands after `for same`; `placed` is how its records come into
    the period, where that is said here; `where` narrows the set; `by` are the fields that put the records in order.
    """

    name: str
    reach: str
    alias: str
    entities: tuple[Same, ...]
    where: "Formula | None"
    span: Span = field(compare=False, repr=False)
    name_span: Span = field(compare=False, repr=False)
    by: tuple[Name, ...] = ()
    placed: Dated | OpenOn | Active | None = None
    weight: "Formula | None" = None


@node
class Call:
    """`FUNCTION(SET)` or `FUNCTION([distinct] expression over SET)`; which functions exist is the checker's matter.

    `given` is the literal before the comma of `FUNCTION(90, expression over SET)`.
    """

    function: str
    distinct: bool
    expression: "Formula | None"
    over: SetUse
    span: Span = field(compare=False, repr=False)
    function_span: Span = field(compare=False, repr=False)
    given: Number | None = None


@node
class Each:
    """`FUNCTION(group formula for each month)`: one value a part of the period, or a group, brought together.

    `groups` is a unit of the calendar, an entity, or a path to break down by; `where` is about the inner groups.
    """

    function: str
    given: Number | None
    expression: "Formula"
    groups: Name
    where: "Formula | None"
    span: Span = field(compare=False, repr=False)
    function_span: Span = field(compare=False, repr=False)


@node
class Earlier:
    """`[4 quarters earlier]`: so many calendar periods back; `unit` is "day", "week", "month", "quarter" or "year"."""

    number: int
    unit: str
    span: Span = field(compare=False, repr=False)


@node
class FromTo:
    """`[from D to D]`: the days from the first to the last, both counted."""

    first: "Formula"
    last: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class SinceStart:
    """`[since start]`: from the contract's first day to the end of the period."""

    span: Span = field(compare=False, repr=False)


@node
class AllOf:
    """`[all providers]`: the groups of one breakdown taken together."""

    name: Name
    span: Span = field(compare=False, repr=False)


@node
class Those:
    """`[arm = "comparison"]`: the records that meet a condition."""

    condition: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Sliced:
    """`x[…]`: a value for a group, seen elsewhere than in the period and group at hand."""

    inner: "Name | Sliced"
    to: Earlier | FromTo | SinceStart | AllOf | Those
    span: Span = field(compare=False, repr=False)


@node
class OutOf:
    """`A out of B`: two group values kept as numerator and denominator."""

    numerator: "Formula"
    denominator: "Formula"
    span: Span = field(compare=False, repr=False)


Literal = Number | Text | Day | Moment | CalendarPeriod | Truth
Operation = Binary | Not | Negative | Known | Found | In | If | OutOf
InTime = PeriodValue | PartOf | Age | Birthday | Between | Within | During | DaysIn | OpenOn | Active | Lasts
Formula = Name | Literal | Operation | InTime | Call | Each | Sliced
