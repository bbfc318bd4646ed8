"""The benchmark kind `historical`: what the same measure came to, for the same group, between two days."""

from dataclasses import field
from datetime import date

from acmspec.english.numbers import day
from acmspec.ground.diagnostic import Outcome, Problem
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.ports import MeasureContext
from acmspec.program.tree import Group
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Day, Key, Record

BACKWARDS = Problem(
    code="ACM527",
    title="a stretch of days that ends before it starts",
    cause="The history to compare with runs from its first day to its last, both counted.",
    fix="Exchange the two dates, or correct one of them.",
    contract="A stretch of time in the contract must not end before it starts.",
)
PROBLEMS = (BACKWARDS,)


@node
class Parameters:
    """The first and last day of the history, both counted."""

    first: Located[date]
    last: Located[date]
    span: Span = field(compare=False, repr=False)


_SHAPE = Record(
    "a historical benchmark",
    Parameters,
    (Key("from", Day(), required=True, into="first"), Key("to", Day(), required=True, into="last")),
)


@node
class Historical:
    """A result is compared with the same formula over the days of the history, rounded alike."""

    word: str = "historical"
    shape: Record = _SHAPE

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Group]:
        """The measure's own formula over other days."""
        first, last = parameters.first, parameters.last
        if first.value > last.value:
            message = f"the history ends on {last.value}, before it starts on {first.value}"
            return Outcome(None, (BACKWARDS.at(last.span, message, label="before “from”"),))
        return Outcome(Slice(context.formula, Dates(first.value, last.value), context.type))

    def clause(self, parameters: Parameters, words: TermWords) -> str:
        """What the result is compared with."""
        limit = "at least" if words.better == "higher" else "no more than"
        days = f"{day(parameters.first.value)} through {day(parameters.last.value)}"
        return f"The result must be {limit} the same group’s own result for {days}."

    def short(self, parameters: Parameters, words: TermWords) -> str:  # noqa: ARG002  (the port hands the words to all)
        """The days for a table: `own result, Jul 2024–Jun 2025`."""
        # Imported here because a check says nothing for pages, and must not pay for their words.
        from acmspec.report.dashboard_words import days

        return f"own result, {days(parameters.first.value, parameters.last.value)}"


HISTORICAL = Historical()
