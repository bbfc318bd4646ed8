"""The deduction: what it takes in each of its ways, in a row, at most, and earned back; its bounds and words."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from acmspec.ground.calendar import Every
from acmspec.kinds.incentives.deduction import DEDUCTION
from acmspec.kinds.incentives.deduction_cap import DEDUCTION_CAP
from acmspec.program.exposure import Exposure
from acmspec.program.intervals import Interval, Known, interval
from acmspec.program.payment import Earned, Fixed, Most
from acmspec.program.payment_parts import tables
from acmspec.program.ports import Earlier
from acmspec.report.proof import proof
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate
from tests.settlement.made import COUNT, aggregate_of, agreements_of, fixed, limit_of, program_of, term_of

SHARES = Interval(Fraction(0), Fraction(1))
EVENTS = "outcome: count(stays)\namount: $100\nallowance: 2\nsteps: [{from: 5, amount: $150.50}]\nmost: $400\n"
STANDARD = "metric: homes\nstandard: {at_least: 60%}\namount: $200\n"
TIERS = "metric: homes\nof: [fee]\nbands: [{below: 50%, deduct: 12.5%}, {from: 50%, deduct: 0%}]\n"
THREE = (
    "metric: homes\n"
    "bands: [{below: 30%, deduct: $100}, {from: 30%, below: 50%, deduct: $40}, {from: 50%, deduct: $0}]\n"
)
FEE = (Earlier("fee", "fee", Every.QUARTER, takes=False),)


def lowered(decoded, context, text):
    found = DEDUCTION.lower(decoded(DEDUCTION, text), context)
    assert found.diagnostics == ()
    return found.value


@pytest.mark.parametrize(
    ("events", "before", "taken"),
    [
        (0, 0, "0"),
        (2, 0, "0"),
        (3, 0, "100"),
        (5, 0, "350.50"),  # 3 and 4 at $100, 5 at $150.50
        (9, 0, "400"),
        (2, 1, "100"),  # the third of the year, where one was counted before
        (-3, 0, "0"),  # corrected cells below zero give nothing back
    ],
)
def test_events_beyond_what_is_allowed_by_step(decoded, context_of, events, before, taken):
    amount = lowered(decoded, context_of(aggregate_of("count", COUNT)), EVENTS + "counted: fiscal year\n")
    counted = ((Every.FISCAL_YEAR, Fraction(before)),)
    at = Environment(successes=Fraction(events), before=counted, takes=True)
    assert evaluate(amount, at) == -Fraction(taken)


def proved(decoded, context_of, text, **changes):
    """A program of a fee and a deduction with one provider."""
    fee = term_of(fixed(1000), name="fee", measure=None, on=())
    late = term_of(lowered(decoded, context_of(), text), name="late", takes=True)
    return program_of(terms=(fee, late), agreements=agreements_of("North"), **changes)


def test_what_is_earned_back_moves_the_last_step(decoded, context_of):
    (_, grid) = proof(proved(decoded, context_of, THREE + "earn_back: {at_least: 80%, share: 50%}\n"))[-1].blocks
    assert [row[1:4] for row in grid.rows] == [
        ("below 30%: -$100.00", "at least 30% and below 50%: -$40.00", "$60.00"),
        ("at least 30% and below 50%: -$40.00", "at least 50% and below 80%: $0.00", "$40.00"),
        ("at least 50% and below 80%: $0.00", "at least 80%: $50.00", "$50.00"),
    ]


def test_what_a_cap_gives_back_is_not_earned_back_besides(decoded, context_of):
    """All of two years: 8 fees of $1,000.00, and no more, however much was taken, capped and earned back."""
    cap = limit_of(Most(Earned(), fixed(-50)), kind="deduction cap", over=("late",))
    text = STANDARD + "earn_back: {at_least: 80%, share: 100%}\n"
    assert Exposure(proved(decoded, context_of, text, limits=(cap,))).total.owed.most == 8_000


@pytest.mark.parametrize(
    ("text", "better", "told"),
    [
        (
            THREE + "earn_back: {at_least: 80%, share: 50%}\ncure: 1\nmost: $90\n",
            "higher",
            {"below 30%": "-90", "at least 30% and below 50%": "-40", "at least 50% and below 80%": "0",
             "at least 80%": "20"},
        ),
        (
            "metric: homes\nstandard: {at_most: 20%}\namount: $200\nearn_back: {at_most: 10%, share: 25%}\n",
            "lower",
            {"at most 10%": "10", "above 10% and at most 20%": "0", "above 20%": "-200"},
        ),
        # What is earned back below the end of a tier divides it in two, and the tier that it hides is not told.
        (
            THREE + "earn_back: {at_least: 40%, share: 50%}\n",
            "higher",
            {"below 30%": "-100", "at least 30% and below 40%": "-40", "at least 40%": "20"},
        ),
    ],
)  # fmt: skip
def test_the_tiers_are_told_beside_what_is_earned_back(decoded, context_of, text, better, told):
    amount = DEDUCTION.lower(decoded(DEDUCTION, text), context_of(better=better)).value
    (table,) = tables(amount)
    ordered = sorted(table.bands, key=lambda one: (one.first is not None, one.first or 0))
    at = Environment(takes=True, in_a_row=1, taken=Fraction(40))
    assert {one.label: evaluate(one.pays, at) for one in ordered} == {one: Fraction(each) for one, each in told.items()}
    for low, high in pairwise(ordered):
        assert low.below == high.first
        for outcome in (high.first - Fraction(1, 1000), high.first):
            here = replace(at, outcome=outcome)
            assert evaluate(amount, here) == evaluate((high if outcome == high.first else low).pays, here)


def test_the_arithmetic_says_what_holds_it(decoded, context_of):
    amount = lowered(decoded, context_of(aggregate_of("count", COUNT)), EVENTS)
    at = Environment(successes=Fraction(6), takes=True)
    # 2 are free, 3 and 4 cost $100, 5 and 6 cost $150.50: $501.00.
    assert arithmetic(amount, at, "USD") == ("−($0.00 × 2 + $100.00 × 2 + $150.50 × 2, held at $400.00)")
    assert phrases(amount, at, "USD")[0] == "6 events"


@pytest.mark.parametrize(
    ("text", "result", "in_a_row", "taken", "owed"),
    [
        (STANDARD, "0.6", 0, 0, "0"),
        (STANDARD, "0.599", 0, 0, "-200"),
        (STANDARD + "cure: 1\n", "0.5", 0, 0, "0"),
        (STANDARD + "cure: 1\n", "0.5", 1, 0, "-200"),
        (STANDARD + "in_a_row: [{from: 2, factor: 150%}, {from: 3, factor: 200%}]\n", "0.5", 0, 0, "-200"),
        (STANDARD + "in_a_row: [{from: 2, factor: 150%}, {from: 3, factor: 200%}]\n", "0.5", 1, 0, "-300"),
        (STANDARD + "in_a_row: [{from: 2, factor: 150%}, {from: 3, factor: 200%}]\n", "0.5", 7, 0, "-400"),
        (STANDARD + "earn_back: {at_least: 80%, share: 25%}\n", "0.7", 0, "133.33", "0"),
        (STANDARD + "earn_back: {at_least: 80%, share: 25%}\n", "0.8", 0, "133.33", "33.3325"),
        (STANDARD + "earn_back: {at_least: 80%, share: 25%}\n", "0.5", 0, "133.33", "-200"),
    ],
)
def test_a_missed_standard(decoded, context_of, text, result, in_a_row, taken, owed):  # noqa: PLR0917
    at = Environment(outcome=Fraction(result), in_a_row=in_a_row, taken=Fraction(taken), takes=True)
    assert evaluate(lowered(decoded, context_of(), text), at) == Fraction(owed)


def test_a_part_of_another_term(decoded, context_of):
    amount = lowered(decoded, context_of(before=FEE), TIERS)
    at = Environment(outcome=Fraction("0.4"), amounts=(("fee", Fraction("999.99")),), takes=True)
    assert evaluate(amount, at) == Fraction("-124.99875")
    assert arithmetic(amount, at, "USD") == "−12.5% × $999.99"
    of_fee = (("fee", Interval(Fraction(800), Fraction(1000))),)
    assert interval(amount, Known(outcome=SHARES, amounts=of_fee)) == Interval(Fraction(-125), Fraction(0))


def test_bounds_of_what_is_earned_back(decoded, context_of):
    amount = lowered(decoded, context_of(), STANDARD + "earn_back: {at_least: 80%, share: 25%}\n")
    assert interval(amount, Known(outcome=SHARES)) == Interval(Fraction(-200), Fraction(50))


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        (STANDARD + "bands: [{below: 50%, deduct: $5}, {from: 50%, deduct: $0}]\n", "ACM560", "{at_least: 60%}"),
        (STANDARD + "allowance: 3\n", "ACM560", "3"),
        (STANDARD.replace("amount: $200\n", ""), "ACM560", "metric: homes\nstandard: {at_least: 60%}"),
        (STANDARD.replace("$200", "20%"), "ACM561", "20%"),
        (STANDARD + "of: $900\n", "ACM561", "$900"),
        (STANDARD.replace("$200", "20%") + "of: [fees]\n", "ACM562", "fees"),
        (STANDARD + "cure: 2\nin_a_row: [{from: 3, factor: 150%}]\n", "ACM563", "3"),
        (STANDARD.replace("$200", "-$200"), "ACM526", "-$200"),
        (STANDARD.replace("at_least", "at_most"), "ACM572", "60%"),
        (TIERS.replace("[fee]", "[late]"), "ACM562", "late"),
        (TIERS.replace("0%}", "15%}"), "ACM564", "15%"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(decoded, context_of, text, code, marked):
    before = (*FEE, Earlier("late", "late", Every.QUARTER, takes=True), Earlier("old", "old", Every.MONTH, takes=False))
    found = DEDUCTION.lower(decoded(DEDUCTION, text), context_of(before=before, term="sla"))
    assert found.value is None
    assert [(one.code, one.place.text.strip()) for one in found.diagnostics] == [(code, marked)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (STANDARD + "in_a_row: [{from: 2, factor: 150%}, {from: 3, factor: 120%}]\n", ["ACM581"]),
        (STANDARD + "in_a_row: [{from: 2, factor: 95%}]\n", ["ACM581"]),
        (STANDARD + "in_a_row: [{from: 2, factor: 150%}, {from: 3, factor: 150%}]\n", []),
        (STANDARD + "earn_back: {at_least: 59.9%, share: 100%}\n", ["ACM582"]),
        (STANDARD + "earn_back: {at_least: 60%, share: 100%}\n", []),
        (THREE + "earn_back: {at_least: 49.9%, share: 100%}\n", ["ACM582"]),
        (THREE + "earn_back: {at_least: 50%, share: 100%}\n", []),
        # $200 at most, or $300 from the second period on: a most of $300 holds nothing.
        (STANDARD + "most: $200\n", ["ACM583"]),
        (STANDARD + "most: $199.99\n", []),
        (STANDARD + "in_a_row: [{from: 2, factor: 150%}]\nmost: $300\n", ["ACM583"]),
        (STANDARD + "in_a_row: [{from: 2, factor: 150%}]\nmost: $299.99\n", []),
        (TIERS + "most: 12.5%\n", ["ACM583"]),
        (TIERS + "in_a_row: [{from: 2, factor: 150%}]\nmost: 15%\n", []),
        ("outcome: count(stays)\namount: 5%\nof: [fee]\nmost: 150%\n", ["ACM583"]),
        ("outcome: count(stays)\namount: 5%\nof: [fee]\nmost: 100%\n", []),
        ("outcome: count(stays)\namount: $5\nmost: $10,000\n", []),
    ],
)
def test_what_is_hardly_meant_is_asked_about(decoded, context_of, text, codes):
    formula = aggregate_of() if "metric" in text else aggregate_of("count", COUNT)
    found = DEDUCTION.lower(decoded(DEDUCTION, text), context_of(formula, before=FEE))
    assert found.value is not None
    assert [one.code for one in found.diagnostics] == codes


def test_a_deduction_for_each_success_is_refused(decoded, context_of):
    text = "metric: homes\namount: $5\nmost: $10\n"
    assert [one.code for one in DEDUCTION.lower(decoded(DEDUCTION, text), context_of()).diagnostics] == ["ACM564"]
    assert DEDUCTION.lower(decoded(DEDUCTION, text), context_of(better="lower")).diagnostics == ()


def test_a_standard_is_not_missed_once_per_person(decoded, context_of):
    found = DEDUCTION.lower(decoded(DEDUCTION, STANDARD), context_of(once_per=True))
    assert [one.code for one in found.diagnostics] == ["ACM568"]


def test_its_words(decoded, words):
    (one, table) = DEDUCTION.clause(decoded(DEDUCTION, EVENTS), words)
    said = one.inlines[0].text
    assert "the Agency must deduct the amount in the table below for each event" in said
    assert "Nothing is deducted for the first 2 events in one calendar quarter." in said
    assert table.rows == (("Number 3 to number 4", "$100"), ("Number 5 and each further one", "$150.5"))


def test_a_cap_on_deductions(decoded, words):
    assert DEDUCTION_CAP.lower(decoded(DEDUCTION_CAP, "$500\n"), None).value == Most(Earned(), Fixed(Fraction(-500)))
    said = DEDUCTION_CAP.clause(decoded(DEDUCTION_CAP, "$500\n"), words, "“Late”", "for each Provider in each year")
    assert said == "Deductions under “Late” must be no more than $500 for each Provider in each year."
