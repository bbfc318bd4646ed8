"""A paid metric has a benchmark."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
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
    """Every metric with `use: paid` is compared with something."""
    for metric in spec.metrics:
        name = metric.name.value
        if metric.use.value == "paid" and not metric.benchmarks and not faulty(spec, "metrics", name):
            message = f"the paid metric “{name}” has no benchmark"
            yield PROBLEM.at(metric.name.span, message, label="compared with what?", path=f"metrics.{name}")
