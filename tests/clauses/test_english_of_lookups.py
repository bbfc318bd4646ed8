"""Values of other records in English: noun phrases that close themselves, so that what follows can't be drawn in."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from acmspec.english.days import day_counts
from acmspec.english.groups import Announcer
from acmspec.english.records import Speaker
from acmspec.english.words import Vocabulary
from acmspec.ground.calendar import Length
from acmspec.program.lookup_rows import LOOKUPS
from acmspec.program.record import (
    Column,
    Compare,
    Constant,
    FieldValue,
    InWindow,
    IsFound,
    IsKnown,
    Logic,
    Lookup,
    Negation,
    Step,
)
from acmspec.program.types import BooleanType, NumberType, TextType

BOOLEAN = BooleanType()
NUMBER = NumberType()


@pytest.fixture
def speaker(hand: Any) -> Speaker:
    return Announcer(Vocabulary(hand.program.spec)).of(hand.leavers)


def value(hand: Any, function: str, expression: Any = None, **changes: Any) -> Lookup:
    """A lookup like the one made by hand, of another function."""
    kind = NUMBER if expression is None else expression.type
    return replace(hand.records["later"], function=function, expression=expression, type=kind, **changes)


def test_a_number_of_other_records_brackets_its_condition(hand: Any, speaker: Any) -> None:
    count = value(hand, "count")
    text = (
        "the number of the other Stays for the same Client (each called “Later Stay”) for which "
        "(the Entry Date of the Later Stay is within 180 days after the Exit Date of the Leaver)"
    )
    assert speaker.value(count) == text
    three = Compare(">=", count, Constant(Fraction(3), NUMBER), BOOLEAN)
    assert speaker.condition(three).text == f"{text} is at least 3"
    assert speaker.condition(three, negated=True).text == f"{text} is less than 3"
    other = Compare("=", count, Constant(Fraction(3), NUMBER), BOOLEAN)
    assert speaker.condition(other, negated=True).text == f"{text} is not 3"


def test_a_value_of_other_records_may_be_missing(hand: Any, speaker: Any) -> None:
    latest = value(hand, "highest", hand.records["entry"])
    day = Compare("=", latest, hand.records["exit"], BOOLEAN)
    said = speaker.condition(day, negated=True).text
    assert said.startswith("the latest value of the Entry Date of the Later Stay among the other Stays")
    assert "are recorded, and" in said


def test_one_of_an_order_says_the_order(hand: Any, speaker: Any) -> None:
    entry = hand.records["entry"]
    key = FieldValue(0, (), Column("stays", "stay_id"), TextType(), optional=False)
    ordered = {"by": (entry, key), "where": None}
    assert speaker.value(value(hand, "latest", key, **ordered)) == (
        "the Stay ID of the Later Stay for the last (by the Entry Date of the Later Stay, then the Stay ID of the "
        "Later Stay) of the other Stays for the same Client (each called “Later Stay”)"
    )
    assert "for the 3rd (by " in speaker.value(value(hand, "nth", key, position=3, **ordered))


def test_no_two_lookups_read_alike(hand: Any, speaker: Any) -> None:
    entry = hand.records["entry"]
    rows = [one for one in LOOKUPS if not one.is_question]
    said = {
        speaker.value(value(hand, row.name, None if row.name == "count" else entry, by=(entry,), position=place))
        for row in rows
        for place in ((2, 3) if row.numbered else (1,))
    }
    assert len(said) == len(rows) + 1


def test_a_lookup_in_a_bracketed_condition_keeps_its_lead(hand: Any, speaker: Any) -> None:
    inner = replace(hand.records["later"], alias="further")
    both = Logic("and", (hand.records["later"].where, inner), BOOLEAN)
    text = speaker.value(value(hand, "count", where=both))
    assert "there is at least one other Stay for the same Client (“Further Stay”) for which (" in text
    assert text.count("(") == text.count(")")
    assert "following" not in text


def test_records_of_one_name_are_told_apart(hand: Any, speaker: Any) -> None:
    plain = replace(hand.records["later"], alias="", where=None)
    twice = replace(plain, where=replace(plain, where=replace(plain, where=None)))
    said = speaker.condition(twice)
    inner = said.items[0] if said.items else said
    assert "(“Further " in " ".join([said.text, inner.text, *(one.text for one in inner.items)])


@pytest.mark.parametrize(("negated", "word"), [(False, "is found"), (True, "is not found")])
def test_what_a_step_leads_to_is_found_or_not(hand: Any, speaker: Any, *, negated: bool, word: str) -> None:
    step = Step("client", Column("stays", "client_id"), "clients")
    path = FieldValue(0, (step,), Column("clients", "client_id"), TextType(), optional=True)
    found = IsFound(path, found=True, type=BOOLEAN)
    assert speaker.condition(found, negated=negated).text == f"the Client {word} in the source “Clients”"
    assert speaker.condition(Negation(found, BOOLEAN), negated=not negated).text.count(word) == 1
    assert speaker.condition(IsKnown(path, known=True, type=BOOLEAN)) != speaker.condition(found)


def test_day_counts_are_said_for_windows_inside(hand: Any, speaker: Any) -> None:
    inside = InWindow(hand.records["entry"], True, Length(days=3), hand.records["entry"], BOOLEAN)
    latest = value(hand, "latest", inside, by=(hand.records["entry"],))
    assert len(day_counts(latest, speaker)) == 2
