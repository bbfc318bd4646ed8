"""A worked example compares its result with stated targets only."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM455",
    "a comparison that an example's counts don't give",
    "What the result is compared with here is itself measured, of other days or other providers, so that nobody can "
    "work it out from the counts of the example.",
    "Leave this benchmark out of the example, and compare with a stated target.",
    "A worked example must follow from the figures that it states.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No example says what a benchmark makes of it that is measured."""
    measured = {
        (measure.name, one.name)
        for measure in (program.measures if program is not None else ())
        for one in measure.benchmarks
        if one.is_measured
    }
    for place, example in enumerate(spec.examples):
        for name, _ in example.expect:
            if (example.metric.value, name.value) in measured:
                message = f"the counts don't say what “{name.value}” comes to"
                path = f"examples.{place}.expect.{name.value}"
                yield PROBLEM.at(name.span, message, label="is measured itself", path=path)
