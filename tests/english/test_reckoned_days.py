"""Windows that are counted from a day which is reckoned itself: said from that day, and never as from two ends."""

import pytest

from acmspec.english.days import day_counts
from acmspec.english.from_program import spoken, understood
from acmspec.english.groups import Announcer
from acmspec.english.lines import written
from acmspec.english.names import Names
from acmspec.english.normal import normal
from tests.english.saying import meaning, world


@pytest.mark.parametrize(
    ("formula", "said", "counted"),
    [
        (
            "done_on on or within planned after birthday 18 of client.born_on",
            "is on or within the Planned Days after A, where:",
            "itself counts. The last day that counts is the Planned Days after",
        ),
        (
            "done_on within planned after birthday 18 of client.born_on",
            "is within the Planned Days after A, where:",
            "itself does not count. The last day that counts is the Planned Days after",
        ),
        (
            "done_on within planned before birthday 18 of client.born_on",
            "is within the Planned Days before A, where:",
            "itself does not count. The first day that counts is the Planned Days before",
        ),
        (
            "done_on from planned to (2 * planned) after birthday 18 of client.born_on",
            "is from the Planned Days to (2 multiplied by the Planned Days) after A, where:",
            "The first day that counts is the Planned Days after",
        ),
        (
            "active on or within 30 days after (birthday 18 of client.born_on)",
            "is active on some day on or within 30 days after A, where:",
            "itself counts. Day 1 is the day after",
        ),
        (
            "active within 30 days after (birthday 18 of client.born_on)",
            "is active on some day within 30 days after A, where:",
            "itself does not count. Day 1 is the day after",
        ),
    ],
)
def test_a_window_from_a_reckoned_day_is_said_from_that_day(formula: str, said: str, counted: str) -> None:
    names = Names(world())
    found = meaning(formula, "visits", names)
    english = written(spoken(found, names, "visits"))
    assert said in english
    assert "A is the day 18 years after the Date of Birth of the Person." in english
    assert understood(english, names, "visits") == normal(found)
    (sentence,) = day_counts(found, Announcer(names.words).of_records("visits"))
    assert counted in sentence


@pytest.mark.parametrize(
    ("formula", "recorded"),
    [
        ("done_on within wait after birthday 1 of next_on", "and the Waiting Time are recorded"),
        ("done_on within wait before birthday 1 of next_on", "the Waiting Time, and the day 1 year after"),
        ("done_on from wait to (2 * wait) after birthday 1 of next_on", "and 2 multiplied by the Waiting Time are"),
        ("done_on in quarter 2 after birthday 1 of next_on", "and the day 1 year after the Date of the Next Visit are"),
    ],
)
def test_the_opposite_says_that_the_reckoned_day_is_recorded_and_no_part_of_it(formula: str, recorded: str) -> None:
    names = Names(world())
    found = meaning(f"not ({formula})", "visits", names)
    english = written(spoken(found, names, "visits"))
    assert recorded in english
    assert "the day 1 year after the Date of the Next Visit" in english.partition("recorded, and")[0]
    assert understood(english, names, "visits") == normal(found)


@pytest.mark.parametrize("placed", ["active on or within ({0}) after seen_on", "open on ({1})", "dated ({1})"])
def test_what_stands_behind_a_set_is_one_formula_however_it_is_turned_round(placed: str) -> None:
    names = Names(world())
    found = []
    for condition in ('not ("a" >= client.county)', 'client.county > "a"'):
        length, day = f"if {condition} then planned else 2 * planned", f"if {condition} then seen_on else due_on"
        formula = f"count(visits {placed.format(length, day)})"
        found.append(meaning(formula, None, names))
        assert understood(written(spoken(found[-1], names)), names) == normal(found[-1])
    assert normal(found[0]) == normal(found[1])
