"""From exact facts to results: value, state, flags and comparisons of each measure, period and group; pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from acmspec.facts.tree import Dispute, Facts, Success, TableQuality
from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.counting import is_made_of_counts
from acmspec.program.group import Slice
from acmspec.program.reach import Scene, Use, When
from acmspec.program.record import Active, Lookup, OpenOn
from acmspec.program.relocate import parts
from acmspec.program.rounding import rounded
from acmspec.program.tree import Aggregate, Benchmark, Dimension, Group, Measure, Program
from acmspec.query.completeness import scene_of, whens
from acmspec.results.figures import References
from acmspec.results.groups import groups
from acmspec.results.measured import interval_counts, measured
from acmspec.results.place import Evidence, Measured, Place
from acmspec.results.printed import printed, stated
from acmspec.results.reach import tables
from acmspec.results.received import Desk, Received, is_outside, looks_at_others, received
from acmspec.results.statistics import wilson
from acmspec.results.tree import (
    DISPUTED,
    NOT_RECEIVED,
    PROVISIONAL,
    Comparison,
    InDispute,
    MeasureResults,
    Result,
    Results,
    State,
)


@node
class _Desk:
    """What every result is worked out from."""

    evidence: Evidence
    received: Desk
    in_dispute: Evidence
    """What the records in dispute come to by themselves."""
    disputes: tuple[Dispute, ...]

    @property
    def program(self) -> Program:
        """The meaning of the spec."""
        return self.received.program

    @property
    def scene(self) -> Scene:
        """What is the same for all figures."""
        return self.received.scene

    def of(self, formula: Group, when: When, dimensions: tuple[Dimension, ...]) -> Received:
        """What stands against results of a formula, looked for once a period and breakdown."""
        key = ("received", formula, when, dimensions)
        return self.evidence.once(key, lambda: received(self.received, formula, when, dimensions))


def evaluate(program: Program, facts: Facts) -> Results:
    """The results of all measures in all their windows and groups."""
    roster = frozenset(agreement.provider for agreement in program.payments.agreements)
    scene = scene_of(program, facts.data_date)
    figures, quality = References(program.figures, program.fiscal_starts), _quality(program, facts)
    desk = _Desk(
        Evidence.of(facts, figures),
        Desk(program, quality, scene, facts.short, roster),
        Evidence.of(replace(facts, cells=facts.in_dispute), figures),
        tuple(one for table in quality.values() for one in table.disputes),
    )
    measures, checks = (
        tuple(MeasureResults(one, _results(desk, one, whens(program, one, facts.data_date))) for one in each)
        for each in (program.measures, program.checks)
    )
    return Results(facts.data_date, measures, _successes(program, facts), facts.tables, checks)


def _quality(program: Program, facts: Facts) -> dict[str, TableQuality]:
    """What became of each table; of one that is made of others, what became of these."""
    found = {one.name: one for one in facts.tables}
    for spells in program.spells:
        sources = [found[one] for one in spells.sources if one in found]
        if not sources:
            continue
        least = min(sources, key=lambda one: one.through)
        since = max((one.since for one in sources if one.since is not None), default=None)
        silent = tuple(dict.fromkeys(each for one in sources for each in one.silent))
        asked = {one for stays in (*spells.merge, *spells.without) for one in tables(stays)}
        is_open = all(found[one].open for one in asked if one in found)
        absent = tuple(dict.fromkeys(each for one in sources for each in one.absent))
        found[spells.name] = replace(
            least,
            name=spells.name,
            since=since,
            silent=silent,
            absent=absent,
            open=is_open,
            # Until then another stay may still continue a spell.
            through=least.through - timedelta(days=spells.gap),
        )
    return found


def _successes(program: Program, facts: Facts) -> tuple[tuple[str, Period, tuple[Success, ...]], ...]:
    order = {term.name: place for place, term in enumerate(program.payments.terms)}
    keys = sorted(facts.successes, key=lambda key: (order[key[0]], key[1].last, key[1].first))
    return tuple((term, window, facts.successes[term, window]) for term, window in keys)


def _results(desk: _Desk, measure: Measure, periods: tuple[When, ...]) -> tuple[Result, ...]:
    return tuple(one for when in periods for by in measure.breakdowns for one in _of_breakdown(desk, measure, when, by))


def _of_breakdown(desk: _Desk, measure: Measure, when: When, dimensions: tuple[Dimension, ...]) -> Iterator[Result]:
    window, here = when.days(desk.scene), desk.of(measure.formula, when, dimensions)
    listed = desk.evidence.listed(dimensions[0], window) if len(dimensions) == 1 else ()
    own = next((at for at, one in enumerate(dimensions) if one.is_provider), None)
    for group in groups(desk.evidence.groups, here.sets, window, dimensions, desk.scene, listed):
        place = Place(desk.evidence, desk.scene, when, dimensions, group)
        yield _Judge(desk, measure, place, window, here, None if own is None else group[own]).result()


@node
class _Judge:
    """One measure in one window and group: which state it is in, and what may be said of it.

    `provider` is the one whose own group this is; None for groups of several, or of nobody known.
    """

    desk: _Desk
    measure: Measure
    place: Place
    window: Period
    received: Received
    provider: str | None

    def result(self) -> Result:
        """Everything that is said of it."""
        measure, found = self.measure, self._measured(self.measure.formula)
        lacking = self._lacking(self.received, found)
        state = self._state(found, is_missing=bool(lacking))
        value = found.value if state is State.VALUE else None
        exact = None if value is None else rounded(value, measure.formula.type, measure.decimals)
        known, disputed = state is not State.MISSING, self._disputed()
        return Result(
            period=self.window,
            breakdown=self.place.paths,
            group=self.place.group,
            numerator=found.numerator if known else None,
            denominator=found.denominator if known else None,
            value=value,
            rounded=exact,
            printed="" if value is None else self._printed(value),
            state=state,
            flags=_flags(provisional=self._is_provisional(self.received), disputed=disputed != 0),
            immature=found.immature,
            unjudged=found.unjudged,
            n=found.n,
            matures=found.matures if state is State.IMMATURE else None,
            comparisons=tuple(self._comparison(one, found, exact) for one in measure.benchmarks),
            rests_on=found.size,
            gaps=found.gaps,
            because=tuple(lacking),
            left_out=found.left,
            parts=tuple((one.name, self._part(one.figure, known=known)) for one in measure.parts),
            disputed=disputed,
            in_dispute=self._in_dispute() if disputed else None,
        )

    def _part(self, figure: Aggregate, *, known: bool) -> Fraction | None:
        """A part of the numerator; where the whole waits for all its records, so does the part."""
        found = self._measured(figure)
        if not known or (self.measure.maturity == "all records" and found.waits):
            return None
        return found.value if found.numerator is None else found.numerator

    def _printed(self, value: Fraction) -> str:
        return printed(value, self.measure.formula.type, self.measure.decimals, self.desk.program.currency)

    def _measured(self, formula: Group) -> Measured:
        return measured(formula, self.place)

    def _state(self, found: Measured, *, is_missing: bool) -> State:
        if is_missing:
            return State.MISSING
        if self.measure.maturity == "all records" and found.waits:
            return State.IMMATURE
        if found.value is None:
            # Records that wait are there: the value is not known yet, which is not the same as nobody to measure.
            return State.IMMATURE if found.waits else State.UNDEFINED
        return State.TOO_FEW if found.size < self.measure.minimum else State.VALUE

    def _lacking(self, here: Received, found: Measured) -> list[str]:
        """Why a result is missing; nothing if it is not."""
        return [*here.against(self.provider), *self._out_of_reach(found), *found.lacking]

    def _out_of_reach(self, found: Measured) -> Iterator[str]:
        """Records that look at days before the data begins: waiting for them would be in vain."""
        count = found.unreached
        if count and (self.measure.maturity == "all records" or (found.value is None and not found.waits)):
            records = "record looks" if count == 1 else "records look"
            yield f"{count:,} {records} at days from before the data is complete"

    def _days(self, use: Use) -> tuple[Period, ...]:
        return use.windows(self.desk.scene)

    def _disputed(self) -> int | None:
        """How many records measured are in dispute; None where a disputed record may bear on any of them."""
        if not self.desk.disputes:
            return 0
        found = [
            one
            for one in self.desk.disputes
            if self._is_disputed(one, self.received, self.measure.formula, self.provider)
        ]
        if not found:
            return 0
        looked_into = {one.table for one in parts(self.measure.formula) if isinstance(one, Lookup)}
        own = {use.aggregate.population.table for use in self.received.sets} - looked_into
        return len(found) if all(one.table in own for one in found) else None

    def _in_dispute(self) -> InDispute | None:
        """What the records in dispute come to; None where one that is left out may bring in another."""
        formula = self.measure.formula
        if not is_made_of_counts(formula) or any(one.aggregate.population.choices for one in self.received.sets):
            return None
        found = measured(formula, replace(self.place, evidence=self.desk.in_dispute))
        above = found.value if found.numerator is None else found.numerator
        return InDispute(above or Fraction(), found.denominator or Fraction(), found.n)

    def _is_disputed(self, one: Dispute, here: Received, formula: Group, provider: str | None) -> bool:
        """Whether a record in dispute is behind what a formula comes to for a provider, None for that of several.

        One of the set that is measured is if it counts on a day that is looked at. Of any other table that is read, it
        can't be told which records it bears on, so that it is unless it is another provider's.
        """
        if provider is not None and one.provider not in {None, provider}:
            return False
        own = [use for use in here.sets if use.aggregate.population.table == one.table]
        if own:
            return any(_counts(one, use, self._days(use)) for use in own)
        read = tables(formula)
        made = {each.name: each.sources for each in self.desk.program.spells}
        return one.table in read or any(one.table in made.get(name, ()) for name in read)

    def _is_provisional(self, here: Received) -> bool:
        """Data not complete over the window, a period partly outside the contract, or a provider not heard from."""
        waits = here.waits_for_anybody if self.provider is None else here.own_waits_for_anybody
        return here.is_provisional or waits

    def _comparison(self, benchmark: Benchmark, found: Measured, exact: Fraction | None) -> Comparison:
        against, said, flags = self._against(benchmark)
        if exact is None or against is None:
            return Comparison(benchmark.name, against, said, None, None, flags)
        met = exact >= against if self.measure.better == "higher" else exact <= against
        counts = interval_counts(self.measure.formula, found.numerator, found.denominator)
        sure = None if counts is None else not wilson.holds(*counts, against)
        return Comparison(benchmark.name, against, said, met, sure, flags)

    def _against(self, benchmark: Benchmark) -> tuple[Fraction | None, str, tuple[str, ...]]:
        """What the result is compared with, its text, and why it may change.

        A stated number is taken as it stands, a measured one as rounded.
        """
        key = ("stated", self.measure, benchmark, self.provider)
        known = self.desk.evidence.once(key, lambda: self._stated(benchmark))
        if known is not None:
            return known
        value = benchmark.value
        if not isinstance(value, Slice):
            return self._measured_at(benchmark)
        # Of fixed days it comes to the same for each period, but for whether that is all inside the contract.
        at, outside = self.place.sliced(value.to), is_outside(self.desk.program, self.place.when.period)
        seen = ("measured", self.measure, benchmark, self.place.dimensions, self.provider, at.when, at.group, outside)
        return self.desk.evidence.once(seen, lambda: self._measured_at(benchmark))

    def _measured_at(self, benchmark: Benchmark) -> tuple[Fraction | None, str, tuple[str, ...]]:
        """The same of a benchmark that is measured."""
        found = self._measured(benchmark.value)
        here = self.desk.of(benchmark.value, self.place.when, self.place.dimensions)
        state = self._state(found, is_missing=bool(self._lacking(here, found)))
        missing = state is State.MISSING
        flags = (NOT_RECEIVED,) if missing else self._may_change(benchmark.value, here, state)
        if found.value is None or state is not State.VALUE:
            return None, "", flags
        exact = rounded(found.value, self.measure.formula.type, self.measure.decimals)
        return exact, self._printed(found.value), flags

    def _stated(self, benchmark: Benchmark) -> tuple[Fraction, str, tuple[str, ...]] | None:
        """A benchmark that is a number, the same in all periods; None for one that is measured."""
        value = benchmark.level(self.provider or "")
        if value is None:
            return None
        return value, stated(value, self.measure.formula.type, self.desk.program.currency), ()

    def _may_change(self, value: Group, here: Received, state: State) -> tuple[str, ...]:
        """Why what a measured benchmark came to is not final; others' disputes count where it looks at others."""
        provider = None if any(looks_at_others(use) for use in here.sets) else self.provider
        disputed = any(self._is_disputed(one, here, value, provider) for one in self.desk.disputes)
        return _flags(provisional=state is State.IMMATURE or self._is_provisional(here), disputed=disputed)


def _flags(*, provisional: bool, disputed: bool) -> tuple[str, ...]:
    return (*((PROVISIONAL,) if provisional else ()), *((DISPUTED,) if disputed else ()))


def _counts(dispute: Dispute, use: Use, days: tuple[Period, ...]) -> bool:
    """Whether a set may count a record in dispute on one of the days it looks at."""
    population = use.aggregate.population
    if population.dated is not None:
        on = dispute.days.get(population.dated)
        return on is not None and any(one.first <= on <= one.last for one in days)
    if isinstance(population.member, OpenOn | Active):
        start = dispute.days.get(population.member.start)
        return start is not None and any(start <= one.last for one in days)
    return True
