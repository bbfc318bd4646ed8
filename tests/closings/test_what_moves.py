"""A record that moves from a period that stays into the one to close is told of, as it may be certified twice."""

import shutil

import pytest

from tests.closings.desk import FIRST_QUARTER, Desk

DAY = "v-1,visit_date,2025-01-10,2025-04-10,Pat,wrong day,Rae,2025-06-01"
GROUPS = "      price: $100\n      groups: {urgent: $150}\n"
HELPED = "v-1,helped,yes,no,Pat,wrong box,Rae,2025-06-01"


def told(done):
    return [one.message for one in done.diagnostics if one.code == "ACM720"]


def stays(term, said):
    return f"“{term}” in 2025-Q2 may hold {said} of 2025-Q1, which stays as it was certified"


@pytest.mark.parametrize(
    ("old", "new"),
    [("corrections_within: 12 months", "corrections_within: 60 days"), ("claw_back: yes", "claw_back: no")],
)
def test_a_record_that_moves_out_of_a_period_that_stays_is_told_of(desk: Desk, old, new) -> None:
    desk.change(old, new)
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("corrections.csv", DAY)
    done = desk.close("2025-Q2", "2025-07-31")
    assert told(done) == [stays("visit", "up to 1 record"), stays("level", "up to 1 record")]
    assert done.exit_code == 0
    # So it is: $600 for one visit in each of both quarters.
    assert [int(one.certified) for one in desk.entries[1].balances if one.provider == "North"] == [1200]


def test_what_is_settled_or_does_not_move_is_not_told(desk: Desk) -> None:
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("corrections.csv", DAY)
    assert told(desk.close("2025-Q2", "2025-07-31")) == []
    assert [int(one.certified) for one in desk.entries[1].balances if one.provider == "North"] == [600]


def test_a_record_that_is_no_success_any_more_takes_no_place_of_a_new_one(desk: Desk) -> None:
    desk.change("corrections_within: 12 months", "corrections_within: 60 days")
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("corrections.csv", HELPED)
    desk.add("visits.csv", "v-7,Eve,North,2025-05-05,yes")
    assert told(desk.close("2025-Q2", "2025-07-31")) == []


def test_without_the_rows_it_is_said_that_nobody_can_tell(desk: Desk) -> None:
    desk.change("corrections_within: 12 months", "corrections_within: 60 days")
    desk.closed("2025-Q1", "2025-04-30")
    shutil.rmtree(desk.ledger.parent / "rows")
    desk.add("corrections.csv", DAY)
    said = "records, which could not be compared,"
    assert told(desk.close("2025-Q2", "2025-07-31")) == [stays("visit", said), stays("level", said)]


def test_a_record_that_moves_into_a_closed_period_that_is_settled_is_told_of(desk: Desk) -> None:
    desk.change("corrections_within: 12 months", "corrections_within: 200 days")
    desk.add("visits.csv", "v-7,Eve,North,2025-05-05,yes")
    desk.closed("2025-Q1", "2025-04-30")
    desk.closed("2025-Q2", "2025-07-31")
    desk.add("corrections.csv", DAY.replace("2025-06-01", "2025-10-01"))
    assert told(desk.close("2025-Q3", "2025-10-31")) == [stays("visit", "up to 1 record")]
    # $200 for two visits of North and the $500 of both quarters; the first visit was paid in each.
    assert [int(one.certified) for one in desk.entries[2].balances if one.provider == "North"] == [1300]


def test_a_record_that_moves_to_another_group_is_told_of(desk: Desk) -> None:
    desk.change("corrections_within: 12 months", "corrections_within: 60 days")
    desk.change("      metric: help\n      price: $100\n", "      outcome: count(visits where group)\n" + GROUPS)
    desk.change("      helped: {", "      urgent: {column: Urgent, type: boolean}\n      helped: {")
    desk.visits(
        *(f"{one},{'yes' if one.startswith('v-1') else 'no'}" for one in FIRST_QUARTER), columns=",Helped,Urgent"
    )
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("corrections.csv", DAY, DAY.replace("visit_date,2025-01-10,2025-04-10", "urgent,yes,no"))
    said = stays("visit", "up to 1 record")
    assert told(desk.close("2025-Q2", "2025-07-31")) == [said, stays("level", "up to 1 record")]


def test_several_periods_stay_as_they_were_certified(desk: Desk) -> None:
    desk.change("corrections_within: 12 months", "corrections_within: 60 days")
    desk.add("visits.csv", "v-7,Eve,North,2025-05-05,yes")
    desk.closed("2025-Q1", "2025-04-30")
    desk.closed("2025-Q2", "2025-07-31")
    later = DAY.replace("2025-06-01", "2025-10-01").replace("2025-04-10", "2025-08-10")
    desk.add("corrections.csv", later, later.replace("v-1", "v-7").replace("2025-01-10", "2025-05-05"))
    said = "“visit” in 2025-Q3 may hold up to 2 records of 2025-Q1 and 2025-Q2, which stay as they were certified"
    assert told(desk.close("2025-Q3", "2025-10-31"))[0] == said
