"""What becomes of a closed period that would be another: tolerance, last date, claw-back, maximums, openings."""

import pytest

from acmspec.ledger.tree import Why
from tests.closings.desk import Desk, codes

LATE = "v-5,Eve,North,2025-03-20,yes"
WRONG = "v-4,helped,yes,no,Pat,wrong box,Rae,2025-06-01"


def only(found):
    (one,) = found
    return one


def test_a_small_difference_is_left_and_counts_again(desk: Desk) -> None:
    desk.change("tolerance: $25", "tolerance: $100")
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("visits.csv", LATE)
    left = only(desk.closed("2025-Q2", "2025-07-31").changes)
    assert (left.was, left.now, left.posted, left.rule) == (100, 200, 0, "within the tolerance")
    desk.add("visits.csv", "v-6,Fay,North,2025-03-21,yes")
    settled = only(desk.closed("2025-Q3", "2025-10-31").changes)
    # Both visits together are more than the tolerance; what is left of the last time is settled with them.
    assert (settled.was, settled.now, settled.posted, settled.rule) == (100, 300, 200, "")
    assert settled.why == (Why("late records", 1),)


def test_after_the_last_date_a_difference_is_told_and_not_settled(desk: Desk) -> None:
    desk.change("corrections_within: 12 months", "corrections_within: 60 days")
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("visits.csv", LATE)
    late = only(desk.closed("2025-Q2", "2025-07-31").changes)
    assert (late.difference, late.posted, late.rule) == (100, 0, "after the last date for corrections")
    # The next closing, to which nothing new came, tells the same of it, and why.
    assert late.why == (Why("late records", 1),)
    assert desk.closed("2025-Q3", "2025-10-31").changes == (late,)
    # One more record: its own reason is told.
    desk.add("visits.csv", "v-6,Fay,North,2025-03-21,yes", "v-7,Gil,North,2025-03-22,yes")
    again = only(desk.closed("2025-Q4", "2026-01-31").changes)
    assert (again.difference, again.why) == (300, (Why("late records", 2),))


def test_what_waited_is_settled_also_after_the_last_date(desk: Desk) -> None:
    desk.change("corrections_within: 12 months", "corrections_within: 1 day")
    desk.change("tolerance: $25", "tolerance: $5,000")
    desk.add("disputes.csv", "v-3,South,did help,2025-04-01,2025-07-01")
    first = desk.closed("2025-Q1", "2025-04-30")
    assert [(one.provider, one.term) for one in first.accrued] == [("South", "visit"), ("South", "level")]
    changes = {one.term: one for one in desk.closed("2025-Q2", "2025-07-31").changes}
    # In the dispute the visit was paid for one of two; that it waits no longer is told of the level, too.
    assert (changes["visit"].was, changes["visit"].now, changes["visit"].posted) == (100, 200, 100)
    assert (changes["level"].difference, changes["level"].waits) == (0, False)
    assert [one.rule for one in changes.values()] == ["", ""]


def test_what_is_not_recovered_is_set_off_later(desk: Desk) -> None:
    desk.change("claw_back: yes", "claw_back: no")
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("corrections.csv", WRONG)
    second = desk.closed("2025-Q2", "2025-07-31")
    lost = only(second.changes)
    assert (lost.difference, lost.posted, lost.rule) == (-100, 0, "not recovered")
    desk.add("visits.csv", "v-5,Eve,South,2025-03-20,yes", "v-6,Fay,South,2025-03-21,yes")
    found = only(desk.closed("2025-Q3", "2025-10-31").changes)
    # 100 was paid too much and 200 too little.
    assert (found.was, found.now, found.posted) == (200, 300, 100)


def test_no_maximum_is_passed_where_something_is_not_recovered(desk: Desk) -> None:
    desk.change("claw_back: yes", "claw_back: no")
    desk.change("number: S-1\n    maximum: $10,000", "number: S-1\n    maximum: $800")
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("corrections.csv", WRONG)
    desk.add("visits.csv", "v-6,Fay,South,2025-04-20,yes")
    second = desk.closed("2025-Q2", "2025-07-31")
    # 700 was certified, which stands; the second quarter brings 600, of which the maximum leaves 100.
    assert sum(one.amount for one in second.lines if one.provider == "South") == 100
    assert second.held == ()
    assert {one.provider: one.certified for one in second.balances}["South"] == 800
    assert desk.replay("2025-Q2").exit_code == 0


