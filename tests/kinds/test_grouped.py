"""Prices by group: which formula each part is measured by, its price, what is refused, and its words."""

import pytest

from acmspec.formula.from_text import parse
from acmspec.ground.source import Source
from acmspec.kinds.incentives.rate_card import RATE_CARD
from acmspec.program.payment import ByProvider, Successes, Times
from acmspec.spec.ports import parts_of
from tests.kinds.conftest import read_by
from tests.settlement.made import COUNT, aggregate_of, fixed

CARD = """\
outcome: count(stays where home and group)
price: $400
groups:
  veteran: $900.50
  young: $600
"""
COUNTED = aggregate_of("count", COUNT)


def parts(text=CARD):
    return dict(parts_of(read_by(RATE_CARD, text)))


def formula(text):
    return parse(Source("formula", text), 0, len(text)).value


def test_each_group_is_measured_apart_from_those_before_it():
    written = {
        "veteran": "veteran",
        "young": "((veteran is missing or not veteran) and young)",
        "others": "((veteran is missing or not veteran) and (young is missing or not young))",
    }
    found = {word: one.outcome.tree for word, one in parts().items()}
    assert found == {word: formula(f"count(stays where home and {one})") for word, one in written.items()}


def test_each_group_has_its_price(context_of):
    found = {word: RATE_CARD.lower(one, context_of(COUNTED)).value for word, one in parts().items()}
    for word, price in (("veteran", "900.5"), ("young", 600), ("others", 400)):
        assert found[word] == Times(ByProvider(fixed(price).amount, ()), Successes())


def test_without_groups_it_is_one():
    ((word, one),) = parts("outcome: count(stays)\nprice: $400\n").items()
    assert (word, one.grouped, one.outcome.tree) == ("", None, formula("count(stays)"))


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("home and group", "home", "count(stays where home)"),
        ("home and group", "home and not group", "count(stays where home and not group)"),
        ("home and group", "home or group", "count(stays where home or group)"),
        ("home and group", "group and (home or group)", "count(stays where group and (home or group))"),
        ("home and group", "group and group", "count(stays where group and group)"),
        ("outcome: count(stays where home and group)", "outcome: count(stays)", "count(stays)"),
        ("price: $400\n", "", "young"),
        ("price: $400", "price: $400\nat_most: [{successes: 5, per: period}]", "{successes: 5, per: period}"),
        ("price: $400", "price: $400\ncounted: year", "year"),
        ("price: $400\n", "figure: prices\n", "prices"),
        ("outcome: count(stays where home and group)", "metric: homes", "homes"),
        ("young: $600", "others: $600", "others"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(context_of, old, new, marked):
    found = [RATE_CARD.lower(one, context_of(COUNTED)) for one in parts(CARD.replace(old, new, 1)).values()]
    assert {(each.code, each.place.text) for one in found for each in one.diagnostics} == {("ACM498", marked)}
    assert all((one.value is None) is bool(one.diagnostics) for one in found)


def test_an_agreement_may_have_a_price_of_its_own_for_a_group(context_of):
    own = (("North", fixed(90).amount),)
    (one, *_) = parts().values()
    found = RATE_CARD.lower(one, context_of(COUNTED, own_prices=own)).value
    assert found == Times(ByProvider(fixed("900.5").amount, own), Successes())


def test_its_words_say_for_which_successes_a_price_is(words):
    said = {word: RATE_CARD.clause(one, words)[0].inlines[0].text for word, one in parts().items()}
    assert "the Agency must pay the Provider $900.5 for each success." in said["veteran"]
    assert said["veteran"].endswith("This price holds for a success in the group “Veteran”.")
    assert said["young"].endswith("This price holds for a success in the group “Young”, and not in “Veteran”.")
    assert said["others"].endswith(
        "This price holds for a success that is not in any of the groups “Veteran” or “Young”."
    )
