"""Aggregates, sets and calculations over them in English."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from acmspec.english.groups import Announcer
from acmspec.english.words import Vocabulary
from acmspec.ground.exact import Unit
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.record import DaysBetween, IsKnown, Logic
from acmspec.program.tree import Aggregate, GroupArithmetic, GroupConstant, GroupDefined, Quotient
from acmspec.program.types import BooleanType, Form, NumberType

NUMBER, SHARE, DAYS = NumberType(), NumberType(Form.SHARE), NumberType(unit=Unit.of("day"))


@pytest.fixture
def say(hand: Any) -> Announcer:
    return Announcer(Vocabulary(hand.program.spec))


@pytest.fixture
def count(hand: Any) -> Aggregate:
    return Aggregate("count", None, hand.leavers, None, (), NUMBER)


def test_a_count_of_a_set(say: Any, count: Any) -> None:
    assert say.group(count).text == "the number of Leavers"


def test_a_set_is_narrowed_by_a_verb_phrase_or_a_condition(hand: Any, say: Any, count: Any) -> None:
    assert say.group(replace(count, where=hand.records["home"])).text == (
        "the number of Leavers that exit to a Permanent Home"
    )
    known = IsKnown(hand.records["entry"], known=True, type=BooleanType())
    assert say.group(replace(count, where=known)).text == ("the number of Leavers for which the Entry Date is recorded")


def test_a_share_ends_in_its_condition(hand: Any, say: Any) -> None:
    share = Aggregate("share", hand.records["home"], hand.leavers, None, (), SHARE)
    assert say.group(share).text == "the share, among Leavers, of those for which the Leaver exits to a Permanent Home"


def test_a_median_of_days(hand: Any, say: Any) -> None:
    days = DaysBetween(hand.records["entry"], hand.records["exit"], DAYS)
    median = Aggregate("median", days, hand.leavers, None, (), DAYS)
    assert say.group(median).text == (
        "the median of the number of days from the Entry Date to the Exit Date across Leavers"
    )


@pytest.mark.parametrize(
    ("function", "at", "text"),
    [
        ("lowest", "0.5", "the lowest value of"),
        ("highest", "0.5", "the highest value of"),
        ("range", "0.5", "the difference between the highest and the lowest value of"),
        ("percentile", "0.9", "the 90th percentile of"),
        ("percentile", "0.025", "the 2.5th percentile of"),
        ("percentile", "0.33", "the 33rd percentile of"),
    ],
)
def test_order_statistics(hand: Any, say: Any, function: str, at: str, text: str) -> None:
    days = DaysBetween(hand.records["entry"], hand.records["exit"], DAYS)
    one = Aggregate(function, days, hand.leavers, None, (), DAYS, Fraction(at))
    rest = "the number of days from the Entry Date to the Exit Date across Leavers"
    assert say.group(one).text == f"{text} {rest}"


def test_a_long_set_and_a_long_condition_get_letters(hand: Any, say: Any) -> None:
    known = tuple(IsKnown(hand.records[name], known=True, type=BooleanType()) for name in ("entry", "exit", "client"))
    both = Logic("and", known, BooleanType())
    said = say.group(Aggregate("share", both, hand.leavers, both, (), SHARE))
    assert said.text == "the share, among the Leavers in set S, of those for which C is true, where:"
    assert [item.text for item in said.items] == [
        "S holds the Leavers for which all of the following are true:",
        "C is true if all of the following are true:",
    ]


def test_a_calculation_gives_each_part_a_letter_once(hand: Any, say: Any, count: Any) -> None:
    homes = replace(count, where=hand.records["home"])
    tenfold = GroupArithmetic("*", GroupConstant(Fraction(10), NUMBER), homes, NUMBER)
    said = say.group(GroupArithmetic("/", GroupArithmetic("-", tenfold, count, NUMBER), count, NUMBER))
    assert said.text == "((10 multiplied by A) minus B) divided by B, where:"
    assert [item.text for item in said.items] == [
        "A is the number of Leavers that exit to a Permanent Home",
        "B is the number of Leavers",
    ]


def test_a_quotient_keeps_both_sides_apart(hand: Any, say: Any, count: Any) -> None:
    said = say.group(Quotient(replace(count, where=hand.records["home"]), count, SHARE))
    assert said.text == "A out of B, where:"


def test_a_slice_says_its_days(say: Any, count: Any) -> None:
    said = say.group(Slice(count, Dates(date(2024, 7, 1), date(2025, 6, 30)), NUMBER))
    assert (
        said.text
        == "the value for the days from July 1, 2024 to June 30, 2025, both days included: the number of Leavers"
    )


def test_a_group_definition_is_said_by_its_term(say: Any, count: Any) -> None:
    assert say.group(GroupDefined("spare", count, NUMBER)).text == "the Spare"


def test_the_choice_says_order_and_tie_break(hand: Any, say: Any) -> None:
    choice = hand.leavers.keep[0]
    assert say.choice(choice, hand.leavers, "a Leaver") == (
        "If one Measurement Period has several such Stays of the same Client, only the last is a Leaver."
    )
    assert say.order(choice, hand.leavers) == (
        "Their order is that of the Exit Date, earliest first. "
        "Where the Exit Date is the same, the Stay ID decides, lowest first."
    )
    unconditional = replace(hand.leavers, where=None)
    assert "One without the Exit Date is kept only if there is none with it." in say.order(choice, unconditional)
