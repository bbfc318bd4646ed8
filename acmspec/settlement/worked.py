"""What a worked example comes to, settled as a period of its own; which parts of a spec that reaches is not its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.facts.tree import Success
from acmspec.ground.calendar import Period, periods
from acmspec.ground.node import node
from acmspec.ground.windows import window
from acmspec.program.agreed import Agreement
from acmspec.program.counting import counts_records, is_average
from acmspec.program.dimension import Dimension
from acmspec.program.paid_periods import paid_periods
from acmspec.program.payment import Band, Bands, Improved, Payment, Pooled, Score, Scored, Term
from acmspec.program.payment_parts import bases, inside, joined, measured_prior, tables
from acmspec.program.payments import INVOICED
from acmspec.program.rounding import rounded
from acmspec.program.tree import Benchmark, Measure, Program
from acmspec.results.printed import printed, stated
from acmspec.results.tree import DISPUTED, Comparison, MeasureResults, Result, Results, State
from acmspec.settlement.evaluate import Environment, band_of, counts_as, evaluate
from acmspec.settlement.from_results import settle
from acmspec.settlement.tree import Line
from acmspec.spec.examples import Example

_ZERO = Fraction(0)


@node
class Worked:
    """A worked example, its result, and the lines of the terms that rest on its metric and of their limits.

    `place` is that in the author's list. `lines` are empty where nothing is paid on the metric.
    """

    place: int
    example: Example
    measure: Measure
    result: Result
    lines: tuple[Line, ...]
    program: Program
    """The terms that rest on the metric alone and their bases, with limits but for gates, and nothing held back."""
    unshared: tuple[str, ...]
    """Pools by the metric that are left out, as nothing is said of those who share them."""
    against: tuple[str, ...]
    """Terms on the metric that are left out, as they are held against what is itself measured."""

    @property
    def payment(self) -> Fraction:
        """What the lines come to."""
        return sum((one.amount for one in self.lines), _ZERO)

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tier of each step table that the result falls in, by what it is called."""
        terms = {one.name: one for one in self.program.payments.terms}
        return tuple(
            label
            for line in self.lines
            if line.counted is not None and line.counted.at is not None
            for label in tiers(terms[line.term].amount, line.counted.at)
        )


def worked(program: Program) -> Iterator[Worked]:
    """Each worked example of a metric that has a meaning, settled by the rules of the contract.

    It is the first period paid, nothing was paid before, and gates are open: the counts of one metric say nothing of
    others. Nothing is held back, as what that comes to is known at the end of its time. Left out is what other counts
    decide: a pool where the example states nothing of those who share it, what is worked out from a term on another
    metric, and what follows where a total is below zero.
    """
    measures = {one.name: one for one in program.measures if one.is_metric}
    for place, example in enumerate(program.spec.examples):
        measure = measures.get(example.metric.value)
        if measure is not None:
            yield work_out(program, place, example, measure)


def tiers(amount: Payment, at: Environment) -> Iterator[str]:
    """What the tiers are called in which a payment was looked up, from left to right."""
    match amount:
        case Bands(of=of):
            yield band_of(evaluate(of, at), joined(amount).bands).label
            yield from tiers(of, at)
        case Improved(table=table):
            yield band_of(counts_as(amount, at), table.bands).label
        case Score(of=of):
            known = dict(at.scored)
            scored = ((one, known[one.measure]) for one in of if known.get(one.measure) is not None)
            for one, outcome in scored:
                own = tables(one.points)
                yield from (points_label(one, band_of(outcome or _ZERO, table.bands)) for table in own)
        case _:
            for part in inside(amount):
                yield from tiers(part, at)


def points_label(one: Scored, band: Band) -> str:
    """What a band of points of a measure on a scorecard is called."""
    return f"{one.measure}: {band.label}"


def work_out(program: Program, place: int, example: Example, measure: Measure) -> Worked:
    """One example of a metric, settled."""
    also = {one.metric.value: replace(one, provider=example.provider) for one in example.also}
    others = [one for one in program.measures if one.is_metric and one.name in also and one.name != measure.name]
    terms = alone(program, measure, others, shared=bool(example.others))
    asked = {one.name for one in terms}.union(*(_below(program, one) for one in terms))
    under = tuple(one for one in program.payments.terms if one.name in asked)
    apart = replace(program, payments=replace(
        program.payments, terms=under, agreements=_agreements(program, example), reserves=(),
        negative_total=INVOICED,
        limits=tuple(one for one in program.payments.limits if not one.measure),
    ))  # fmt: skip
    own = tuple(one for one in apart.payments.agreements if one.provider == _whose(example))
    period = _first_paid(apart, terms, own)
    whole = period or periods(measure.every, program.first, program.last, program.fiscal_starts)[0]
    cases = ((measure, example), *((one, also[one.name]) for one in others))
    found = [
        (one, _result(apart, case, one, window(whole, one.every, one.window, program.term))) for one, case in cases
    ]
    sharing = [_result(apart, one, measure, found[0][1].period) for one in example.others]
    last = max(whole.last, *(result.period.last for _, result in found))
    known = _results(apart, example, found, sharing, last)
    only_bases = asked - {one.name for one in terms}
    lines = () if period is None else settle(apart, known, only_bases).lines
    lines = tuple(one for one in lines if one.provider == _whose(example))
    shared = (one for one in program.payments.terms if isinstance(one.amount, Pooled) and one.measure == measure.name)
    unshared = tuple(one.name for one in shared if one.name not in asked)
    against = tuple(
        one.name for one in program.payments.terms if one.measure == measure.name and measured_prior(program, one)
    )
    return Worked(place, example, measure, found[0][1], lines, apart, unshared, against)


