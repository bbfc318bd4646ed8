"""Steps of a price and highest numbers: what they come to, in whatever pieces successes come; words and bounds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.ground.calendar import Every
from acmspec.kinds.counted import numbered
from acmspec.kinds.incentives.rate_card import RATE_CARD
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.payment import ByProvider, Stepped, Successes
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import COUNT, aggregate_of

COUNTED = aggregate_of("count", COUNT)
STEPPED = """\
metric: homes
price: $400
counted: fiscal year
steps:
  - {above: 50, price: $300}
  - {above: 60, price: $100}
at_most:
  - {successes: 40, per: period}
  - {successes: 70, per: fiscal year}
"""
YEAR = Every.FISCAL_YEAR


def at(successes, before):
    return Environment(successes=Fraction(successes), before=((YEAR, Fraction(before)), (Every.QUARTER, Fraction(0))))


@pytest.mark.parametrize(
    ("successes", "before", "due"),
    [
        (10, 0, 4_000),
        (50, 0, 40 * 400),
        (40, 30, 20 * 400 + 10 * 300 + 10 * 100),
        (5, 65, 5 * 100),
        (9, 65, 5 * 100),
        (9, 70, 0),
        (0, 12, 0),
    ],
)
def test_what_it_pays(decoded, context_of, successes, before, due):
    found = RATE_CARD.lower(decoded(RATE_CARD, STEPPED), context_of(COUNTED))
    assert found.diagnostics == ()
    assert evaluate(found.value, at(successes, before)) == due


PRICES = st.lists(st.integers(0, 900), min_size=1, max_size=4)


@given(PRICES, st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_successes_that_come_in_pieces_come_to_the_same(prices, pieces):
    steps = tuple((Fraction(20 * place), ByProvider(Fraction(price), ())) for place, price in enumerate(prices))
    node, before, paid = Stepped(Successes(), steps, YEAR), 0, Fraction(0)
    for piece in pieces:
        paid += evaluate(node, at(piece, before))
        before += piece
    one_by_one = sum(prices[min(number // 20, len(prices) - 1)] for number in range(before))
    assert paid == one_by_one
    known = Known(successes=Interval(Fraction(0), Fraction(before)), every=YEAR)
    assert interval(node, known) == Interval(Fraction(0), paid)


def test_the_derivation_says_which_numbers_have_which_price(decoded, context_of):
    found = RATE_CARD.lower(decoded(RATE_CARD, STEPPED), context_of(COUNTED)).value
    assert phrases(found, at(45, 40), "USD") == (
        "45 successes",
        "30 of them paid: no more than 70 in the fiscal year, 40 paid before",
        "after 40 paid before in the fiscal year: 10 at $400.00, 10 at $300.00, 10 at $100.00",
    )
    assert arithmetic(found, at(45, 40), "USD") == "$400.00 × 10 + $300.00 × 10 + $100.00 × 10"
    assert phrases(found, at(0, 70), "USD")[-1] == "after 70 paid before in the fiscal year: none"
    assert arithmetic(found, at(0, 70), "USD") == "$0.00"


def test_the_clause_says_the_price_of_each_number_and_how_many_are_paid(decoded, words):
    first, most, grid = RATE_CARD.clause(decoded(RATE_CARD, STEPPED), words)
    assert "the price in the table below for each success" in first.inlines[0].text
    assert most.inlines[0].text == (
        "No more than 40 successes are paid in one calendar quarter. No more than 70 successes are paid in one Fiscal "
        "Year. Successes beyond that are not paid, now or later."
    )
    assert grid.rows == (
        ("Number 1 to number 50", "$400"),
        ("Number 51 to number 60", "$300"),
        ("Number 61 and each further one", "$100"),
    )


def test_one_number_is_no_range():
    said = [numbered(1_000, last) for last in (None, 1_000, 1_001)]
    assert said == ["Number 1,000 and each further one", "Number 1,000", "Number 1,000 to number 1,001"]
