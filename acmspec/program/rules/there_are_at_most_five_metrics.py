"""There are at most five metrics."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

MOST = 5

PROBLEM = Problem(
    "ACM384",
    "more than five metrics",
    "People can attend to a few figures; every further one takes attention from those that matter most.",
    "Keep the five that matter most, and answer other questions on the roadmap.",
    "This Agreement must not name more than five metrics.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """The sixth metric is one too many."""
    if len(spec.metrics) > MOST:
        sixth = spec.metrics[MOST]
        message = f"{len(spec.metrics)} metrics are too many: at most five are allowed"
        yield PROBLEM.at(sixth.name.span, message, label="the sixth", path=f"metrics.{sixth.name.value}")
