"""Lines and totals below zero: states, disputes, what limits give back, what is held back, what is carried; by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.program.exposure import Exposure
from acmspec.program.intervals import Interval
from acmspec.program.payment import (
    Amounts,
    Band,
    Bands,
    ByProvider,
    Earned,
    Fixed,
    Least,
    Most,
    Outcome,
    Part,
    Successes,
    Taken,
    Times,
)
from acmspec.program.payments import CARRY, INVOICED, ZEROED
from acmspec.renderers.worksheet import render
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    SPAN,
    agreements_of,
    fixed,
    limit_of,
    measure_of,
    program_of,
    reserve_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)
from tests.worksheet.drawn import outputs_of
from tests.worksheet.recalculated import cells, checks, differing, recalculated

FEE = term_of(ByProvider(Fraction(100), ()), name="fee", measure=None, on=())
ON = (("undefined", "nothing"), ("too_few", "nothing"), ("immature", "wait"), ("missing", "wait"))
LATE = term_of(
    Taken(Least(Times(fixed(30), Successes()), fixed(150))), name="late", takes=True,
    on=(*ON, ("disputed", "settle the undisputed part")),
)  # fmt: skip


def settled(events, terms=(FEE, LATE), *, below=INVOICED, limits=(), reserves=(), **of_result):
    """What North owes and is owed, where it had so many events in each quarter."""
    measure = measure_of(minimum=of_result.pop("minimum", 0))
    results = [
        result_of(window, "North", many, 100, **of_result)
        for window, many in zip(windows_of(measure, len(events)), events, strict=True)
    ]
    program = program_of(
        (measure,), terms=terms, limits=limits, reserves=reserves, agreements=agreements_of("North"),
        negative_total=below,
    )  # fmt: skip
    return settle(program, results_of(measure, results))


def rows(found, *names, quarters=("2025-Q3", "2025-Q4", "2026-Q1")):
    return [
        (line.period, line.term, str(line.amount)) for line in found.lines
        if line.term in names and line.period in quarters
    ]  # fmt: skip


def total(found, quarter):
    return sum(line.amount for line in found.lines if line.period == quarter)


AT_MOST = (*ON[:3], ("missing", "deduct the most"), ("disputed", "wait"))


def test_where_data_is_missing_the_most_is_deducted_until_it_comes():
    late = replace(LATE, on=AT_MOST)
    line = next(one for one in settled([9], (FEE, late), state=State.MISSING).lines if one.term == "late")
    assert (line.amount, line.waits, line.state) == (-150, True, "missing")
    assert line.basis == "data not received: the most that can be deducted for one period, $150.00"
    other = next(one for one in settled([9], (FEE, late), state=State.IMMATURE).lines if one.term == "late")
    assert (other.amount, other.waits) == (0, True)
    again = next(one for one in settled([2], (FEE, late)).lines if one.term == "late")
    assert (again.amount, again.waits) == (-60, False)


def test_the_most_of_a_part_is_one_of_what_the_other_term_came_to():
    """15% of the fee of $100 at most, and 12.5% of $100.03 is $12.50375, to the cent $12.50."""
    for fee, share, most, owed in (("100", "0.333", "0.15", "-15"), ("100.03", "0.125", "1", "-12.50")):
        part = Part(Fraction(share), Amounts(("fee",)))
        bands = (Band(None, Fraction(1, 2), part, "low", SPAN), Band(Fraction(1, 2), None, fixed(0), "high", SPAN))
        held = Least(Bands(Outcome(), bands), Part(Fraction(most), Amounts(("fee",))))
        base = replace(FEE, amount=ByProvider(Fraction(fee), ()))
        late = replace(LATE, amount=Taken(held), on=AT_MOST)
        line = next(one for one in settled([9], (base, late), state=State.MISSING).lines if one.term == "late")
        assert line.amount == Fraction(owed)


def test_the_most_of_a_part_of_what_has_no_line_is_nothing():
    """What pays once in the end has no line before, and nothing can be deducted of it."""
    part = Times(Part(Fraction(1, 10), Amounts(("in_the_end",))), Successes())
    late = replace(LATE, amount=Taken(Least(part, fixed(50))), on=AT_MOST)
    line = next(one for one in settled([9], (FEE, late), state=State.MISSING).lines if one.term == "late")
    assert line.amount == 0


def test_what_is_deducted_where_data_is_missing_is_worked_out_again():
    late = replace(LATE, on=AT_MOST)
    measure = measure_of()
    program = program_of((measure,), terms=(FEE, late), agreements=agreements_of("North"), negative_total=CARRY)
    states = (None, State.MISSING, None)
    results = [
        result_of(window, "North", 2, 100, state=one)
        for window, one in zip(windows_of(measure, 3), states, strict=True)
    ]
    made = outputs_of(program, results_of(measure, results))
    assert [one.amount for one in made.settlement.lines if one.term == "late"] == [-60, -150, -60]
    workbook = render(made)
    again = recalculated(workbook)
    assert {words for _, _, words in checks(again)} == {"agrees"}
    assert differing(cells(workbook), again) == []


def test_a_line_below_zero_says_how_it_is_worked_out():
    line = next(one for one in settled([2]).lines if one.term == "late")
    assert line.amount == -60
    assert line.derivation[-1] == "−$30.00 × 2 = -$60.00"
    assert "below zero" not in line.basis


def test_what_a_total_lacks_is_taken_from_the_next_ones():
    found = settled([5, 0, 2], below=CARRY)
    # 100 − 150 = −50; 100 − 50 carried = 50; 100 − 60 = 40.
    assert rows(found, "carried forward", "negative total") == [
        ("2025-Q3", "negative total", "50"),
        ("2025-Q4", "carried forward", "-50"),
    ]
    assert [total(found, one) for one in ("2025-Q3", "2025-Q4", "2026-Q1")] == [0, 50, 40]


def test_what_the_last_total_lacks_is_owed():
    found = settled([0] * 6 + [5, 5], below=CARRY)
    # −50 is carried to the last quarter, which lacks 50 itself: the provider owes $100.
    assert rows(found, "negative total", "carried forward", quarters=("2027-Q1", "2027-Q2")) == [
        ("2027-Q1", "negative total", "50"),
        ("2027-Q2", "carried forward", "-50"),
    ]
    assert total(found, "2027-Q2") == -100


def test_a_total_of_zero_makes_no_room_under_a_cap():
    card = term_of(Times(fixed(1), Successes()), name="card")
    late = term_of(Taken(fixed(40)), name="late", takes=True)
    cap = limit_of(Least(Earned(), fixed(60)), over=("card", "late"), every=None)
    found = settled([0, 90], (card, late), below=ZEROED, limits=[cap])
    # The first quarter lacks $40, which nobody asks for; in the second $50 of the $60 are earned.
    assert rows(found, "negative total") == [("2025-Q3", "negative total", "40")]
    assert [total(found, one) for one in ("2025-Q3", "2025-Q4")] == [0, 50]


def test_what_a_cap_on_deductions_gives_back_goes_to_who_took_it():
    other = term_of(Taken(fixed(90)), name="other", takes=True)
    cap = limit_of(Most(Earned(), fixed(-100)), kind="deduction cap", over=("late", "other"))
    found = settled([1, 1], (FEE, LATE, other), limits=[cap])
    # $120 are taken in the first quarter, of which $20 come back; in the second all $120 do.
    assert rows(found, "cap_1") == [("2025-Q3", "cap_1", "20"), ("2025-Q4", "cap_1", "120")]


def test_no_more_is_held_back_than_is_left():
    late = term_of(Taken(fixed(95)), name="late", takes=True)
    found = settled([0], (FEE, late), reserves=[reserve_of("0.1", over=("fee",), every=None)])
    # A tenth of the fee is $10; fee and deduction come to $5 together.
    assert rows(found, "held_1", quarters=("2025-Q3",)) == [("2025-Q3", "held_1", "-5")]


@pytest.mark.parametrize(
    ("state", "amount", "waits"),
    [(State.MISSING, 0, True), (State.IMMATURE, 0, True), (State.TOO_FEW, 0, False), (State.VALUE, -60, False)],
)
def test_each_state_has_its_consequence(state, amount, waits):
    line = next(one for one in settled([2], state=state).lines if one.term == "late")
    assert (line.amount, line.waits) == (amount, waits)


def test_the_undisputed_part_of_a_deduction_is_the_least_that_is_taken():
    line = next(one for one in settled([4], disputed=1).lines if one.term == "late")
    # Three of the four events are beyond doubt.
    assert (line.amount, line.waits) == (-90, True)
    assert line.basis.startswith("deducted whatever becomes of 1 record in dispute")


def test_a_part_of_a_line_waits_with_it():
    part = term_of(Taken(Part(Fraction(1, 10), Amounts(("card",)))), name="late", takes=True, on=LATE.on)
    card = term_of(Times(fixed(7), Successes()), name="card", on=LATE.on)
    found = settled([3], (card, part))
    assert rows(found, "late") == [("2025-Q3", "late", "-21/10")]
    measure = measure_of()
    doubtful = result_of(windows_of(measure, 1)[0], "North", 3, 100, disputed=1)
    program = program_of((measure,), terms=(card, part), agreements=agreements_of("North"))
    line = settle(program, results_of(measure, [doubtful])).lines[-1]
    assert (line.amount, line.waits) == (0, True)


# --- what can come to less than zero ---------------------------------------------------------------------------------


def exposed(*terms, below=INVOICED, limits=(), **of_program):
    measure = measure_of()
    owed = program_of((measure,), terms=terms, limits=limits, agreements=agreements_of("North"), negative_total=below,
                      **of_program)  # fmt: skip
    return Exposure(owed)


def test_the_least_is_what_is_sure_less_what_may_be_taken():
    # 8 quarters of $100, each less at most $150.
    assert exposed(FEE, LATE).total.owed == Interval(Fraction(-400), Fraction(800))
    assert [one.owed.least for one in exposed(FEE, LATE).years] == [-200, -200]
    assert exposed(FEE, LATE, below=ZEROED).total.owed.least == 0


def test_a_cap_on_deductions_bounds_the_least():
    cap = limit_of(Most(Earned(), fixed(-250)), kind="deduction cap", over=("late",))
    assert exposed(FEE, LATE, limits=[cap]).total.owed == Interval(Fraction(300), Fraction(800))


def test_what_is_taken_makes_room_under_a_cap_of_the_term():
    card = term_of(Least(Times(fixed(1), Successes()), fixed(500)), name="card")
    cap = limit_of(Least(Earned(), fixed(600)), over=("card", "late"), every=None)
    found = exposed(card, LATE, limits=[cap])
    assert found.total.owed.most == 600
    # A first year of deductions alone leaves room for more than the cap in the second.
    assert found.years[1].owed.most == 600 + 4 * 150


def test_a_fixed_amount_can_be_taken():
    assert exposed(term_of(Taken(Fixed(Fraction(1))), takes=True)).total.owed.least == -8


def test_other_periods_are_other_totals():
    monthly = term_of(ByProvider(Fraction(40), ()), name="monthly", every=Every.MONTH, measure=None, on=())
    found = settled([4], (monthly, LATE), below=CARRY)
    # September's $40 and the quarter's −$120 are one total, of $80 below zero; October's and November's $40 bear it.
    assert [(line.period, line.amount) for line in found.lines if line.term == "negative total"] == [
        ("2025-Q3", 80),
        ("2025-10", 40),
    ]
