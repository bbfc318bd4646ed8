"""No list is called like a window, since “in” reads the window before it."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM451",
    "list that no formula can name",
    "“D in period” and “D in span” ask whether a date lies in the period or in a span, so a list of that name is never "
    "meant.",
    "Give the list a name that says what its codes are, such as “covered_periods”.",
    "A list of codes must have a name of its own.",
)

_WINDOWS = frozenset({"period", "span"})


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every list has a name that “in” can be followed by."""
    for one in spec.lists:
        if one.name.value in _WINDOWS:
            message = f"“in {one.name.value}” means a window of time, and not this list"
            yield PROBLEM.at(one.name.span, message, label="a window", path=f"lists.{one.name.value}")
