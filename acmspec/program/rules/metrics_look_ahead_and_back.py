"""Metrics look ahead (leading) and back (lagging)."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM382",
    "only one kind of metric",
    "Leading metrics show early whether practice changes; lagging metrics show whether lives do. Each misleads alone.",
    "Add a metric of the other kind.",
    "The metrics should include early signs of progress as well as final results.",
    Severity.WARNING,
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """There is at least one leading and one lagging metric."""
    if faulty(spec, "metrics") or not spec.metrics:
        return
    kinds = {one.kind.value for one in spec.metrics}
    for kind in ("leading", "lagging"):
        if kind not in kinds:
            first = spec.metrics[0]
            path = f"metrics.{first.name.value}.kind"
            yield PROBLEM.at(first.kind.span, f"no metric is {kind}", label="like all the others", path=path)
