"""Numbers that go on from before a ledger are those of the records, if these lead to what was certified, or stated."""

import pytest

from tests.closings.desk import Desk

HEAD = "provider,term,period,amount,waits"
STEPS = "      steps: [{above: 3, price: $50}]\n      counted: year\n"
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


def test_a_line_that_is_not_among_the_balances_paid_for_none_or_says_so(desk: Desk) -> None:
    stepped(desk)
    said = "“visit” of “North” goes on from the records, which lead to $100.00 in 2025-Q1; $0.00 had been certified"
    assert begun(desk, *LEVEL)[1] == [("ACM721", said)]
    assert begun(desk, "North,visit,2025-Q1,0.00,no,0", *(f"{one}," for one in LEVEL), head=f"{HEAD},number")[1] == []
    assert paid(desk) == [200]


def test_numbers_of_each_quarter_go_on_from_nothing(desk: Desk) -> None:
    stepped(desk, "      steps: [{above: 3, price: $50}]\n      counted: quarter\n")
    assert begun(desk, "North,visit,2025-Q1,300.00,no", *LEVEL)[1] == []
    assert paid(desk) == [200]


def test_whom_was_paid_before_is_told_by_records_alone(desk: Desk) -> None:
    stepped(desk, "      once_per: client\n")
    said = "“visit” of “North” goes on from the records, which lead to $100.00 in 2025-Q1; $300.00 had been certified"
    done, found = begun(desk, "North,visit,2025-Q1,300.00,no", *LEVEL)
    assert (found, done.exit_code) == ([("ACM722", said)], 0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("North,visit,2025-Q1,300.00,no,three", "it is no number"),
        ("North,level,2025-Q1,500.00,no,1", "no numbers of “level” go on from one period to the next"),
    ],
)
def test_a_number_that_is_none(desk: Desk, row, said) -> None:
    stepped(desk)
    assert begun(desk, row, head=f"{HEAD},number")[1] == [("ACM718", said)]
