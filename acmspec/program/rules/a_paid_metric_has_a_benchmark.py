"""A paid metric has a benchmark."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.ports import Comparing, parts_of
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM383",
    "paid metric without a benchmark",
    "Money follows from this metric, and nothing says which result is good.",
    "Add a benchmark, such as a target or the result of earlier years.",
    "Each measure that payments rest on should state what it is compared with.",
    Severity.WARNING,
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every metric with `use: paid` is compared with something; one that a term asks for by name is told there."""
    terms = spec.incentives.terms if spec.incentives else ()
    parts = [one for term in terms for _, one in parts_of(term.use.parameters)]
    asked = {one.metric.value for one in parts if isinstance(one, Comparing)}
    for metric in spec.metrics:
        name = metric.name.value
        is_told = name in asked or faulty(spec, "metrics", name)
        if metric.use.value == "paid" and not metric.benchmarks and not is_told:
            message = f"the paid metric “{name}” has no benchmark"
            yield PROBLEM.at(metric.name.span, message, label="compared with what?", path=f"metrics.{name}")
