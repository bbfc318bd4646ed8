"""A scorecard's lines: what each state of a measure leads to, what waits, and what is said of it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from acmspec.program.payment import AS_REPORTED, NO_POINTS, SPREAD, Amounts, Outcome, Part, Score, Scored, Times
from acmspec.results.tree import PROVISIONAL, State
from acmspec.settlement.coverage import TIER, parts
from acmspec.settlement.from_results import settle
from acmspec.settlement.tree import UNSCORED
from tests.settlement.made import (
    FIRST,
    agreements_of,
    card_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)
from tests.settlement.test_exposure import bands_of

HOMES, JOBS = measure_of(), replace(measure_of(), name="jobs", title="Jobs")
# Points are 100 or nothing; two thirds of the weight are those of homes.
SCORE = Score(
    tuple(
        Scored(name, weight, bands_of(Fraction(1, 2), 0, 100))
        for name, weight in (("homes", Fraction(2, 3)), ("jobs", Fraction(1, 3)))
    )
)
AMOUNT = Times(Part(Fraction(1, 100), SCORE), fixed(300))
(WINDOW,) = windows_of(HOMES, 1)


def owed(homes, jobs, on=(), **contract):
    program = program_of(
        (HOMES, JOBS), terms=[card_of(AMOUNT, on, name="card")], agreements=agreements_of("North"), **contract
    )
    (line,) = settle(program, results_of(HOMES, homes, (), [(JOBS, jobs)])).lines
    return line


def result(top, of=10, **changes):
    return result_of(WINDOW, "North", top, of, **changes)


@pytest.mark.parametrize(
    ("state", "what", "amount", "waits"),
    [
        (State.UNDEFINED, SPREAD, 300, False),
        (State.UNDEFINED, NO_POINTS, 200, False),
        (State.TOO_FEW, SPREAD, 300, False),
        (State.IMMATURE, "wait", 0, True),
        (State.IMMATURE, NO_POINTS, 200, False),
        (State.MISSING, "withhold until received", 0, True),
        (State.MISSING, SPREAD, 300, False),
    ],
)
def test_a_state_leads_to_what_it_is_declared_to(state, what, amount, waits):
    line = owed([result(9)], [result(9, state=state)], [(state.value, what)])
    assert (line.amount, line.waits) == (amount, waits)
    assert line.state == (state.value if waits else "value")
    (jobs,) = [one for one in line.counted.measured if one.measure == "jobs"]
    assert (jobs.standing, jobs.consequence, jobs.paid) == (state.value, what, False)


def test_a_measure_without_a_line_of_its_own_is_missing():
    assert owed([result(9)], [], [("missing", NO_POINTS)]).amount == 200
    assert "data not received: withheld until received" in owed([result(9)], []).basis


def test_a_dispute_withholds_or_takes_the_result_as_it_is():
    assert owed([result(9)], [result(9, disputed=1)]).waits
    line = owed([result(9)], [result(4, disputed=None)], [("disputed", AS_REPORTED)])
    assert (line.amount, line.waits) == (200, False)


def test_what_is_provisional_waits_whatever_is_declared():
    line = owed([result(9, flags=(PROVISIONAL,))], [result(9)])
    assert (line.amount, line.waits, line.basis) == (0, True, "Homes: data not yet complete: waits")


def test_where_nothing_counts_nothing_is_due():
    line = owed([result(0, 0)], [result(0, 0)])
    assert (line.amount, line.waits, line.counted.standing) == (0, False, UNSCORED)
    assert line.derivation[-1] == "no measure counts: nothing is due"


def test_the_phase_in_has_no_consequence():
    line = owed([result(9)], [result(9)], phase_in=WINDOW.last)
    assert (line.amount, line.waits) == (0, False)
    assert line.basis.startswith("phase-in until")


def test_its_derivation_goes_from_the_counts_to_the_cent():
    assert owed([result(9)], [result(2, 3)]).derivation == (
        "Homes: 90.0% (9 of 10): 100 points, weight 66.6666666666667%",
        "Jobs: 66.7% (2 of 3): 100 points, weight 33.3333333333333%",
        "score 66.6666666666667% × 100 + 33.3333333333333% × 100 = 100",
        "100% × $300.00 = $300.00",
    )
    spread = owed([result(9)], [result(0, 0)])
    assert spread.derivation[1:3] == (
        "Jobs: nobody to measure: its weight is spread over the others",
        "score (66.6666666666667% × 100) / 66.6666666666667% = 100",
    )
    assert spread.basis.endswith("Jobs: nobody to measure: its weight is spread over the others")


def test_what_it_is_a_part_of_waits_with_it():
    fee = term_of(Times(fixed(1), Outcome()), name="base", on=(("missing", "withhold until received"),))
    card = card_of(Times(Part(Fraction(1, 100), SCORE), Amounts(("base",))), name="card", scored=("jobs",))
    card = replace(card, amount=Times(Part(Fraction(1, 100), Score(SCORE.of[1:])), Amounts(("base",))))
    program = program_of((HOMES, JOBS), terms=[fee, card], agreements=agreements_of("North"))
    found = results_of(HOMES, [result(9, state=State.MISSING)], (), [(JOBS, [result(9)])])
    lines = {one.term: one for one in settle(program, found).lines}
    assert (lines["card"].basis, lines["card"].waits) == ("waits for “base”", True)


def test_bands_of_points_are_parts_that_examples_reach():
    program = program_of((HOMES, JOBS), terms=[card_of(AMOUNT, name="card")])
    named = [one.name for one in parts(program) if one.kind == TIER]
    assert named == ["homes: below", "homes: at least", "jobs: below", "jobs: at least"]
    assert program.first == FIRST
