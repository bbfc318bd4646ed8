"""Where a provider's total can be less than zero, the spec says what becomes of it."""

from collections.abc import Iterator
from math import isinf

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.catalog import faulty
from acmspec.program.exposed_lines import least_total
from acmspec.program.exposure import Exposure
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM565",
    "a total below zero, and nobody says what then",
    "What is deducted can come to more than what is due for the same periods. Unless the contract says what becomes of "
    "such a total, it is collected, forgotten or carried along by accident.",
    "Write “on_negative_total: carry forward”, “invoice” or “zero” under “incentives”.",
    "The Agreement must state what becomes of a total that is less than zero.",
)


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """No total can be less than zero where nothing is said of it."""
    if program is None or spec.incentives is None or faulty(spec, "incentives") or faulty(spec, "agreements"):
        return
    paid = program.payments
    taking = next((one for one in paid.terms if one.takes), None)
    if taking is None or not paid.agreements or paid.negative_total:
        return
    least = least_total(program, Exposure(program).total.owed.most)
    # A deduction without an end is told as such.
    if least < 0 and not isinf(least):
        written = {one.use.name.value: one.use.name for one in spec.incentives.terms}
        message = f"with “{taking.written}”, a provider’s total can be less than zero"
        path = f"incentives.terms.{taking.written}"
        yield PROBLEM.at(written[taking.written].span, message, label="can take more than is due", path=path)
