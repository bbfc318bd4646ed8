"""Where results count from the start of the year, the year starts with a period."""

from collections.abc import Iterator

from acmspec.ground.calendar import MONTHS, Every, YearStarting, periods
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.windows import Covers, year_of
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Metric, Spec

PROBLEM = Problem(
    "ACM377",
    "a year that starts inside a period",
    "The days of that period before the year starts are in no result: the one before ends too early, the next starts "
    "too late.",
    "Use periods that start with the year, such as “fiscal quarter”, or another window.",
    "Every day of the year should count in a result.",
    Severity.WARNING,
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No period of months that is counted in a year to date holds the first day of the year further in."""
    if faulty(spec, "contract", "fiscal_year_starts"):
        return
    for metric in spec.metrics:
        if metric.window.value is Covers.YEAR_TO_DATE and _is_cut(metric, spec):
            starts = MONTHS[spec.contract.fiscal_year_starts - 1]
            message = f"the year starts in {starts}, inside a {metric.every.value.value} of “{metric.name.value}”"
            path = f"metrics.{metric.name.value}.window"
            yield PROBLEM.at(metric.window.span, message, label="starts inside a period", path=path)


def _is_cut(metric: Metric, spec: Spec) -> bool:
    """Weeks always meet a year somewhere inside, and own days and periods are their author's matter."""
    every, term, starts = metric.every.value, spec.contract.term, spec.contract.fiscal_year_starts
    if every is Every.WEEK or not isinstance(every, Every | YearStarting):
        return False
    found = periods(every, term.first.value, term.last.value, starts)
    return any(year_of(one.last, every, starts).first > one.first for one in found)
