"""The steps from a result to an amount in words, from the same nodes that were evaluated."""

from fractions import Fraction

from acmspec.program.payment import Bands, ByProvider, FreshShare, Least, Most, Payment, Successes, Times
from acmspec.results.printed import money, plain
from acmspec.settlement.evaluate import Environment, band_of, evaluate


def phrases(node: Payment, at: Environment, currency: str) -> tuple[str, ...]:
    """What each part of a payment expression came to, a phrase a part, from left to right."""
    match node:
        case Bands(of=of, bands=bands):
            band = band_of(evaluate(of, at), bands)
            return (f"the result is {band.label}: {money(evaluate(band.pays, at), currency)}",)
        case ByProvider(own=own):
            whose = " by own agreement" if at.provider in dict(own) else ""
            return (f"{money(evaluate(node, at), currency)} for each success{whose}",)
        case Successes() | FreshShare():
            return (_successes(at),)
        case Times(left=left, right=right) | Least(left=left, right=right) | Most(left=left, right=right):
            return phrases(left, at, currency) + phrases(right, at, currency)
        case _:
            return ()


def arithmetic(node: Payment, at: Environment, currency: str) -> str:
    """The calculation in numbers: `$400.00 × 12`."""
    match node:
        case Times(left=left, right=right):
            return f"{arithmetic(left, at, currency)} × {arithmetic(right, at, currency)}"
        case Successes():
            return plain(at.successes)
        case FreshShare():
            return _fraction(at)
        case _:
            return money(evaluate(node, at), currency)


def _successes(at: Environment) -> str:
    if at.once:
        return f"{plain(at.successes)} of {plain(at.of_successes)} successes due and not paid before"
    return f"{plain(at.successes)} {'success' if at.successes == 1 else 'successes'}"


def _fraction(at: Environment) -> str:
    if at.once and at.of_successes:
        return f"{plain(at.successes)}/{plain(at.of_successes)}"
    return plain(at.fresh_share)


def rounding(exact: Fraction, amount: Fraction, currency: str) -> str:
    """The amount, and that it was rounded where it was."""
    return money(amount, currency) + (", rounded half up to the cent" if exact != amount else "")