def _whose(example: Example) -> str:
    """The provider of an example; without one, it is called nothing."""
    return "" if example.provider is None else example.provider.value


def alone(
    program: Program, measure: Measure, also: Sequence[Measure] = (), *, shared: bool = False
) -> tuple[Term, ...]:
    """The terms on a metric that no count decides but its own and those of some `also`: no base's.

    No pool is one of them, unless the counts of those who have `shared` it are known, too, and none that is held
    against what is itself measured.
    """
    known = {measure.name, *(one.name for one in also)}
    decided = {
        one.name
        for one in program.payments.terms
        if not known.issuperset(one.rests_on)
        or (isinstance(one.amount, Pooled) and not shared)
        or measured_prior(program, one)
    }
    own = (one for one in program.payments.terms if measure.name in one.rests_on and one.name not in decided)
    return tuple(one for one in own if decided.isdisjoint(_below(program, one)))


def _below(program: Program, term: Term) -> set[str]:
    """The terms that one is worked out from, and those that these are."""
    found, terms = set[str](), {one.name: one for one in program.payments.terms}
    left = list(bases(term.amount))
    while left:
        name = left.pop()
        if name in terms and name not in found:
            found.add(name)
            left += bases(terms[name].amount)
    return found


def _agreements(program: Program, example: Example) -> tuple[Agreement, ...]:
    """Those of the providers it names; without one, an agreement for the whole term under what all share."""
    if example.provider is None:
        return (Agreement("", "", program.first, program.last, None),)
    named = {_whose(one) for one in (example, *example.others)}
    return tuple(one for one in program.payments.agreements if one.provider in named)


def _first_paid(program: Program, terms: tuple[Term, ...], agreements: Sequence[Agreement]) -> Period | None:
    """The first period in which any of the terms pays under some agreements."""
    found = (each for term in terms for agreement in agreements for each in paid_periods(program, term, agreement)[:1])
    return min(found, key=lambda one: one.last, default=None)


def _result(program: Program, example: Example, measure: Measure, within: Period) -> Result:
    """The result that the counts make, in the first period paid."""
    above, below = Fraction(example.numerator), Fraction(example.denominator)
    state = _state(example, measure)
    value = above / below if state is State.VALUE else None
    exact = None if value is None else rounded(value, measure.formula.type, measure.decimals)
    shown = "" if value is None else printed(value, measure.formula.type, measure.decimals, program.currency)
    known, provider = state is not State.MISSING, _whose(example)
    return Result(
        period=within,
        breakdown=tuple(one.path for one in _by_provider(measure)),
        group=(provider,),
        numerator=above if known else None,
        denominator=below if known else None,
        value=value,
        rounded=exact,
        printed=shown,
        state=state,
        flags=(DISPUTED,) if example.disputed else (),
        immature=1 if state is State.IMMATURE else 0,
        unjudged=0,
        n=example.denominator,
        matures=None,
        comparisons=tuple(_comparison(program, measure, one, provider, exact) for one in measure.benchmarks),
        disputed=example.disputed,
    )


def _state(example: Example, measure: Measure) -> State:
    """What can be said of counts: by their number, or what the example says itself."""
    if example.state is not None:
        return State(example.state.value)
    if not example.denominator:
        return State.UNDEFINED
    judged = counts_records(measure.formula) or is_average(measure.formula)
    return State.TOO_FEW if judged and example.denominator < measure.minimum else State.VALUE


def _comparison(
    program: Program, measure: Measure, benchmark: Benchmark, provider: str, exact: Fraction | None
) -> Comparison:
    """How a result stands to a stated benchmark; what is measured itself comes to nothing here."""
    level = benchmark.level(provider)
    if level is None or exact is None:
        return Comparison(benchmark.name, level, "", None, None)
    met = exact >= level if measure.better == "higher" else exact <= level
    return Comparison(benchmark.name, level, stated(level, measure.formula.type, program.currency), met, None)


def _by_provider(measure: Measure) -> tuple[Dimension, ...]:
    return next((row for row in measure.breakdowns if len(row) == 1 and row[0].is_provider), ())


def _results(
    program: Program,
    example: Example,
    found: Sequence[tuple[Measure, Result]],
    sharing: Sequence[Result],
    known: date,
) -> Results:
    """The results, known when their period is over, and as many successes for terms that pay each of them once."""
    result = found[0][1]
    succeeded = tuple(
        Success(_whose(one), f"{number}", result.period.last)
        for one in (example, *example.others)
        for number in range(one.numerator)
    )
    successes = tuple((term.name, result.period, succeeded) for term in program.payments.terms if term.once_per)
    measures = (MeasureResults(measure, (one, *(sharing if one is result else ()))) for measure, one in found)
    return Results(known, tuple(measures), successes, ())
