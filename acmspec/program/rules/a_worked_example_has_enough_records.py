"""A worked example has as many records as its metric's minimum asks for."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.counting import counts_records, is_average
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM454",
    "a worked example of too few records",
    "Below the metric's “minimum” there is no value and nothing is met, so the example shows a result that can't be.",
    "Give the example as many records as the minimum asks for.",
    "A worked example must follow from the measure that it explains.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No example states a result of fewer records than its metric needs, where the denominator says how many."""
    measures = {one.name: one for one in program.measures if one.is_metric} if program is not None else {}
    for place, example in enumerate(spec.examples):
        measure = measures.get(example.metric.value)
        if measure is None or not (counts_records(measure.formula) or is_average(measure.formula)):
            continue
        says = [] if example.value is None else [example.value.span]
        says += [word.span for _, word in example.expect]
        if says and example.state is None and example.denominator < measure.minimum:
            needs = f"“{measure.name}” needs {measure.minimum:,}"
            message = f"with {example.denominator:,} records there is no result, as {needs}"
            yield PROBLEM.at(says[0], message, label="too few for a result", path=f"examples.{place}.expect")
