"""A formula as the author wrote it: syntax only, no name resolved, no type known."""

from dataclasses import field
from datetime import date

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
class Between:
    """`days from A to B`: how many of `unit` ("day" so far) lie between two dates."""

    unit: str
    start: "Formula"
    end: "Formula"
    span: Span = field(compare=False, repr=False)


@node
class Within:
    """`D within L after X` (X < D <= X + L), or `D on or within L after X` (X <= D <= X + L).

    With `before`, the same backwards: X - L <= D < X, or <= X. With `opens`, `D from A to B after X`: A is `opens`, B
    the length, and both ends count (X + A <= D <= X + B).
    `D after X` and `D before X` without a length are comparisons (`Binary` with `>` and `<`).
    """

    operand: "Formula"
    inclusive: bool
    length: Length
    anchor: "Formula"
    span: Span = field(compare=False, repr=False)
    before: bool = False
    opens: Length | None = None


@node
class SetUse:
    """A set as an aggregate or lookup names it.

    `reach` is "", "other" or "all"; `entities` are the names after `for same`; `where` narrows the set; `by` are the
    fields that put the records in order.
    """

    name: str
    reach: str
    alias: str
    entities: "tuple[Name, ...]"
    where: "Formula | None"
    span: Span = field(compare=False, repr=False)
    name_span: Span = field(compare=False, repr=False)
    by: "tuple[Name, ...]" = ()


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
class OutOf:
    """`A out of B`: two group values kept as numerator and denominator."""

    numerator: "Formula"
    denominator: "Formula"
    span: Span = field(compare=False, repr=False)


Formula = (
    Name | Number | Text | Day | Truth | Binary | Not | Negative | Known | Found | In | Between | Within | Call | OutOf
)
