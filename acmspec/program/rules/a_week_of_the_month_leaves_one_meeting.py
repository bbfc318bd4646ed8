"""A meeting that is in a week of the month is held no more than once a month."""

from collections.abc import Iterator

from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM453",
    "a week of the month for a meeting held more often",
    "“week” is the week of the month that the meeting is in, so the meeting can't take place each day or each week.",
    "Leave “week” out, or write “every: month”.",
    "The time of a meeting must follow from how often it takes place.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No meeting of each day or week says which week of the month it is in."""
    for meeting in spec.cadence:
        every = meeting.every.value
        if meeting.week is not None and every in {Every.DAY, Every.WEEK}:
            name = meeting.name.value
            message = f"“{name}” meets each {every.value}, and in week {meeting.week.value} of the month only"
            yield PROBLEM.at(meeting.week.span, message, label="one week of the month", path=f"cadence.{name}.week")
