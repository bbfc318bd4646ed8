"""Why a line is another now, by what it rested on then and now: its own records, and what it is held against."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ledger.accounts import Account
from acmspec.ledger.reasons import reasons
from acmspec.ledger.tree import ZERO, Counts, Why
from acmspec.settlement.tree import Line

COUNTS = Counts(Fraction(8), None, 8, 0, 0, 0, Fraction(8), against=(Fraction(10),))
HELD = Why("what it is held against changed", None)


def told(state: str, was: Counts, now: Counts) -> tuple[Why, ...]:
    account = Account(1, date(2025, 3, 31), ZERO, waits=False, state=state, counts=was)
    line = Line("North", "2025-Q1", "fewer", "value", "", Fraction(4_000), (), None, date(2025, 3, 31))
    return reasons(account, line, now, ())


def test_what_a_line_is_held_against_may_change() -> None:
    assert told("value", COUNTS, replace(COUNTS, against=(Fraction(12),))) == (HELD,)


def test_what_only_the_comparator_lacked_is_no_data_received_for_the_line() -> None:
    lacking = replace(COUNTS, against=(None,))
    assert told("missing", lacking, COUNTS) == (HELD,)
    nothing = replace(lacking, numerator=ZERO, n=0, value=ZERO)
    assert told("missing", nothing, COUNTS) == (Why("data received", 8), HELD)
    assert told("missing", nothing, replace(COUNTS, against=(None,))) == (Why("data received", 8),)


def test_a_level_that_nobody_noted_is_no_change() -> None:
    assert told("value", replace(COUNTS, against=()), COUNTS) == (Why("follows from other lines", None),)
