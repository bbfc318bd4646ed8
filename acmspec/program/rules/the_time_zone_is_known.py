"""The contract's time zone is one whose clock changes are known."""

from collections.abc import Iterator

from acmspec.ground import zones
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM379",
    "unknown time zone",
    "A time zone is named by the IANA database, after a city: an abbreviation such as EST names no rule for summer.",
    "Write a name such as America/New_York, America/Chicago, America/Denver or America/Los_Angeles.",
    "The time zone of this Agreement must be named as the IANA Time Zone Database names it.",
)

_MEANT = {
    "ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York", "Eastern": "America/New_York",
    "CT": "America/Chicago", "CST": "America/Chicago", "CDT": "America/Chicago", "Central": "America/Chicago",
    "MT": "America/Denver", "MST": "America/Denver", "MDT": "America/Denver", "Mountain": "America/Denver",
    "PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "Pacific": "America/Los_Angeles",
}  # fmt: skip


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """The name is one of the database, and says by which rule clocks change."""
    del program
    written = spec.contract.timezone
    if written is None or (written.value in zones.names() and written.value not in _MEANT):
        return
    city = _MEANT.get(written.value)
    fix = f"Write {city}." if city else offer(written.value, zones.names())
    message = f"“{written.value}” names no place whose clocks are known"
    yield PROBLEM.at(written.span, message, label="unknown", path="contract.timezone", fix=fix)
