"""The milestone: what is left of its amount after so many days, its end over the term, its words."""

from datetime import date
from fractions import Fraction

import pytest

from acmspec.formula.print import text
from acmspec.ground.exact import Unit
from acmspec.kinds.incentives.milestone import MILESTONE
from acmspec.program.exposure import Exposure
from acmspec.program.types import NumberType
from acmspec.results.tree import State
from acmspec.settlement.derivation import arithmetic, phrases
from acmspec.settlement.evaluate import Environment, evaluate
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    aggregate_of,
    agreements_of,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

DAYS = aggregate_of("lowest", NumberType(unit=Unit.of("day")))
LAUNCH = """\
amount: $50,000
due: 2025-09-30
evidence: The signed letter of acceptance.
of: deliverables
reached: accepted_on
where: name = "launch"
late: {per_day: $333.33, least: $20,000}
"""


def test_how_late_it_is_is_a_formula(decoded):
    assert text(MILESTONE.measured_by(decoded(MILESTONE, LAUNCH)).tree) == (
        'lowest(days from 2025-09-30 to accepted_on over deliverables dated accepted_on where name = "launch")'
    )


@pytest.mark.parametrize(
    ("days", "before", "due"),
    [
        (-40, 0, "50000"),
        (0, 0, "50000"),
        (1, 0, "49666.67"),
        (90, 0, "20000.30"),
        (91, 0, "20000"),
        (400, 0, "20000"),
        (0, 1, "0"),
    ],
)
def test_what_it_pays(decoded, context_of, days, before, due):
    found = MILESTONE.lower(decoded(MILESTONE, LAUNCH), context_of(DAYS))
    assert found.diagnostics == ()
    at = Environment(outcome=Fraction(days), successes=Fraction(1), before=((None, Fraction(before)),))
    assert evaluate(found.value, at) == Fraction(due)


def test_each_provider_is_paid_once_and_the_term_ends_at_that(decoded, context_of):
    amount = MILESTONE.lower(decoded(MILESTONE, LAUNCH), context_of(DAYS)).value
    measure = measure_of(DAYS)
    program = program_of((measure,), terms=[term_of(amount)], agreements=agreements_of("North", "South"))
    assert Exposure(program).total.owed.most == 100_000
    late = [("North", 3), ("South", None), ("North", 95), ("South", -2)]
    results = [
        result_of(window, name, value=days, n=1, of_shares=False, decimals=0)
        for window, (name, days) in zip((at for at in windows_of(measure, 2) for _ in "12"), late, strict=True)
    ]
    lines = settle(program, results_of(measure, results)).lines
    assert {(one.provider, one.period): one.amount for one in lines} == {
        ("North", "2025-Q3"): Fraction("49000.01"),
        ("South", "2025-Q3"): 0,
        ("North", "2025-Q4"): 0,
        ("South", "2025-Q4"): 50_000,
    }


@pytest.mark.parametrize(
    ("first", "phase_in", "disputed", "due", "basis", "waits"),
    [
        # $50,000 less 3 days of $333.33 where nothing came before.
        ({"state": State.UNDEFINED}, None, "withhold until resolved", "49000.01", "", False),
        ({"value": -40}, date(2025, 9, 30), "withhold until resolved", "0", "not the first of the term", False),
        ({"value": -40, "disputed": 1}, None, "nothing", "0", "not the first of the term", False),
        ({"value": -40, "disputed": 1}, None, "withhold until resolved", "0", "waits for 2025-Q3", True),
        ({"state": State.MISSING}, None, "withhold until resolved", "0", "waits for 2025-Q3", True),
    ],
)
def test_a_later_event_pays_nothing_though_nothing_was_due_for_the_first(  # noqa: PLR0917  (by name)
    decoded, context_of, first, phase_in, disputed, due, basis, waits
):
    amount = MILESTONE.lower(decoded(MILESTONE, LAUNCH), context_of(DAYS)).value
    measure = measure_of(DAYS)
    on = {"undefined": "nothing", "missing": "withhold until received", "disputed": disputed}
    term = term_of(amount, on=tuple(on.items()))
    program = program_of((measure,), terms=[term], agreements=agreements_of("North"), phase_in=phase_in)
    one, two = windows_of(measure, 2)
    results = [
        result_of(one, "North", n=1, of_shares=False, decimals=0, **first),
        result_of(two, "North", value=3, n=1, of_shares=False, decimals=0),
    ]
    before, line = settle(program, results_of(measure, results)).lines
    assert before.amount == 0
    assert line.amount == Fraction(due)
    assert basis in line.basis
    assert line.waits is waits


def test_the_arithmetic_is_said(decoded, context_of):
    amount = MILESTONE.lower(decoded(MILESTONE, LAUNCH), context_of(DAYS)).value
    at = Environment(outcome=Fraction(9), successes=Fraction(1), before=((None, Fraction(0)),))
    assert arithmetic(amount, at, "USD").startswith("($50,000.00 + ($20,000.00 − $50,000.00) × (9 − 0) / (")
    assert phrases(amount, at, "USD") == (
        "evenly from $50,000.00 at the due day to $20,000.00 at 90 to 91 days late",
        "1 success",
    )
    assert evaluate(amount, at) == 50_000 - 9 * Fraction("333.33")


@pytest.mark.parametrize(
    ("old", "new", "code", "marked"),
    [
        ("$333.33", "$0", "ACM556", "$0"),
        ("$20,000", "$50,000", "ACM556", "$50,000"),
        ("$50,000", "-$5", "ACM526", "-$5"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(  # noqa: PLR0917  (pytest passes them by name)
    decoded, context_of, old, new, code, marked
):
    found = MILESTONE.lower(decoded(MILESTONE, LAUNCH.replace(old, new, 1)), context_of(DAYS))
    assert found.value is None
    assert [(one.code, one.place.text) for one in found.diagnostics] == [(code, marked)]


@pytest.mark.parametrize(("last", "codes"), [(date(2025, 9, 29), ["ACM584"]), (date(2025, 9, 30), []), (None, [])])
def test_it_is_due_within_the_term(decoded, context_of, last, codes):
    found = MILESTONE.lower(decoded(MILESTONE, LAUNCH), context_of(DAYS, last=last))
    assert found.value is not None
    assert [one.code for one in found.diagnostics] == codes


def test_the_clause_says_what_is_due_when_and_on_what_evidence(decoded, words):
    assert [one.inlines[0].text for one in MILESTONE.clause(decoded(MILESTONE, LAUNCH), words)] == [
        (
            "The Agency must pay the Provider $50,000 once in the Contract Term, for the first Leaver counted in "
            "“Exits to a permanent home”. Nothing is due for a later one, even if nothing was for the first."
        ),
        (
            "It is due by September 30, 2025. For each day that it comes later, the amount falls by $333.33, "
            "and to no less than $20,000."
        ),
        "The evidence is: The signed letter of acceptance.",
    ]
