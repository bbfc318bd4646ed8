"""Metrics that the roadmap, agreements and examples name exist."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.practice import Name
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM385",
    "unknown metric or benchmark",
    "The spec has no metric, or no benchmark of the metric, of this name.",
    "Correct the name, or declare it.",
    "Each metric referred to must be one that this Agreement defines.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every metric named outside of the metrics is declared, and so are the benchmarks of worked examples."""
    known = [one.name.value for one in spec.metrics]
    for name, path in _named(spec):
        if name.value not in known and not faulty(spec, "metrics", name.value):
            message = f"there is no metric “{name.value}”"
            yield PROBLEM.at(name.span, message, label="unknown", path=path, fix=offer(name.value, known))
    yield from _benchmarks(spec)


def _named(spec: Spec) -> Iterator[tuple[Name, str]]:
    for index, topic in enumerate(spec.roadmap):
        for name in topic.looks_at:
            yield name, f"roadmap.{index}.looks_at"
    for index, agreement in enumerate(spec.agreements):
        for name, _ in agreement.targets:
            yield name, f"agreements.{index}.targets"
    for index, example in enumerate(spec.examples):
        yield example.metric, f"examples.{index}.metric"
        for one in example.also:
            yield one.metric, f"examples.{index}.with"


def _benchmarks(spec: Spec) -> Iterator[Diagnostic]:
    benchmarks = {one.name.value: [each.name.value for each in one.benchmarks] for one in spec.metrics}
    for index, example in enumerate(spec.examples):
        metric = example.metric.value
        for name, _ in example.expect:
            known = benchmarks.get(metric, [name.value])
            if name.value not in known and not faulty(spec, "metrics", metric, "benchmarks", name.value):
                message = f"“{metric}” has no benchmark “{name.value}”"
                path = f"examples.{index}.expect.{name.value}"
                yield PROBLEM.at(name.span, message, label="unknown", path=path, fix=offer(name.value, known))
