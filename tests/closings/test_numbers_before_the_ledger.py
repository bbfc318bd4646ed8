"""Numbers that go on from before a ledger are those of the records, if these lead to what was certified, or stated."""

import pytest

from tests.closings.desk import FIRST_QUARTER, Desk

HEAD = "provider,term,period,amount,waits"
STEPS = "      steps: [{above: 3, price: $50}]\n      counted: year\n"
FREE = """\
  on_negative_total: invoice
  terms:
    late:
      kind: deduction
      outcome: count(visits where not helped)
      amount: $90
      allowance: 2
      counted: year
      most: $1000
      per: [provider, quarter]
      on: {undefined: nothing, too_few: nothing, immature: wait, missing: wait, disputed: wait}
"""
LEVEL = ("North,level,2025-Q1,500.00,no", "South,visit,2025-Q1,200.00,no", "South,level,2025-Q1,500.00,no")


def stepped(desk: Desk, more: str = STEPS) -> None:
    """From the fourth success of a year on, North is paid $50; the records say of one in the first quarter."""
    desk.change("      price: $100\n", f"      price: $100\n{more}")
    desk.add("visits.csv", "v-5,Eve,North,2025-04-20,yes", "v-6,Fay,North,2025-05-20,yes")


def begun(desk: Desk, *rows: str, head: str = HEAD):
    done = desk.close("2025-Q2", "2025-07-31", opening=desk.write("opening.csv", head, *rows))
    return done, [(one.code, one.message) for one in done.diagnostics if one.code.startswith("ACM7")]


def paid(desk: Desk, term: str = "visit") -> list[int]:
    return [int(one.amount) for one in desk.entries[0].lines if (one.provider, one.term) == ("North", term)]


def test_records_that_lead_to_what_was_certified_tell_the_number(desk: Desk) -> None:
    stepped(desk)
    assert begun(desk, "North,visit,2025-Q1,100.00,no", *LEVEL)[1] == []
    assert paid(desk) == [200]


def test_a_number_that_no_record_tells_must_be_stated(desk: Desk) -> None:
    stepped(desk)
    rows = ("North,visit,2025-Q1,300.00,no", *LEVEL)
    said = "“visit” of “North” goes on from the records, which lead to $100.00 in 2025-Q1; $300.00 had been certified"
    done, found = begun(desk, *rows)
    assert (found, done.exit_code, desk.ledger.exists()) == ([("ACM721", said)], 1, False)
    numbered = [f"{one},{'3' if one.startswith('North,visit') else ''}" for one in rows]
    assert begun(desk, *numbered, head=f"{HEAD},number")[1] == []
    # Three were paid before, so that both visits of the quarter are above them.
    assert paid(desk) == [100]
    assert [one.paid for one in desk.entries[0].opened] == [3, None, None, None]
    certificate = (desk.ledger.parent / "certificates" / "0001.md").read_text(encoding="utf-8")
    assert "| North | visit | 2025-Q1 | $300.00 | no | 3 |" in certificate
    desk.add("visits.csv", "v-7,Gil,North,2025-07-20,yes")
    third = desk.closed("2025-Q3", "2025-10-31")
    assert [int(one.amount) for one in third.lines if (one.provider, one.term) == ("North", "visit")] == [50]
    assert [desk.replay(one).exit_code for one in ("2025-Q2", "2025-Q3")] == [0, 0]


def test_a_number_that_comes_to_another_amount_is_told(desk: Desk) -> None:
    stepped(desk)
    rows = ("North,visit,2025-Q1,300.00,no,17", *(f"{one}," for one in LEVEL))
    said = "“visit” of “North” in 2025-Q1: the number 17 comes to $1,000.00; $300.00 had been certified"
    done, found = begun(desk, *rows, head=f"{HEAD},number")
    assert (found, done.exit_code) == ([("ACM723", said)], 0)


