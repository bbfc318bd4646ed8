"""From exact facts to results: value, state, flags and comparisons of each measure, period and group; pure."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from acmspec.facts.tree import Facts, Success, TableQuality
from acmspec.facts.tree import Group as GroupKey
from acmspec.ground.calendar import Period, period_of
from acmspec.ground.node import node
from acmspec.program.tree import Benchmark, Dimension, Group, GroupConstant, Measure, Program
from acmspec.query.completeness import windows
from acmspec.results.groups import Found, found_groups, groups
from acmspec.results.measured import Evidence, Measured, Place, interval_counts, measured
from acmspec.results.printed import printed, rounded, stated
from acmspec.results.reach import tables, uses
from acmspec.results.statistics import wilson
from acmspec.results.tree import PROVISIONAL, Comparison, MeasureResults, Result, Results, State


@node
class _Desk:
    """What every result is worked out from."""

    program: Program
    quality: dict[str, TableQuality]
    evidence: Evidence
    found: Found
    roster: frozenset[str]


def evaluate(program: Program, facts: Facts) -> Results:
    """The results of all measures in all their windows and groups."""
    desk = _Desk(
        program=program,
        quality={one.name: one for one in facts.tables},
        evidence=Evidence.of(facts),
        found=found_groups(facts),
        roster=frozenset(agreement.provider for agreement in program.payments.agreements),
    )
    measures = tuple(
        MeasureResults(one, _results(desk, one, windows(program, one, facts.data_date))) for one in program.measures
    )
    return Results(facts.data_date, measures, _successes(program, facts), facts.tables)


def _successes(program: Program, facts: Facts) -> tuple[tuple[str, Period, Success], ...]:
    order = {term.name: place for place, term in enumerate(program.payments.terms)}
    keys = sorted(facts.successes, key=lambda key: (order[key[0]], key[1].last, key[1].first))
    return tuple((term, window, one) for term, window in keys for one in facts.successes[term, window])


def _results(desk: _Desk, measure: Measure, periods: tuple[Period, ...]) -> tuple[Result, ...]:
    return tuple(
        _Judge(desk, measure, window, dimensions, group).result()
        for window in periods
        for dimensions in measure.breakdowns
        for group in groups(desk.found, uses(measure.formula, window), window, dimensions)
    )


@node
class _Judge:
    """One measure in one window and group: which state it is in, and what may be said of it."""

    desk: _Desk
    measure: Measure
    window: Period
    dimensions: tuple[Dimension, ...]
    group: GroupKey

    def result(self) -> Result:
        """Everything that is said of it."""
        measure, found = self.measure, self._measured(self.measure.formula)
        state, lacking = self._state(measure.formula, found), self._lacking(measure.formula, found)
        value = found.value if state is State.VALUE else None
        exact = None if value is None else rounded(value, measure.formula.type, measure.decimals)
        known = state is not State.MISSING
        return Result(
            period=self.window,
            breakdown=self._paths,
            group=self.group,
            numerator=found.numerator if known else None,
            denominator=found.denominator if known else None,
            value=value,
            rounded=exact,
            printed="" if value is None else self._printed(value),
            state=state,
            flags=(PROVISIONAL,) if self._is_provisional() else (),
            immature=found.immature,
            unjudged=found.unjudged,
            n=found.n,
            matures=found.matures if state is State.IMMATURE else None,
            comparisons=tuple(self._comparison(one, found, exact) for one in measure.benchmarks),
            rests_on=found.size,
            gaps=found.gaps,
            because=tuple(lacking),
        )

    @property
    def _paths(self) -> tuple[str, ...]:
        return tuple(one.path for one in self.dimensions)

    @property
    def _provider(self) -> str | None:
        """The provider whose own group this is; None for groups of several, or of nobody known."""
        own = (value for one, value in zip(self.dimensions, self.group, strict=True) if one.is_provider)
        return next(own, None)

    def _printed(self, value: Fraction) -> str:
        return printed(value, self.measure.formula.type, self.measure.decimals, self.desk.program.currency)

    def _measured(self, formula: Group) -> Measured:
        return measured(
            formula, Place(self.desk.evidence, self.window.first, self.window.last, self._paths, self.group)
        )

    def _state(self, formula: Group, found: Measured) -> State:
        if self._lacking(formula, found):
            return State.MISSING
        if self.measure.maturity == "all records" and found.waits:
            return State.IMMATURE
        if found.value is None:
            # Records that wait are there: the value is not known yet, which is not the same as nobody to measure.
            return State.IMMATURE if found.waits else State.UNDEFINED
        return State.TOO_FEW if found.size < self.measure.minimum else State.VALUE

    def _lacking(self, formula: Group, found: Measured) -> list[str]:
        """Why a result is missing; nothing if it is not."""
        return [*self._not_received(formula), *self._out_of_reach(found)]

    def _not_received(self, formula: Group) -> Iterator[str]:
        """Closed gates under the tables it reads, and a provider that was silent in the days it looks at."""
        sets = uses(formula, self.window)
        own = {use.aggregate.population.table for use in sets}
        read = tables(formula).union(*(tables(one.of(table)) for one in self.dimensions for table in own))
        for name in sorted(read):
            if not self.desk.quality[name].open:
                yield f"the data of “{name}” can't be used"
        silent = [
            (provider, first, last)
            for use in sets
            for provider, first, last in self.desk.quality[use.aggregate.population.table].silent
            if provider == self._provider and first <= use.last and use.first <= last
        ]
        for provider, first, last in dict.fromkeys(silent) if self._provider is not None else ():
            yield f"“{provider}” sent no record dated {first} to {last}"

    def _out_of_reach(self, found: Measured) -> Iterator[str]:
        """Records that look at days before the data begins: waiting for them would be in vain."""
        count = found.unreached
        if count and (self.measure.maturity == "all records" or (found.value is None and not found.waits)):
            records = "record looks" if count == 1 else "records look"
            yield f"{count:,} {records} at days from before the data is complete"

    def _is_provisional(self) -> bool:
        """Data not complete over the window, a period partly outside the contract, or a provider not heard from."""
        program = self.desk.program
        period = period_of(self.window.last, self.measure.every, program.fiscal_starts)
        if period is None or period.first < program.first or period.last > program.last:
            return True
        return any(
            not self.desk.quality[use.aggregate.population.table].covers(use.first, use.last)
            or self._somebody_silent(use.aggregate.population.table, use.first, use.last)
            for use in uses(self.measure.formula, self.window)
        )

    def _somebody_silent(self, table: str, first: date, last: date) -> bool:
        if self._provider is not None:
            return False
        return any(
            (provider in self.desk.roster or not self.desk.roster) and start <= last and first <= end
            for provider, start, end in self.desk.quality[table].silent
        )

    def _comparison(self, benchmark: Benchmark, found: Measured, exact: Fraction | None) -> Comparison:
        against, said = self._against(benchmark)
        if exact is None or against is None:
            return Comparison(benchmark.name, against, said, None, None)
        met = exact >= against if self.measure.better == "higher" else exact <= against
        counts = interval_counts(self.measure.formula, found.numerator, found.denominator)
        sure = None if counts is None else not wilson.holds(*counts, against)
        return Comparison(benchmark.name, against, said, met, sure)

    def _against(self, benchmark: Benchmark) -> tuple[Fraction | None, str]:
        """What the result is compared with, and its text: a stated number as it stands, a measured one as rounded."""
        of, currency = self.measure.formula.type, self.desk.program.currency
        own = dict(benchmark.own).get(self._provider or "")
        constant = benchmark.value.value if isinstance(benchmark.value, GroupConstant) else None
        fixed_value = own if own is not None else constant
        if fixed_value is not None:
            return fixed_value, stated(fixed_value, of, currency)
        found = self._measured(benchmark.value)
        if found.value is None or self._state(benchmark.value, found) is not State.VALUE:
            return None, ""
        return rounded(found.value, of, self.measure.decimals), self._printed(found.value)
