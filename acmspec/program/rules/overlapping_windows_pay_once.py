"""Where windows overlap, each success is paid once."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.catalog import faulty
from acmspec.program.payment_parts import is_without_money, numbered
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM395",
    "success paid twice",
    "The window is longer than the period, so one success counts in several periods and would be paid in each.",
    "Add “once_per”, such as “once_per: client”, or measure each period by itself.",
    "No success may be paid for more than once.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every term on a metric with overlapping windows says once per whom it pays."""
    metrics = {one.name.value: one for one in spec.metrics}
    written = {one.use.name.value: one for one in spec.incentives.terms} if spec.incentives else {}
    for term in program.payments.terms if program else ():
        metric = metrics.get(term.measure or "")
        if program is None or term.once_per is not None or metric is None or term.measure is None:
            continue
        if is_without_money(term.amount) or (term.takes and numbered(term.amount) is None):
            continue
        if faulty(spec, "incentives", "terms", term.written, "once_per"):
            continue
        if program.overlaps(program.measure(term.measure)):
            said = metric.window.value.value
            message = (
                f"“{term.name}” pays each {term.every.value}, its metric covers “{said}”, and a success counts twice"
            )
            related = (Label(metric.window.span, f"“{said}”, each {metric.every.value.value}"),)
            name = written[term.written].use.name
            path = f"incentives.terms.{term.written}"
            yield PROBLEM.at(name.span, message, label="no “once_per”", path=path, related=related)
