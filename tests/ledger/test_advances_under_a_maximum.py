"""What a maximum puts off while advances are open, closing by closing: as certified, and never twice."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.ledger.tree import Opened
from acmspec.program.payment import Recovered, Since, Successes, Times
from tests.ledger.quarters import Quarters, amounts, due, rules, told
from tests.settlement.made import agreements_of, fixed, measure_of, program_of, result_of, term_of, windows_of


def quarters(fee, ahead, within):
    """A fee, successes of $100 and advances of a fiscal year, under a maximum of $1,000."""
    measure = measure_of()
    days = [window.first for window in windows_of(measure, 5)]
    fees, paid = (
        Since(((date.min, fixed(0)), *((day, fixed(one)) for day, one in zip(days, of, strict=False))))
        for of in (fee, ahead)
    )
    terms = [
        term_of(fees, name="fee", measure=None, on=()),
        term_of(Times(fixed(100), Successes()), name="card"),
        term_of(paid, name="ahead_paid", measure=None, on=(), of="ahead"),
        term_of(
            Recovered("ahead_paid", ("card",), Every.FISCAL_YEAR, None, None),
            name="ahead_recovered",
            measure=None,
            on=(),
            of="ahead",
            takes=True,
        ),
    ]
    of = program_of((measure,), terms=terms, agreements=agreements_of("North", maximum=Fraction(1000)))
    of = replace(of, payments=replace(of.payments, negative_total="invoice"))
    return Quarters(of, measure, rules(within))


def closed(desk, *known, opened=()):
    """What each closing comes to, where so many successes of each quarter are known by then."""
    found = []
    for place, earned in enumerate(known):
        windows = windows_of(desk.measure, len(earned))
        results = [result_of(window, "North", top, 9) for window, top in zip(windows, earned, strict=True)]
        found.append(int(due(desk.close(results, () if place else opened, at=len(earned) - 1))))
    return found


def test_each_closing_certifies_what_the_year_comes_to():
    desk = quarters((200, 300, 0, 0), (800, 0, 0, 0), 100)
    # The advance leaves $200 of room for the fee of $300; $100 of the $800 are set off, and the rest is recovered.
    assert closed(desk, (0,), (0, 0), (0, 0, 1), (0, 0, 1, 0)) == [1000, 0, 0, -400]
    assert amounts(desk.entries[3])[-1] == ("maximum", "300")


@pytest.mark.parametrize(("within", "last"), [(100, 0), (600, 100)])
def test_late_successes_never_come_twice(within, last):
    desk = quarters((200, 300, 0, 0), (800, 0, 0, 0), within)
    # A success of the first quarter comes late: it is set off where it is settled, and else as if it had never come.
    assert closed(desk, (0,), (1, 0), (1, 0, 0), (1, 0, 0, 0)) == [1000, 0, 0, -500 + last]
    again = quarters((200, 300, 0, 0), (800, 0, 0, 0), within)
    assert sum(closed(again, (0,), (last // 100, 0), (last // 100, 0, 0), (last // 100, 0, 0, 0))) == 500 + last
    posted = sum(int(one.posted) for entry in desk.entries for one in entry.changes)
    assert posted == 0


def test_what_was_taken_before_the_ledger_is_given_back():
    opened = [
        Opened("North", term, "2025-Q3", date(2025, 9, 30), Fraction(amount), waits=False)
        for term, amount in (("fee", 700), ("card", 0), ("ahead_paid", 800), ("ahead_recovered", 0), ("maximum", -500))
    ]
    desk = quarters((700, 0, 0, 0), (800, 0, 0, 0), 100)
    assert closed(desk, (0, 0), (0, 0, 0), (0, 0, 0, 0), opened=opened) == [0, 0, -300]
    # A maximum that took nothing then has nothing to give back.
    none = quarters((700, 0, 0, 0), (800, 0, 0, 0), 100)
    opened[-1] = replace(opened[-1], amount=Fraction(0))
    assert closed(none, (0, 0), (0, 0, 0), (0, 0, 0, 0), opened=opened)[-1] == -800
    assert told(none.entries[0]) == [("2025-Q3", "maximum", "0", "-500", "0", "certified before the ledger began")]
