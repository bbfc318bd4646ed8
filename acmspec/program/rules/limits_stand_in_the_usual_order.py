"""Limits stand in the usual order, or the spec says that another one is meant."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem, Severity
from acmspec.program.limit_stages import Stage, stages
from acmspec.program.payment import Limit
from acmspec.program.tree import Program
from acmspec.spec.incentives import AS_WRITTEN
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM570",
    "limits in an unusual order",
    "Limits apply from the first to the last, and each sees what those before it left, so their order moves money. "
    "Usually limits on one term come first, then gates, then those of a period, of a year, and of the whole term.",
    "Move it up, or write “order: as written” under “incentives” if this order is meant.",
    "The Agreement must state the order in which limits apply.",
    Severity.WARNING,
)
_SAID = {
    Stage.TERM: "a limit on one term",
    Stage.GATE: "a gate",
    Stage.PERIOD: "a limit of a period",
    Stage.YEAR: "a limit of a year",
    Stage.WHOLE: "a limit of the whole term",
}


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No limit stands behind one that usually comes after it, unless the order is said to be meant."""
    if program is None or spec.incentives is None or spec.incentives.order == AS_WRITTEN:
        return
    reached, last = Stage.TERM, None
    for limit in program.payments.limits:
        could = [one for one in stages(limit) if one >= reached]
        if could:
            reached, last = could[0], limit
        elif last is not None:
            yield _said(limit, last, reached)


def _said(limit: Limit, last: Limit, reached: Stage) -> Diagnostic:
    own = _SAID[stages(limit)[-1]]
    message = f"“{limit.name}” is {own}, and stands after “{last.name}”, {_SAID[reached]}"
    related = (Label(last.span, _SAID[reached]),)
    return PROBLEM.at(limit.span, message, label="usually earlier", path="incentives.limits", related=related)
