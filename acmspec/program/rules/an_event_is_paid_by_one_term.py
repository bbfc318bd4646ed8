"""An event that did not happen is paid for by one term."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.payment_parts import effect
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM729",
    "the same events paid twice",
    "Two terms hold one metric against the same benchmark, so that each event fewer or more is paid for under both.",
    "Keep one of them; a price that rises with the change is a tiered bonus or a difference.",
    "Each event that is paid for must be paid under one term.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No two effects are of one metric against one benchmark."""
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms} if spec.incentives else {}
    before: dict[tuple[str, str], str] = {}
    for term in program.payments.terms if program is not None else ():
        change = effect(term.amount)
        if change is None or term.measure is None:
            continue
        key = term.measure, change.prior.benchmark
        other = before.setdefault(key, term.written)
        if other != term.written:
            message = f"“{other}” and “{term.written}” both pay for the events of “{key[0]}” against “{key[1]}”"
            path = f"incentives.terms.{term.written}"
            yield PROBLEM.at(written[term.written].span, message, label="paid twice", path=path)
