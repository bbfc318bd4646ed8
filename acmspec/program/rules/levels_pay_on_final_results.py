"""A payment that depends on the level of a result waits until the result can't move any more."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.payment import Payment, Pooled
from acmspec.program.payment_parts import score_of, tables
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM452",
    "level paid before all are judged",
    "The metric judges each record when it is mature, or at once, so its level still moves while records wait; what is "
    "paid for the level would depend on the day of the reckoning.",
    "Let the metric wait: “maturity: all records”, or pay for each success, as a rate card does.",
    "A payment for a level of results must wait until all results of the period are final.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every term that pays by bands, and every gate, is on a metric that waits for all its records."""
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms} if spec.incentives else {}
    for term in program.payments.terms if program else ():
        measures = program.measures_of(term) if program and _is_level(term.amount) else ()
        for measure in (one for one in measures if one.maturity != "all records"):
            message = f"“{term.name}” pays for the level of “{measure.title}”, which is judged “{measure.maturity}”"
            path = f"incentives.terms.{term.written}"
            yield PROBLEM.at(written[term.written].span, message, label="a level that moves", path=path)
    for limit in program.payments.gates if program else ():
        of = program.measure(limit.measure) if program else None
        if of is not None and of.maturity != "all records":
            message = f"“{limit.name}” asks for a level of “{of.title}”, which is judged “{of.maturity}”"
            path = f"incentives.limits.{limit.place}"
            yield PROBLEM.at(limit.span, message, label="a level that moves", path=path)


def _is_level(amount: Payment) -> bool:
    """Whether an amount depends on the level of the result: by a table or a score, or as a place among others."""
    return isinstance(amount, Pooled) or score_of(amount) is not None or next(tables(amount), None) is not None
