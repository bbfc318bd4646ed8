"""How likely each count of successes is for a provider with a true rate, and what each pays; nothing is drawn."""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from math import comb

from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.program.payment import Band, Bands, Outcome, Term
from acmspec.program.payment_parts import tables
from acmspec.program.rounding import rounded
from acmspec.program.tree import Measure, Program
from acmspec.settlement.evaluate import band_of
from acmspec.settlement.worked import work_out
from acmspec.spec.examples import Example

_ZERO, _ONE = Fraction(0), Fraction(1)
MEANS_SOMETHING = Fraction(4, 5)
"""The chance with which a provider that belongs in a tier should fall in it."""
MOST_CASES = 500
"""Up to how many records a period is looked at to find the caseload at which a tier means something."""


@node
class Case:
    """One number of successes: how likely it is, and what the terms pay for it."""

    chance: Fraction
    pays: Fraction


@node
class InTier:
    """A tier, its chance, and the smallest caseload at which it means something (None: more than is looked at)."""

    term: str
    label: str
    chance: Fraction
    least: int | None


@lru_cache(maxsize=64)
def binomial(cases: int, rate: Fraction) -> tuple[Fraction, ...]:
    """The chance of each number of successes, from none to all, exactly."""
    top, bottom = rate.numerator, rate.denominator
    whole = bottom**cases
    return tuple(
        Fraction(comb(cases, number) * top**number * (bottom - top) ** (cases - number), whole)
        for number in range(cases + 1)
    )


def paid(program: Program, measure: Measure, provider: str, cases: int, rate: Fraction) -> tuple[Case, ...]:
    """What the terms on a metric pay a provider in a period, for each number of successes that has a chance."""
    return tuple(
        Case(chance, _pays(program, measure, provider, number, cases))
        for number, chance in enumerate(binomial(cases, rate))
        if chance
    )


def _pays(program: Program, measure: Measure, provider: str, number: int, cases: int) -> Fraction:
    span = measure.span
    asked = Example(Located(measure.name, span), number, cases, None, (), span, Located(provider, span))
    return work_out(program, 0, asked, measure).payment


def in_tiers(term: Term, measure: Measure, cases: int, rate: Fraction) -> Iterator[InTier]:
    """The chance of each tier of a term for a provider with a true rate."""
    for table in tables(term.amount):
        if isinstance(table.of, Outcome):
            yield from _of_table(term.name, table, measure, cases, rate)


def _of_table(term: str, table: Bands, measure: Measure, cases: int, rate: Fraction) -> Iterator[InTier]:
    sums = dict.fromkeys((one.label for one in table.bands), Fraction(0))
    for number, chance in enumerate(binomial(cases, rate)):
        sums[_found(table, measure, number, cases).label] += chance
    for band in table.bands:
        yield InTier(term, band.label, sums[band.label], least_caseload(table, band, measure))


def _found(table: Bands, measure: Measure, number: int, cases: int) -> Band:
    value = rounded(Fraction(number, cases), measure.formula.type, measure.decimals)
    return band_of(value, table.bands)


@lru_cache(maxsize=256)
def least_caseload(table: Bands, band: Band, measure: Measure) -> int | None:
    """The smallest caseload with which a provider that belongs in a tier falls in it as likely as it should."""
    rate = typical(table, band)
    for cases in range(max(1, measure.minimum), MOST_CASES + 1):
        inside = sum(
            weight
            for number, weight in enumerate(_weights(cases, rate))
            if _found(table, measure, number, cases) == band
        )
        if inside >= MEANS_SOMETHING * rate.denominator**cases:
            return cases
    return None


def typical(table: Bands, band: Band) -> Fraction:
    """The true rate of a provider that belongs in a tier: in its middle.

    The lowest and the highest tier go on to where few are: there, it is as far from the tier's edge as the middle of
    the tier beside it, if that is less.
    """
    ends = [_ends(one) for one in table.bands]
    low, high = _ends(band)
    middle = (high - low) / 2
    for first, below in ends:
        if first == high and below < _ONE and low == 0:
            return high - min(middle, (below - first) / 2)
        if below == low and first > 0 and high == _ONE:
            return low + min(middle, (below - first) / 2)
    return low + middle


def _ends(band: Band) -> tuple[Fraction, Fraction]:
    """Where a tier of shares begins and ends."""
    return max(band.first or _ZERO, _ZERO), min(_ONE if band.below is None else band.below, _ONE)


def _weights(cases: int, rate: Fraction) -> list[int]:
    """The chances of all numbers of successes, each times what they come to together."""
    top, other = rate.numerator, rate.denominator - rate.numerator
    above, below = [1], [1]
    for _ in range(cases):
        above.append(above[-1] * top)
        below.append(below[-1] * other)
    return [comb(cases, number) * above[number] * below[cases - number] for number in range(cases + 1)]
