"""Each provider has one agreement."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.source import Span
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM390",
    "provider with two agreements",
    "Two agreements with one provider would give it two targets, two prices and two maximums.",
    "Keep one agreement for each provider.",
    "There must be one agreement with each Provider.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No provider is named twice."""
    first: dict[str, Span] = {}
    for index, one in enumerate(spec.agreements):
        name, span = one.provider.value, one.provider.span
        if name in first:
            related = (Label(first[name], "the first agreement"),)
            message = f"“{name}” has more than one agreement"
            yield PROBLEM.at(span, message, label="again", path=f"agreements.{index}.provider", related=related)
        first.setdefault(name, span)
