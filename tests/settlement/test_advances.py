"""What is recovered of advances: set off as it is known, the rest at the end; what waits, and what stands."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.program.exposure import Exposure
from acmspec.program.payment import ByProvider, Recovered, Successes, Times
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from acmspec.settlement.standing import Stands
from tests.settlement.made import (
    ON,
    agreements_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

MEASURE = measure_of()
WINDOWS = windows_of(MEASURE, 8)
WAITS = (*ON[:3], ("missing", "withhold until received"), ON[4])


def program(most=None, every=Every.FISCAL_YEAR, until=None, names=("North",)):
    card = term_of(Times(fixed(100), Successes()), name="card", on=WAITS)
    ahead = term_of(ByProvider(Fraction(300), ()), name="ahead_paid", measure=None, on=(), of="ahead")
    of = Recovered("ahead_paid", ("card",), every, None if most is None else Fraction(most), until)
    back = term_of(of, name="ahead_recovered", measure=None, on=(), of="ahead", takes=True)
    return program_of((MEASURE,), terms=[card, ahead, back], agreements=agreements_of(*names))


def lines(of, earned, standing=None):
    """What is recovered quarter by quarter; None for one without data."""
    found = [
        result_of(window, "North", top or 0, 9, state=State.MISSING if top is None else None)
        for window, top in zip(WINDOWS, earned, strict=False)
    ]
    settled = settle(of, results_of(MEASURE, found), (), standing or {})
    return [one for one in settled.lines if one.term == "ahead_recovered"]


def recovered(of, earned, standing=None):
    return [int(one.amount) for one in lines(of, earned, standing)]


@pytest.mark.parametrize(
    ("most", "earned", "back"),
    [
        (None, (1, 4, 0, 0), [-100, -400, 0, -700]),
        (250, (1, 4, 0, 0), [-100, -400, 0, -250]),
        (0, (1, 4, 0, 0), [-100, -400, 0, 0]),
        # More than was advanced so far is set off against what is advanced later.
        (None, (8, 0, 0, 0), [-300, -300, -200, -400]),
        (None, (9, 9, 9, 9), [-300, -300, -300, -300]),
        # A year begins anew.
        (None, (0, 0, 0, 0, 5, 0, 0, 0), [0, 0, 0, -1200, -300, -200, 0, -700]),
    ],
)
def test_a_provider_has_had_the_greater_of_both(most, earned, back):
    assert recovered(program(most), earned)[: len(back)] == back
    paid = so_far = 0
    for at, (top, taken) in enumerate(zip(earned[:3], back[:3], strict=True), 1):
        so_far, paid = so_far + 100 * top, paid + 300 + 100 * top + taken
        assert paid == max(300 * at, so_far)


def test_the_whole_term_and_a_day_are_settled_once():
    assert recovered(program(every=None), (5,))[:8] == [-300, -200, 0, 0, 0, 0, 0, -1900]
    on_a_day = program(every=None, until=date(2026, 2, 1))
    found = lines(on_a_day, (5, 0, 0, 9))
    # The advances themselves go on here; in a contract they end with the day.
    assert [int(one.amount) for one in found[:5]] == [-300, -200, -400, 0, 0]
    assert found[3].basis == "the advances have been settled before"


def test_what_waits_is_not_set_off_and_the_rest_waits_with_it():
    found = lines(program(), (1, None, 2, 0))
    assert [int(one.amount) for one in found[:4]] == [-100, 0, -200, 0]
    assert [one.waits for one in found[:5]] == [False, True, True, True, False]
    assert found[1].basis.endswith("100.00 recovered before; more may be set off, as some of it waits")
    again = lines(program(), (1, 4, 2, 0))
    assert [int(one.amount) for one in again[:4]] == [-100, -400, -200, -500]


def test_later_lines_rest_on_what_stands():
    stood = {("North", "ahead_recovered", "2025-Q3"): Stands(Fraction(-250))}
    assert recovered(program(), (1, 4, 0, 0), stood)[:4] == [-250, -250, 0, -700]


def test_its_derivation_says_what_stands_against_what():
    found = lines(program(250), (1, 4, 0, 0))
    assert found[1].derivation == (
        "$600.00 advanced",
        "“card” came to $500.00",
        "$100.00 recovered before",
        "−($500.00 − $100.00) = -$400.00",
    )
    assert found[3].derivation[2].endswith("the rest of $700.00 is due, of which no more than $250.00 is recovered")


def test_what_is_advanced_counts_and_is_no_more_than_was_advanced_back():
    of = program(names=("North", "South"))
    bounded = replace(of.payments.terms[0], amount=Times(fixed(100), Successes(((Every.QUARTER, Fraction(2)),))))
    of = replace(of, payments=replace(of.payments, terms=(bounded, *of.payments.terms[1:])))
    exposed = Exposure(of)
    # Two years of four quarters: $300 ahead of each, against $200 earned at most, so that the advance is the most.
    assert exposed.total.owed.most == 2 * 2 * 4 * 300
    assert [int(one.owed.least) for one in exposed.terms] == [0, 2 * 2 * 4 * 300, -2 * 2 * 4 * 300]
    found = [result_of(window, name, 0, 9) for window in WINDOWS[:3] for name in ("North", "South")]
    assert settle(of, results_of(MEASURE, found)).total() <= exposed.total.owed.most
    # It is all of the sum where nothing is earned, and nothing of it recovered.
    kept = program(0)
    none = [result_of(window, "North", 0, 9) for window in WINDOWS]
    kept = replace(kept, payments=replace(kept.payments, terms=(bounded, *kept.payments.terms[1:])))
    assert settle(kept, results_of(MEASURE, none)).total() == Exposure(kept).total.owed.most == 2 * 4 * 300


def test_another_year_makes_room_under_a_maximum_for_no_more_than_was_advanced_in_it():
    of = program()
    of = replace(of, payments=replace(of.payments, maximum=Fraction(2000)))
    # Four quarters of $300 are recovered once, and not $300, $600, $900 and $1,200 one after the other.
    assert [one.payable.most for one in Exposure(of).years] == [2000 + 1200, 2000 + 1200]