def test_a_line_that_is_not_among_the_balances_paid_for_none_or_says_so(desk: Desk) -> None:
    stepped(desk)
    said = "“visit” of “North” goes on from the records, which lead to $100.00 in 2025-Q1; that line is not listed"
    assert begun(desk, *LEVEL)[1] == [("ACM721", said)]
    assert begun(desk, "North,visit,2025-Q1,0.00,no,0", *(f"{one}," for one in LEVEL), head=f"{HEAD},number")[1] == []
    assert paid(desk) == [200]


def test_numbers_of_each_quarter_go_on_from_nothing(desk: Desk) -> None:
    stepped(desk, "      steps: [{above: 3, price: $50}]\n      counted: quarter\n")
    assert begun(desk, "North,visit,2025-Q1,300.00,no", *LEVEL)[1] == []
    assert paid(desk) == [200]


def taken(desk: Desk) -> list[int]:
    return [int(one.amount) for one in desk.entries[0].lines if (one.provider, one.term) == ("North", "late")]


@pytest.mark.parametrize("records", [True, False])
@pytest.mark.parametrize("listed", [True, False])
def test_what_was_free_tells_no_number_so_that_it_must_be_stated(desk: Desk, records, listed) -> None:
    """One of two free ones was in the first quarter, whose records are brought or not: the third one costs."""
    desk.change("  terms:\n", FREE)
    desk.visits(*(["v-2,Ben,North,2025-02-10,no"] if records else []), *FIRST_QUARTER[2:])
    desk.add("visits.csv", "v-5,Eve,North,2025-04-20,no", "v-6,Fay,North,2025-05-20,no")
    free = [f"{one},late,2025-Q1,0.00,no" for one in ("North", "South")]
    rows = [] if records else ["North,level,2025-Q1,0.00,no"]
    done, found = begun(desk, *rows, *LEVEL[1:], *(free if listed else []))
    before = "“late” of “{}” goes on from what was counted before; "
    untold = "$0.00 in 2025-Q1 doesn’t tell for how many, as another number comes to the same"
    if not listed:
        untold = "2025-Q1 is not listed, and that nothing was due doesn’t tell for how many it counts"
    assert found == [("ACM721", before.format(one) + untold) for one in ("North", "South")]
    assert (done.exit_code, desk.ledger.exists()) == (1, False)
    numbered = (f"{free[0]},1", f"{free[1]},0")
    assert begun(desk, *(f"{one}," for one in LEVEL[1:]), *numbered, head=f"{HEAD},number")[1] == []
    assert taken(desk) == [-90]


def test_what_is_beyond_the_free_ones_tells_its_number(desk: Desk) -> None:
    desk.change("  terms:\n", FREE)
    desk.add("visits.csv", "v-7,Gil,North,2025-02-20,no", "v-8,Hal,North,2025-03-20,no", "v-9,Ivy,North,2025-04-20,no")
    rows = ("North,visit,2025-Q1,100.00,no,", "North,late,2025-Q1,-90.00,no,", "South,late,2025-Q1,0.00,no,0")
    done, found = begun(desk, *rows, *(f"{one}," for one in LEVEL[1:]), head=f"{HEAD},number")
    assert (found, done.exit_code, taken(desk)) == ([], 0, [-90])


def test_whom_was_paid_before_is_told_by_records_alone(desk: Desk) -> None:
    stepped(desk, "      once_per: client\n")
    said = "“visit” of “North” goes on from the records, which lead to $100.00 in 2025-Q1; $300.00 had been certified"
    done, found = begun(desk, "North,visit,2025-Q1,300.00,no", *LEVEL)
    assert (found, done.exit_code) == ([("ACM722", said)], 0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("North,visit,2025-Q1,300.00,no,three", "it is no number"),
        ("North,visit,2025-Q1,300.00,no,2.5", "“visit” counts, so that its number is a whole one"),
        ("North,level,2025-Q1,500.00,no,1", "no numbers of “level” go on from one period to the next"),
    ],
)
def test_a_number_that_is_none(desk: Desk, row, said) -> None:
    stepped(desk)
    assert begun(desk, row, head=f"{HEAD},number")[1] == [("ACM718", said)]
