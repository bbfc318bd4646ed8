"""The scorecard: points by bands and by attainment, their weighted sum, what is paid for it, and its words."""

from dataclasses import replace
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.kinds.incentives.scorecard import SCORECARD
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.payment import NO_POINTS, SPREAD
from acmspec.program.ports import Earlier
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate

METRICS = """\
metrics:
  - metric: homes
    weight: 70%
    points: [{below: 50%, points: 0}, {from: 50%, below: 80%, points: 60}, {from: 80%, points: 100}]
  - metric: jobs
    weight: 30%
    attainment: {target: 60%, floor: 75%, cap: 110%}
"""
TIERS = METRICS + "bands: [{below: 60, pay: $0}, {from: 60, below: 90, pay: $500}, {from: 90, pay: '$900.50'}]\n"
EVENLY = METRICS + "of: $2,000\n"
OF_FEE = METRICS + "bands: [{below: 60, pay: 0%}, {from: 60, pay: 10%}]\nof: [fee]\n"
FEE = (Earlier("fee", "fee", Every.QUARTER, takes=False),)


@pytest.fixture
def lowered(decoded, context_of):
    def lower(text, without=(SPREAD,)):
        several = tuple(replace(context_of(), name=name) for name in ("homes", "jobs"))
        context = context_of(before=FEE, several=several, without=frozenset(without))
        return SCORECARD.lower(decoded(SCORECARD, text), context)

    return lower


def at(homes, jobs, **more):
    known = (("homes", homes), ("jobs", jobs))
    scored = tuple((name, None if one is None else Fraction(one)) for name, one in known if one != "")
    return Environment(scored=scored, **more)


@pytest.mark.parametrize(
    ("homes", "jobs", "score"),
    [
        # 70% × 60 + 30% × 100 × 0.5 / 0.6
        ("0.5", "0.5", "67"),
        # Below 75% of 60% there are no points; at 45% there are 75, and above 66% no more than 110.
        ("0.799", "0.449", "42"),
        ("0.799", "0.45", "64.5"),
        ("0.8", "0.66", "103"),
        ("0.8", "1", "103"),
        # Left out, the weight of the other is all of it; with no points it still counts.
        ("", "0.55", "91.666666666666666666667"),
        ("0.8", "", "100"),
        ("0.8", None, "70"),
        ("0.499", "0.1", "0"),
    ],
)
def test_the_score_is_exact(lowered, homes, jobs, score):
    found = lowered(EVENLY)
    assert found.diagnostics == ()
    exact = Fraction(275, 3) if score.startswith("91.6") else Fraction(score)
    assert evaluate(found.value, at(homes, jobs)) == exact / 100 * 2000


def test_tiers_hold_the_exact_score(lowered):
    amount = lowered(TIERS).value
    for homes, jobs, owed in (("0.5", "0.36", 0), ("0.5", "0.45", 500), ("0.8", "0.4", 500), ("0.8", "0.6", "900.5")):
        assert evaluate(amount, at(homes, jobs)) == Fraction(owed)
    found = lowered(OF_FEE).value
    assert evaluate(found, at("0.8", "0.6", amounts=(("fee", Fraction("1234.73")),))) == Fraction("123.473")


def test_what_it_follows_from_is_said(lowered):
    here = at("", "0.55")
    assert phrases(lowered(TIERS).value, here, "USD") == ("the score is at least 90: $900.50",)
    assert arithmetic(lowered(EVENLY).value, here, "USD") == "91.6666666666667% × $2,000.00"


def test_its_bounds_are_those_of_what_may_be_left_out(lowered):
    outcomes = tuple((name, Interval(Fraction(0), Fraction(1))) for name in ("homes", "jobs"))
    amount = lowered(EVENLY).value
    # All of both is 70% × 100 + 30% × 110; left to itself, the second has 110.
    for without, most in ((frozenset(), 2060), ({NO_POINTS}, 2060), ({SPREAD}, 2200), ({SPREAD, NO_POINTS}, 2200)):
        known = Known(scored=outcomes, without=frozenset(without))
        assert interval(amount, known) == Interval(Fraction(0), Fraction(most))


@pytest.mark.parametrize(
    ("old", "new", "code", "marked"),
    [
        ("weight: 30%", "weight: 29.5%", "ACM578", "29.5%"),
        ("weight: 30%", "weight: -30%", "ACM578", "-30%"),
        (
            "attainment: {",
            "points: [{below: 5%, points: 0}, {from: 5%, points: 1}]\n    attainment: {",
            "ACM579",
            "jobs",
        ),
        ("    attainment: {target: 60%, floor: 75%, cap: 110%}\n", "", "ACM579", "jobs"),
        ("target: 60%", "target: 0%", "ACM579", "0%"),
        ("floor: 75%", "floor: 110%", "ACM579", "110%"),
        ("target: 60%", "target: 60", "ACM310", "60"),
        ("points: 60}", "points: -60}", "ACM579", "-60"),
        ("points: 60}", "points: 101}", "ACM525", "{from: 80%, points: 100}"),
        ("from: 80%", "from: 81%", "ACM523", "{from: 81%, points: 100}"),
        ("pay: $500", "pay: 5%", "ACM561", "5%"),
        ("pay: $500", "pay: $950", "ACM525", "{from: 90, pay: '$900.50'}"),
        ("from: 90", "from: 110.5", "ACM523", "{from: 110.5, pay: '$900.50'}"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(lowered, old, new, code, marked):
    found = lowered(TIERS.replace(old, new, 1))
    assert found.value is None
    assert (code, marked) in [(one.code, one.place.text.strip()) for one in found.diagnostics]


def test_a_tier_is_reached_by_what_may_be_left_out(lowered):
    text = METRICS + "bands: [{below: 105, pay: $0}, {from: 105, pay: $5}]\n"
    assert lowered(text).diagnostics == ()
    (one,) = lowered(text, ("wait",)).diagnostics
    assert (one.code, one.message) == ("ACM517", "no score is at least 105: all lie from 0 to 103")


def test_a_lower_result_attains_nothing(decoded, context_of):
    context = context_of(several=(context_of(), context_of(better="lower")))
    found = SCORECARD.lower(decoded(SCORECARD, EVENLY), context)
    assert [(one.code, one.place.text) for one in found.diagnostics] == [("ACM579", "60%")]


def test_its_words(decoded, words):
    said = SCORECARD.clause(decoded(SCORECARD, OF_FEE), words)
    first, points, attained, score, decides, base, tiers = said
    assert first.inlines[0].text.startswith("For each calendar quarter, each measure in the table below earns points.")
    assert points.rows[1][1:] == ("70 percent", "At least 50 percent and below 80 percent", "60")
    assert "100 times the result over 60 percent. If that is less than 75, " in attained.inlines[0].text
    assert "It is not rounded." in score.inlines[0].text
    assert decides.inlines[0].text.startswith("The score decides the tier")
    assert "what is due under “Fee” for the same calendar quarter, before limits." in base.inlines[0].text
    assert tiers.rows == (("Below 60", "0 percent"), ("At least 60", "10 percent"))
    *_, evenly = SCORECARD.clause(decoded(SCORECARD, EVENLY), words)
    assert evenly.inlines[0].text == (
        "For each point of the score, the Agency must pay the Provider one percent of $2,000. "
        "For a part of a point it must pay that part of one percent."
    )
