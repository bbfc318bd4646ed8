"""Each node of a record expression has one English phrase."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acmspec.english.amounts import number_text
from acmspec.english.days import day_counts
from acmspec.english.groups import Announcer
from acmspec.english.records import Speaker
from acmspec.english.said import ALL, ANY, Said, joined
from acmspec.english.words import Vocabulary, humanised
from acmspec.ground.calendar import Length
from acmspec.ground.exact import Unit
from acmspec.program.record import (
    Arithmetic,
    Column,
    Compare,
    Constant,
    DaysBetween,
    Defined,
    FieldValue,
    InWindow,
    IsKnown,
    Logic,
    LookBack,
    Negation,
    OneOf,
    Step,
)
from acmspec.program.types import BooleanType, DateType, Form, NumberType, TextType
from acmspec.report.paragraphs import listed

BOOLEAN, TEXT, DATE, NUMBER = BooleanType(), TextType(), DateType(), NumberType()
DAYS = NumberType(unit=Unit.of("day"))


@pytest.fixture
def speaker(hand: Any) -> Speaker:
    return Announcer(Vocabulary(hand.program.spec)).of(hand.leavers)


def before(hand: Any, day: Any) -> Any:
    return Compare("<", hand.records["entry"], Constant(day, DATE), BOOLEAN)


def test_a_field_is_said_by_its_phrase_or_its_humanised_name(hand: Any, speaker: Any) -> None:
    assert speaker.value(hand.records["exit"]) == "the Exit Date"
    assert speaker.value(hand.records["entry"]) == "the Entry Date"
    assert humanised("date_of_birth_id") == "Date of Birth ID"


def test_a_step_names_the_record_it_leads_to(speaker: Any) -> None:
    race = FieldValue(
        0, (Step("client", Column("stays", "client_id"), "clients"),), Column("clients", "race"), TEXT, True
    )
    assert speaker.value(race) == "the Race of the Client"


@pytest.mark.parametrize(
    ("operator", "text"),
    [
        ("=", "is on July 1, 2025"),
        ("<", "is before July 1, 2025"),
        ("<=", "is on or before July 1, 2025"),
        (">", "is after July 1, 2025"),
        (">=", "is on or after July 1, 2025"),
        ("!=", "is not on July 1, 2025"),
    ],
)
def test_dates_compare_in_words(hand: Any, speaker: Any, operator: Any, text: Any) -> None:
    record = Compare(operator, hand.records["entry"], Constant(date(2025, 7, 1), DATE), BOOLEAN)
    assert speaker.condition(record).text == f"the Entry Date {text}"


def test_a_literal_on_the_left_turns_to_the_right(hand: Any, speaker: Any) -> None:
    record = Compare("<", Constant(date(2025, 7, 1), DATE), hand.records["entry"], BOOLEAN)
    assert speaker.condition(record).text == "the Entry Date is after July 1, 2025"


def test_codes_are_said_by_their_labels(hand: Any, speaker: Any) -> None:
    assert speaker.condition(hand.records["died"]).text == "the Destination is “Deceased”"
    some = OneOf(hand.records["destination"], ("rental", "deceased"), "", BOOLEAN)
    assert speaker.condition(some).text == "the Destination is one of the values “Rental, no subsidy” and “Deceased”"


def test_a_negation_reaches_the_leaves_and_says_is_recorded(hand: Any, speaker: Any) -> None:
    negated = Negation(hand.records["died"], BOOLEAN)
    assert speaker.condition(negated).text == "the Destination is recorded and is not “Deceased”"
    both = Negation(Logic("and", (hand.records["died"], before(hand, date(2025, 7, 1))), BOOLEAN), BOOLEAN)
    assert speaker.condition(both).text == (
        "either the Destination is recorded and is not “Deceased” or the Entry Date is on or after July 1, 2025"
    )
    assert speaker.condition(Negation(negated, BOOLEAN)).text == "the Destination is “Deceased”"


def test_known_and_missing(hand: Any, speaker: Any) -> None:
    known = IsKnown(hand.records["exit"], known=True, type=BOOLEAN)
    assert speaker.condition(known).text == "the Exit Date is recorded"
    assert speaker.condition(Negation(known, BOOLEAN)).text == "the Exit Date is not recorded"


def test_two_short_conditions_stand_in_one_sentence_and_more_in_a_list(hand: Any, speaker: Any) -> None:
    parts = (before(hand, date(2025, 7, 1)), before(hand, date(2025, 8, 1)), before(hand, date(2025, 9, 1)))
    two = speaker.condition(Logic("and", parts[:2], BOOLEAN))
    assert two.text == "both the Entry Date is before July 1, 2025 and the Entry Date is before August 1, 2025"
    three = speaker.condition(Logic("or", parts, BOOLEAN))
    assert three.text == ANY
    assert len(three.items) == 3
    nested = speaker.condition(Logic("and", (parts[0], Logic("or", parts[:2], BOOLEAN)), BOOLEAN))
    assert nested.text == ALL
    assert nested.items[1].text.startswith("either")


def test_nested_conditions_of_one_kind_are_one_list(hand: Any, speaker: Any) -> None:
    parts = tuple(before(hand, date(2025, month, 1)) for month in (7, 8, 9))
    record = Logic("and", (parts[0], Logic("and", parts[1:], BOOLEAN)), BOOLEAN)
    assert len(speaker.condition(record).items) == 3


@pytest.mark.parametrize(
    ("inclusive", "length", "text", "days"),
    [
        (
            True,
            Length(days=180),
            "the Entry Date is on or within 180 days after the Exit Date",
            "The Exit Date itself counts. Day 1 is the day after the Exit Date; Day 180 counts.",
        ),
        (
            False,
            Length(months=6),
            "the Entry Date is within 6 months after the Exit Date",
            (
                "The Exit Date itself does not count. The last day that counts is 6 months after the Exit Date. "
                "In a month that has no such day, it is the last day of that month."
            ),
        ),
    ],
)
def test_windows_say_which_day_counts(
    hand: Any, speaker: Any, *, inclusive: Any, length: Any, text: Any, days: Any
) -> None:
    record = InWindow(hand.records["entry"], inclusive, length, hand.records["exit"], BOOLEAN)
    assert speaker.condition(record).text == text
    assert day_counts(record, speaker) == (days,)


@pytest.mark.parametrize(
    ("opens", "length", "text", "days"),
    [
        (
            Length(days=90),
            Length(days=180),
            "the Entry Date is from 90 days to 180 days after the Exit Date",
            "Day 1 is the day after the Exit Date; Day 90 and Day 180 both count.",
        ),
        (
            Length(months=1),
            Length(months=3),
            "the Entry Date is from 1 month to 3 months after the Exit Date",
            (
                "The first day that counts is 1 month after the Exit Date, the last is 3 months after it. "
                "In a month that has no such day, it is the last day of that month."
            ),
        ),
    ],
)
def test_a_window_that_opens_later_says_both_ends(  # noqa: PLR0917
    hand: Any, speaker: Any, opens: Any, length: Any, text: Any, days: Any
) -> None:
    record = InWindow(hand.records["entry"], True, length, hand.records["exit"], BOOLEAN, opens)
    assert speaker.condition(record).text == text
    assert day_counts(record, speaker) == (days,)


def test_a_look_back_counts_days_backwards(hand: Any, speaker: Any) -> None:
    record = LookBack(hand.records["entry"], False, Length(days=30), hand.records["exit"], BOOLEAN)
    assert speaker.condition(record).text == "the Entry Date is within 30 days before the Exit Date"
    assert day_counts(record, speaker) == (
        "The Exit Date itself does not count. Day 1 is the day before the Exit Date; Day 30 counts.",
    )
    assert speaker.condition(Negation(record, BOOLEAN)).text == (
        "the Exit Date is recorded, and the Entry Date is not within 30 days before the Exit Date"
    )
    months = LookBack(hand.records["entry"], True, Length(months=2), hand.records["exit"], BOOLEAN)
    assert day_counts(months, speaker)[0].startswith(
        "The Exit Date itself counts. The first day that counts is 2 months before the Exit Date."
    )


def test_a_lookup_names_both_records_and_everything_they_own(hand: Any, speaker: Any) -> None:
    said = speaker.condition(hand.records["later"])
    assert said.text == (
        "there is at least one other Stay for the same Client (“Later Stay”) for which the following is true:"
    )
    assert [item.text for item in said.items] == [
        "the Entry Date of the Later Stay is within 180 days after the Exit Date of the Leaver"
    ]
    assert speaker.condition(hand.records["later"], negated=True).text.startswith("there is no other Stay")


def test_definitions_are_said_by_their_verb_phrases(hand: Any, speaker: Any) -> None:
    assert speaker.condition(hand.records["home"]).text == "the Leaver exits to a Permanent Home"
    negated = Negation(hand.records["home"], BOOLEAN)
    assert speaker.condition(negated).text == "the Leaver does not exit to a Permanent Home"
    assert speaker.condition(hand.records["return"]).text == "the Leaver meets the definition of Return"


def test_values_have_their_phrases(hand: Any, speaker: Any) -> None:
    days = DaysBetween(hand.records["entry"], hand.records["exit"], DAYS)
    assert speaker.value(days) == "the number of days from the Entry Date to the Exit Date"
    one = Constant(Fraction(1), DAYS)
    inner = Arithmetic("+", days, one, DAYS)
    assert speaker.value(Arithmetic("*", inner, Constant(Fraction(2), NUMBER), DAYS)) == (
        "(the number of days from the Entry Date to the Exit Date plus 1 day) multiplied by 2"
    )
    assert speaker.value(Defined("spare", 0, days, DAYS)) == "the Spare"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Fraction(13, 20), NumberType(Form.SHARE), "65 percent"),
        (Fraction(1, 40), NumberType(Form.POINTS), "2.5 percentage points"),
        (Fraction(12000), NumberType(unit=Unit.of("USD")), "$12,000"),
        (Fraction(1512, 100), NumberType(unit=Unit.of("USD")), "$15.12"),
        (Fraction(1), DAYS, "1 day"),
        (Fraction(5, 2), NUMBER, "2.5"),
    ],
)
def test_numbers_have_the_words_of_their_type(value: Any, kind: Any, text: Any) -> None:
    assert number_text(value, kind) == text


def test_items_end_with_semicolons_the_joint_and_a_full_stop() -> None:
    said = joined([Said("one"), joined([Said("a"), Said("b"), Said("c")], "or"), Said("three")], "and")
    first, second, third = listed(said.items, said.joint, ".")
    assert first.inlines[0].text == "one;"
    assert [item.inlines[0].text for item in second.items] == ["a;", "b; or", "c; and"]
    assert third.inlines[0].text == "three."


def conditions() -> st.SearchStrategy[Any]:
    entry = FieldValue(0, (), Column("stays", "entry_date"), DATE, optional=False)
    exits = FieldValue(0, (), Column("stays", "exit_date"), DATE, optional=True)
    days = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(lambda day: Constant(day, DATE))
    leaf = st.one_of(
        st.builds(
            Compare, st.sampled_from(("=", "!=", "<", ">=")), st.sampled_from((entry, exits)), days, st.just(BOOLEAN)
        ),
        st.builds(IsKnown, st.sampled_from((entry, exits)), st.booleans(), st.just(BOOLEAN)),
        st.builds(InWindow, st.just(exits), st.booleans(), st.just(Length(days=30)), st.just(entry), st.just(BOOLEAN)),
    )

    def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(inner, min_size=2, max_size=4).map(tuple)
        logic = st.builds(Logic, st.sampled_from(("and", "or")), several, st.just(BOOLEAN))
        return st.one_of(logic, st.builds(Negation, inner, st.just(BOOLEAN)))

    return st.recursive(leaf, nested, max_leaves=12)


def flattened(said: Said) -> list[str]:
    return [said.text, *(text for item in said.items for text in flattened(item))]


@given(conditions())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_condition_is_said_in_closed_phrases(speaker: Any, record: Any) -> None:
    said = speaker.condition(record)
    for text in flattened(said):
        assert text == " ".join(text.split())
        assert not text.endswith(("and", "or", "is", "."))
    twice = Negation(Negation(record, BOOLEAN), BOOLEAN)
    assert speaker.condition(twice) == said
    assert speaker.condition(Negation(record, BOOLEAN)) != said


@given(conditions(), conditions())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_conditions_that_read_alike_hold_alike(speaker: Any, one: Any, other: Any) -> None:
    if speaker.condition(one) == speaker.condition(other):
        assert normal(one) == normal(other)


def normal(record: Any, negated: bool = False) -> Any:
    """The condition with negations at its leaves and nested lists of one kind merged."""
    match record:
        case Negation(operand):
            return normal(operand, not negated)
        case Logic(operator, operands):
            turned = {"and": "or", "or": "and"}[operator] if negated else operator
            parts = [normal(one, negated) for one in operands]
            merged = [inner for one in parts for inner in (one[1] if one[0] == turned else [one])]
            return (turned, merged)
        case IsKnown(operand, known):
            return ("known", operand, known is not negated)
        case Compare(operator, left, right):
            opposite = {"=": "!=", "!=": "=", "<": ">=", ">=": "<"}
            return ("compare", opposite[operator] if negated else operator, left, right)
    return ("window", record, negated)
