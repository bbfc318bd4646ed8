"""Days and periods of a metric's own lie within the contract's term."""

from collections.abc import Iterator

from acmspec.ground.calendar import NamedPeriods, Period, ReportingDays
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Metric, Spec

PROBLEM = Problem(
    "ACM376",
    "a period outside the term",
    "Results are reported for periods with a day in the contract's term, so this one never is.",
    "Correct its date, or remove it.",
    "Every reporting day and period should lie within the term of this Agreement.",
    Severity.WARNING,
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Each reporting day and each named period has a day in the term."""
    term = spec.contract.term
    if faulty(spec, "contract", "term") or term.last.value < term.first.value:
        return
    whole = Period(term.first.value, term.last.value, "term")
    for metric in spec.metrics:
        outside = [one.name for one in _own(metric) if not one.meets(whole)]
        if outside:
            lie, are = ("lies", "is") if len(outside) == 1 else ("lie", "are")
            named = " and ".join(outside)
            message = f"{named} of “{metric.name.value}” {lie} outside the term and {are} never reported"
            path = f"metrics.{metric.name.value}.every"
            yield PROBLEM.at(metric.every.span, message, label="never reported", path=path)


def _own(metric: Metric) -> tuple[Period, ...]:
    match metric.every.value:
        case ReportingDays(days):
            return tuple(Period(day, day, str(day)) for day in days)
        case NamedPeriods(periods):
            return periods
    return ()
