"""Faults seeded in the engine, one at a time: each changes a result somewhere, and the oracle's report shows it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from crafted import crafted
from engine import Answers, Case, by_engine, by_oracle, differences

from acmspec.facts import from_query as facts_door
from acmspec.facts.quality import Quality
from acmspec.facts.validate import Cells
from acmspec.ground import exact
from acmspec.ground.calendar import Length, periods
from acmspec.ground.windows import Rolling, window
from acmspec.program import aggregates, reach, rounding
from acmspec.program.aggregates import AggregateRow, Finished, Part
from acmspec.program.record import Active, DaysIn, Lasts, OpenOn
from acmspec.program.tree import Dimension
from acmspec.query import completeness, record_sql
from acmspec.query.choice_sql import ChoiceSql
from acmspec.query.dialect import Dialect
from acmspec.query.gather_sql import GatherSql
from acmspec.query.population_sql import PopulationSql
from acmspec.query.record_sql import RecordSql
from acmspec.results import from_facts as results_door
from acmspec.results import groups as groups_part
from acmspec.results import measured as measured_part
from acmspec.results.place import Place
from acmspec.spec.tree import DENOMINATOR_ONLY

Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Answers]]:
    """The crafted cases with the oracle's report on each."""
    return [(case, by_oracle(case)) for case in crafted(tmp_path_factory.mktemp("crafted"))]


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Nothing that was worked out without the fault is remembered with it, nor the other way round."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for module in [one for name, one in sys.modules.items() if name.startswith("acmspec")]:
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()


# --- faults -----------------------------------------------------------------------------------------------

Fault = Callable[[Patch], None]
FAULTS: dict[str, Fault] = {}


def fault(plant: Fault) -> Fault:
    FAULTS[plant.__name__] = plant
    return plant


def _edit(patch: Patch, owner: type, method: str, *pairs: tuple[str, str]) -> None:
    """Replace text in the SQL that a method writes."""
    right = getattr(owner, method)

    def wrong(*told: object, **named: object) -> str:
        sql = right(*told, **named)
        for old, new in pairs:
            sql = sql.replace(old, new)
        return sql

    patch.setattr(owner, method, wrong)


@fault
def a_window_ends_a_day_late(patch: Patch) -> None:
    right = Dialect.later
    patch.setattr(Dialect, "later", lambda self, sql, length: right(self, sql, replace(length, days=length.days + 1)))


@fault
def months_have_thirty_days(patch: Patch) -> None:
    right = Dialect.later
    patch.setattr(Dialect, "later", lambda self, sql, one: right(self, sql, Length(one.days + 30 * one.months)))


@fault
def day_zero_is_in_every_window(patch: Patch) -> None:
    right = RecordSql._window
    patch.setattr(RecordSql, "_window", lambda self, one, *more: right(self, replace(one, inclusive=True), *more))


@fault
def day_zero_is_in_no_window(patch: Patch) -> None:
    right = RecordSql._window
    patch.setattr(RecordSql, "_window", lambda self, one, *more: right(self, replace(one, inclusive=False), *more))


@fault
def missing_entities_are_the_same(patch: Patch) -> None:
    right = RecordSql.asked

    def wrong(self: RecordSql, sql: str, *more: Any) -> str:
        return right(self, sql.replace(' = "r', ' IS NOT DISTINCT FROM "r'), *more)

    patch.setattr(RecordSql, "asked", wrong)


@fault
def other_records_include_the_record_itself(patch: Patch) -> None:
    right = RecordSql._lookup
    patch.setattr(RecordSql, "_lookup", lambda self, one, *more: right(self, replace(one, other=False), *more))


@fault
def first_is_kept_instead_of_last(patch: Patch) -> None:
    _edit(patch, ChoiceSql, "_end", (" DESC", " ASC"))


@fault
def a_missing_order_value_ranks_first(patch: Patch) -> None:
    _edit(patch, ChoiceSql, "_end", ("THEN 1 ELSE 0 END", "THEN 0 ELSE 1 END"))


