"""The price adjustment: what a factor adds to other terms or takes from them, by tiers or by an index; its words."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Outcome
from acmspec.kinds.incentives.price_adjustment import PRICE_ADJUSTMENT
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.payment_parts import takes
from acmspec.program.ports import Earlier
from acmspec.settlement.evaluate import Environment, evaluate

TIERS = (
    "of: [fee]\nmetric: homes\nbands: [{below: 50%, factor: 92.5%}, {from: 50%, below: 80%, factor: 100%}, "
    "{from: 80%, factor: 101.5%}]\n"
)
INDEX = "of: [fee]\nfigure: cpi\nbase: 310.4\n"
FEE = (Earlier("fee", "fee", Every.QUARTER, takes=False),)
POINTS = ((date(2025, 7, 1), Fraction("310.4")), (date(2026, 7, 1), Fraction("304.192")))


@pytest.mark.parametrize(
    ("result", "owed"), [("0.499", "-92.60475"), ("0.5", "0"), ("0.799", "0"), ("0.8", "18.52095")]
)
def test_by_the_tier_of_a_result(decoded, context_of, result, owed):
    found = PRICE_ADJUSTMENT.lower(decoded(PRICE_ADJUSTMENT, TIERS), context_of(before=FEE))
    assert found.diagnostics == ()
    at = Environment(outcome=Fraction(result), amounts=(("fee", Fraction("1234.73")),))
    assert evaluate(found.value, at) == Fraction(owed)
    assert takes(found.value)
    known = Known(outcome=Interval(Fraction(0), Fraction(1)), amounts=(("fee", Interval(Fraction(0), Fraction(1000))),))
    assert interval(found.value, known) == Interval(Fraction(-75), Fraction(15))


def test_by_an_index(decoded, context_of):
    context = context_of(before=FEE, index=lambda name: Outcome(POINTS))
    found = PRICE_ADJUSTMENT.lower(decoded(PRICE_ADJUSTMENT, INDEX), context)
    amounts = (("fee", Fraction(1000)),)
    # 304.192 over 310.4 is 98%.
    for day, owed in ((date(2026, 6, 30), 0), (date(2026, 7, 1), -20)):
        assert evaluate(found.value, Environment(day=day, amounts=amounts)) == owed


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        (TIERS + "figure: cpi\n", "ACM569", "cpi"),
        (TIERS + "base: 3.5\n", "ACM569", "3.5"),
        (INDEX.replace("base: 310.4\n", ""), "ACM569", "cpi"),
        (INDEX.replace("310.4", "0"), "ACM569", "0"),
        (INDEX + "metric: homes\n", "ACM569", "homes"),
        (TIERS.replace("101.5%", "99%"), "ACM525", "{from: 80%, factor: 99%}"),
        (TIERS.replace("[fee]", "[card]"), "ACM562", "card"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(decoded, context_of, text, code, marked):
    found = PRICE_ADJUSTMENT.lower(decoded(PRICE_ADJUSTMENT, text), context_of(before=FEE))
    assert found.value is None
    assert [(one.code, one.place.text.strip()) for one in found.diagnostics] == [(code, marked)]


def test_its_words(decoded, words):
    (one, table) = PRICE_ADJUSTMENT.clause(decoded(PRICE_ADJUSTMENT, TIERS), words)
    assert "what is due under “Fee” is adjusted by a factor, before limits." in one.inlines[0].text
    assert table.rows[0] == ("Below 50 percent", "92.5 percent")
    (one,) = PRICE_ADJUSTMENT.clause(decoded(PRICE_ADJUSTMENT, INDEX), words)
    assert "over 310.4." in one.inlines[0].text
