"""Meetings that people attend or groups report to exist."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.practice import Name
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM387",
    "unknown meeting",
    "The cadence has no meeting of this name.",
    "Correct the name, or add the meeting under “cadence”.",
    "Each meeting referred to must be one that this Agreement schedules.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every meeting named is on the cadence."""
    known = [one.name.value for one in spec.cadence]
    for name, path in _named(spec):
        if name.value not in known and not faulty(spec, "cadence", name.value):
            message = f"there is no meeting “{name.value}”"
            yield PROBLEM.at(name.span, message, label="unknown", path=path, fix=offer(name.value, known))


def _named(spec: Spec) -> Iterator[tuple[Name, str]]:
    for index, attendee in enumerate(spec.attendees):
        for name in attendee.meetings:
            yield name, f"attendees.{index}.meetings"
    for index, group in enumerate(spec.follow_up.working_groups if spec.follow_up else ()):
        if group.reports_to is not None:
            yield group.reports_to, f"follow_up.working_groups.{index}.reports_to"