@fault
def records_without_entity_are_one_big_client(patch: Patch) -> None:
    _edit(patch, ChoiceSql, "_end", (' AND "k1 entity 0" IS NOT NULL', ""))


@fault
def exclusion_comes_before_the_choice(patch: Patch) -> None:
    right = PopulationSql._placed

    def wrong(self: PopulationSql, *more: object) -> str:
        early = "".join(f' AND NOT "left {number}"' for number in range(len(self._ask.population.exclude)))
        return right(self, *more).replace('"in" AS "in 0"', f'"in"{early} AS "in 0"')

    patch.setattr(PopulationSql, "_placed", wrong)


@fault
def only_the_first_reason_excludes(patch: Patch) -> None:
    _edit(patch, PopulationSql, "select", ('AND NOT "left 1"', ""))


@fault
def the_last_day_is_not_in_the_period(patch: Patch) -> None:
    _edit(patch, PopulationSql, "_placed", ('<= w."last"', '< w."last"'))


@fault
def the_condition_before_the_choice_is_forgotten(patch: Patch) -> None:
    _edit(patch, GatherSql, "_judged", (' AND "a0 where"', ""))


@fault
def lag_is_ignored(patch: Patch) -> None:
    patch.setattr(Length, "before", lambda _, end: end)


@fault
def nothing_ever_waits(patch: Patch) -> None:
    right = PopulationSql._matures
    never = "CAST(NULL AS DATE)"
    patch.setattr(PopulationSql, "_matures", lambda self, *more: replace(right(self, *more), sql=never))


@fault
def early_successes_count(patch: Patch) -> None:
    right = GatherSql._judged

    def wrong(self: GatherSql) -> str:
        return right(self).replace(f" AND {self._names.matures} IS NULL", "")

    patch.setattr(GatherSql, "_judged", wrong)


@fault
def unknown_successes_leave_the_denominator(patch: Patch) -> None:
    right = GatherSql._judged
    patch.setattr(GatherSql, "_judged", lambda self: f"{right(self)} AND {self._names.value} IS NOT NULL")


@fault
def left_out_successes_stay_in_the_denominator(patch: Patch) -> None:
    right = GatherSql.__init__

    def wrong(self: GatherSql, *told: object) -> None:
        right(self, *told)
        self._judging = replace(self._judging, missing_is=DENOMINATOR_ONLY)

    patch.setattr(GatherSql, "__init__", wrong)


@fault
def successes_counted_in_both_are_counted_below_only(patch: Patch) -> None:
    patch.setattr(GatherSql, "_true", lambda self: self._names.value)


@fault
def doubt_in_a_lookup_is_not_counted(patch: Patch) -> None:
    right = RecordSql._lookup
    patch.setattr(RecordSql, "_lookup", lambda self, one, scope, _: right(self, one, scope, False))


@fault
def distinct_counts_a_missing_value(patch: Patch) -> None:
    right = GatherSql._part

    def wrong(self: GatherSql, part: Part) -> str:
        return f"{right(self, part)} + 1" if part is Part.DISTINCT else right(self, part)

    patch.setattr(GatherSql, "_part", wrong)
    # Where values are sorted out by group first, a missing one would be one of them.
    patch.setattr(GatherSql, "valued", lambda self: (self._names.value, self._judged()))


@fault
def rolling_windows_are_a_month_short(patch: Patch) -> None:
    def wrong(period: Any, every: Any, covers: Any, bounds: Any) -> Any:
        short = replace(covers, number=covers.number - 1) if isinstance(covers, Rolling) else covers
        return window(period, every, short, bounds)

    patch.setattr(reach, "window", wrong)


@fault
def the_fiscal_year_starts_a_month_late(patch: Patch) -> None:
    patch.setattr(
        completeness, "periods", lambda every, first, last, start: periods(every, first, last, start % 12 + 1)
    )


@fault
def periods_after_the_data_date_are_missing(patch: Patch) -> None:
    right = completeness.whens

    def wrong(program: Any, measure: Any, until: Any) -> Any:
        scene = completeness.scene_of(program, until)
        return tuple(one for one in right(program, measure, until) if one.days(scene).last < until)

    patch.setattr(results_door, "whens", wrong)


