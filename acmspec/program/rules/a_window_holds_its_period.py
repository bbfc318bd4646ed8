"""A rolling window is no shorter than the period whose result it gives."""

from collections.abc import Iterator

from acmspec.ground.calendar import ReportingDays, periods
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.windows import Bounds, Rolling, window
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Metric, Spec

PROBLEM = Problem(
    "ACM418",
    "a window shorter than its period",
    "The days of a period before its window starts are in no result: what happens then is never counted.",
    "Leave “window” out to count the period's own days, report more often, or make the window as long as a period.",
    "Every day of the term should count in a result.",
    Severity.WARNING,
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No period that a metric reports starts before its rolling window; a reporting day has no days before it."""
    if faulty(spec, "contract", "term") or faulty(spec, "contract", "fiscal_year_starts"):
        return
    for metric in spec.metrics:
        name, left = metric.name.value, _uncounted(metric, spec)
        if left and not faulty(spec, "metrics", name, "every") and not faulty(spec, "metrics", name, "window"):
            message = f"{left} in no result of “{name}”"
            yield PROBLEM.at(metric.window.span, message, label="too short", path=f"metrics.{name}.window")


def _uncounted(metric: Metric, spec: Spec) -> str:
    """The days of the first period of which some are not counted, in words; "" if all are."""
    every, covers, term = metric.every.value, metric.window.value, spec.contract.term
    if not isinstance(covers, Rolling) or isinstance(every, ReportingDays) or term.last.value < term.first.value:
        return ""
    bounds = Bounds(term.first.value, term.last.value, spec.contract.fiscal_year_starts)
    for period in periods(every, bounds.first, bounds.last, bounds.fiscal_starts):
        counted = window(period, every, covers, bounds)
        days = (counted.first - max(period.first, bounds.first)).days
        if days > 0:
            return f"the first {days} days of {period.name} are" if days > 1 else f"the first day of {period.name} is"
    return ""
