"""A figure can be brought to each breakdown and each window of the measures that use it."""

from collections.abc import Iterator

from acmspec.ground.calendar import period_of
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import nearest
from acmspec.ground.source import Span
from acmspec.ground.windows import windows
from acmspec.program.catalog import faulty
from acmspec.program.figure import Reference
from acmspec.program.relocate import parts
from acmspec.program.tree import Dimension, GroupFigure, Measure, Program
from acmspec.spec.enclosures import TIMES
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM487",
    "a figure that can't be brought to a measure",
    "A figure has a value for each of its groups and periods; for several of them together it needs a rule.",
    "Say “over_groups: sum”, or “over_time: last” (or first, sum, average), break down by the figure's own groups, or "
    "measure in its own periods.",
    "A reference figure must be stated for the groups and periods that it is used for.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Each breakdown reaches each group of the figure or sums over it; each window is a time the figure has."""
    if program is None or program.last < program.first:
        return
    figures = {one.name: one for one in program.figures}
    spans = {one.name.value: one.formula.span for one in spec.metrics}
    for measure in program.measures:
        used = dict.fromkeys(one.name for one in parts(measure.formula) if isinstance(one, GroupFigure))
        for figure in (figures[name] for name in used if name in figures and not faulty(spec, "figures", name)):
            span = spans.get(measure.name, measure.span)
            path = f"metrics.{measure.name}.formula" if measure.is_metric else f"incentives.terms.{measure.name}"
            yield from _groups(measure, figure, span, path)
            yield from _times(measure, figure, program, span, path)


def _groups(measure: Measure, figure: Reference, span: Span, path: str) -> Iterator[Diagnostic]:
    if figure.over_groups == "sum":
        return
    own = [row for row in measure.breakdowns if row] or [()]
    for row in own:
        lost = [one for one in figure.groups if one not in _named(row)]
        if lost:
            by = f"broken down by {' and '.join(one.path for one in row)}" if row else "not broken down"
            message = f"“{measure.name}” is {by}, and “{figure.name}” is by {lost[0]}, with no rule to add it up"
            meant = nearest(lost[0], TIMES)
            fix = f"If “{lost[0]}” is a period, call it “{meant}” under “by”." if meant else ""
            yield PROBLEM.at(span, message, label=f"needs “{figure.name}”", path=path, fix=fix)


def _named(row: tuple[Dimension, ...]) -> set[str]:
    return {one.path.rpartition(".")[2] for one in row}


def _times(measure: Measure, figure: Reference, program: Program, span: Span, path: str) -> Iterator[Diagnostic]:
    every = figure.every
    if every is None or figure.over_time not in {"none", "sum"}:
        return
    for window in windows(measure.every, measure.window, program.term, program.last):
        first = period_of(window.first, every, program.fiscal_starts)
        last = period_of(window.last, every, program.fiscal_starts)
        whole = (first.first, last.last) == (window.first, window.last)
        if (figure.over_time == "none" and first != last) or (figure.over_time == "sum" and not whole):
            why = "which covers several" if figure.over_time == "none" else "which are not whole ones"
            days = f"{window.first} to {window.last}"
            message = f"“{figure.name}” is by {every.value}, and “{measure.name}” measures {days}, {why}"
            yield PROBLEM.at(span, message, label=f"needs “{figure.name}”", path=path)
            return
