"""The results that a provider is paid by: those of the measure's breakdown by provider; it pays nothing itself."""

from fractions import Fraction

from acmspec.program.payment import Payment
from acmspec.program.payment_parts import effect, prior_benchmark
from acmspec.program.rounding import rounded
from acmspec.program.tree import Measure
from acmspec.results.tree import NOT_RECEIVED, Result, Results


def own_results(results: Results, measure: Measure, provider: str) -> tuple[Result, ...]:
    """The provider's own results of a measure, in order of period."""
    path = next(
        dimensions[0].path for dimensions in measure.breakdowns if len(dimensions) == 1 and dimensions[0].is_provider
    )
    of_measure = next(one for one in results.measures if one.measure.name == measure.name)
    return tuple(one for one in of_measure.of(path) if one.group == (provider,))


def held_against(result: Result, measure: Measure) -> tuple[tuple[str, Fraction], ...]:
    """What each benchmark of a result came to, at the decimals of results."""
    of, decimals = measure.formula.type, measure.decimals
    found = ((one.benchmark, one.against) for one in result.comparisons)
    return tuple((name, rounded(against, of, decimals)) for name, against in found if against is not None)


def not_final(result: Result, payment: Payment) -> tuple[str, tuple[str, ...]]:
    """The benchmark that a payment holds a result against, and why what it came to may change; empty if it can't."""
    name = prior_benchmark(payment)
    comparison = result.comparison(name)
    return name, () if comparison is None else comparison.flags


def lacks_prior(result: Result, payment: Payment) -> bool:
    """Whether data did not come from which alone a change of the result could be told."""
    return effect(payment) is not None and NOT_RECEIVED in not_final(result, payment)[1]
