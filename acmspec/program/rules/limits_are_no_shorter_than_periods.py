"""A limit is for a stretch of time that holds the periods of its terms."""

from collections.abc import Iterator
from datetime import timedelta

from acmspec.ground.calendar import Cycle, NamedPeriods, ReportingDays
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.agreed import Reserve
from acmspec.program.payment import Limit
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM599",
    "a limit shorter than what it limits",
    "What a term pays for a period counts as paid on the last day of it. So a limit for a shorter time holds the whole "
    "period at its last day, and never bites in between.",
    "Write a “per” of the limit that is at least as long as the periods of its terms.",
    "A limit must be stated for a time that holds whole periods of what it limits.",
    Severity.WARNING,
)
_MONTH = timedelta(days=30)


def check(_spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No limit, and nothing that is held back, is for a time shorter than the period of a term that it holds."""
    if program is None:
        return
    paid = program.payments
    limits: tuple[Limit | Reserve, ...] = (*paid.limits, *paid.reserves)
    for one in limits:
        held = next((term for term in paid.terms if term.name in one.over and _is_shorter(one, term.every)), None)
        if held is not None and one.every is not None:
            message = f"“{one.name}” is for each {one.every.value}, and “{held.written}” pays each {held.every.value}"
            yield PROBLEM.at(one.span, message, label="shorter", path=f"incentives.limits.{one.place}")


def _is_shorter(limit: Limit | Reserve, every: Cycle) -> bool:
    """Whether a limit is for less time than a period has; of days that a contract names itself, none can be told."""
    if limit.every is None or isinstance(limit.every, NamedPeriods | ReportingDays):
        return False
    if isinstance(every, NamedPeriods | ReportingDays):
        return False
    own, other = limit.every.length, every.length
    return own.months * _MONTH + timedelta(days=own.days) < other.months * _MONTH + timedelta(days=other.days)
