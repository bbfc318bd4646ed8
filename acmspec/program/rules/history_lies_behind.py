"""A historical benchmark looks at days that are over."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM399",
    "history that is not over",
    "The benchmark looks at days after the data date, of which nothing is known yet.",
    "End the benchmark's days before the data date.",
    "A result of the past must come from a period that is over.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No benchmark looks beyond the data date that the contract states."""
    data_date = spec.contract.data_date
    if data_date is None or program is None:
        return
    spans = {(m.name.value, b.name.value): b.name.span for m in spec.metrics for b in m.benchmarks}
    for measure in program.measures:
        for one in measure.benchmarks:
            if isinstance(one.value, Slice) and isinstance(one.value.to, Dates) and one.value.to.last > data_date.value:
                message = f"“{one.name}” looks at days until {one.value.to.last}, after the data date {data_date.value}"
                path = f"metrics.{measure.name}.benchmarks.{one.name}"
                fix = f"Let the benchmark's days end on {data_date.value} or before."
                yield PROBLEM.at(spans[measure.name, one.name], message, label="not over", path=path, fix=fix)
