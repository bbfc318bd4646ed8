"""An event that did not happen is paid for by one term."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.payment_parts import effect
from acmspec.program.tree import Benchmark, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM729",
    "the same events paid twice",
    "Two terms hold one metric against the same benchmark, so that each event fewer or more is paid for under both.",
    "Keep one of them; a price that rises with the change is a tiered bonus or a difference.",
    "Each event that is paid for must be paid under one term.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No two effects are of one metric against one benchmark, be it under two names."""
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms} if spec.incentives else {}
    before: dict[tuple[str, Benchmark], tuple[str, str]] = {}
    if program is None:
        return
    for term in program.payments.terms:
        change, measure = effect(term.amount), program.measure_of(term)
        if change is None or measure is None:
            continue
        name = change.prior.benchmark
        # What it is called makes no other benchmark of it.
        held = next(replace(one, name="") for one in measure.benchmarks if one.name == name)
        other, first = before.setdefault((measure.name, held), (term.written, name))
        if other != term.written:
            against = f"“{name}”" if first == name else f"“{first}” and “{name}”, which are the same"
            message = f"“{other}” and “{term.written}” both pay for the events of “{measure.name}” against {against}"
            path = f"incentives.terms.{term.written}"
            yield PROBLEM.at(written[term.written].span, message, label="paid twice", path=path)
