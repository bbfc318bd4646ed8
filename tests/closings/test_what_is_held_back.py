"""What is held back and released on one day: both lines have one key, and what they come to is certified once."""

import pytest

from tests.closings.desk import Desk

FIRST_HALF = tuple(f"a-{at},Ada,North,2025-02-10,yes" for at in range(6))
SECOND_HALF = tuple(f"b-{at},Ada,North,2025-08-10,yes" for at in range(7))
LATE = "c-1,Eve,North,2025-03-20,yes"
ON = (
    "{undefined: nothing, too_few: nothing, immature: wait, missing: withhold until received, "
    "disputed: pay the undisputed part}"
)
RETAIN = "{retain: 10%, over: [card], per: [provider, half year]}"
WITHHOLD = (
    "{withhold: {share: 10%, earn_back: [{metric: help, at_least: 50%, weight: 1}], unearned: kept by the agency, "
    "on: {failed: nothing, undefined: nothing, too_few: nothing, immature: wait, missing: withhold until received, "
    "disputed: withhold until resolved}}, over: [card], per: [provider, half year]}"
)


def halves(desk: Desk, limit: str, maximum: str = "$10,000") -> None:
    """$100 for each visit of a half year that helped, a tenth of it held back and released on its last day."""
    text = desk.spec.read_text(encoding="utf-8")
    rules = text[text.index("  settlement:") :]
    terms = f"{{card: {{kind: rate card, metric: help, price: $100, per: [provider, half year], on: {ON}}}}}"
    text = text[: text.index("incentives:")] + f"incentives:\n  terms: {terms}\n  limits: [{limit}]\n{rules}"
    desk.spec.write_text(text.replace("every: quarter", "every: half year"), encoding="utf-8")
    desk.change("maximum: $10,000", f"maximum: {maximum}")
    desk.visits(*FIRST_HALF)


def certified(entry) -> int:
    return {one.provider: one.certified for one in entry.balances}["North"]


def due(entry) -> int:
    return sum(one.amount for one in entry.dues if one.provider == "North")


@pytest.mark.parametrize("limit", [RETAIN, WITHHOLD])
def test_what_is_released_on_the_day_it_is_held_back_counts_once(desk: Desk, limit) -> None:
    halves(desk, limit)
    first = desk.closed("2025-H1", "2025-07-31")
    # 600 for six visits, less 60, plus 60.
    assert [one.amount for one in first.lines if one.provider == "North"] == [600, -60, 60]
    assert (due(first), certified(first)) == (600, 600)
    desk.add("visits.csv", *SECOND_HALF)
    second = desk.closed("2025-H2", "2026-01-31")
    assert second.changes == ()
    assert (due(second), certified(second)) == (700, 1300)
    assert desk.replay("2025-H1").exit_code == 0
    assert desk.replay("2025-H2").exit_code == 0


def test_what_is_released_does_not_use_up_a_maximum_a_second_time(desk: Desk) -> None:
    halves(desk, RETAIN, "$1,320")
    desk.closed("2025-H1", "2025-07-31")
    desk.add("visits.csv", *SECOND_HALF)
    second = desk.closed("2025-H2", "2026-01-31")
    # 600 and 700 are within 1,320.
    assert second.held == ()
    assert (due(second), certified(second)) == (700, 1300)


@pytest.mark.parametrize("limit", [RETAIN, WITHHOLD])
def test_a_late_success_is_paid_once_where_its_share_was_released(desk: Desk, limit) -> None:
    halves(desk, limit)
    desk.closed("2025-H1", "2025-07-31")
    desk.add("visits.csv", *SECOND_HALF, LATE)
    second = desk.closed("2025-H2", "2026-01-31")
    # One visit more: 100, of which 10 is held back and released. What is held back still comes to 0 in all.
    assert [(one.term, one.was, one.now, one.posted) for one in second.changes] == [("card", 600, 700, 100)]
    assert (due(second), certified(second)) == (800, 1400)
    assert desk.replay("2025-H2").exit_code == 0


def test_what_waits_on_the_day_it_would_be_released_is_paid_later_once(desk: Desk) -> None:
    halves(desk, RETAIN)
    desk.add("disputes.csv", "a-0,North,did help,2025-05-01,2025-09-01")
    first = desk.closed("2025-H1", "2025-07-31")
    # Five of six visits are not in dispute: 500, less 50, and nothing is released before the dispute is over.
    assert (due(first), certified(first)) == (450, 450)
    # A limit has no bound of its own: the least is what is certified now, the most the agreement's maximum.
    assert [(one.term, one.least, one.most) for one in first.accrued][1] == ("retain_1", 0, 10_000)
    desk.add("visits.csv", *SECOND_HALF)
    second = desk.closed("2025-H2", "2026-01-31")
    # 600, less 60, plus 60: from 500 to 600, and from -50 to 0.
    told = [(one.term, one.was, one.now, one.posted) for one in second.changes]
    assert told == [("card", 500, 600, 100), ("retain_1", -50, 0, 50)]
    assert (due(second), certified(second)) == (850, 1300)
