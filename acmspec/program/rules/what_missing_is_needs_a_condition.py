"""A metric says where counts whose condition is missing only if it has a share of records, or of parts."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.aggregates import Takes, aggregate
from acmspec.program.group import ForEach
from acmspec.program.relocate import parts
from acmspec.program.tree import Aggregate, Program
from acmspec.spec.tree import MISSING_IS, Spec

PROBLEM = Problem(
    "ACM371",
    "“missing_is” without a share",
    "“missing_is” says where a record counts whose whole condition in “share(CONDITION over SET)” is missing, or a "
    "part in “share(CONDITION for each PARTS)”, and this metric has no share.",
    "Write the metric as a share, or remove “missing_is”. Numbers that are missing are left out and counted.",
    "What follows from a missing record must be said of the measure that it belongs to.",
)


def _asks(one: object) -> bool:
    """Whether an answer is counted that may be missing: of a record, or of a part of the period or the whole."""
    if isinstance(one, ForEach):
        return one.function in {"share", "count"}
    return isinstance(one, Aggregate) and aggregate(one.function).takes is Takes.CONDITION


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every metric with a “missing_is” of its own has a condition it is about."""
    names = {one.name.value: one.name.span for one in spec.metrics}
    for measure in program.measures if program is not None else ():
        if measure.missing_is != MISSING_IS[0] and not any(_asks(one) for one in parts(measure.formula)):
            message = f"“{measure.name}” has no share, so nothing is “{measure.missing_is}”"
            path = f"metrics.{measure.name}.missing_is"
            yield PROBLEM.at(names[measure.name], message, label="has no share", path=path)
