"""What is recovered of advances: set off as it is known, the rest at the end; what waits, and what stands."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.ground.calendar import Every
from acmspec.program.exposure import Exposure
from acmspec.program.payment import ByProvider, Earned, Least, Most, Recovered, Since, Successes, Times
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from acmspec.settlement.standing import Stands
from tests.settlement.made import (
    ON,
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


def under(maximum, settled, *, fee=(), most=None, every=Every.FISCAL_YEAR, ahead=(300,), contract=None, **of_fee):
    """What a provider has been paid after each quarter of a year, and what the maximum did in each."""
    of = program(most, every, names=("North", "South") if contract else ("North",))
    days = [window.first for window in WINDOWS]
    steps = ((date.min, fixed(0)), *((day, fixed(amount)) for day, amount in zip(days, fee, strict=False)))
    paid = ((date.min, fixed(0)), *((day, fixed(amount)) for day, amount in zip(days, ahead, strict=False)))
    fees = term_of(Since(steps), name="fee", measure=None, on=())
    card, advance, back = of.payments.terms
    terms = (fees, card, replace(advance, amount=Since(paid)), back)
    owed = tuple(replace(one, maximum=None if contract else Fraction(maximum)) for one in of.payments.agreements)
    whole = None if contract is None else Fraction(contract)
    of = replace(of, payments=replace(of.payments, terms=terms, agreements=owed, maximum=whole, **of_fee))
    found = [result_of(window, "North", top, 9) for window, top in zip(WINDOWS, settled, strict=False)]
    steps = settle(of, results_of(MEASURE, found)).steps
    so_far, moved = [], []
    for step in steps:
        mine = [one.line for one in step.dues if one.line.provider == "North"]
        mine += [one for one in step.changes if one.provider == "North"]
        so_far.append(sum(one.amount for one in mine) + (so_far[-1] if so_far else 0))
        moved.append(sum(one.amount for one in mine if "maximum" in one.term))
    return so_far, moved


@pytest.mark.parametrize(
    ("fee", "earned", "ahead", "paid", "moved"),
    [
        # The fee leaves $100 of room for the second advance of $200; the $100 that were never paid are not recovered.
        ((400, 500, 0, 0), (0, 0, 0, 0), (0, 200, 0, 0), [400, 1000, 1000, 900], [0, -100, 0, 100]),
        # The advance leaves $200 for a fee of $300: the other $100 are paid once it is recovered.
        ((200, 300, 0, 0), (0, 0, 0, 0), (800, 0, 0, 0), [1000, 1000, 1000, 500], [0, -300, 0, 300]),
        # What is set off makes room that is used up at once, and so does what else is recovered.
        ((500, 300, 0, 0), (0, 0, 2, 0), (500, 0, 0, 0), [1000, 1000, 1000, 1000], [0, -300, 0, 300]),
        # More than the maximum is due without any advance: what is above it is lost, as ever.
        ((500, 0, 0, 0), (0, 8, 0, 0), (500, 0, 0, 0), [1000, 1000, 1000, 1000], [0, -300, 0, 0]),
        ((900, 0, 300, 0), (0, 0, 0, 0), (0, 200, 0, 0), [900, 1000, 1000, 1000], [0, -100, -300, 200]),
    ],
)
def test_a_maximum_gives_back_what_it_took_while_advances_were_open(fee, earned, ahead, paid, moved):
    found, lines_of_maximum = under(1000, earned, fee=fee, ahead=(*ahead, 0))
    assert (found[:4], lines_of_maximum[:4]) == (paid, moved)
    # With all recovered, a provider has what it would have without advances.
    assert found[3] == under(1000, earned, fee=fee, ahead=(0,))[0][3] == min(1000, sum(fee) + 100 * sum(earned))


def test_of_an_advance_that_it_keeps_a_provider_has_what_the_maximum_left():
    # $300 and $200 ahead, of which $100 are taken; $50 are recovered of $500, and as much is paid of what was put off.
    found, moved = under(1000, (0, 0, 0, 0), fee=(300, 300, 0), ahead=(300, 200, 0, 0, 0), most=50)
    assert (found[:4], moved[:4]) == ([600, 1000, 1000, 1000], [0, -100, 0, 50])


def test_a_year_puts_nothing_off_for_the_next_one():
    fee, ahead = (700, 0, 0, 0, 0, 0, 0, 0), (400, 0, 0, 0, 100, 0, 0, 0)
    found, moved = under(1000, (), fee=fee, ahead=ahead, most=0)
    assert (found, moved) == ([1000] * 8, [-100, 0, 0, 0, -100, 0, 0, 0])


def test_a_maximum_of_the_contract_gives_back_what_it_took_of_the_one_that_recovers():
    # Both are paid the fee: $400 are left for advances of $500 each, and the maximum takes of all lines alike.
    found, moved = under(None, (0, 0, 0, 0), fee=(300, 0, 0, 0), ahead=(500, 0, 0, 0, 0), contract=1000)
    assert (found[:4], moved[:4]) == ([500, 500, 500, 300], [-300, 0, 0, 300])


CAP = limit_of(Least(Earned(), fixed(500)), over=("fee",))
FLOOR = limit_of(Most(Earned(), fixed(600)), over=("fee",), kind="floor", at_end=True)
HALF = reserve_of("0.5", ("0.6", 1), over=("fee",))


@pytest.mark.parametrize(("limit", "paid"), [(CAP, 500), (FLOOR, 600)])
def test_what_a_maximum_puts_off_stays_in_the_scopes_of_limits(limit, paid):
    # Four fees of $150 are $600: the maximum puts $150 off in the third quarter, as $900 are open of $1,200 advanced.
    fee, ahead = (150, 150, 150, 150, 0), (300, 300, 300, 300, 0)
    found, moved = under(1200, (0, 0, 0, 0), fee=fee, ahead=ahead, limits=(limit,))
    assert (found[:4], moved[:4]) == ([450, 900, 1200, paid], [0, 0, -150, 150])


@pytest.mark.parametrize("limits", [{"maximum": 1000}, {"maximum": 10**6}, {"maximum": None, "contract": 2000}])
def test_an_advance_frees_nothing_of_what_is_held_back(limits):
    # Half of four fees of $220 is held back, and none of it is earned back; $100 are earned.
    fee, ahead = (220, 220, 220, 220, 0), (200, 200, 200, 200, 0)
    kept, _ = under(settled=(0, 1, 0, 0), fee=fee, ahead=ahead, reserves=(HALF,), **limits)
    assert kept[3] == under(settled=(0, 1, 0, 0), fee=fee, ahead=(0,), reserves=(HALF,), **limits)[0][3] == 540


def test_what_is_raised_to_zero_is_not_below_it_once_something_is_held_back():
    # The last quarter comes to 220 + 200 - 800, which is raised to zero: nothing of its fee is held back.
    fee, ahead = (220, 220, 220, 220, 0), (200, 200, 200, 200, 0)
    found, _ = under(10**6, (0, 0, 0, 0), fee=fee, ahead=ahead, reserves=(HALF,), negative_total="zero")
    assert found[:4] == [310, 620, 930, 930]


@st.composite
def years(draw):
    """Fees, advances and what is earned in four quarters, and a maximum that holds the advances.

    A fee may be below zero: a deduction.
    """
    some = st.lists(st.integers(-3, 9).map(lambda one: 100 * one), min_size=4, max_size=4)
    fee, ahead = draw(some), [max(0, one) for one in draw(some)]
    earned = draw(st.lists(st.integers(0, 6), min_size=4, max_size=4))
    return (*fee, 0), (*ahead, 0), earned, max(sum(ahead), draw(st.integers(0, 20)) * 100)


@given(
    years(), st.sampled_from([(), (CAP,), (FLOOR,), (CAP, replace(FLOOR, name="floor_2"))]),
    st.sampled_from([(), (HALF,)]),
)  # fmt: skip
@settings(max_examples=60)
def test_advances_change_no_limit_and_nothing_held_back_under_a_maximum(year, limits, reserves):
    fee, ahead, earned, maximum = year
    kept, without = (
        under(maximum, earned, fee=fee, ahead=some, limits=limits, reserves=reserves)[0] for some in (ahead, (0,))
    )
    assert kept[3] == without[3]


@given(years())
@settings(max_examples=60)
def test_advances_cost_nothing_under_a_maximum_once_all_are_recovered(year):
    fee, ahead, earned, maximum = year
    kept, without = (under(maximum, earned, fee=fee, ahead=some)[0][:4] for some in (ahead, (0,)))
    assert kept[3] == without[3]
    assert all(one <= maximum for one in kept)
    # Nor has it less before.
    assert all(one >= other for one, other in zip(kept, without, strict=True))
