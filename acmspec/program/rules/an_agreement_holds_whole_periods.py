"""An agreement begins and ends with periods that are paid, or says that the periods it cuts are not."""

from collections.abc import Iterator

from acmspec.ground.calendar import Period, period_of
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.program.tree import Program
from acmspec.spec.tree import Agreement, Spec

PROBLEM = Problem(
    "ACM369",
    "an agreement cuts a paid period",
    "Payment is worked out for whole periods, so a period that an agreement covers only in part is not paid at all.",
    "Let the agreement begin and end with a period, or settle the cut one outside the payment terms and say so.",
    "An agreement should begin on the first day of a payment period and end on the last day of one.",
    Severity.WARNING,
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Each agreement with a term of its own starts and ends where the periods of all payment terms do."""
    if program is None:
        return
    for place, agreement in enumerate(spec.agreements):
        cut = dict.fromkeys(one.name for one in _cut(agreement, program))
        if agreement.term is not None and cut:
            names = " and ".join(cut)
            message = (
                f"the agreement of “{agreement.provider.value}” covers {names} only in part: nothing is paid for it"
            )
            yield PROBLEM.at(agreement.term.span, message, label="not whole periods", path=f"agreements.{place}.term")


def _cut(agreement: Agreement, program: Program) -> Iterator[Period]:
    if agreement.term is None:
        return
    first, last = agreement.term.first.value, agreement.term.last.value
    for term in program.payments.terms:
        begins = period_of(first, term.every, program.fiscal_starts)
        ends = period_of(last, term.every, program.fiscal_starts)
        # What the contract's own term cuts is not the agreement's doing.
        if begins is not None and begins.first < first and program.first < first:
            yield begins
        if ends is not None and ends.last > last and program.last > last:
            yield ends
