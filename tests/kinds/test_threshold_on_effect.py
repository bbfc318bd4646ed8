"""The threshold on effect: what it pays at and beside its least change, on either side; its bounds, proof and words."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every, NamedPeriods, Period, ReportingDays, YearStarting
from acmspec.kinds.effect_proof import least_level
from acmspec.kinds.incentives.threshold_on_effect import THRESHOLD_ON_EFFECT
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.intervals import COUNTED, NOTHING, Interval, Known, interval
from acmspec.program.tree import Benchmark, GroupConstant
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate
from tests.kinds.conftest import read_by
from tests.settlement.made import COUNT, SHARE, aggregate_of

EFFECT = "metric: homes\ncomparator: last_year\nat_least: 10%\nprice: $1,000\n"
SHARES = Interval(Fraction(0), Fraction(1))


def at(result, prior, base=100):
    compared = () if prior is None else (("last_year", Fraction(prior)),)
    return Environment(outcome=Fraction(result), base=Fraction(base), compared=compared)


def held(*levels):
    shared, *own = map(Fraction, levels)
    return (Benchmark("last_year", "target", GroupConstant(shared, SHARE), tuple(zip("AB", own, strict=False)), None),)


@pytest.mark.parametrize(
    ("better", "result", "prior", "pays"),
    [
        # 142 against 155 per hundred is 8.39% less; 139.5 would be just 10%, and is enough.
        ("lower", "1.42", "1.55", 0),
        ("lower", "1.395", "1.55", 15_500),
        ("lower", "1.396", "1.55", 0),
        ("lower", "0", "1.55", 155_000),
        ("lower", "1.7", "1.55", 0),
        ("higher", "0.55", "0.5", 5_000),
        ("higher", "0.549", "0.5", 0),
        ("higher", "0.4", "0.5", 0),
        # From nothing, from zero, and from what is less than a hundred steps of a tenth of a percent, nothing is told.
        ("lower", "0.1", None, 0),
        ("higher", "0.5", "0", 0),
        ("higher", "0.5", "0.099", 0),
        ("higher", "0.11", "0.1", 1_000),
    ],
)
def test_what_it_pays(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, better, result, prior, pays
):
    found = THRESHOLD_ON_EFFECT.lower(decoded(THRESHOLD_ON_EFFECT, EFFECT), context_of(better=better))
    assert found.diagnostics == ()
    assert evaluate(found.value, at(result, prior)) == pays


def test_a_number_is_not_multiplied_and_not_too_small(decoded, context_of):
    context = context_of(aggregate_of("count", COUNT), type=COUNT, better="lower", decimals=0)
    found = THRESHOLD_ON_EFFECT.lower(decoded(THRESHOLD_ON_EFFECT, EFFECT + "most: $1,500\n"), context).value
    assert [evaluate(found, at(result, 3, base=7)) for result in (3, 2, 1, 0)] == [0, 1_000, 1_500, 1_500]


def test_it_is_said_so_that_nobody_reads_more_than_was_reached(decoded, context_of):
    found = THRESHOLD_ON_EFFECT.lower(decoded(THRESHOLD_ON_EFFECT, EFFECT), context_of(better="lower")).value
    said = [phrases(found, at(*one), "USD") for one in (("1.42", "1.55"), ("0.90004", "1"), ("0.9", "1"), ("2", "1"))]
    assert said == [
        ("142% is 8.39% better than 155% under “last_year”, below 10%: nothing is due",),
        ("90.004% is 9.996% better than 100% under “last_year”, below 10%: nothing is due",),
        ("90% is 10% better than 100% under “last_year”, at least 10%", "$1,000.00 for each of 10 events avoided"),
        ("200% is 100% worse than 100% under “last_year”, below 10%: nothing is due",),
    ]
    assert arithmetic(found, at("0.9", "1"), "USD") == "$1,000.00 × 10"
    assert phrases(found, at("0.9", None), "USD") == (
        "“last_year” came to nothing, from which no change can be told: nothing is due",
    )


@pytest.mark.parametrize(
    ("better", "level", "most", "known"),
    [
        ("lower", None, "$900", Interval(Fraction(0), Fraction(900))),
        ("lower", None, None, COUNTED),
        ("lower", "0.5", None, COUNTED),
        # Nobody rises by a tenth from 95%, and nothing can be told from a level of 1%.
        ("higher", "0.95", "$900", NOTHING),
        ("lower", "0.01", "$900", NOTHING),
    ],
)
def test_what_it_can_come_to(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, better, level, most, known
):
    text = EFFECT + (f"most: {most}\n" if most else "")
    found = THRESHOLD_ON_EFFECT.lower(decoded(THRESHOLD_ON_EFFECT, text), context_of(better=better)).value
    compared = () if level is None else (("last_year", Fraction(level)),)
    assert interval(found, Known(outcome=SHARES, compared=compared)) == known


def test_a_number_falls_by_no_more_than_is_stated(decoded, context_of):
    context = context_of(aggregate_of("count", COUNT), type=COUNT, better="lower", decimals=0)
    found = THRESHOLD_ON_EFFECT.lower(decoded(THRESHOLD_ON_EFFECT, EFFECT), context).value
    known = Known(outcome=COUNTED, compared=(("last_year", Fraction(155)),))
    assert interval(found, known) == Interval(Fraction(0), Fraction(155_000))
    assert evaluate(found, at(0, 155)) == 155_000


@pytest.mark.parametrize(
    ("changes", "better", "levels", "code", "marked"),
    [
        ({"last_year": "peers"}, "lower", (), "ACM462", "peers"),
        ({"10%": "0%"}, "lower", (), "ACM463", "0%"),
        ({"10%": "-5%"}, "lower", (), "ACM463", "-5%"),
        ({"10%": "101%"}, "lower", (), "ACM463", "101%"),
        ({}, "higher", ("0.5", "0.92"), "ACM463", "10%"),
        ({}, "lower", ("0.5", "0.09"), "ACM467", "last_year"),
        ({}, "lower", ("0",), "ACM467", "last_year"),
        ({"$1,000": "-$1"}, "lower", (), "ACM526", "-$1"),
        ({"$1,000\n": "$1,000\npooled: {at_least: 10%}\n"}, "lower", (), "ACM468", "10%"),
        ({"$1,000\n": "$1,000\nmost: $5\npooled: {at_least: 9%, most: $6}\n"}, "lower", (), "ACM468", "$6"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, changes, better, levels, code, marked
):
    text = EFFECT
    for old, new in changes.items():
        text = text.replace(old, new, 1)
    parts = read_by(THRESHOLD_ON_EFFECT, text).parts
    context = context_of(better=better, held_against=held(*levels) if levels else ())
    found = THRESHOLD_ON_EFFECT.lower(parts[0][1], context)
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


def own(*days):
    return NamedPeriods(tuple(Period(date(*first), date(*last), f"P{at}") for at, (first, last) in enumerate(days)))


HALVES = own(((2025, 1, 1), (2025, 6, 30)), ((2025, 7, 1), (2025, 12, 31)))
UNLIKE = own(((2025, 1, 1), (2025, 6, 30)), ((2025, 7, 1), (2025, 10, 31)))


@pytest.mark.parametrize(
    ("every", "first", "last", "codes"),
    [
        (Every.QUARTER, (2024, 4, 1), (2024, 6, 30), []),
        (Every.QUARTER, (2024, 4, 2), (2024, 7, 1), ["ACM462"]),
        (Every.WEEK, (2024, 1, 1), (2024, 1, 7), []),
        (Every.WEEK, (2024, 1, 1), (2024, 12, 31), ["ACM462"]),
        (Every.DAY, (2024, 1, 1), (2024, 1, 1), []),
        (Every.DAY, (2024, 1, 1), (2024, 1, 31), ["ACM462"]),
        (YearStarting(10), (2023, 10, 1), (2024, 9, 30), []),
        (YearStarting(10), (2020, 10, 1), (2024, 9, 30), ["ACM462"]),
        # 181 and 184 days are six months each; 182 are neither.
        (HALVES, (2024, 7, 1), (2024, 12, 31), []),
        (HALVES, (2024, 7, 2), (2024, 12, 30), ["ACM462"]),
        (HALVES, (2020, 1, 1), (2024, 12, 31), ["ACM462"]),
        (UNLIKE, (2024, 7, 1), (2024, 12, 31), ["ACM462"]),
        (own(((2025, 1, 2), (2025, 1, 11))), (2024, 3, 5), (2024, 3, 14), []),
        (ReportingDays((date(2025, 1, 2),)), (2024, 3, 5), (2024, 3, 5), []),
        (ReportingDays((date(2025, 1, 2),)), (2024, 3, 5), (2024, 3, 6), ["ACM462"]),
    ],
)
def test_a_number_is_held_against_as_long_a_history(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, every, first, last, codes
):
    formula = aggregate_of("count", COUNT)
    before = Benchmark("last_year", "historical", Slice(formula, Dates(date(*first), date(*last)), COUNT), (), None)
    context = context_of(formula, type=COUNT, better="lower", decimals=0, every=every, held_against=(before,))
    found = THRESHOLD_ON_EFFECT.lower(decoded(THRESHOLD_ON_EFFECT, EFFECT), context)
    assert [one.code for one in found.diagnostics] == codes


@pytest.mark.parametrize("changes", [{"once_per": True}, {"overlaps": True}])
def test_events_belong_to_one_period_and_to_nobody(decoded, context_of, changes):
    found = THRESHOLD_ON_EFFECT.lower(decoded(THRESHOLD_ON_EFFECT, EFFECT), context_of(**changes))
    assert [one.code for one in found.diagnostics] == ["ACM469"]


def test_the_level_that_is_too_small_is_the_last_one(context_of):
    least = [least_level(Fraction(one, 1000), Fraction(1, 100)) for one in (100, 75, 70)]
    assert least == [1, Fraction("1.34"), Fraction("1.43")]
    assert least_level(Fraction(1, 10), Fraction(0)) == 0


def test_the_clause_says_what_is_held_against_what(decoded, words):
    owed, change, without = THRESHOLD_ON_EFFECT.clause(decoded(THRESHOLD_ON_EFFECT, EFFECT), words)
    assert "If the increase for a calendar quarter is at least 10 percent" in owed.inlines[0].text
    assert "It is not rounded." in change.inlines[0].text
    assert "is above the comparator" in change.inlines[0].text
    assert without.inlines[0].text == "Without a comparator above zero, no increase can be told and no payment is due."
