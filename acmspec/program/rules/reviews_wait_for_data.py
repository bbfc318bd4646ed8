"""Reviews are no more frequent than new data."""

from collections.abc import Iterator

from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.practice import Meeting
from acmspec.spec.tree import Spec, Table

PROBLEM = Problem(
    "ACM397",
    "review without new data",
    "At a meeting that comes before new data, the same figures are looked at again.",
    "Meet as often as data arrive, or have the data refreshed more often.",
    "Reviews should take place when new data are available.",
    Severity.WARNING,
)

_REFRESHED = {
    "daily": Length(days=1),
    "weekly": Length(days=7),
    "monthly": Length(months=1),
    "quarterly": Length(months=3),
    "twice a year": Length(months=6),
    "yearly": Length(months=12),
    "annually": Length(months=12),
}


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """For each meeting, at least one table is refreshed as often, and late by less than the time between meetings."""
    tables = [one for one in spec.data if one.status == "available" and one.refresh.lower() in _REFRESHED]
    if not tables or len(tables) < len(spec.data) or faulty(spec, "data"):
        return
    for meeting in spec.cadence:
        if all(_is_slow(table, meeting, spec) for table in tables):
            name = meeting.name.value
            message = f"“{name}” meets each {meeting.every.value.value}, and no data are new by then"
            yield PROBLEM.at(meeting.every.span, message, label="faster than the data", path=f"cadence.{name}.every")


def _is_slow(table: Table, meeting: Meeting, spec: Spec) -> bool:
    start = spec.contract.term.first.value
    next_one = meeting.every.value.length.after(start)
    return any(one.after(start) > next_one for one in (_REFRESHED[table.refresh.lower()], table.lag))
