"""Payment terms have somebody to pay, and a time in which something falls due."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM368",
    "payment terms under which nothing is ever paid",
    "Payments are made to providers that have an agreement, for periods after the phase-in and within the term.",
    "Add the agreement, or correct the date.",
    "The payment terms of this Agreement should lead to payments.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """There is an agreement to pay under, and the phase-in is over before the term is."""
    if spec.incentives is None or not spec.incentives.terms:
        return
    if not spec.agreements and not faulty(spec, "agreements"):
        name = spec.incentives.terms[0].use.name
        message = "there are payment terms and no agreement, so that nobody is paid"
        fix = "Add “agreements:” with each provider."
        yield PROBLEM.at(name.span, message, label="paid to whom?", path="agreements", fix=fix)
    if program is not None and program.payments.without_results:
        return
    phase_in, last = spec.incentives.phase_in, spec.contract.term.last
    if phase_in is not None and phase_in.until.value >= last.value and not faulty(spec, "contract", "term"):
        message = f"the phase-in lasts until {phase_in.until.value}, and the term ends on {last.value}: nothing is paid"
        path = "incentives.phase_in.until"
        fix = f"End the phase-in before {last.value}, so that some period is paid."
        yield PROBLEM.at(phase_in.until.span, message, label="longer than the term", path=path, fix=fix)
