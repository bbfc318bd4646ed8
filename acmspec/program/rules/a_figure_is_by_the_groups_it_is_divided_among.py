"""A figure that a measure is divided by is by the groups of the measure's breakdowns."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.relocate import parts
from acmspec.program.tree import GroupFigure, Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM492",
    "a figure that is the same for every group",
    "The figure has no dimension that the breakdown has, so that each group is set beside the figure of all groups.",
    "Add the dimension to the figure's file and to “by”, or keep it so if each group's part of the whole is meant.",
    "A reference figure must be of the same groups as the result that is set beside it.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Each breakdown of a measure shares a dimension with each figure that the measure uses."""
    if program is None:
        return
    figures = {one.name: one for one in program.figures}
    spans = {one.name.value: one.formula.span for one in spec.metrics}
    for measure in program.measures:
        used = dict.fromkeys(one.name for one in parts(measure.formula) if isinstance(one, GroupFigure))
        for name in used:
            for row in measure.breakdowns:
                paths = [one.path for one in row]
                if (
                    name in figures
                    and paths
                    and not {one.rpartition(".")[2] for one in paths} & {*figures[name].groups}
                ):
                    span = spans.get(measure.name, measure.span)
                    message = f"“{measure.name}” is broken down by {' and '.join(paths)}, and “{name}” is not"
                    path = f"metrics.{measure.name}.break_down_by"
                    yield PROBLEM.at(span, message, label="the same for every group", path=path)
