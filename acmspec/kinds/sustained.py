"""Payments at intervals, shared by what pays for outcomes that last: shapes, parts, proof; it knows no single kind."""

from dataclasses import field
from itertools import pairwise

from acmspec.formula.standing import standing_for
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.program.ports import MeasureContext
from acmspec.spec.ports import Parted
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Duration, FormulaShape, Identifier, Key, ListOf, Quantity, Record

INTERVAL = "interval"
"""What stands in the shared formula for the length of each interval in turn."""

ONCE_AT_EACH = Problem(
    code="ACM552",
    title="an interval paid to whom?",
    cause="What lasts is paid for at each interval once, so that every success must say whose it is.",
    fix="Add “once_per”, such as “once_per: client”.",
    contract="No person may be paid for twice at one interval.",
)
INTERVALS_OUT_OF_ORDER = Problem(
    code="ACM553",
    title="intervals out of order",
    cause="Each interval is longer than the one before it, so that no two of them are the same payment.",
    fix="Write the intervals from the shortest to the longest, each once.",
    contract="Each interval must be paid for once.",
)
PROBLEMS = (ONCE_AT_EACH, INTERVALS_OUT_OF_ORDER)


@node
class At:
    """One interval as written: its length, the price, and what is measured at it if it is not the shared formula."""

    after: Located[Length]
    price: Located[Amount]
    metric: Located[str] | None
    outcome: FormulaText | None
    span: Span = field(compare=False, repr=False)


@node
class Interval:
    """One interval with all of them: `at` is its place in `every`; `outcome` is what is measured at it."""

    at: int
    every: tuple[At, ...]
    outcome: FormulaText | None
    span: Span = field(compare=False, repr=False)

    @property
    def own(self) -> At:
        """The interval itself."""
        return self.every[self.at]


INTERVALS = ListOf(
    Record(
        "an interval",
        At,
        (
            Key("after", Duration(), required=True),
            Key("price", Quantity("money"), required=True),
            Key("metric", Identifier()),
            Key("outcome", FormulaShape()),
        ),
    ),
    least=1,
)


def parted(span: Span, intervals: tuple[At, ...], outcome: FormulaText | None) -> Parted[Interval]:
    """A part for each interval, called by its length."""
    parts = (
        (_word(one), Interval(at, intervals, one.outcome or _written_out(outcome, one), span))
        for at, one in enumerate(intervals)
    )
    return Parted(tuple(parts))


def _word(one: At) -> str:
    return "_".join(one.after.span.text.strip("\"'").split())


def _written_out(shared: FormulaText | None, one: At) -> FormulaText | None:
    """The shared formula for one interval; none for an interval that a metric is measured at."""
    if shared is None or shared.tree is None or one.metric is not None:
        return None if one.metric is not None else shared
    return FormulaText(standing_for(shared.tree, INTERVAL, one.after.value), shared.text, shared.span)


def unsound(part: Interval, context: MeasureContext) -> tuple[Diagnostic, ...]:
    """That nothing says whose a success is, and the intervals that are not longer than the one before them."""
    found = []
    if not context.once_per:
        message = "nothing says whose a success at an interval is"
        found.append(ONCE_AT_EACH.at(part.every[0].after.span, message, label="once per whom?"))
    for before, after in pairwise(part.every):
        if _days(after.after.value) <= _days(before.after.value):
            message = f"{after.after.span.text} is not longer than {before.after.span.text}"
            related = (Label(before.after.span, "the interval before"),)
            found.append(INTERVALS_OUT_OF_ORDER.at(after.after.span, message, label="not longer", related=related))
    return tuple(found)


def _days(length: Length) -> int:
    """What lengths are ordered by; a month counts as 30 days, so that both of one length are out of order."""
    return length.days + length.months * 30
