"""What the page says: which period, which marks, which findings, with numbers that agree with the results."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from acmspec.ground.exact import Unit
from acmspec.program.tree import Quotient
from acmspec.program.types import NumberType
from acmspec.report import dashboard_words as words
from acmspec.report.tree import Grid
from acmspec.results.tree import PROVISIONAL, State

DAYS = words.scale_of(NumberType(unit=Unit.of("day")))


def row(page: Any, title: str) -> Any:
    return next(one for one in page.measures if one.title == title)


def metric(sample: Any, name: str) -> Any:
    return next(one for one in sample.results.metrics if one.measure.name == name)


def cell(page: Any, provider: str, measure: str) -> Any:
    at = [head.title for head in page.matrix.heads].index(measure)
    return next(one for one in page.matrix.rows if one.name == provider).marks[at]


# --- which period ---------------------------------------------------------------------------------------------


def test_the_period_shown_is_the_latest_that_time_has_settled(sample: Any) -> None:
    page = sample.dashboard()
    assert row(page, "Exits to a permanent home").period == "12 months to Mar 2026"
    assert row(page, "Returns within six months").period == "Jul–Sep 2025"
    assert row(page, "First contact within three days").period == "Mar 2026"


def test_a_silent_provider_does_not_hold_up_the_page_and_is_named_beside_the_value(sample: Any) -> None:
    assert row(sample.dashboard(), "First contact within three days").caution == "Without Lantern: not received"


def test_a_period_that_is_provisional_for_everybody_is_not_shown(sample: Any) -> None:
    def all_provisional(result: Any) -> Any:
        return replace(result, flags=(PROVISIONAL,)) if result.period.last >= date(2026, 3, 1) else result

    page = sample.with_results(all_provisional).dashboard()
    assert row(page, "First contact within three days").period == "Feb 2026"


def test_without_any_settled_period_the_latest_is_shown_as_what_it_is(sample: Any) -> None:
    def waiting(result: Any) -> Any:
        return replace(result, state=State.IMMATURE, value=None, rounded=None, printed="", matures=date(2027, 1, 31))

    shown = row(sample.with_results(waiting).dashboard(), "Returns within six months")
    assert (shown.actual, shown.mark.kind, shown.mark.note) == ("", "immature", "matures Jan 2027")


# --- marks ----------------------------------------------------------------------------------------------------


def test_the_page_prints_what_the_results_print(sample: Any) -> None:
    page = sample.dashboard()
    for one in sample.results.metrics:
        shown = row(page, one.measure.title)
        found = [
            each
            for each in one.of()
            if words.period(each.period, one.measure.every, one.measure.window) == shown.period
        ]
        assert [each.printed for each in found] == [shown.actual]
        assert shown.mark.kind == ("met" if found[0].comparison("target").met else "not_met")


def test_a_share_shows_how_many_of_how_many_and_a_median_how_many(sample: Any) -> None:
    page = sample.dashboard()
    found = next(one for one in metric(sample, "returns").of() if one.period.name == "2025-Q3")
    assert row(page, "Returns within six months").counts == f"{found.numerator} of {found.denominator} Leavers"
    assert row(page, "Days from referral to move-in").counts == "112 Leavers"


@pytest.mark.parametrize(
    ("provider", "measure", "kind", "note"),
    [
        ("Riverbend", "Exits to a permanent home", "too_few", "4 of 7: too few"),
        ("Juniper Place", "Returns within six months", "immature", "matures Sep 2026"),
        ("Lantern", "First contact within three days", "missing", "not received"),
        ("Open Gate", "Housing plans within thirty days", "undefined", "nobody eligible"),
        ("First Door", "Days from referral to move-in", "not_met", ""),
        ("Juniper Place", "First contact within three days", "met", ""),
    ],
)
def test_each_state_has_its_mark_and_words(sample: Any, provider: str, measure: str, kind: str, note: str) -> None:
    mark = cell(sample.dashboard(), provider, measure)
    assert (mark.kind, mark.note, mark.hollow) == (kind, note, False)


def test_a_mark_is_hollow_exactly_where_the_interval_cannot_tell(sample: Any) -> None:
    page = sample.dashboard()
    of = metric(sample, "first_contact")
    for one in of.of("provider"):
        if one.period.name == "2026-03" and one.state is State.VALUE:
            mark = cell(page, one.group[0], "First contact within three days")
            assert mark.hollow is (one.comparison("target").sure is False)


def test_a_provider_with_its_own_target_shows_it(sample: Any) -> None:
    page = sample.dashboard()
    assert cell(page, "Cedar Street", "Exits to a permanent home").target == "≥ 62%"
    assert cell(page, "First Door", "Exits to a permanent home").target == ""


def test_the_legend_holds_exactly_the_marks_of_the_matrix(sample: Any) -> None:
    matrix = sample.dashboard().matrix
    used = {(mark.kind, mark.hollow) for one in matrix.rows for mark in one.marks}
    assert {(mark.kind, mark.hollow) for mark, _ in matrix.legend} == used
    assert len(matrix.legend) == len(used)


def test_without_a_benchmark_a_value_stands_alone(sample: Any) -> None:
    def bare(result: Any) -> Any:
        return replace(result, comparisons=())

    page = sample.with_results(bare).dashboard()
    assert row(page, "First contact within three days").mark.kind == "plain"
    assert [one.tone for one in page.findings] == ["neutral"]


def test_the_further_benchmark_is_shown_with_its_own_result(sample: Any) -> None:
    (baseline,) = row(sample.dashboard(), "Exits to a permanent home").comparisons
    assert (baseline.name, baseline.printed, baseline.mark.kind) == ("Baseline", "53.2%", "met")


# --- charts ---------------------------------------------------------------------------------------------------


def test_immature_and_provisional_points_are_not_judged(sample: Any) -> None:
    points = row(sample.dashboard(), "Returns within six months").series.points
    assert [one.period for one in points if not one.judged] == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert all(one.value is not None and not one.printed for one in points if not one.judged)


def test_the_title_of_a_chart_counts_what_met_the_target(sample: Any) -> None:
    of = metric(sample, "timely_plans")
    judged = [one for one in of.of() if one.state is State.VALUE and one.period.last < date(2026, 4, 1)]
    met = sum(one.comparison("target").met for one in judged)
    finding = row(sample.dashboard(), "Housing plans within thirty days").series.finding
    assert f"met in {met} of {len(judged)} judged" in finding


@pytest.mark.parametrize(
    ("met", "finding"),
    [
        ([True] * 11, "Target met in all 11 quarters judged."),
        ([False] * 11, "Target missed in all 11 quarters judged."),
        ([False] * 8 + [True] * 3, "Target met 3 quarters in a row; met in 3 of 11 judged."),
        ([True] * 10 + [False], "Target missed in the latest quarter judged; met in 10 of 11 judged."),
    ],
)
def test_a_finding_over_time_says_how_often_and_since_when(sample: Any, met: list[bool], finding: str) -> None:
    order = [one.period.name for one in metric(sample, "permanent_exits").of() if one.period.name != "2026-Q2"]
    wanted = dict(zip(order, met, strict=True))

    def judged(result: Any) -> Any:
        changed = tuple(replace(one, met=wanted.get(result.period.name, one.met)) for one in result.comparisons)
        return replace(result, comparisons=changed)

    assert row(sample.with_results(judged).dashboard(), "Exits to a permanent home").series.finding == finding


# --- findings -------------------------------------------------------------------------------------------------


def test_there_are_at_most_three_findings_each_with_a_number(sample: Any) -> None:
    findings = sample.dashboard().findings
    assert [one.tone for one in findings] == ["bad", "neutral", "good"]
    assert all(any(character.isdigit() for character in one.headline + one.text) for one in findings)


def test_the_first_finding_is_the_widest_miss_that_is_not_chance(sample: Any) -> None:
    bad = sample.dashboard().findings[0]
    latest = next(one for one in metric(sample, "days_to_move_in").of() if one.period.name == "2026-03")
    assert bad.headline == f"Days from referral to move-in: {words.gap(latest.rounded - 45, DAYS, 1)} above target."
    assert latest.printed in bad.text
    assert "≤ 45 days" in bad.text
    assert "Returns within six months (by 1.5 points, which could be chance)" in bad.text


def test_missing_data_is_named_with_what_happens_to_payment(sample: Any) -> None:
    missing = sample.dashboard().findings[1]
    assert missing.headline == "Data is missing from Lantern."
    assert "Lantern sent no Stays for Jan–Mar 2026." in missing.text
    assert "no result in 4 of 5 measures" in missing.text
    assert "Home payment and Staying bonus: withhold until received" in missing.text


def test_a_closed_gate_is_found_before_all_else(sample: Any) -> None:
    tables = (replace(sample.results.tables[0], open=False, invalid=900), *sample.results.tables[1:])
    page = replace(sample, results=replace(sample.results, tables=tables)).dashboard()
    assert page.findings[0].headline == "The data gate is closed for Stays."
    assert "900 of 20,014 records of Stays are invalid" in page.findings[0].text
    assert page.quality.tables.rows[0][-1] == "Closed"
    assert "Stays: 900 of 20,014 records (4.50%) are invalid and 1% is accepted." in page.quality.notes[0]


def test_with_nothing_missing_the_gap_between_providers_takes_the_place(sample: Any) -> None:
    def received(result: Any) -> Any:
        return result if result.state is not State.MISSING else replace(result, state=State.UNDEFINED)

    last = sample.with_results(received).dashboard().findings[-1]
    assert last.headline.endswith("between providers.")
    assert "points between providers" in last.headline or "days between providers" in last.headline


# --- groups, money, data --------------------------------------------------------------------------------------


def test_groups_are_listed_highest_first_with_their_labels(sample: Any) -> None:
    page = sample.dashboard()
    by_race = next(one for one in page.breakdowns if one.by == "race" and one.title == "Exits to a permanent home")
    values = [one.value for one in by_race.rows]
    assert values == sorted(values, reverse=True)
    assert {"Hispanic or Latino", "Not recorded"} <= {one.name for one in by_race.rows}
    assert by_race.finding == (
        f"from {by_race.rows[-1].mark.value} ({by_race.rows[-1].name})"
        f" to {by_race.rows[0].mark.value} ({by_race.rows[0].name})"
    )
    assert {one.by for one in page.breakdowns} == {"race", "district"}


def test_groups_too_small_to_judge_are_named_apart(sample: Any) -> None:
    by_race = next(one for one in sample.dashboard().breakdowns if one.title == "Returns within six months")
    assert "too few" in by_race.rest
    assert not {"too_few"} & {one.mark.kind for one in by_race.rows}


def test_payments_by_provider_and_term_come_to_the_settlement(sample: Any) -> None:
    paid = sample.dashboard().payments
    heads = ("Provider", "Home payment", "Staying bonus", "Cap 1 ($9,000 each quarter)", "Total", "At most")
    assert paid.owed.heads[:-1] == heads
    for name, total in sample.settlement.by_provider():
        shown = next(one for one in paid.owed.rows if one[0] == name)
        assert shown[4] == words.money(total, "USD")
    assert paid.owed.rows[-1][4] == words.money(sample.settlement.total(), "USD")
    assert words.money(sample.settlement.total(), "USD") in paid.finding


def test_limits_stand_in_their_own_column_with_a_minus(sample: Any) -> None:
    capped = dict(sample.settlement.by_term())["cap_1"]
    assert capped < 0
    assert words.money(capped, "USD").startswith("−$")
    assert sample.dashboard().payments.owed.rows[-1][3] == words.money(capped, "USD")


def test_every_table_of_the_data_is_counted(sample: Any) -> None:
    grid = sample.dashboard().quality.tables
    assert grid.rows[0] == ("Stays", "20,014", "19,951", "31", "12", "20", "44", "31 Mar 2026", "Open")


def test_the_practice_the_author_wrote_is_on_the_page(sample: Any) -> None:
    titles = [one.title for one in sample.dashboard().practice]
    assert titles == [
        "Referral", "Roadmap: what we look into", "Meetings", "Responsibilities", "Follow-up",
        "Commitments of the agency",
    ]  # fmt: skip


def test_the_practice_names_fields_as_the_clauses_do(sample: Any) -> None:
    referral, roadmap, *_ = sample.dashboard().practice
    steps = next(one for one in referral.blocks if isinstance(one, Grid) and one.heads[0] == "Step")
    assert steps.rows == (("Enrolled", "Stays", "Entry Date"),)
    assert "by provider and district" in roadmap.blocks[0].text


def test_nothing_is_said_to_be_carried_forward_where_windows_overlap(sample: Any) -> None:
    rows = {row[0]: row[1:] for row in sample.dashboard().payments.consequences.rows}
    assert rows["Too few to say"] == ("Nothing; the next period holds these records", "Carry forward once")


def test_parts_the_spec_does_not_have_are_absent(sample: Any) -> None:
    spec = replace(
        sample.program.spec, referral=None, roadmap=(), cadence=(), attendees=(), responsibilities=(), follow_up=None,
        commitments=(), goals=(), motivation="",
    )  # fmt: skip
    payments = replace(sample.program.payments, terms=(), limits=(), agreements=())
    page = replace(sample, program=replace(sample.program, spec=spec, payments=payments)).dashboard()
    assert page.practice == ()
    assert page.goals == ()
    assert page.payments is None


# --- what may be plotted before it is final --------------------------------------------------------------------


def test_an_immature_result_of_too_few_records_is_not_plotted(sample: Any) -> None:
    def small(result: Any) -> Any:
        return replace(result, denominator=Fraction(19)) if result.state is State.IMMATURE else result

    points = row(sample.with_results(small).dashboard(), "Returns within six months").series.points
    assert [one.value for one in points if one.mark.kind == "immature"] == [None, None, None]


def test_an_immature_quotient_of_two_sets_is_not_plotted(sample: Any) -> None:
    def split(of: Any) -> Any:
        share = of.measure.formula
        return replace(of, measure=replace(of.measure, formula=Quotient(share, share, share.type)))

    measures = tuple(map(split, sample.results.measures))
    page = replace(sample, results=replace(sample.results, measures=measures)).dashboard()
    points = row(page, "Returns within six months").series.points
    assert all(one.value is None for one in points if one.mark.kind == "immature")
    assert all(one.value is not None for one in points if one.printed)


def test_where_data_is_missing_no_count_is_shown(sample: Any) -> None:
    def missing(result: Any) -> Any:
        return replace(result, state=State.MISSING, value=None, rounded=None, printed="", numerator=None, n=0)

    shown = row(sample.with_results(missing).dashboard(), "Returns within six months")
    assert (shown.counts, shown.mark.counts, shown.mark.note) == ("", "", "not received")


def test_what_is_not_final_is_no_finding(sample: Any) -> None:
    def provisional(result: Any) -> Any:
        return replace(result, flags=(PROVISIONAL,))

    def heard(result: Any) -> Any:
        return provisional(result) if result.state is not State.MISSING else replace(result, state=State.UNDEFINED)

    page = sample.with_results(heard).dashboard()
    assert page.findings == ()
    assert row(page, "First contact within three days").caution == "Provisional: data not complete"


def test_a_measure_without_a_target_says_so(sample: Any) -> None:
    measures = tuple(
        replace(one, measure=replace(one.measure, benchmarks=()), results=one.results)
        for one in sample.results.measures
    )
    page = replace(sample, results=replace(sample.results, measures=measures)).dashboard()
    assert {one.series.finding for one in page.measures} == {"No target."}
    assert {one.target for one in page.measures} == {""}


def test_a_quotient_of_sums_counts_no_records(sample: Any) -> None:
    def summed(of: Any) -> Any:
        total = replace(of.measure.formula, function="sum")
        return replace(of, measure=replace(of.measure, formula=Quotient(total, total, total.type)))

    measures = tuple(map(summed, sample.results.measures))
    page = replace(sample, results=replace(sample.results, measures=measures)).dashboard()
    assert row(page, "Returns within six months").counts == "36 of 266"
