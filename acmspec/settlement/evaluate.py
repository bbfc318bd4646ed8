"""The value of a payment expression on exact numbers, and nothing else: the same nodes can be walked over intervals."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.program.intervals import in_force
from acmspec.program.payment import (
    Band,
    Bands,
    ByProvider,
    Earned,
    Fixed,
    FreshShare,
    Least,
    Most,
    Outcome,
    Payment,
    Ramp,
    Since,
    Successes,
    Times,
)


@node
class Environment:
    """What a payment may depend on.

    `outcome` is the result as printed, `of_successes` all successes of the window, `successes` those that are paid now
    (fewer where `once` and some were paid before), `earned` what a limit's terms have come to, `day` the first of the
    period.
    """

    provider: str = ""
    outcome: Fraction = Fraction(0)
    successes: Fraction = Fraction(0)
    of_successes: Fraction = Fraction(0)
    once: bool = False
    earned: Fraction = Fraction(0)
    day: date = date.min

    @property
    def fresh_share(self) -> Fraction:
        """The part of the window's successes not paid before."""
        if not self.once:
            return Fraction(1)
        return self.successes / self.of_successes if self.of_successes else Fraction(0)


def evaluate(node: Payment, at: Environment) -> Fraction:  # noqa: C901  (a case a node)
    """What a payment expression comes to, exactly; nothing is rounded here."""
    match node:
        case Fixed(amount=amount):
            return amount
        case ByProvider(shared=shared, own=own):
            return dict(own).get(at.provider, shared)
        case Since(steps=steps):
            return evaluate(in_force(steps, at.day)[0], at)
        case Outcome():
            return at.outcome
        case Successes():
            return at.successes
        case FreshShare():
            return at.fresh_share
        case Earned():
            return at.earned
        case Times(left=left, right=right):
            return evaluate(left, at) * evaluate(right, at)
        case Least(left=left, right=right):
            return min(evaluate(left, at), evaluate(right, at))
        case Most(left=left, right=right):
            return max(evaluate(left, at), evaluate(right, at))
        case Bands(of=of, bands=bands):
            return evaluate(band_of(evaluate(of, at), bands).pays, at)
        case Ramp(of=of, lower=lower, upper=upper):
            value = min(max(evaluate(of, at), lower.at), upper.at)
            return lower.pays + (upper.pays - lower.pays) * (value - lower.at) / (upper.at - lower.at)


def band_of(value: Fraction, bands: Sequence[Band]) -> Band:
    """The band that holds a value; that there is exactly one was proved when the spec was checked."""
    for band in bands:
        if (band.first is None or value >= band.first) and (band.below is None or value < band.below):
            return band
    raise LookupError(f"no band holds {value}")
