"""Only results made of counts are carried forward to the next period."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.tree import Aggregate, Group, GroupDefined, Program, Quotient
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM394",
    "result that can't be carried forward",
    "Records that are too few are judged together with the next period's by adding counts. A median or an amount "
    "can't be added up like that.",
    "Write “too_few: nothing”, or pay on a share or a count.",
    "Only results made of counts may be carried forward to a later period.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """A term that carries forward rests on a share, a count or an `out of`."""
    written = {one.use.name.value: one.on for one in spec.incentives.terms} if spec.incentives else {}
    for term in program.payments.terms if program else ():
        chosen = written[term.written].get("too_few")
        measure = program.measure_of(term) if program else None
        if chosen is None or chosen.value != "carry forward once" or measure is None:
            continue
        if not _adds_up(measure.formula):
            message = f"“{term.measure}” is not made of counts and can't be carried forward"
            path = f"incentives.terms.{term.written}.on.too_few"
            yield PROBLEM.at(chosen.span, message, label="not made of counts", path=path)


def _adds_up(formula: Group) -> bool:
    match formula:
        case Aggregate(function=function):
            return function in {"count", "share"}
        case GroupDefined(body=body):
            return _adds_up(body)
        case Quotient(numerator=numerator, denominator=denominator):
            return _adds_up(numerator) and _adds_up(denominator)
        case _:
            return False
