"""What bounds a payment, or is one amount, is a number of whole cents: each payment is."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.ground.currency import money
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import significant
from acmspec.ground.source import Located, Span
from acmspec.program.intervals import ANYTHING, Known, interval
from acmspec.program.payment import (
    ByProvider,
    Fixed,
    Least,
    Most,
    Payment,
    Pooled,
    Ramp,
    Recovered,
    Repeated,
    Since,
    Taken,
    Term,
)
from acmspec.program.payment_parts import tables
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM479",
    "a fraction of a cent",
    "Payments are rounded to the cent, so a bound between two cents would be passed by rounding. Only a price for each "
    "success may be finer.",
    "Write the amount with at most two decimals.",
    "Each maximum, limit and amount to be paid must be stated in whole cents.",
)
_CENTS = 100


def check(spec: Spec, program: Program | None) -> Iterator[Diagnostic]:
    """Maximums, limits and the amounts of levels have no fraction of a cent."""
    for path, amount, span in _amounts(spec, program):
        if (amount * _CENTS).denominator != 1:
            decimals = len(significant(amount).partition(".")[2])
            shown = money(amount, spec.contract.currency, decimals)
            yield PROBLEM.at(span, f"“{shown}” has a fraction of a cent", label="not in whole cents", path=path)


def _amounts(spec: Spec, program: Program | None) -> Iterator[tuple[str, Fraction, Span]]:
    if spec.contract.maximum is not None:
        yield "contract.maximum", spec.contract.maximum.value.value, spec.contract.maximum.span
    for place, one in enumerate(spec.agreements):
        if one.maximum is not None:
            yield f"agreements.{place}.maximum", one.maximum.value.value, one.maximum.span
    if spec.incentives and spec.incentives.settlement and spec.incentives.settlement.tolerance:
        tolerance = spec.incentives.settlement.tolerance
        yield "incentives.settlement.tolerance", tolerance.value.value, tolerance.span
    if program is None:
        return
    for limit in (one for one in program.payments.limits if not one.measure):
        found = interval(limit.bound, Known(earned=ANYTHING))
        written = limit.parameters.span if isinstance(limit.parameters, Located) else limit.span
        # What may be deducted is an amount below zero, and is written without a minus.
        amount = abs(Fraction(found.least if isinstance(limit.bound, Most) else found.most))
        yield f"incentives.limits.{limit.place}", amount, written
    for term in program.payments.terms:
        yield from ((f"incentives.terms.{term.written}", amount, span) for amount, span in _of_term(term))


def _of_term(term: Term) -> Iterator[tuple[Fraction, Span]]:
    """The amounts of a term that one line can come to by themselves."""
    if isinstance(term.amount, Pooled):
        yield from ((amount, term.span) for amount in (term.amount.pool, *term.amount.prizes))
    if term.measure is None:
        yield from ((amount, term.span) for amount in _stated(term.amount))
    bands = (band for table in tables(term.amount) for band in table.bands)
    # A tier may be told in two where a level to earn back lies within it.
    yield from dict.fromkeys((amount, band.span) for band in bands for amount in _paid(band.pays))


def _stated(amount: Payment) -> tuple[Fraction, ...]:
    """The amounts that a payment without a result is stated by, those of agreements too."""
    match amount:
        case ByProvider(shared=shared, own=own):
            return (shared, *(one for _, one in own))
        case Recovered(most=most):
            return () if most is None else (most,)
        case Since(steps=steps):
            return tuple(one for _, held in steps for one in _stated(held))
        case _:
            return ()


def _paid(level: Payment) -> tuple[Fraction, ...]:
    """The amounts that a level is stated by."""
    match level:
        case Fixed(amount=amount):
            return (amount,)
        case Ramp(lower=lower, upper=upper):
            return (lower.pays, upper.pays)
        case Taken(of=of) | Repeated(of=of):
            return _paid(of)
        case Least(left=left, right=right):
            return (*_paid(left), *_paid(right))
        case _:
            return ()
