"""The contract and its agreements start before they end, and agreements lie within the contract."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec, Term

PROBLEM = Problem(
    "ACM391",
    "term that can't be kept",
    "A term must start before it ends, and an agreement is made within the term of the contract.",
    "Correct the dates.",
    "Each agreement must start and end within the term of the contract.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """First days come before last days; agreements' terms lie inside the contract's."""
    if faulty(spec, "contract", "term"):
        return
    whole = spec.contract.term
    yield from _order(whole, "contract.term")
    for index, agreement in enumerate(spec.agreements):
        if agreement.term is None:
            continue
        path = f"agreements.{index}.term"
        yield from _order(agreement.term, path)
        yield from _inside(agreement.term, whole, path)


def _order(term: Term, path: str) -> Iterator[Diagnostic]:
    if term.last.value < term.first.value:
        related = (Label(term.first.span, "starts here"),)
        message = f"the term ends on {term.last.value}, before it starts on {term.first.value}"
        yield PROBLEM.at(term.last.span, message, label="before the start", path=f"{path}.to", related=related)


def _inside(term: Term, whole: Term, path: str) -> Iterator[Diagnostic]:
    if whole.last.value < whole.first.value:
        return
    if term.first.value < whole.first.value:
        related = (Label(whole.first.span, "the contract starts here"),)
        message = f"the agreement starts on {term.first.value}, before the contract does"
        yield PROBLEM.at(term.first.span, message, label="too early", path=f"{path}.from", related=related)
    if term.last.value > whole.last.value:
        related = (Label(whole.last.span, "the contract ends here"),)
        message = f"the agreement ends on {term.last.value}, after the contract does"
        yield PROBLEM.at(term.last.span, message, label="too late", path=f"{path}.to", related=related)
