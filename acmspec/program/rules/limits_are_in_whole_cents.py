"""What bounds a payment, or is one amount, is a number of whole cents: each payment is."""

from collections.abc import Iterator
from fractions import Fraction

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.source import Span
from acmspec.program.intervals import COUNTED, Known, interval
from acmspec.program.payment import Bands, Fixed, Least, Most, Payment, Ramp, Times
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
            yield PROBLEM.at(span, f"“{span.text}” has a fraction of a cent", label="not in whole cents", path=path)


def _amounts(spec: Spec, program: Program | None) -> Iterator[tuple[str, Fraction, Span]]:
    if spec.contract.maximum is not None:
        yield "contract.maximum", spec.contract.maximum.value.value, spec.contract.maximum.span
    for place, one in enumerate(spec.agreements):
        if one.maximum is not None:
            yield f"agreements.{place}.maximum", one.maximum.value.value, one.maximum.span
    if program is None:
        return
    for limit in program.payments.limits:
        found = interval(limit.bound, Known(earned=COUNTED))
        yield "incentives.limits", Fraction(found.least if limit.at_end else found.most), limit.span
    for term in program.payments.terms:
        for amount, span in _levels(term.amount, term.span):
            yield f"incentives.terms.{term.name}", amount, span


def _levels(amount: Payment, span: Span) -> Iterator[tuple[Fraction, Span]]:
    """The amounts of tiers and at the ends of ramps, each with the tier it stands in."""
    match amount:
        case Bands(bands=bands):
            for band in bands:
                if isinstance(band.pays, Fixed):
                    yield band.pays.amount, band.span
                else:
                    yield from _levels(band.pays, band.span)
        case Ramp(lower=lower, upper=upper):
            yield from ((one.pays, span) for one in (lower, upper))
        case Times(left=left, right=right) | Least(left=left, right=right) | Most(left=left, right=right):
            yield from _levels(left, span)
            yield from _levels(right, span)
        case _:
            return
