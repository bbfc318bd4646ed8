"""What is paid for all periods together: for what was left, once, and as their lines stand; it waits with them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.program.exposure import Exposure
from acmspec.program.intervals import Interval
from acmspec.program.payment import Band, Bands, ByProvider, Change, Compared, Gained, Least, Times, Together, Unpaid
from acmspec.renderers.worksheet import render
from acmspec.results.tree import DISPUTED, NOT_RECEIVED, PROVISIONAL, State
from acmspec.settlement.from_results import settle
from acmspec.settlement.standing import Rested, Stands
from tests.ledger.quarters import Quarters, certified, rules
from tests.ledger.quarters import amounts as amounts_of
from tests.settlement.made import (
    ON,
    SPAN,
    against,
    agreements_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)
from tests.worksheet.drawn import outputs_of
from tests.worksheet.recalculated import cells, checks, differing, recalculated

MEASURE = measure_of(better="lower", decimals=1)
WINDOWS = windows_of(MEASURE, 8)
WAITS = (*ON[:3], ("missing", "withhold until received"), ("disputed", "pay the undisputed part"))
PRICE = ByProvider(Fraction(1000), (("South", Fraction(10)),))
TENTH, EASIER = Fraction(1, 10), Fraction(3, 40)


def from_on(change, edge, owed):
    return Bands(change, (Band(None, edge, fixed(0), "below", SPAN), Band(edge, None, owed, "at least", SPAN)))


def each(most=None, rise=False):
    owed = Times(PRICE, Gained(Compared("control"), rise, rate=True))
    return from_on(Change(Compared("control"), TENTH, rise), TENTH, owed if most is None else Least(owed, fixed(most)))


def program(most=None, names=("North",), rise=False, **changes):
    owed = Times(PRICE, Unpaid("fewer_each"))
    both = from_on(Together("fewer_each"), EASIER, owed if most is None else Least(owed, fixed(most)))
    terms = [
        term_of(each(most, rise), name="fewer_each", on=WAITS, of="fewer"),
        term_of(both, name="fewer_together", measure=None, on=(), of="fewer"),
    ]
    return program_of((MEASURE,), terms=terms, agreements=agreements_of(*names), **changes)


def results(tops, prior="0.5", name="North", of=100):
    """The results of the quarters in a row; None is one that did not come, a state is itself."""
    found = []
    for window, top in zip(WINDOWS, tops, strict=False):
        state = State.MISSING if top is None else top if isinstance(top, State) else None
        one = result_of(window, name, top if state is None else 0, of, state=state)
        found.append(one if prior is None or state is not None else against(one, prior))
    return found


def paid(of, found, standing=None):
    settled = settle(of, results_of(MEASURE, found), (), standing or {})
    return [one for one in settled.lines if one.amount or one.term == "fewer_together"]


def amounts(of, found, standing=None):
    return [(one.term.removeprefix("fewer_"), int(one.amount)) for one in paid(of, found, standing)]


@pytest.mark.parametrize(
    ("tops", "lines"),
    [
        # Of 400 expected, 30 fewer are just 7.5%.
        ((46, 46, 46, 46, 46, 46, 46, 48), [("together", 30_000)]),
        ((46, 46, 46, 46, 46, 46, 46, 49), [("together", 0)]),
        # Who reached a tenth was paid, and is not paid again; what others were worse is set off against the better.
        ((40, 46, 46, 46, 48, 48, 48, 48), [("each", 10_000), ("together", 20_000)]),
        ((20, 48, 48, 48, 48, 48, 48, 54), [("each", 30_000), ("together", 8_000)]),
        ((20, 55, 50, 50, 50, 50, 50, 51), [("each", 30_000), ("together", 0)]),
        ((50,) * 8, [("together", 0)]),
        ((60,) * 8, [("together", 0)]),
        # A quarter with nobody counts for nothing.
        ((46, 46, 46, State.UNDEFINED, 46, 46, 46, 46), [("together", 28_000)]),
    ],
)
def test_what_is_left_is_paid_together(tops, lines) -> None:
    assert amounts(program(), results(tops)) == lines


def test_it_waits_while_a_period_waits() -> None:
    (one,) = paid(program(), results((46, None, 46, 46, 46, 46, 46, 46)))
    assert one.amount == 0
    assert one.basis == "waits for “fewer_each” of 2025-Q4"
    assert one.waits


def test_it_is_due_with_the_last_period_alone() -> None:
    of = program()
    assert [(one.term.name, one.periods) for one in Exposure(of).lines] == [("fewer_each", 8), ("fewer_together", 1)]


def test_without_a_comparator_a_period_is_left_out() -> None:
    found = results((40, 46, 46, 46, 46, 46, 46, 46))
    found = [*results((40,), prior=None), *results((40, 40), prior="0.09")[1:], *found[2:]]
    assert amounts(program(), found) == [("together", 24_000)]


def test_each_agreement_has_its_own_price_and_periods() -> None:
    found = [*results((46,) * 8), *results((46,) * 8, name="South")]
    assert amounts(program(names=("North", "South")), found) == [("together", 32_000), ("together", 320)]


def test_what_is_wanted_may_be_more() -> None:
    assert amounts(program(rise=True), results((54,) * 8)) == [("together", 32_000)]
    assert amounts(program(rise=True), results((46,) * 8)) == [("together", 0)]


def test_the_phase_in_is_left_out() -> None:
    of = program(phase_in=WINDOWS[3].last)
    assert amounts(of, results((40, 40, 40, 40, 46, 46, 46, 46))) == [("together", 16_000)]


def test_what_was_certified_is_what_all_together_rest_on() -> None:
    """The first quarter was paid, and would not be by what is known now; then it was better and is worse now."""
    of, found = program(), results((47, 46, 46, 46, 46, 46, 46, 46))
    rested = Rested("value", Fraction(40), Fraction(100), 100, 0, Fraction("0.4"), None)
    stands = {("North", "fewer_each", "2025-Q3"): Stands(Fraction(10_000), rested)}
    (line, last) = paid(of, found, stands)
    assert (line.amount, last.amount) == (10_000, 28_000)
    # 10 and 28 fewer than 400 expected, where it would be 3 and 28.
    assert "38 of 400 events" in last.basis


def test_all_lines_together_pay_each_event_once() -> None:
    found = results((20, 48, 48, 48, 48, 48, 48, 50))
    total = settle(program(), results_of(MEASURE, found)).total()
    assert total == 1000 * (400 - 358)


tops = st.lists(st.integers(0, 100), min_size=8, max_size=8)


@given(tops, st.integers(0, 7), st.integers(1, 100), st.none() | st.integers(100, 60_000), st.booleans())
@settings(max_examples=150)
def test_a_better_result_never_pays_less(before, place, by, most, rise) -> None:
    after = [*before]
    after[place] = min(100, before[place] + by) if rise else max(0, before[place] - by)
    of = program(most, rise=rise)
    one, other = (settle(of, results_of(MEASURE, results(some))).total() for some in (before, after))
    assert one <= other
    assert other <= Exposure(of).total.owed.most
    assert most is not None or other <= 1000 * sum(max(0, top - 50 if rise else 50 - top) for top in after)


def test_the_most_of_both_is_what_they_end_at() -> None:
    exposed = Exposure(program(900))
    assert [one.owed for one in exposed.terms] == [Interval(Fraction(0), Fraction(900 * often)) for often in (8, 1)]
    assert settle(program(900), results_of(MEASURE, results((0,) * 8))).total() == 900 * 8
    assert not Exposure(program()).total.owed.ends


@pytest.mark.parametrize("tops", [(46,) * 8, (40, 46, 46, 46, 48, 48, 48, 48), (20, 55, 50, None, 50, 50, 50, 51)])
def test_the_sums_are_worked_out_again(tops) -> None:
    found = [*results(tops), *results((40, 46, State.UNDEFINED, 46, 47, 46, 46, 46), prior="0.501", name="South")]
    of = program(names=("North", "South"))
    workbook = render(outputs_of(of, results_of(MEASURE, found)))
    again = recalculated(workbook)
    assert {said for _, _, said in checks(again)} == {"agrees"}
    assert differing(cells(workbook), again) == []


def test_a_quarter_that_is_corrected_after_its_closing_is_paid_as_certified() -> None:
    """The first quarter was certified at 40 of 100 and is 47 by the end, too late to be settled."""
    ledger = Quarters(program(), MEASURE, rules(within=100))
    known = results((40, 46, 46, 46, 46, 46, 46, 46))
    for place in range(7):
        ledger.close(known[: place + 1])
    late = results((47, 46, 46, 46, 46, 46, 46, 46))
    last = ledger.close(late)
    assert amounts_of(last) == [("fewer_each", "0"), ("fewer_together", "28000")]
    # Of 38 events fewer, each was paid once.
    assert certified(last) == 38_000


def test_what_a_closed_quarter_was_held_against_stands() -> None:
    """Seven quarters were certified against 50%, which later records make 45%: too late for what is closed."""
    ledger = Quarters(program(), MEASURE, rules(within=100))
    for place in range(7):
        ledger.close(results((46,) * (place + 1)))
    assert {one.counts.against for entry in ledger.entries for one in entry.lines} == {(Fraction(1, 2),)}
    now = results((46,) * 8, prior="0.45")
    last = ledger.close(now)
    # Of 50 expected in each of seven there were 46, and one more than expected in the last.
    assert amounts_of(last) == [("fewer_each", "0"), ("fewer_together", "0")]
    assert "27 of 395 events" in " ".join(one.basis for one in last.lines)


@pytest.mark.parametrize(
    ("kept", "amount", "said"), [((None,), 0, "70 of 350 events"), ((), 10_000, "80 of 400 events")]
)
def test_a_closed_quarter_that_was_held_against_nothing_stays_left_out(kept, amount, said) -> None:
    """Where nobody kept what it was held against, that is what it is now."""
    rested = Rested("value", Fraction(40), Fraction(100), 100, 0, Fraction("0.4"), None, kept)
    stands = {("North", "fewer_each", "2025-Q3"): Stands(Fraction(0), rested)}
    last = settle(program(), results_of(MEASURE, results((40,) * 8)), (), stands).lines[-1]
    assert (last.amount, said in last.basis) == (amount, True)


def test_a_quarter_that_has_no_result_any_more_counts_as_certified() -> None:
    """The first quarter was certified at 46 of 100 and has too few by the end; what it is held against is measured."""
    of = program()
    late = against(result_of(WINDOWS[0], "North", 2, 4, state=State.TOO_FEW), "0.5")
    found = [late, *results((46,) * 8)[1:]]
    rested = Rested("value", Fraction(46), Fraction(100), 100, 0, Fraction("0.46"), None)
    (last,) = paid(of, found, {("North", "fewer_each", "2025-Q3"): Stands(Fraction(0), rested)})
    assert (last.amount, "32 of 400 events" in last.basis) == (32_000, True)


def open_against(one, *flags):
    """A result whose benchmark may still change."""
    return replace(one, comparisons=tuple(replace(each, flags=flags) for each in one.comparisons))


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        (PROVISIONAL, "waits for “control”, which is not final"),
        (DISPUTED, "records are in dispute: it can't be told which part is not, withheld until resolved"),
    ],
)
def test_it_waits_for_what_it_is_held_against(flag, said) -> None:
    found = results((40,) * 8)
    found[0] = open_against(found[0], flag)
    # 10 each for seven quarters; the first is open, and with it all together.
    of = program()
    settled = settle(of, results_of(MEASURE, found), (), {})
    first, *others, last = settled.lines
    assert (first.amount, first.basis, first.waits) == (0, said, True)
    assert [one.amount for one in others] == [10_000] * 7
    assert (last.amount, last.basis, last.waits) == (0, "waits for “fewer_each” of 2025-Q3", True)
    again = recalculated(render(outputs_of(of, results_of(MEASURE, found))))
    assert {one for _, _, one in checks(again)} == {"agrees"}


@pytest.mark.parametrize(
    ("what", "said", "waits", "together"),
    [
        ("withhold until received", "withheld until received", True, 0),
        ("nothing", "nothing is due", False, 28_000),
    ],
)
def test_what_it_is_held_against_did_not_come(what, said, waits, together) -> None:
    """The term says what missing data leads to, be it that of the result or of what it is held against."""
    found = results((40, *(46,) * 7))
    found[0] = open_against(against(found[0], None), NOT_RECEIVED)
    of = program()
    on = tuple((state, what if state == "missing" else each) for state, each in WAITS)
    of = replace(of, payments=replace(of.payments, terms=(replace(of.payments.terms[0], on=on), of.payments.terms[1])))
    first, *_, last = settle(of, results_of(MEASURE, found)).lines
    assert (first.state, first.basis, first.waits) == ("missing", f"data of “control” not received: {said}", waits)
    assert (last.amount, last.waits) == (together, waits)
    again = recalculated(render(outputs_of(of, results_of(MEASURE, found))))
    assert {one for _, _, one in checks(again)} == {"agrees"}


def test_a_quarter_without_a_result_does_not_wait_for_what_it_would_be_held_against() -> None:
    found = results((State.UNDEFINED, *(46,) * 7))
    found[0] = open_against(against(found[0], "0.5"), PROVISIONAL, DISPUTED)
    assert amounts(program(), found) == [("together", 28_000)]


def test_all_together_wait_for_what_a_closed_quarter_is_held_against() -> None:
    found = results((46,) * 8)
    found[0] = open_against(found[0], DISPUTED)
    rested = Rested("value", Fraction(46), Fraction(100), 100, 0, Fraction("0.46"), None)
    (last,) = paid(program(), found, {("North", "fewer_each", "2025-Q3"): Stands(Fraction(0), rested)})
    assert (last.amount, last.basis, last.waits) == (0, "waits for what 2025-Q3 is held against", True)