def test_opening_balances_stay_and_what_waits_is_paid(desk: Desk) -> None:
    desk.add("disputes.csv", "v-3,South,did help,2025-04-01,2025-08-15")
    rows = desk.write(
        "opening.csv",
        "provider,term,period,amount,waits",
        "North,visit,2025-Q1,130.00,no",
        "North,level,2025-Q1,500.00,no",
        "South,visit,2025-Q1,0.00,yes",
        "South,level,2025-Q1,500.00,no",
    )
    desk.add("visits.csv", "v-6,Fay,North,2025-04-20,yes")
    first = desk.closed("2025-Q2", "2025-07-31", opening=rows)
    assert [(one.term, one.amount, one.waits) for one in first.opened][2] == ("visit", 0, True)
    told = {(one.provider, one.term): one for one in first.changes}
    kept = told["North", "visit"]
    assert (kept.closing, kept.was, kept.now, kept.posted) == (0, 130, 100, 0)
    assert (kept.rule, kept.why[0].reason) == (
        "certified before the ledger began",
        "certified otherwise before the ledger began",
    )
    # A line that waits is paid as far as its dispute leaves it.
    assert (told["South", "visit"].was, told["South", "visit"].posted, told["South", "visit"].waits) == (0, 100, True)
    balances = {one.provider: one.certified for one in first.balances}
    assert balances["North"] == 130 + 500 + 600
    third = desk.closed("2025-Q3", "2025-10-31")
    paid = {(one.provider, one.term): one for one in third.changes}
    assert (paid["South", "visit"].was, paid["South", "visit"].posted) == (100, 100)
    assert ("North", "visit") not in paid
    assert desk.replay("2025-Q2").exit_code == 0
    assert desk.replay("2025-Q3").exit_code == 0


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Nort,visit,2025-Q1,1.00,no", "provider"),
        ("North,visits,2025-Q1,1.00,no", "term"),
        ("North,visit,2025-Q2,1.00,no", "period"),
        ("North,visit,2025-01,1.00,no", "period"),
        ("North,cap_1,2025-03,-1.00,no", "period"),
        ("North,visit,2025-Q1,1.0,no", "amount"),
        ("North,visit,2025-Q1,1.00,maybe", "waits"),
    ],
)
def test_a_cell_of_opening_balances_that_is_wrong(desk: Desk, row, column) -> None:
    rows = desk.write("opening.csv", "provider,term,period,amount,waits", row)
    done = desk.close("2025-Q2", "2025-07-31", opening=rows)
    assert codes(done) == ["ACM718"]
    assert only([one for one in done.diagnostics if one.code == "ACM718"]).place.column == column


def test_opening_balances_that_are_not_there(desk: Desk) -> None:
    path = desk.folder / "none.csv"
    (one,) = (one for one in desk.close("2025-Q1", "2025-04-30", opening=path).diagnostics if one.code == "ACM718")
    assert one.message == f"“{path}” can’t be opened: no such file or directory"
    assert one.fix == "Correct the path; it is read from the folder in which the command runs."


def test_a_ledger_is_opened_once(desk: Desk) -> None:
    rows = desk.write("opening.csv", "provider,term,period,amount,waits", "North,visit,2025-Q1,1.00,no")
    desk.closed("2025-Q2", "2025-07-31", opening=rows)
    assert codes(desk.close("2025-Q3", "2025-10-31", opening=rows)) == ["ACM713"]


def test_a_payment_is_told_once(desk: Desk) -> None:
    rows = desk.write("paid.csv", "provider,paid_on,amount,reference", "North,2025-04-15,600.00,W-1")
    desk.closed("2025-Q1", "2025-04-30", payments=rows)
    assert codes(desk.close("2025-Q2", "2025-07-31", payments=rows)) == ["ACM719"]
    late = desk.write("late.csv", "provider,paid_on,amount,reference", "North,2025-08-15,600.00,W-2")
    assert codes(desk.close("2025-Q2", "2025-07-31", payments=late)) == ["ACM718"]


def test_another_spec_is_told_as_a_reason(desk: Desk) -> None:
    desk.closed("2025-Q1", "2025-04-30")
    desk.change("price: $100", "price: $200")
    found = desk.closed("2025-Q2", "2025-07-31").changes
    assert {one.why for one in found if one.term == "visit"} == {(Why("the spec was changed", None),)}
    assert sum(one.posted for one in found) == 100 + 200
