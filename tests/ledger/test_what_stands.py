"""What is not settled of a closed period never comes back: limits, carries, holds and numbers rest on what stands."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from acmspec.ground.calendar import Every
from acmspec.ledger.changes import BEFORE_THE_LEDGER, NOT_RECOVERED, TOO_LATE, TOO_SMALL
from acmspec.ledger.tree import Opened
from acmspec.program.payment import (
    Band,
    Bands,
    ByProvider,
    Earned,
    Least,
    Most,
    Outcome,
    Part,
    Repeated,
    Stepped,
    Successes,
    Taken,
    TakenBefore,
    Times,
)
from acmspec.program.payment_parts import told_apart
from acmspec.program.payments import CARRY, INVOICED, ZEROED
from acmspec.results.tree import State
from tests.ledger.quarters import DAYS_AFTER, Quarters, amounts, certified, due, rules, told
from tests.settlement.made import (
    PROVIDERS,
    SPAN,
    agreements_of,
    fixed,
    gate_of,
    limit_of,
    measure_of,
    program_of,
    reserve_of,
    result_of,
    term_of,
    windows_of,
)
from tests.settlement.test_exposure import contracts

CLOSINGS = 5


@st.composite
def histories(draw):
    """A contract, the results of its two measures as they are known at each closing, and the rules."""
    measure, terms, bounds, held, outcome, own, whole, phase_in, way, last = draw(contracts())
    assume(not any(told_apart(one) for one in terms))
    maximums, jobs = draw(st.booleans()), outcome.measures[1].measure
    program = program_of(
        (measure, jobs),
        terms=terms,
        limits=bounds,
        reserves=held,
        agreements=agreements_of(*PROVIDERS, maximum=own if maximums else None, last=last),
        maximum=whole if maximums else None,
        phase_in=phase_in,
        negative_total=way,
        last=last,
    )
    count = CLOSINGS * len(PROVIDERS)
    known = [list(one.results[:count]) for one in outcome.measures]
    told = []
    for closing in range(1, len(known[0]) // len(PROVIDERS) + 1):
        before = range((closing - 1) * len(PROVIDERS))
        for of_measure, at in ((one, at) for one in known for at in before):
            # A gate waits for what is missing, and what waited is settled whenever it comes.
            if draw(st.integers(0, 4)) == 0 and of_measure[at].state is not State.MISSING:
                was, of = of_measure[at], draw(st.integers(0, 60))
                now = result_of(was.period, was.group[0], draw(st.integers(0, of)), of)
                # What it is held against stands in no ledger.
                of_measure[at] = replace(now, comparisons=was.comparisons)
        told.append([tuple(one[: closing * len(PROVIDERS)]) for one in known])
    tolerance = draw(st.sampled_from((Fraction(0), Fraction(50), Fraction(500))))
    settling = rules(draw(st.sampled_from((100, 200))), tolerance, claw_back=draw(st.booleans()))
    return program, measure, jobs, told, settling


def in_time(told, within: int):
    """The same, but what is known after the last date of a quarter is never told."""
    seen, found = {}, []
    for measures in told:
        day = measures[0][-1].period.last + timedelta(days=DAYS_AFTER)
        for place, results in enumerate(measures):
            for one in results:
                key = (place, one.period.name, one.group)
                if key not in seen or day <= one.period.last + timedelta(days=within):
                    seen[key] = one
        found.append([[seen[at, one.period.name, one.group] for one in some] for at, some in enumerate(measures)])
    return found


@given(histories())
@settings(max_examples=25)
def test_what_came_too_late_is_as_if_it_had_never_come(history) -> None:
    program, measure, jobs, told, settling = history
    late, never = (Quarters(program, measure, settling) for _ in range(2))
    for known, without in zip(told, in_time(told, settling.within.days), strict=True):
        one, other = (desk.close(own, others=[(jobs, of)]) for desk, (own, of) in ((late, known), (never, without)))
        assert [(line.key, line.amount) for line in one.lines] == [(line.key, line.amount) for line in other.lines]
        assert (one.dues, one.balances) == (other.dues, other.balances)
        assert settled(one) == settled(other)


def settled(entry):
    return {one.key: one.posted for one in entry.changes if one.posted}


# --- by hand ---------------------------------------------------------------------------------------------------------

CARD = term_of(Times(fixed(100), Successes()), name="card")
FEE = term_of(ByProvider(Fraction(1000), ()), name="fee", measure=None, on=())
EVENTS = Taken(Least(Times(fixed(100), Successes()), fixed(400)))
LATE = term_of(EVENTS, name="late", takes=True)
YEAR = Every.FISCAL_YEAR


def quarters(*terms, rules_are=None, maximum=None, **of_program):
    """A contract of one provider and measure; each success is of a hundred records, unless a result says otherwise."""
    measure = measure_of()
    agreements = agreements_of("North", maximum=maximum)
    program = program_of((measure,), terms=terms, agreements=agreements, **of_program)
    return Quarters(program, measure, rules_are or rules())


def counts(desk, *successes):
    """The results of the first quarters, with so many successes of a hundred each."""
    windows = windows_of(desk.measure, len(successes))
    return [result_of(one, "North", top, 100) for one, top in zip(windows, successes, strict=True)]


def closed(desk, *known, opened=(), at=None):
    """Closings one after the other, each on the successes of all quarters so far; what is due with each."""
    found = []
    for successes in known:
        found.append(desk.close(counts(desk, *successes), opened, at if at is None else at + len(found)))
    return [int(due(one)) for one in found]


def test_a_cap_counts_what_was_certified():
    cap = limit_of(Least(Earned(), fixed(600)), over=("card",))
    desk = quarters(CARD, limits=[cap])
    # A success of the first quarter came too late: $300 were certified, and the cap of the year leaves $300 more.
    assert closed(desk, (3,), (4, 3)) == [300, 300]
    assert told(desk.entries[1]) == [("2025-Q3", "card", "300", "400", "0", TOO_LATE)]
    assert amounts(desk.entries[1]) == [("card", "300")]


def test_a_cap_on_deductions_counts_what_was_certified():
    cap = limit_of(Most(Earned(), fixed(-400)), over=("late",), kind="deduction cap")
    desk = quarters(FEE, LATE, limits=[cap])
    # $300 were deducted; of the $200 of the second quarter the cap of $400 leaves $100, and not nothing.
    assert closed(desk, (3,), (4, 2)) == [700, 900]


def test_what_is_carried_is_what_was_certified():
    desk = quarters(replace(FEE, amount=ByProvider(Fraction(100), ())), LATE, negative_total=CARRY)
    # 100 − 300 = −200; 100 − 200 carried = −100; 100 − 100 carried = 0; an event of the first quarter came too late.
    assert closed(desk, (3,), (4, 0), (4, 0, 0), (4, 0, 0, 0)) == [0, 0, 0, 100]
    assert amounts(desk.entries[1])[2:] == [("carried forward", "-200"), ("negative total", "100")]


def test_no_more_is_released_than_was_held_back():
    desk = quarters(CARD, reserves=[reserve_of("0.1", over=("card",))])
    # $30, $30, $30 and $40 are held back in the year, and $130 are paid with its last quarter.
    assert closed(desk, (3,), (3, 3), (4, 3, 3), (4, 3, 3, 4)) == [270, 270, 270, 360 + 130]
    assert certified(desk.entries[3]) == 1300


def test_what_is_withheld_goes_by_what_was_certified():
    desk = quarters(CARD, reserves=[reserve_of("0.1", (Fraction("0.02"), 1), over=("card",), every=Every.QUARTER)])
    # 1% misses the level, and $10 are kept; that it was 3% came too late.
    assert closed(desk, (1,), (3, 2)) == [90, 200]
    assert told(desk.entries[1]) == [
        ("2025-Q3", "card", "100", "300", "0", TOO_LATE),
        ("2025-Q3", "held_1", "-10", "0", "0", TOO_LATE),
    ]


def test_a_gate_that_opens_too_late_stays_closed():
    cap = limit_of(Least(Earned(), fixed(600)), over=("fee",), name="cap_2")
    desk = quarters(replace(FEE, amount=fixed(500)), limits=[gate_of("0.02", over=("fee",)), cap])
    # The fee of the first quarter was not due, so that the cap of $600 leaves all of the second.
    assert closed(desk, (1,), (3, 2)) == [0, 500]
    assert told(desk.entries[1]) == [("2025-Q3", "gate_1", "-500", "0", "0", TOO_LATE)]


def test_a_maximum_counts_what_was_certified():
    desk = quarters(CARD, maximum=Fraction(600))
    assert closed(desk, (3,), (1, 4)) == [300, 300]
    desk = quarters(CARD, maximum=Fraction(600))
    assert closed(desk, (3,), (5, 3)) == [300, 300]


def test_what_was_never_taken_is_not_earned_back():
    edge = Fraction("0.5")
    late = Bands(
        Outcome(),
        (
            Band(None, edge, Taken(fixed(200)), "below", SPAN),
            Band(edge, None, Part(Fraction(1), TakenBefore(fixed(200))), "at least", SPAN),
        ),
    )
    desk = quarters(FEE, term_of(late, name="late", takes=True))
    # The first quarter was missed by what came too late: nothing was taken, and nothing comes back.
    assert closed(desk, (60,), (40, 60)) == [1000, 1000]
    desk = quarters(FEE, term_of(late, name="late", takes=True))
    # Here $200 were taken, which stand and are earned back.
    assert closed(desk, (40,), (60, 60)) == [800, 1200]


def test_numbers_go_on_from_those_that_were_certified():
    most = Successes(((YEAR, Fraction(5)),))
    desk = quarters(term_of(Times(fixed(100), most), name="card"))
    # Three of five were paid, and two are left; the fourth of the first quarter came too late.
    assert closed(desk, (3,), (4, 4)) == [300, 200]
    steps = Stepped(Successes(), ((Fraction(0), fixed(0)), (Fraction(2), fixed(100))), YEAR)
    desk = quarters(FEE, term_of(Taken(Least(steps, fixed(900))), name="late", takes=True))
    # Two events of a year are free. The second one of the first quarter came too late and costs nothing there either.
    assert closed(desk, (1,), (2, 1), (2, 1, 1)) == [1000, 1000, 900]


def test_a_row_goes_on_from_what_was_certified():
    edge = Fraction("0.5")
    missed = Bands(
        Outcome(), (Band(None, edge, fixed(100), "below", SPAN), Band(edge, None, fixed(0), "at least", SPAN))
    )
    again = Repeated(missed, ((Fraction(1), Fraction(1)), (Fraction(2), Fraction(3))))
    desk = quarters(FEE, term_of(Taken(again), name="late", takes=True))
    # The first quarter was met as it was certified, so that the second is the first one missed, and the third the next.
    assert closed(desk, (60,), (40, 40), (40, 40, 40)) == [1000, 900, 700]


def test_counts_that_were_carried_forward_stand():
    card = replace(CARD, on=(("too_few", "carry forward once"), *(one for one in CARD.on if one[0] != "too_few")))
    desk = quarters(card)
    few = result_of(windows_of(desk.measure, 1)[0], "North", 3, 100, state=State.TOO_FEW)
    desk.close([few])
    later = replace(few, numerator=Fraction(5))
    # The two more came too late: the three that were carried are paid with the four of the second quarter.
    assert int(due(desk.close([later, counts(desk, 0, 4)[1]]))) == 700


@pytest.mark.parametrize(
    ("settling", "rule"),
    [(rules(400, 150), TOO_SMALL), (rules(400, claw_back=False), NOT_RECOVERED)],
)
def test_rules_hold_for_totals_that_are_carried(settling, rule):
    fee = replace(FEE, amount=ByProvider(Fraction(100), ()))
    desk = quarters(fee, LATE, rules_are=settling, negative_total=CARRY)
    # 100 − 200 = −100 is carried. A third event of the first quarter would take $100 more, which is not settled: else
    # the next total would bear it unseen.
    assert closed(desk, (2,), (3, 0), (3, 0, 0)) == [0, 0, 100]
    assert told(desk.entries[1])[0] == ("2025-Q3", "late", "-200", "-300", "0", rule)
    assert {one[-1] for one in told(desk.entries[1])} == {rule}


def test_a_total_that_is_carried_is_settled_where_nothing_is_against_it():
    fee = replace(FEE, amount=ByProvider(Fraction(100), ()))
    desk = quarters(fee, LATE, rules_are=rules(400), negative_total=CARRY)
    # −100 carried becomes −200, of which the second quarter bears 100 and the third the rest.
    assert closed(desk, (2,), (3, 0), (3, 0, 0), (3, 0, 0, 0)) == [0, 0, 0, 100]


@pytest.mark.parametrize(
    ("below", "owed", "third"),
    [
        # $100 were certified. Three events of the first quarter come to light: its total is raised from −200 to zero,
        # and the $100 were too much. For the second quarter, with four, nothing is due; for the third $100 are.
        (ZEROED, -100, 100),
        # The same $100, while −200, then −500, then −400 is carried.
        (CARRY, -100, 0),
        # −300 for the first quarter, and 100 − 400 for the second.
        (INVOICED, -600, 100),
    ],
)
def test_what_was_paid_too_much_is_owed_where_nothing_is_due(below, owed, third):
    fee = replace(FEE, amount=ByProvider(Fraction(100), ()))
    desk = quarters(fee, LATE, rules_are=rules(400), negative_total=below)
    assert closed(desk, (0,), (3, 4), (3, 4, 0)) == [100, owed, third]
    assert certified(desk.entries[1]) == 100 + owed


def test_what_was_certified_before_the_ledger_is_what_limits_count():
    cap = limit_of(Least(Earned(), fixed(600)), over=("card",))
    opened = [Opened("North", "card", "2025-Q3", date(2025, 9, 30), Fraction(500), waits=False)]
    desk = quarters(CARD, limits=[cap])
    # The records say $700, of which the cap would leave $600; certified were $500, so that $100 are left.
    assert closed(desk, (7, 3), opened=opened, at=1) == [100]
    assert ("2025-Q3", "card", "500", "700", "0", BEFORE_THE_LEDGER) in told(desk.entries[0])


def test_a_total_that_the_provider_owed_before_the_ledger_is_not_carried_again():
    fee = replace(FEE, amount=ByProvider(Fraction(100), ()))
    lines = [("fee", 100), ("late", -300)]
    opened = [Opened("North", term, "2025-Q3", date(2025, 9, 30), Fraction(of), waits=False) for term, of in lines]
    desk = quarters(fee, LATE, negative_total=CARRY)
    # The $200 were certified as owed: the opening balances say of no total that is carried.
    assert closed(desk, (3, 0), opened=opened, at=1) == [100]
    opened += [Opened("North", "negative total", "2025-Q3", date(2025, 9, 30), Fraction(200), waits=False)]
    desk = quarters(fee, LATE, negative_total=CARRY)
    # Here $200 are carried, of which this quarter's $100 bear one half and the next one's the other.
    assert closed(desk, (3, 0), opened=opened, at=1) == [0]
    assert closed(desk, (3, 0, 0), (3, 0, 0, 0), at=2) == [0, 100]


def test_what_was_held_back_before_the_ledger_is_released():
    lines = [("card", 300), ("held_1", -50)]
    opened = [Opened("North", term, "2025-Q3", date(2025, 9, 30), Fraction(of), waits=False) for term, of in lines]
    desk = quarters(CARD, reserves=[reserve_of("0.1", over=("card",))])
    # $50 were held back before, and $30 in each of three quarters.
    found = [desk.close(counts(desk, *[3] * at), opened if at == 2 else (), at - 1) for at in (2, 3, 4)]
    assert [int(due(one)) for one in found] == [270, 270, 270 + 140]


def test_a_limit_follows_what_waited_before_the_ledger():
    cap = limit_of(Least(Earned(), fixed(600)), over=("card",))
    opened = [Opened("North", "card", "2025-Q3", date(2025, 9, 30), Fraction(0), waits=True)]
    desk = quarters(CARD, limits=[cap])
    # All $700 of the line that waited are settled now, and what the cap takes of it with them.
    assert closed(desk, (7, 3), opened=opened, at=1) == [600]


def test_what_waited_before_the_ledger_can_be_corrected_once_it_is_settled():
    opened = [Opened("North", "card", "2025-Q3", date(2025, 9, 30), Fraction(0), waits=True)]
    desk = quarters(CARD, rules_are=rules(250))
    # $700 are settled with the first closing, and were therefore not certified before the ledger.
    assert closed(desk, (7, 0), opened=opened, at=1) == [700]
    assert closed(desk, (8, 0, 0), (9, 0, 0, 0), at=2) == [100, 0]
    assert told(desk.entries[2]) == [("2025-Q3", "card", "800", "900", "0", TOO_LATE)]


def test_no_contract_is_overdrawn_where_one_provider_does_not_pay_back():
    measure = measure_of()
    program = program_of((measure,), terms=[CARD], agreements=agreements_of("North", "South"), maximum=Fraction(1000))
    desk = Quarters(program, measure, rules(400, claw_back=False))

    def known(*pairs):
        windows = windows_of(measure, len(pairs))
        return [
            result_of(window, provider, top, 100)
            for window, pair in zip(windows, pairs, strict=True)
            for provider, top in zip(("North", "South"), pair, strict=True)
        ]

    desk.close(known((3, 3)))
    second = desk.close(known((3, 3), (4, 4)))
    # The maximum takes $400 of the $800 of the second quarter.
    assert [int(due(second, one)) for one in ("North", "South")] == [200, 200]
    third = desk.close(known((4, 3), (4, 4), (0, 0)))
    # North's late success brings it $100, of which the maximum takes half from each; South doesn't pay its $50 back,
    # which are held back from North's.
    assert [int(due(third, one)) for one in ("North", "South")] == [0, 0]
    assert [(one.provider, int(one.amount)) for one in third.held] == [("North", -50)]
    assert sum(certified(third, one) for one in ("North", "South")) == 1000
