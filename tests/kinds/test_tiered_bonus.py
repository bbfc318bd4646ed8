"""Tiers: what they mean, and every way in which a table of them can be unsound, each with a concrete result."""

import re
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acmspec.ground.exact import Unit
from acmspec.kinds.incentives.tiered_bonus import TIERED_BONUS
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.payment import Bands, Fixed, FreshShare, Outcome, Times
from acmspec.program.types import NumberType
from acmspec.report.tree import Grid
from acmspec.settlement.derivation import phrases
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import COUNT, aggregate_of

SOUND = """\
metric: permanent_exits
bands:
  - from: 65%
    pay: $12,000
  - from: 55%
    below: 65%
    pay: $5,000
  - below: 55%
    pay: $0
"""


def table(*tiers):
    """YAML of tiers given as (from, below, pay), empty where not said."""
    lines = ["metric: permanent_exits", "bands:"]
    for first, below, pay in tiers:
        keys = [
            f"{key}: {value}" for key, value in (("from", first), ("below", below), ("pay", pay)) if value is not None
        ]
        lines += [f"  - {keys[0]}", *(f"    {key}" for key in keys[1:])]
    return "\n".join(lines) + "\n"


def test_a_sound_table_is_lowered_in_the_authors_order(decoded, context_of):
    parameters = decoded(TIERED_BONUS, SOUND)
    found = TIERED_BONUS.lower(parameters, context_of())
    assert found.diagnostics == ()
    assert isinstance(found.value, Bands)
    assert found.value.of == Outcome()
    assert [(band.first, band.below, band.pays, band.label) for band in found.value.bands] == [
        (Fraction("0.65"), None, Fixed(Fraction(12000)), "at least 65%"),
        (Fraction("0.55"), Fraction("0.65"), Fixed(Fraction(5000)), "at least 55% and below 65%"),
        (None, Fraction("0.55"), Fixed(Fraction(0)), "below 55%"),
    ]
    assert TIERED_BONUS.measured_by(parameters).value == "permanent_exits"


def test_once_per_multiplies_by_the_part_not_paid_before(decoded, context_of):
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, SOUND), context_of(once_per=True)).value
    assert isinstance(found, Times)
    assert found.right == FreshShare()


@pytest.mark.parametrize(
    ("tiers", "code", "message", "marked"),
    [
        ([(None, "55%", "$0"), ("60%", None, "$5")], "ACM523", "55% falls in no tier", "from: 60%"),
        ([("10%", None, "$5")], "ACM523", "0% falls in no tier", "from: 10%"),
        ([(None, "90%", "$0")], "ACM523", "90% falls in no tier", "below: 90%"),
        ([(None, "100%", "$0")], "ACM523", "100% falls in no tier", "below: 100%"),
        ([(None, "60%", "$0"), ("55%", None, "$5")], "ACM524", "55% falls in two tiers", "from: 55%"),
        ([(None, "60%", "$0"), (None, "70%", "$5"), ("70%", None, "$9")], "ACM524", "59.9% falls in two tiers", None),
        ([("50%", None, "$5"), ("60%", None, "$9"), (None, "50%", "$0")], "ACM524", "60% falls in two tiers", None),
        ([(None, "55%", "$0"), ("55%", "55%", "$1"), ("55%", None, "$5")], "ACM522", "no result is at least", "55%"),
        ([("60%", "50%", "$1"), ("50%", None, "$5"), (None, "50%", "$0")], "ACM522", "no result is at least", "50%"),
        ([(None, "0%", "$0"), ("0%", None, "$5")], "ACM517", "no result of “homes” is below 0%", "below: 0%"),
        ([(None, None, "$3")], "ACM521", "neither “from” nor “below”", "$3"),
        ([(None, "55%", "$7"), ("55%", None, "$5")], "ACM525", "a result of at least 55% is better", "from: 55%"),
        ([(None, "55%", "-$7"), ("55%", None, "$5")], "ACM526", "less than nothing", "-$7"),
        ([(None, "55", "$0"), ("55", None, "$5")], None, "55", "55"),
    ],
)
def test_an_unsound_table_is_refused_with_a_result_and_a_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, tiers, code, message, marked
):
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, table(*tiers)), context_of())
    assert found.value is None
    first = found.diagnostics[0]
    assert code is None or first.code == code
    assert message in first.message
    if marked is not None:
        assert first.place.text.startswith(marked)


