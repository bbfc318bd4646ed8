"""Where windows overlap, each success is paid once."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.catalog import faulty
from acmspec.program.payment import Term
from acmspec.program.payment_parts import bases, is_without_money, numbered
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM395",
    "success paid twice",
    "The window is longer than the period, so one success counts in several periods and would be paid in each.",
    "Add “once_per”, such as “once_per: client”, or measure each period by itself.",
    "No success may be paid for more than once.",
)
_FIX_OF_SCORES = "Measure each period by itself, or let the score pay a percentage “of” other terms."


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every term on a metric with overlapping windows says once per whom it pays."""
    metrics = {one.name.value: one for one in spec.metrics}
    written = {one.use.name.value: one for one in spec.incentives.terms} if spec.incentives else {}
    for term in program.payments.terms if program else ():
        if program is None or term.once_per is not None or _pays_no_success(term):
            continue
        if faulty(spec, "incentives", "terms", term.written, "once_per"):
            continue
        overlapping = (one for one in program.measures_of(term) if one.name in metrics and program.overlaps(one))
        for metric in (metrics[one.name] for one in overlapping):
            said = metric.window.value.value
            message = (
                f"“{term.name}” pays each {term.every.value}, its metric covers “{said}”, and a success counts twice"
            )
            related = (Label(metric.window.span, f"“{said}”, each {metric.every.value.value}"),)
            name = written[term.written].use.name
            path = f"incentives.terms.{term.written}"
            fix = _FIX_OF_SCORES if term.scored else ""
            yield PROBLEM.at(name.span, message, label="no “once_per”", path=path, related=related, fix=fix)


def _pays_no_success(term: Term) -> bool:
    """Whether nothing is paid for a success itself: no money, what is taken for a level, or a part of other terms."""
    by_score = bool(term.scored) and bool(bases(term.amount))
    return by_score or is_without_money(term.amount) or (term.takes and numbered(term.amount) is None)
