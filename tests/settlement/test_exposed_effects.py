"""What an effect with a fallback pays at most is what some results pay, counted out over all that there can be."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.ground.calendar import fiscal_year
from acmspec.program.exposure import Exposure
from acmspec.program.payment import Band, Bands, ByProvider, Change, Compared, Gained, Least, Times, Together, Unpaid
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    COUNT,
    SPAN,
    against,
    aggregate_of,
    agreements_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    stated,
    term_of,
    windows_of,
)

CONTROL = Compared("control")


def effect_of(price, edges, mosts, *, rise, rate=False):
    """The two parts of an effect: from its change on, up to its most."""
    parts = []
    of_each = (Change(CONTROL, Fraction(0), rise), Gained(CONTROL, rise, rate))
    together = (Together("fewer_each"), Unpaid("fewer_each"))
    for (of, events), edge, most in zip((of_each, together), edges, mosts, strict=True):
        owed = Times(ByProvider(price, ()), events)
        owed = owed if most is None else Least(owed, fixed(most))
        parts.append(Bands(of, (Band(None, edge, fixed(0), "", SPAN), Band(edge, None, owed, "", SPAN))))
    return (
        term_of(parts[0], name="fewer_each", of="fewer"),
        term_of(parts[1], name="fewer_together", measure=None, on=(), of="fewer"),
    )


def held_against(level, *, counts=True):
    changes = {"better": "lower", "benchmarks": (stated(level),)}
    return measure_of(aggregate_of("count", COUNT), decimals=0, **changes) if counts else measure_of(**changes)


def most_of(program, results):
    """The most that some of many results come to: in all, by term and by fiscal year."""
    found = defaultdict(lambda: Fraction(-1))
    days = {one.name: one.last for one in windows_of(measure_of(), 8)}
    for one in results:
        sums = defaultdict(Fraction)
        for line in settle(program, one).lines:
            for name in ("", line.term, f"FY{fiscal_year(days[line.period], 7)}"):
                sums[name] += line.amount
        for name, amount in sums.items():
            found[name] = max(found[name], amount)
    return found


def counted(measure, windows, level, numbers):
    found = (
        against(result_of(one, "North", value=number, of_shares=False, n=number), level)
        for one, number in zip(windows, numbers, strict=True)
    )
    return results_of(measure, list(found))


def reaches_its_most(program, results) -> None:
    found, exposed = most_of(program, results), Exposure(program)
    bounds = [("", exposed.total), *((one.name, one) for one in (*exposed.terms, *exposed.years))]
    assert {name: one.owed.most for name, one in bounds} == {name: found[name] for name, _ in bounds}


@given(st.integers(1, 5), st.integers(1, 99), st.integers(1, 99), st.integers(1, 700), st.integers(1, 4),
       st.none() | st.tuples(st.integers(1, 2000), st.integers(1, 2000)))  # fmt: skip
@settings(max_examples=30)
def test_the_most_of_numbers_that_fall_is_reached(level, one, two, price, quarters, mosts) -> None:  # noqa: PLR0917
    edges = Fraction(max(one, two) + 1, 100), Fraction(min(one, two), 100)
    ends = (None, None) if mosts is None else (max(mosts), min(mosts))
    # From the third quarter of the first fiscal year on, so that the last year may have less than the whole.
    windows = windows_of(measure_of(), 6)[-quarters:]
    measure = held_against(level)
    agreed = tuple(replace(one, first=windows[0].first, last=windows[-1].last) for one in agreements_of("North"))
    terms = effect_of(Fraction(price), edges, ends, rise=False)
    program = program_of((measure,), terms=terms, agreements=agreed)
    numbers = product(range(level + 2), repeat=quarters)
    reaches_its_most(program, (counted(measure, windows, level, some) for some in numbers))


@given(
    st.integers(11, 99), st.integers(1, 10), st.integers(1, 700), st.tuples(st.integers(1, 2000), st.integers(1, 2000))
)
@settings(max_examples=15)
def test_the_most_of_rates_is_reached_whatever_they_are_counted_over(one, two, price, mosts) -> None:
    measure, windows = held_against(Fraction(1, 2), counts=False), windows_of(measure_of(), 6)[-3:]
    agreed = tuple(replace(one, first=windows[0].first, last=windows[-1].last) for one in agreements_of("North"))
    edges = Fraction(one, 100), Fraction(two, 100)
    terms = effect_of(Fraction(price), edges, (max(mosts), min(mosts)), rise=False, rate=True)
    program = program_of((measure,), terms=terms, agreements=agreed)
    # Just below what is paid for by itself, and far above it; each over as much as any sum needs.
    many, below = 10**9, Fraction(1, 2) * (1 - edges[0]) + Fraction(1, 1000)
    each = [round(below * many), 0]
    found = product(each, repeat=3)
    reaches_its_most(
        program,
        (
            results_of(measure, [
                against(result_of(window, "North", number, many), Fraction(1, 2))
                for window, number in zip(windows, numbers, strict=True)
            ])
            for numbers in found
        ),
    )  # fmt: skip


def test_without_a_most_the_fallback_of_numbers_ends_and_that_of_rates_does_not() -> None:
    edges, price = (Fraction(1, 10), Fraction(1, 20)), Fraction(1000)
    number, rate = (
        Exposure(program_of((held_against(level, counts=counts),), agreements=agreements_of("North"),
                            terms=effect_of(price, edges, (None, None), rise=False, rate=not counts)))
        for level, counts in ((155, True), (Fraction(1, 2), False))
    )  # fmt: skip
    # Fifteen of 155 are no tenth, and each of the eight quarters may come to that.
    assert [one.owed.most for one in number.terms] == [8 * 155_000, 8 * 15_000]
    assert number.total.owed.most == 8 * 155_000
    assert [one.owed.most for one in rate.terms] == [inf, inf]
    # Of numbers that rise, only what is left has an end.
    more = program_of((replace(held_against(155), better="higher"),), agreements=agreements_of("North"),
                      terms=effect_of(price, edges, (None, None), rise=True))  # fmt: skip
    assert [one.owed.most for one in Exposure(more).terms] == [inf, 8 * 15_000]


def test_a_level_counts_as_it_is_rounded() -> None:
    measure = held_against(Fraction("10.6"))
    terms = effect_of(Fraction(100), (Fraction(1, 10), Fraction(1, 20)), (None, None), rise=False)
    program = program_of((measure,), terms=terms, agreements=agreements_of("North"))
    windows = windows_of(measure, 8)
    paid = settle(program, counted(measure, windows, Fraction("10.6"), [0] * 8)).total()
    assert paid == 8 * 1100 == Exposure(program).total.owed.most


def test_what_is_rounded_to_nothing_is_left_to_all_together() -> None:
    measure, windows = held_against(5), windows_of(measure_of(), 8)
    terms = effect_of(Fraction("0.0009"), (Fraction(1, 10), Fraction(1, 20)), (None, None), rise=False)
    program = program_of((measure,), terms=terms, agreements=agreements_of("North"))
    paid = settle(program, counted(measure, windows, 5, [0] * 8)).total()
    assert paid == Fraction("0.04") == Exposure(program).total.owed.most