def test_a_gap_between_two_results_that_print_is_still_a_gap(decoded, context_of):
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, table((None, "64.93%", "$0"), ("65%", None, "$5"))), context_of())
    assert [one.message for one in found.diagnostics if one.code == "ACM523"] == ["64.93% falls in no tier"]


def test_all_faults_of_a_table_are_said_at_once(decoded, context_of):
    tiers = [("10%", "20%", "$9"), ("30%", "50%", "$5"), ("40%", "60%", "$7")]
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, table(*tiers)), context_of())
    assert [one.code for one in found.diagnostics] == ["ACM523", "ACM523", "ACM524", "ACM523", "ACM525"]


def test_lower_is_better_turns_the_direction(decoded, context_of):
    rising = decoded(TIERED_BONUS, table((None, "55%", "$0"), ("55%", None, "$5")))
    falling = decoded(TIERED_BONUS, table((None, "55%", "$5"), ("55%", None, "$0")))
    assert TIERED_BONUS.lower(rising, context_of(better="higher")).value is not None
    assert TIERED_BONUS.lower(falling, context_of(better="lower")).value is not None
    found = TIERED_BONUS.lower(rising, context_of(better="lower"))
    assert [one.code for one in found.diagnostics] == ["ACM525"]


def test_counts_start_at_zero_and_durations_need_an_open_end(decoded, context_of):
    counts = decoded(TIERED_BONUS, table(("0", "20", "$0"), ("20", None, "$5")))
    assert TIERED_BONUS.lower(counts, context_of(aggregate_of("count", COUNT), decimals=0)).value is not None
    days = NumberType(unit=Unit.of("day"))
    lengths = decoded(TIERED_BONUS, table(("0 days", "20 days", "$5"), ("20 days", None, "$0")))
    found = TIERED_BONUS.lower(lengths, context_of(aggregate_of("median", days), decimals=0, better="lower"))
    assert [one.message for one in found.diagnostics] == ["-1 days falls in no tier"]


def test_a_tier_finer_than_the_result_is_a_warning_and_still_works(decoded, context_of):
    found = TIERED_BONUS.lower(
        decoded(TIERED_BONUS, table((None, "55.55%", "$0"), ("55.55%", None, "$5"))), context_of()
    )
    assert found.value is not None
    assert {one.severity.value for one in found.diagnostics} == {"warning"}


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6, unique=True), st.permutations(range(7)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tiers_cut_anywhere_are_sound_in_any_order_and_hold_every_result(decoded, context_of, cuts, order):
    ends = [None, *(f"{cut / 10:.1f}%" for cut in sorted(cuts)), None]
    tiers = [(low, high, f"${place}") for place, (low, high) in enumerate(pairwise(ends))]
    shuffled = [tiers[place] for place in order if place < len(tiers)]
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, table(*shuffled)), context_of())
    assert found.diagnostics == ()
    for tenth in range(1001):
        expected = sum(1 for cut in cuts if tenth >= cut)
        assert evaluate(found.value, Environment(outcome=Fraction(tenth, 1000))) == expected


@given(st.lists(st.integers(1, 999), min_size=2, max_size=6, unique=True), st.integers(0, 5), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_moved_end_is_always_found(decoded, context_of, cuts, which, up):
    cuts = sorted(cuts)
    ends = [None, *(f"{cut / 10:.1f}%" for cut in cuts), None]
    tiers = [[low, high, f"${place}"] for place, (low, high) in enumerate(pairwise(ends))]
    place = which % len(cuts)
    tiers[place][1] = f"{(cuts[place] + (1 if up else -1)) / 10:.1f}%"
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, table(*tiers)), context_of())
    assert found.value is None
    assert {one.code for one in found.diagnostics} <= {"ACM522", "ACM523", "ACM524"}


