"""The metric that a payment term or a limit names, and that it has a result for each provider; it lowers nothing."""

from collections.abc import Mapping

from acmspec.ground.diagnostic import Label, Problem
from acmspec.ground.nearest import offer
from acmspec.program.definitions import Definitions
from acmspec.program.measures_from_spec import Resolved
from acmspec.program.tree import Measure
from acmspec.spec.practice import Name

NOT_BY_PROVIDER = Problem(
    "ACM361",
    "paid metric without providers",
    "A term pays each provider for its own result, and this metric has no result for each provider.",
    "Add the provider to the metric's “break_down_by”.",
    "Each Provider must be paid for its own results.",
)
NO_METRIC = Problem(
    "ACM366",
    "no such metric",
    "A term pays for the results of a metric, and the spec has none of this name.",
    "Correct the name, or declare the metric.",
    "Each payment must rest on a measure that this Agreement defines.",
)
PROBLEMS = (NOT_BY_PROVIDER, NO_METRIC)


def named(name: Name, path: str, metrics: Mapping[str, Resolved], names: Definitions) -> Resolved | None:
    """The metric of a name; one that there is not is reported."""
    found = metrics.get(name.value)
    if found is None and not names.catalog.faulty("metrics", name.value):
        fix = offer(name.value, metrics)
        names.findings.say(NO_METRIC, name.span, f"there is no metric “{name.value}”", path=path, fix=fix)
    return found


def is_by_provider(measure: Measure, name: Name, metric: Name, path: str, names: Definitions) -> bool:
    """Whether a metric has a result for each provider; else it is reported where a payment names it."""
    if any(len(row) == 1 and row[0].is_provider for row in measure.breakdowns):
        return True
    related = (Label(metric.span, "has no result for each provider"),)
    message = f"“{name.value}” is paid for and is not broken down by provider"
    names.findings.say(NOT_BY_PROVIDER, name.span, message, path=path, related=related)
    return False
