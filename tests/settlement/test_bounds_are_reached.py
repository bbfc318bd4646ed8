"""What a term, alone or with a fee, can come to at least and at most is what some results come to, counted out."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.ground.calendar import Every, fiscal_year
from acmspec.program.exposure import Exposure
from acmspec.program.intervals import Interval
from acmspec.program.payment import (
    Band,
    Bands,
    Earned,
    Least,
    Most,
    Outcome,
    Part,
    Recovered,
    Repeated,
    Taken,
    TakenBefore,
)
from acmspec.program.payment_parts import nodes
from acmspec.program.payments import ZEROED
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    SPAN,
    agreements_of,
    fixed,
    gate_of,
    limit_of,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)
from tests.settlement.test_exposure import HOW_OFTEN, bands_of, fees, money, taken

STEP, MANY = Fraction(1, 1000), 10**9
WINDOWS = windows_of(measure_of(), 5)[-3:]
"""Two quarters of one fiscal year, and one of the next."""


def contract_of(terms, limits=(), **changes):
    agreed = tuple(replace(one, first=WINDOWS[0].first, last=WINDOWS[-1].last) for one in agreements_of("North"))
    return program_of((measure_of(),), terms=terms, limits=limits, agreements=agreed, **changes)


def levels(terms):
    """A result in each band of the terms: on either side of each edge, and nobody and everybody."""
    tables = [one for term in terms for one in nodes(term.amount) if isinstance(one, Bands)]
    edges = {band.first for table in tables for band in table.bands} - {None}
    found = {Fraction(0), Fraction(1), *edges, *(edge - STEP for edge in edges)}
    return sorted(one for one in found if 0 <= one <= 1)


def outcomes(terms):
    """The results of three quarters: each level, or no data."""
    for some in product((*levels(terms), None), repeat=len(WINDOWS)):
        yield [
            result_of(one, "North", state=State.MISSING) if level is None
            else result_of(one, "North", level * MANY, MANY)
            for one, level in zip(WINDOWS, some, strict=True)
        ]  # fmt: skip


def sums_of(settlement, *, terms):
    days, sums = {one.name: one.last for one in WINDOWS}, defaultdict(Fraction)
    for line in settlement.lines:
        for name in ("", f"FY{fiscal_year(days[line.period], 7)}", *((line.term,) if terms else ())):
            sums[name] += line.amount
    return sums


def is_reached(program) -> None:
    """In all and by fiscal year; by term, too, where no limit has lines of its own."""
    alone, exposed = not program.payments.bounds, Exposure(program)
    found = defaultdict(list)
    for one in outcomes(program.payments.terms):
        for name, amount in sums_of(settle(program, results_of(measure_of(), one)), terms=alone).items():
            found[name].append(amount)
    bounds = {"": exposed.total.owed} | {one.name: one.owed for one in (*exposed.years, *exposed.terms[: alone * 9])}
    assert {name: Interval(min(some), max(some)) for name, some in found.items()} == bounds


@given(taken("one", ()))
@settings(max_examples=40)
def test_what_is_taken_in_a_row_and_earned_back(term) -> None:
    # Where data is missing, nothing is taken for it.
    is_reached(contract_of([replace(term, on=tuple((state, "nothing") for state, _ in term.on))]))


@given(fees("fee"), money, st.integers(0, 9999), st.sampled_from(HOW_OFTEN), st.booleans())
@settings(max_examples=40)
def test_a_floor_with_a_fee_under_it_or_beside_it(fee, floor, cents, every, is_under) -> None:
    bonus = term_of(bands_of(Fraction(1, 2), 0, Fraction(cents, 100)))
    over = ("bonus", "fee") if is_under else ("bonus",)
    least = limit_of(Most(Earned(), fixed(floor)), over=over, every=every, at_end=True, kind="floor")
    is_reached(contract_of([fee, bonus], [least]))


def deduction(most=30, **changes):
    owed = Taken(fixed(most))
    return term_of(Bands(Outcome(), (Band(None, Fraction(1, 2), owed, "", SPAN),
                                     Band(Fraction(1, 2), None, fixed(0), "", SPAN))),
                   name="late", takes=True, **changes)  # fmt: skip


FEE = term_of(fixed(100), name="fee", measure=None, on=())


def test_a_fee_stays_due_beside_a_gate_or_a_floor_of_others_and_a_deduction() -> None:
    bonus = term_of(bands_of(Fraction(3, 4), 0, 50))
    floor = limit_of(Most(Earned(), fixed(10)), every=Every.QUARTER, at_end=True, kind="floor")
    for limit, least in ((gate_of("0.6"), 70), (floor, 80)):
        program = contract_of([FEE, bonus, deduction()], [limit])
        is_reached(program)
        assert Exposure(program).total.owed == Interval(Fraction(3 * least), Fraction(3 * 150))


def test_a_total_raised_to_zero_is_bounded_by_its_day() -> None:
    for most, least in ((30, 70), (130, 0)):
        program = contract_of([FEE, deduction(most)], negative_total=ZEROED)
        is_reached(program)
        assert Exposure(program).total.owed == Interval(Fraction(3 * least), Fraction(300))


def test_a_row_begins_with_the_first_period() -> None:
    row = Repeated(fixed(10), ((Fraction(1), Fraction(0)), (Fraction(2), Fraction(1)), (Fraction(3), Fraction(2))))
    late = term_of(Taken(Least(row, fixed(500))), takes=True)
    program = contract_of([late])
    is_reached(program)
    assert Exposure(program).total.owed.least == -(0 + 10 + 20)
    # An agreement that comes after another of the same provider goes on with its row.
    first, last = (agreements_of("North")[0] for _ in range(2))
    two = (replace(last, first=WINDOWS[1].first, last=WINDOWS[-1].last), replace(first, last=WINDOWS[0].last))
    split = program_of((measure_of(),), terms=[late], agreements=two)
    assert [one.owed.least for one in Exposure(split).providers] == [-40, -10 - 20]


def test_what_is_earned_back_in_a_year_was_taken_in_the_one_before() -> None:
    back = Part(Fraction(1, 2), TakenBefore(fixed(40)))
    taken_or_back = Bands(Outcome(), (Band(None, Fraction(1, 2), Taken(fixed(40)), "", SPAN),
                                      Band(Fraction(1, 2), None, back, "", SPAN)))  # fmt: skip
    program = contract_of([term_of(taken_or_back, takes=True)])
    is_reached(program)
    assert [one.owed.most for one in Exposure(program).years] == [0, 20]


def test_what_is_earned_back_was_taken_to_the_cent() -> None:
    """Half a cent was taken as a whole one, and half of that is given back."""
    back = Part(Fraction(1, 2), TakenBefore(fixed(40)))
    program = contract_of([
        term_of(Bands(Outcome(), (Band(None, Fraction(1, 2), Taken(fixed("0.025")), "", SPAN),
                                  Band(Fraction(1, 2), None, back, "", SPAN))), takes=True)
    ])  # fmt: skip
    is_reached(program)
    assert [one.owed.most for one in Exposure(program).years] == [0, Fraction("0.02")]


def test_the_first_year_of_advances_that_are_settled_at_the_end_counts_the_greater() -> None:
    ahead = term_of(fixed(60), name="ahead_paid", measure=None, on=(), of="ahead")
    bonus = term_of(bands_of(Fraction(1, 2), 0, 50))
    for earning, first in ((FEE, 2 * 100), (bonus, 2 * 60)):
        back = Recovered("ahead_paid", (earning.name,), None, Fraction(0), None)
        recovered = term_of(back, name="ahead_recovered", measure=None, on=(), of="ahead", takes=True)
        program = contract_of([earning, ahead, recovered])
        paid = max(
            sums_of(settle(program, results_of(measure_of(), one)), terms=False)["FY2026"]
            for one in outcomes(program.payments.terms)
        )
        assert paid == first == Exposure(program).years[0].owed.most
