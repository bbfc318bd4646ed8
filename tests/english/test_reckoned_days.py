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