@fault
def late_records_are_seen(patch: Patch) -> None:
    patch.setattr(Cells, "_received", lambda _: "TRUE")


@fault
def doubles_are_counted_twice(patch: Patch) -> None:
    patch.setattr(facts_door, "settle_duplicates", lambda *_: None)


@fault
def silence_is_not_noticed(patch: Patch) -> None:
    patch.setattr(Quality, "_silent", lambda *_: ())


@fault
def ties_round_to_even(patch: Patch) -> None:
    # Python's own rounding of a fraction takes a tie to the even neighbor.
    patch.setattr(exact, "round_half_up", round)
    patch.setattr(rounding, "round_half_up", round)


@fault
def a_tie_misses_the_target(patch: Patch) -> None:
    right = results_door._Judge._against

    def wrong(self: object, benchmark: object) -> tuple[Fraction | None, str, tuple[str, ...]]:
        against, *told = right(self, benchmark)
        return (None if against is None else against + Fraction(1, 10**9)), *told

    patch.setattr(results_door._Judge, "_against", wrong)


@fault
def the_minimum_itself_is_too_few(patch: Patch) -> None:
    right = results_door._Judge._state

    def wrong(self: object, found: object, *, is_missing: bool) -> object:
        stricter = replace(self, measure=replace(self.measure, minimum=self.measure.minimum + 1))
        return right(stricter, found, is_missing=is_missing)

    patch.setattr(results_door._Judge, "_state", wrong)


@fault
def groups_of_the_roster_are_dropped(patch: Patch) -> None:
    right = groups_part.groups

    def wrong(found: Any, sets: Any, window: Any, dimensions: tuple[Dimension, ...], *more: Any) -> Any:
        return right(found, sets, window, tuple(replace(one, roster=()) for one in dimensions), *more)

    patch.setattr(results_door, "groups", wrong)


@fault
def the_median_is_its_lower_half(patch: Patch) -> None:
    right = aggregates.aggregate

    def wrong(name: str) -> AggregateRow:
        row = right(name)
        lower = row.parts[0]
        return replace(row, finish=lambda parts, *_: Finished(None, None, parts[lower])) if name == "median" else row

    patch.setattr(measured_part, "aggregate", wrong)


@fault
def an_average_divides_by_all_records(patch: Patch) -> None:
    right = GatherSql._part
    patch.setattr(GatherSql, "_part", lambda self, part: right(self, Part.RECORDS if part is Part.KNOWN else part))


# --- faults in spans, times, choices, groups ----------------------------------------------------------------


def _span_edit(patch: Patch, kind: type, *pairs: tuple[str, str]) -> None:
    """Replace text in the SQL of one question about spans."""
    right = record_sql.own_span

    def wrong(record: Any, *told: Any) -> str:
        sql = right(record, *told)
        for old, new in pairs if isinstance(record, kind) else ():
            sql = sql.replace(old, new)
        return sql

    patch.setattr(record_sql, "own_span", wrong)


@fault
def the_day_of_exit_is_a_night(patch: Patch) -> None:
    _span_edit(patch, OpenOn, (" < ", " <= "))


@fault
def who_leaves_on_the_first_day_is_not_active(patch: Patch) -> None:
    right = record_sql.own_span

    def wrong(record: Any, *told: Any) -> str:
        start, _, end = right(record, *told).rpartition(" <= ")
        return f"{start} < {end}" if isinstance(record, Active) else f"{start} <= {end}" if start else end

    patch.setattr(record_sql, "own_span", wrong)


@fault
def the_day_of_exit_counts_as_a_day(patch: Patch) -> None:
    _span_edit(patch, DaysIn, (", 0) END", ", 0) + 1 END"))


@fault
def open_stays_count_to_the_end_of_the_window(patch: Patch) -> None:
    _span_edit(patch, DaysIn, ("COALESCE(", "NULLIF("))


@fault
def a_stay_lasts_if_it_began(patch: Patch) -> None:
    _span_edit(patch, Lasts, (" IS NULL OR ", " IS NOT NULL OR "))


