"""A deduction that a quarter can't bear goes from closing to closing, and what came too late never joins it."""

from tests.closings.desk import Desk

TERMS = """\
incentives:
  on_negative_total: carry forward
  terms:
    fee: {kind: service fee, amount: $100, per: [provider, quarter]}
    late:
      kind: deduction
      metric: help
      standard: {at_least: 60%}
      amount: $250
      per: [provider, quarter]
      on:
        undefined: nothing
        too_few: nothing
        immature: wait
        missing: wait
        disputed: settle the undisputed part
"""
PERIODS = ("2025-Q1", "2025-Q2", "2025-Q3")


def carrying(desk: Desk) -> None:
    text = desk.spec.read_text(encoding="utf-8")
    rules = text[text.index("  settlement:") :]
    desk.spec.write_text(text[: text.index("incentives:")] + TERMS + rules, encoding="utf-8")


def north(found):
    return [(one.term, int(one.amount)) for one in found.lines if one.provider == "North"]


def due(found) -> int:
    return int(sum(one.amount for one in found.dues if one.provider == "North"))


def test_a_deduction_is_carried_from_closing_to_closing(desk: Desk) -> None:
    carrying(desk)
    desk.change("corrections_within: 12 months", "corrections_within: 60 days")
    # One of two helped, which is less than 60%.
    first = desk.closed("2025-Q1", "2025-04-30")
    assert north(first) == [("fee", 100), ("late", -250), ("negative total", 150)]
    # Two of three would be enough, and come too late: $150 are carried all the same.
    desk.add("visits.csv", "v-5,Eve,North,2025-03-20,yes", "v-6,Fay,North,2025-04-20,yes")
    second = desk.closed("2025-Q2", "2025-07-31")
    assert north(second) == [("fee", 100), ("late", 0), ("carried forward", -150), ("negative total", 50)]
    assert [(one.term, int(one.difference), int(one.posted)) for one in second.changes] == [("late", 250, 0)]
    paid = desk.write("paid.csv", "provider,paid_on,amount,reference", "North,2025-08-15,50.00,W-1")
    desk.add("visits.csv", "v-7,Fay,North,2025-07-20,yes")
    third = desk.closed("2025-Q3", "2025-10-31", payments=paid)
    assert north(third) == [("fee", 100), ("late", 0), ("carried forward", -50)]
    assert [due(one) for one in (first, second, third)] == [0, 0, 50]
    (balance,) = (one for one in third.balances if one.provider == "North")
    assert (balance.certified, balance.paid, balance.open) == (50, 50, 0)
    assert [desk.replay(one).exit_code for one in PERIODS] == [0, 0, 0]


def test_a_deduction_that_is_corrected_in_time_changes_what_is_carried(desk: Desk) -> None:
    carrying(desk)
    desk.closed("2025-Q1", "2025-04-30")
    desk.add("visits.csv", "v-5,Eve,North,2025-03-20,yes", "v-6,Fay,North,2025-04-20,yes")
    second = desk.closed("2025-Q2", "2025-07-31")
    # The $150 are not lacking any more: the fee of the first quarter is due with the second one's.
    assert [(one.term, int(one.posted)) for one in second.changes] == [("late", 250), ("negative total", -150)]
    assert (north(second), due(second)) == ([("fee", 100), ("late", 0)], 200)
    assert desk.replay("2025-Q2").exit_code == 0
