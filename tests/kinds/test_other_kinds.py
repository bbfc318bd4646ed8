"""Target, historical, rate card and cap: parameters, meaning, words."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import get_args, get_origin, get_type_hints

import pytest

from acmspec.api import check_text
from acmspec.kinds import KINDS
from acmspec.kinds.benchmarks.historical import HISTORICAL
from acmspec.kinds.benchmarks.target import TARGET
from acmspec.kinds.incentives.cap import CAP
from acmspec.kinds.incentives.rate_card import RATE_CARD
from acmspec.program.elsewhere import Dates
from acmspec.program.group import Slice
from acmspec.program.payment import ByProvider, Earned, Fixed, Least, Successes, Times
from acmspec.program.tree import GroupArithmetic, GroupConstant, GroupDefined, Quotient
from acmspec.program.types import NumberType
from acmspec.spec.ports import Parted
from acmspec.spec.practice import FormulaText
from tests.settlement.made import COUNT, MONEY, SHARE, aggregate_of

EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
METRIC = "metric: permanent_exits\nprice: $400\n"
OUTCOME = "outcome: count(leavers where permanent_home)\nprice: $400\n"


def sentences(text):
    return [one for one in text.replace("?", ".").split(". ") if one]


# --- target ---------------------------------------------------------------------------------------------------


def test_a_target_is_a_constant_of_the_measures_type(decoded, context_of):
    found = TARGET.lower(decoded(TARGET, "value: 65%\n"), context_of())
    assert found.value == GroupConstant(Fraction(13, 20), SHARE)
    assert found.diagnostics == ()


@pytest.mark.parametrize("value", ["65", "$65", "65 days", "165%"])
def test_a_target_in_another_unit_or_out_of_range_is_refused(decoded, context_of, value):
    found = TARGET.lower(decoded(TARGET, f"value: {value}\n"), context_of())
    assert found.value is None
    assert [one.place.text for one in found.diagnostics] == [value]


def test_a_target_in_words(decoded, words):
    parameters = decoded(TARGET, "value: 65%\n")
    assert TARGET.clause(parameters, words) == "The result must be at least 65 percent."
    assert TARGET.short(parameters, words) == "≥ 65 percent"


# --- historical -------------------------------------------------------------------------------------------------


def test_history_is_the_same_formula_over_other_days(decoded, context_of):
    parameters = decoded(HISTORICAL, "from: 2024-07-01\nto: 2025-06-30\n")
    context = context_of()
    expected = Slice(context.formula, Dates(date(2024, 7, 1), date(2025, 6, 30)), SHARE)
    assert HISTORICAL.lower(parameters, context).value == expected


def test_history_must_not_run_backwards(decoded, context_of):
    found = HISTORICAL.lower(decoded(HISTORICAL, "from: 2025-07-01\nto: 2025-06-30\n"), context_of())
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [("ACM527", "2025-06-30")]


def test_history_in_words(decoded, words):
    parameters = decoded(HISTORICAL, "from: 2024-07-01\nto: 2025-06-30\n")
    said = HISTORICAL.clause(parameters, words)
    assert said == "The result must be at least the same group’s own result for July 1, 2024 through June 30, 2025."
    assert len(said.split()) <= 20
    assert HISTORICAL.short(parameters, words) == "own result, Jul 2024–Jun 2025"


# --- rate card --------------------------------------------------------------------------------------------------


def test_a_rate_card_is_the_providers_price_times_successes(decoded, context_of):
    own = (("North", Fraction(420)),)
    found = RATE_CARD.lower(decoded(RATE_CARD, METRIC), context_of(own_prices=own))
    assert found.value == Times(ByProvider(Fraction(400), own), Successes())


def test_a_rate_card_pays_for_a_metric_or_for_a_formula_of_its_own(decoded):
    assert RATE_CARD.measured_by(decoded(RATE_CARD, METRIC)).value == "permanent_exits"
    outcome = RATE_CARD.measured_by(decoded(RATE_CARD, OUTCOME))
    assert isinstance(outcome, FormulaText)
    assert outcome.text == "count(leavers where permanent_home)"


def test_a_price_for_nothing_is_refused_where_the_term_stands(decoded):
    assert RATE_CARD.measured_by(decoded(RATE_CARD, "price: $400\n")) is None
    text = EXAMPLE.read_text(encoding="utf-8").replace("      metric: permanent_exits\n      price:", "      price:", 1)
    found = [one for one in check_text(text).diagnostics if one.severity.value == "error"]
    assert [(one.code, one.place.text, one.path) for one in found] == [
        ("ACM364", "home_payment", "incentives.terms.home_payment")
    ]


def test_a_price_for_both_is_refused(decoded, context_of):
    found = RATE_CARD.lower(decoded(RATE_CARD, METRIC + OUTCOME.splitlines()[0] + "\n"), context_of())
    assert [one.code for one in found.diagnostics] == ["ACM529"]


def test_a_price_below_zero_is_refused(decoded, context_of):
    found = RATE_CARD.lower(decoded(RATE_CARD, METRIC.replace("$400", "-$400")), context_of())
    assert [one.code for one in found.diagnostics] == ["ACM526"]


COUNTED = aggregate_of("count", COUNT)


@pytest.mark.parametrize(
    ("formula", "counted"),
    [
        (aggregate_of(), True),
        (COUNTED, True),
        (aggregate_of("sum", MONEY), True),
        (GroupDefined("x", Quotient(COUNTED, COUNTED, SHARE), SHARE), True),
        (aggregate_of("median", MONEY), False),
        (aggregate_of("average", MONEY), False),
        (GroupArithmetic("/", COUNTED, COUNTED, NumberType()), False),
        (GroupConstant(Fraction(1), SHARE), False),
    ],
)
def test_only_successes_that_can_be_counted_have_a_price(decoded, context_of, formula, counted):
    found = RATE_CARD.lower(decoded(RATE_CARD, METRIC), context_of(formula))
    assert (found.value is not None) is counted
    assert [one.code for one in found.diagnostics] == ([] if counted else ["ACM528"])


def test_a_rate_card_in_words(decoded, words):
    (paragraph,) = RATE_CARD.clause(decoded(RATE_CARD, METRIC), words)
    text = paragraph.inlines[0].text
    assert "the Agency must pay the Provider $400 for each success" in text
    assert all(len(one.split()) <= 20 for one in sentences(text))


# --- cap --------------------------------------------------------------------------------------------------------


def test_a_cap_is_the_smaller_of_what_was_earned_and_its_bound(decoded):
    assert CAP.lower(decoded(CAP, "$48,000\n"), None).value == Least(Earned(), Fixed(Fraction(48000)))
    assert CAP.at_end is False


def test_a_cap_in_words(decoded, words):
    said = CAP.clause(decoded(CAP, "$48,000\n"), words, "“Exits Bonus”", "for each Provider in each Fiscal Year")
    assert said == "Payments under “Exits Bonus” must be no more than $48,000 for each Provider in each Fiscal Year."


# --- the shelf --------------------------------------------------------------------------------------------------


def test_every_kind_has_a_word_of_its_own():
    for shelf in (KINDS.benchmarks, KINDS.terms, KINDS.limits):
        assert len({one.word for one in shelf}) == len(shelf)


@pytest.mark.parametrize("kind", [*KINDS.benchmarks, *KINDS.terms], ids=lambda kind: kind.word)
def test_a_kind_is_handed_what_its_own_shape_builds(kind):
    taken = {get_type_hints(port)["parameters"] for port in (kind.lower, kind.clause)}
    build = kind.shape.build
    built = build if isinstance(build, type) else get_type_hints(build)["return"]
    assert taken == ({*get_args(built)} if get_origin(built) is Parted else {built})


def test_the_words_are_those_of_the_language():
    assert [one.word for one in KINDS.benchmarks] == ["target", "historical"]
    assert [one.word for one in KINDS.terms] == [
        "tiered bonus",
        "rate card",
        "sustainment",
        "per diem",
        "milestone",
        "bonus pool",
        "threshold and ramp",
        "service fee",
        "difference",
        "deduction",
        "price adjustment",
        "scorecard",
        "advance",
        "threshold on effect",
        "non-financial",
    ]
    assert KINDS.limits[0].word == "cap"


def test_a_price_pays_for_no_metric_that_should_become_less(decoded, context_of):
    found = RATE_CARD.lower(decoded(RATE_CARD, METRIC), context_of(better="lower"))
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [("ACM530", "permanent_exits")]
    assert RATE_CARD.lower(decoded(RATE_CARD, METRIC), context_of(better="higher")).value is not None