def test_the_clause_says_who_must_pay_what_in_short_sentences(decoded, words):
    blocks = TIERED_BONUS.clause(decoded(TIERED_BONUS, SOUND), words)
    grid = blocks[-1]
    assert isinstance(grid, Grid)
    assert grid.rows == (
        ("At least 65 percent", "$12,000"),
        ("At least 55 percent and below 65 percent", "$5,000"),
        ("Below 55 percent", "$0"),
    )
    text = " ".join(run.text for block in blocks[:-1] for run in block.inlines)
    assert "must pay" in text
    assert "Client" in text
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"(?<=\.) ", text))


CREDITED = SOUND + "otherwise:\n  prior: last_year\n  gain: 5%\n  credited: 60%\n"


@pytest.mark.parametrize(
    ("result", "prior", "pays", "says"),
    [
        ("0.50", "0.45", 5_000, "a gain of 0.05 on 0.45, with 0.05 needed: it counts as 0.6"),
        ("0.50", "0.46", 0, "a gain of 0.04 on 0.46, with 0.05 needed: the result itself counts"),
        ("0.70", "0.46", 12_000, "a gain of 0.24 on 0.46, with 0.05 needed: the result itself counts"),
        ("0.50", None, 0, "no prior result, so that nothing is credited"),
    ],
)
def test_an_improvement_is_credited(decoded, context_of, result, prior, pays, says):  # noqa: PLR0917  (by name)
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, CREDITED), context_of()).value
    compared = () if prior is None else (("last_year", Fraction(prior)),)
    at = Environment(outcome=Fraction(result), compared=compared)
    assert evaluate(found, at) == pays
    assert phrases(found, at, "USD")[0] == says
    assert interval(found, Known(outcome=Interval(Fraction(0), Fraction(1, 10)))).most == 5_000


def test_lower_results_improve_where_lower_is_better(decoded, context_of):
    falling = table((None, "10%", "$9"), ("10%", None, "$0")) + (
        "otherwise:\n  level: 20%\n  gain: 5%\n  credited: 9%\n"
    )
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, falling), context_of(better="lower")).value
    paid = [evaluate(found, Environment(outcome=Fraction(one, 100))) for one in (5, 9, 10, 15, 16)]
    assert paid == [9, 9, 9, 9, 0]


def test_marginal_tiers_pay_the_sum_from_the_worst_on(decoded, context_of):
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, SOUND + "method: marginal\n"), context_of())
    assert [one.pays.amount for one in found.value.bands] == [17_000, 5_000, 0]
    assert found.value.bands[0].label == "at least 65%, with all tiers before it"
    turned = TIERED_BONUS.lower(decoded(TIERED_BONUS, SOUND + "method: marginal\n"), context_of(better="lower"))
    assert [one.pays.amount for one in turned.value.bands] == [12_000, 17_000, 17_000]


def test_a_percentage_is_of_an_amount(decoded, context_of, words):
    parts = SOUND.replace("$12,000", "60%").replace("$5,000", "25%").replace("$0", "0%") + "of: $20,000\n"
    found = TIERED_BONUS.lower(decoded(TIERED_BONUS, parts), context_of())
    assert [one.pays.amount for one in found.value.bands] == [12_000, 5_000, 0]
    assert phrases(found.value, Environment(outcome=Fraction("0.7")), "USD") == (
        "the result is at least 65%, for which 60% of $20,000 is paid: $12,000.00",
    )
    assert TIERED_BONUS.clause(decoded(TIERED_BONUS, parts), words)[-1].rows[0] == ("At least 65 percent", "60 percent")
