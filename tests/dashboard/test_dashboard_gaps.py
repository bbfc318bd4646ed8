"""What the data could not tell stands beside the measure and in a table of its own, in the words of the contract."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from acmspec.english.words import Vocabulary
from acmspec.program.gap import Gap
from acmspec.program.tree import Left, MeasurePart
from acmspec.report.dashboard_gaps import gaps, left_out, reason
from acmspec.report.dashboard_marks import latest_judged
from acmspec.results.tree import Results, State


def with_gaps(sample: Any, *found: tuple[Gap, int], unjudged: int = 0, **changes: Any) -> Results:
    """The sample's results, with these gaps in the period that the page shows of its first measure."""
    first, *others = sample.results.measures
    latest = latest_judged(first)
    changed = tuple(
        replace(one, gaps=found, unjudged=unjudged, **changes) if one == latest else one for one in first.results
    )
    return replace(sample.results, measures=(replace(first, results=changed), *others))


def test_without_a_gap_there_is_no_table(sample: Any) -> None:
    assert gaps(sample.program, sample.results) is None
    assert sample.dashboard().quality.gaps is None


def test_each_gap_is_a_row_with_what_it_leaves_open(sample: Any) -> None:
    field = Gap("judging", "missing", "entry_date", "enrollments")
    choice = Gap("keep", "no entity", "client", "enrollments")
    found = gaps(sample.program, with_gaps(sample, (field, 1_203), (choice, 2)))
    assert found is not None
    assert [row[2:] for row in found.rows] == [
        ("Whether it counts", "Entry Date not recorded", "1,203"),
        ("Which to choose; left out", "No Client recorded, so nothing can be linked", "2"),
    ]
    assert found.rows[0][0] == sample.results.measures[0].measure.title


def test_of_data_that_was_not_received_nothing_is_counted(sample: Any) -> None:
    field = Gap("judging", "missing", "entry_date", "enrollments")
    everything = with_gaps(sample, (field, 3))
    first, *others = everything.measures
    absent = replace(first, results=tuple(replace(one, state=State.MISSING) for one in first.results))
    assert gaps(sample.program, replace(everything, measures=(absent, *others))) is None


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        (Gap("judging", "missing", "client.race", "clients"), "Race of the Client not recorded"),
        (Gap("judging", "not linked", "client", "enrollments"), "Client has no record of its own"),
        (Gap("judging", "no record", "clients", "clients"), "No Client found"),
        (Gap("judging", "doubtful", "enrollments", "enrollments"), "Stays lack what decides whether they match"),
    ],
)
def test_every_reason_is_said_in_the_words_of_the_contract(sample: Any, gap: Gap, text: str) -> None:
    assert reason(gap, Vocabulary(sample.program.spec)) == text


def test_the_measure_says_how_many_could_not_be_judged(sample: Any) -> None:
    shown = replace(sample, results=with_gaps(sample, unjudged=12)).dashboard()
    assert shown.measures[0].caution.endswith("12 could not be judged")


def test_who_was_left_out_stands_with_the_reason(sample: Any) -> None:
    assert left_out(sample.results) is None
    first, *others = sample.results.measures
    latest = latest_judged(first)
    reasons = ((Left(None, "the Client died"), 1_025), (Left(None, "the address is secret", "m"), 3))
    changed = tuple(replace(one, left_out=reasons) if one == latest else one for one in first.results)
    found = left_out(replace(sample.results, measures=(replace(first, results=changed), *others)))
    assert found is not None
    assert [row[2:] for row in found.rows] == [("The Client died", "1,025"), ("The address is secret", "3")]


def test_the_parts_of_the_numerator_stand_under_the_counts(sample: Any) -> None:
    first, *others = sample.results.measures
    latest = latest_judged(first)
    figure = first.measure.formula
    parts = (MeasurePart("at_home", None, figure), MeasurePart("with_family", None, figure))
    counts = (("at_home", Fraction(1_200)), ("with_family", None))
    changed = tuple(replace(one, parts=counts) for one in first.results)
    told = replace(first, measure=replace(first.measure, parts=parts), results=changed)
    shown = replace(sample, results=replace(sample.results, measures=(told, *others))).dashboard()
    assert latest is not None
    assert shown.measures[0].parts == "of these: At home 1,200"
