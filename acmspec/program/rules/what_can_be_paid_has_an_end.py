"""What the contract can pay has an end that somebody can appropriate."""

from collections.abc import Iterator
from math import isinf

from acmspec.ground.currency import money
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.catalog import faulty
from acmspec.program.exposure import Exposure
from acmspec.program.payment import ByProvider, Fixed, Payment, Successes, Times
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM478",
    "a payment without an end",
    "Nothing says how many successes there can be, and no cap or maximum holds what they come to, so that no "
    "appropriation is sure to be enough.",
    "State “maximum” of the contract or of each agreement, or a limit such as {cap: $50,000, over: [TERM], per: "
    "[provider, fiscal year]}.",
    "The Agreement must state the most that can become payable.",
)
_MANY = 1_000_000


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Every term comes to a sum that has an end, whatever the results."""
    if program is None or not program.payments.terms or not program.payments.agreements or _half_read(spec):
        return
    if program.payments.maximum is not None:
        return  # it ends the whole contract, so that nothing need be added up
    exposed = Exposure(program)
    if exposed.total.payable.ends:
        return
    written = {one.use.name.value: one.use.name for one in spec.incentives.terms} if spec.incentives else {}
    for term, of in zip(program.payments.terms, exposed.terms, strict=True):
        if isinf(of.payable.most):
            message = f"nothing ends what “{term.name}” can come to{_such_as(term.amount, program)}"
            path = f"incentives.terms.{term.written}"
            limit = f"{{cap: $50,000, over: [{term.written}], per: [provider, fiscal year]}}"
            fix = f"State “maximum” of the contract or of each agreement, or a limit such as {limit}."
            yield PROBLEM.at(written[term.written].span, message, label="without an end", path=path, fix=fix)


def _half_read(spec: Spec) -> bool:
    """Whether something that could end it has an error of its own."""
    return faulty(spec, "agreements") or faulty(spec, "incentives") or faulty(spec, "contract", "maximum")


def _such_as(amount: Payment, program: Program) -> str:
    """What very many successes would come to."""
    match amount:
        case Times(left=Fixed(amount=price) | ByProvider(shared=price), right=Successes()) if price:
            owed = money(price * _MANY, program.currency)
            return f": {_MANY:,} successes would come to {owed}"
        case _:
            return ""
