"""A figure that several measures share is judged in one way."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.relocate import parts
from acmspec.program.tree import Aggregate, Measure, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM338",
    "one figure judged in two ways",
    "Two measures rest on the very same figure, but one judges its records at another time, or counts missing values "
    "otherwise. This version calculates each figure once.",
    "Give both measures the same “maturity” and “missing_is”, or remove one of them.",
    "One figure must not be calculated in two ways.",
)


def check(_spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Measures with an aggregate in common agree on when to judge and on what missing values mean."""
    # Windows of different measures may cover the same days, so periods don't tell their figures apart.
    first: dict[Aggregate, Measure] = {}
    for measure in program.measures if program is not None else ():
        for one in dict.fromkeys(each for each in parts(measure.formula) if isinstance(each, Aggregate)):
            other = first.setdefault(one, measure)
            if _judging(other) != _judging(measure):
                related = (Label(other.span, f"“{other.name}”"),)
                message = f"“{measure.name}” and “{other.name}” judge the same figure in two ways"
                yield PROBLEM.at(measure.span, message, path=f"metrics.{measure.name}", related=related)
                break


def _judging(measure: Measure) -> tuple[bool, bool]:
    return measure.maturity == "judge now", measure.missing_counts