@fault
def a_total_is_reached_only_above_the_amount(patch: Patch) -> None:
    right = RecordSql.asked
    patch.setattr(
        RecordSql, "asked", lambda self, sql, *more: right(self, sql.replace("t.total >=", "t.total >"), *more)
    )


@fault
def hours_are_minutes(patch: Patch) -> None:
    right = Dialect.microseconds_between
    patch.setattr(Dialect, "microseconds_between", lambda *told: f"({right(*told)} * 60)")


@fault
def a_window_in_hours_ends_a_minute_late(patch: Patch) -> None:
    right = Dialect.moment_after
    patch.setattr(Dialect, "moment_after", lambda self, sql, seconds: right(self, sql, f"({seconds} + 60)"))


@fault
def holidays_are_worked(patch: Patch) -> None:
    right = Dialect.business_days
    patch.setattr(Dialect, "business_days", lambda self, *told: f"({right(self, *told)} + 1)")


@fault
def windows_back_leave_out_their_first_day(patch: Patch) -> None:
    _edit(patch, RecordSql, "_look_back", (" >= ", " > "))


@fault
def windows_from_to_leave_out_their_first_day(patch: Patch) -> None:
    right = RecordSql._window

    def wrong(self: RecordSql, one: Any, *more: Any) -> str:
        return right(self, replace(one, inclusive=not one.opens and one.inclusive), *more)

    patch.setattr(RecordSql, "_window", wrong)


@fault
def the_second_is_the_third(patch: Patch) -> None:
    right = ChoiceSql._placed

    def wrong(self: ChoiceSql) -> str:
        return right(replace(self, choice=replace(self.choice, position=self.choice.position + 1)))

    patch.setattr(ChoiceSql, "_placed", wrong)


@fault
def records_apart_are_a_day_nearer(patch: Patch) -> None:
    right = ChoiceSql._with_next
    patch.setattr(ChoiceSql, "_with_next", lambda self: right(replace(self, choice=replace(self.choice, days=28))))


@fault
def weights_are_all_alike(patch: Patch) -> None:
    right = GatherSql._part
    patch.setattr(GatherSql, "_part", lambda self, part: right(self, part).replace(str(self._names.weight), "1"))


@fault
def slices_look_at_the_period_at_hand(patch: Patch) -> None:
    patch.setattr(Place, "sliced", lambda self, _: self)


@fault
def the_other_side_is_taken(patch: Patch) -> None:
    right = measured_part._decision

    def wrong(formula: Any, place: Any) -> Any:
        turned = (
            replace(formula, then=formula.otherwise, otherwise=formula.then) if hasattr(formula, "then") else formula
        )
        return right(turned, place)

    patch.setattr(measured_part, "_decision", wrong)


@fault
def equal_places_are_shared_by_the_worse(patch: Patch) -> None:
    right = measured_part.ranked

    def wrong(*told: Any) -> Any:
        found = right(*told)
        return found if found.value is None else replace(found, value=found.value + 1)

    patch.setattr(measured_part, "ranked", wrong)


@fault
def only_the_first_month_is_brought_in(patch: Patch) -> None:
    right = measured_part.brought_together
    patch.setattr(measured_part, "brought_together", lambda each, parts, **more: right(each, parts[:1], **more))


# --- tests ------------------------------------------------------------------------------------------------


def test_without_a_fault_the_crafted_cases_agree(cases: list[tuple[Case, Answers]]) -> None:
    assert [differences(mine, by_engine(case)) for case, mine in cases] == [[]] * len(cases)


def test_the_crafted_cases_show_every_state(cases: list[tuple[Case, Answers]]) -> None:
    states = {row["state"] for _, mine in cases for row in mine}
    assert states == {"value", "undefined", "too_few", "immature", "missing"}


@pytest.mark.parametrize("name", FAULTS)
def test_the_oracle_catches(name: str, cases: list[tuple[Case, Answers]], monkeypatch: Patch) -> None:
    FAULTS[name](monkeypatch)
    assert any(differences(mine, by_engine(case)) for case, mine in cases)


def test_twenty_faults_and_more() -> None:
    assert len(FAULTS) >= 20
