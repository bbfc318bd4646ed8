"""What a contract can be expected to spend, and between which sums, if the future is as stated or as the past was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isqrt

from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.ground.windows import window
from acmspec.program.agreed import Agreement
from acmspec.program.counting import is_made_of_counts
from acmspec.program.paid_periods import paid_periods
from acmspec.program.payment import Term
from acmspec.program.payment_parts import bases, of_cohorts, recovered
from acmspec.program.tree import Measure, Program
from acmspec.program.types import Form, NumberType
from acmspec.results.tree import Result, Results
from acmspec.settlement.chances import Case, paid
from acmspec.settlement.fees import fees
from acmspec.settlement.own_results import own_results
from acmspec.settlement.tree import Settlement
from acmspec.settlement.worked import alone

BY_CHANCE, AS_BEFORE, CERTAIN, UNKNOWN = "by chance", "as in the past", "certain", "unknown"
Z = Fraction("1.644853626951473")
"""The 95% point of the normal distribution: a twentieth lies above so many standard deviations, a twentieth below."""
_CENTS = 100


@node
class Spent:
    """What some terms come to with a provider over the whole of its agreement: on average, and how far it varies."""

    terms: tuple[str, ...]
    provider: str
    how: str
    cases: int
    rate: Fraction | None
    periods: int
    mean: Fraction
    variance: Fraction


@node
class Assumed:
    """Rates and caseloads stated by metric, in place of targets and of what the past was."""

    rates: Mapping[str, Fraction]
    cases: Mapping[str, int]


def is_share(measure: Measure) -> bool:
    """Whether a metric is a share of records, so that each is a success or not."""
    of = measure.formula.type
    return (
        measure.is_metric
        and is_made_of_counts(measure.formula)
        and isinstance(of, NumberType)
        and of.form is Form.SHARE
    )


def judged(results: Results, measure: Measure, provider: str) -> tuple[Result, ...]:
    """The provider's own results that have counts."""
    return tuple(
        one for one in own_results(results, measure, provider) if one.numerator is not None and one.denominator
    )


def caseload(found: Sequence[Result], measure: Measure, assumed: Assumed) -> int:
    """How many records a period has: as stated, else the median of the past (the lower one of two); 0 if unknown."""
    stated = assumed.cases.get(measure.name)
    sizes = sorted(int(one.denominator or 0) for one in found)
    return stated if stated is not None else sizes[(len(sizes) - 1) // 2] if sizes else 0


def target(measure: Measure, provider: str, assumed: Assumed) -> Fraction | None:
    """The true rate looked at: as stated, else the first target that is stated for the provider."""
    if measure.name in assumed.rates:
        return assumed.rates[measure.name]
    return next((level for one in measure.benchmarks if (level := one.level(provider)) is not None), None)


def past(found: Sequence[Result]) -> Fraction | None:
    """The rate of all past periods together."""
    below = sum((one.denominator or Fraction(0) for one in found), Fraction(0))
    return sum((one.numerator or Fraction(0) for one in found), Fraction(0)) / below if below else None


def spending(program: Program, results: Results, settlement: Settlement, assumed: Assumed) -> tuple[Spent, ...]:
    """Each provider's terms, those on one share of records together, in the author's order."""
    found: list[Spent] = []
    for agreement in program.payments.agreements:
        for measure in program.measures:
            chances = alone(program, measure) if is_share(measure) else ()
            if chances:
                found.append(_by_chance(program, results, chances, agreement, assumed))
            others = (one for one in program.payments.terms if one.measure == measure.name and one not in chances)
            found += [_as_before(program, settlement, one, agreement) for one in others]
        for place, term in enumerate(program.payments.terms):
            if term.measure is None and _follows(term):
                found.append(_as_before(program, settlement, term, agreement))
            elif term.measure is None:
                found.append(_certain(program, place, term, agreement))
    return tuple(found)


def _follows(term: Term) -> bool:
    """Whether a term without a measure of its own follows from others or their results."""
    return bool(term.scored or bases(term.amount) or recovered(term.amount) or of_cohorts(term.amount))


def _by_chance(
    program: Program, results: Results, terms: tuple[Term, ...], agreement: Agreement, assumed: Assumed
) -> Spent:
    measure, names = program.measure(str(terms[0].measure)), tuple(one.name for one in terms)
    found = judged(results, measure, agreement.provider)
    cases, rate = caseload(found, measure, assumed), assumed.rates.get(measure.name) or past(found)
    rate = target(measure, agreement.provider, assumed) if rate is None else rate
    periods = len(windows_apart(program, terms[0], measure, agreement))
    if not cases or rate is None:
        return Spent(names, agreement.provider, UNKNOWN, cases, rate, periods, Fraction(0), Fraction(0))
    # Over windows that overlap a limit of one period would bound what several of them pay.
    limits = () if program.overlaps(measure) else program.payments.limits
    bare = replace(program, payments=replace(program.payments, limits=limits))
    mean, variance = moments(paid(bare, measure, agreement.provider, cases, rate))
    return Spent(names, agreement.provider, BY_CHANCE, cases, rate, periods, mean * periods, variance * periods)


def _certain(program: Program, place: int, term: Term, agreement: Agreement) -> Spent:
    """What rests on no result: every line of it is known before it is due."""
    dues = fees(program, place, term, program.last, {})
    amounts = [one.line.amount for one in dues if program.payments.agreements[one.agreement] is agreement]
    total = sum(amounts, Fraction(0))
    return Spent((term.name,), agreement.provider, CERTAIN, 0, None, len(amounts), total, Fraction(0))


def _as_before(program: Program, settlement: Settlement, term: Term, agreement: Agreement) -> Spent:
    amounts = [
        one.amount
        for one in settlement.lines
        if (one.term, one.provider) == (term.name, agreement.provider) and one.counted is not None and not one.waits
    ]
    periods = len(paid_periods(program, term, agreement))
    how = AS_BEFORE if amounts else UNKNOWN
    mean, variance = moments(tuple(Case(Fraction(1, len(amounts)), one) for one in amounts))
    return Spent((term.name,), agreement.provider, how, 0, None, periods, mean * periods, variance * periods)


def windows_apart(program: Program, term: Term, measure: Measure, agreement: Agreement) -> tuple[Period, ...]:
    """The periods whose windows share no day with an earlier one: where they overlap, each success is paid once."""
    kept: list[Period] = []
    for period in paid_periods(program, term, agreement):
        days = window(period, measure.every, measure.window, program.term)
        if not kept or days.first > kept[-1].last:
            kept.append(days)
    return tuple(kept)


def moments(cases: Sequence[Case]) -> tuple[Fraction, Fraction]:
    """The mean of what is paid, and its variance."""
    mean = sum((one.chance * one.pays for one in cases), Fraction(0))
    return mean, sum((one.chance * (one.pays - mean) ** 2 for one in cases), Fraction(0))


def spread(variance: Fraction) -> Fraction:
    """So much above and below the mean leave a twentieth on either side, to the cent, rounded down."""
    scaled = variance * Z * Z * _CENTS * _CENTS
    return Fraction(isqrt(scaled.numerator // scaled.denominator), _CENTS)
