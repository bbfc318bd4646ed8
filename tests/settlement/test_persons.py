"""What is paid for each person in a stretch of time, worked out by hand, with what waits and what is in dispute."""

from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.ground.source import Located
from acmspec.program.payment import Each, Successes, Times
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    COUNT,
    SPAN,
    aggregate_of,
    agreements_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)

MEASURE = measure_of(aggregate_of("count", COUNT))
ON = (("undefined", "nothing"), ("too_few", "nothing"), ("immature", "wait"), ("missing", "withhold until received"),
      ("disputed", "pay the undisputed part"))  # fmt: skip


def paid(quarters, *most, disputed=(), states=()):
    """The lines of a card of $100.10, by quarters of (client, how often)."""
    each = Each(Located("client", SPAN), tuple((every, Fraction(number)) for every, number in most))
    term = term_of(Times(fixed("100.10"), Successes(each=each)), on=ON)
    results, whose = [], []
    for at, (window, clients) in enumerate(zip(windows_of(MEASURE, len(quarters)), quarters, strict=True)):
        number = sum(often for _, often in clients)
        results.append(result_of(window, "North", value=number, n=number, of_shares=False, decimals=0,
                                 disputed=dict(disputed).get(at, 0), state=dict(states).get(at)))  # fmt: skip
        whose += [("bonus", window, "North", client) for client, often in clients if client for _ in range(often)]
    program = program_of((MEASURE,), terms=[term], agreements=agreements_of("North"))
    return settle(program, results_of(MEASURE, results, whose)).lines


def test_each_is_paid_for_up_to_the_number_of_the_year():
    lines = paid([[("a", 3), ("b", 1)], [("a", 1), ("b", 2)], [], [("b", 4)], [("a", 1)]], (Every.FISCAL_YEAR, 2))
    assert [one.amount for one in lines] == [Fraction(one) for one in ("300.30", "100.10", "0", "0", "100.10")]
    assert lines[0].basis == "3 of 4 successes: no more than 2 in the fiscal year for each client"
    assert lines[0].counted.each == (("a", 3, 2), ("b", 1, 1))
    assert lines[1].counted.each == (("a", 1, 0), ("b", 2, 1))
    assert lines[1].counted.fresh == {"b"}


@pytest.mark.parametrize(
    ("clients", "amount", "basis"),
    [
        ([("", 3)], "0", "0 of 3 successes: 3 without a client"),
        ([("", 1), ("a", 2)], "200.20", "2 of 3 successes: 1 without a client"),
        ([("", 1), ("a", 4)], "200.20",
         "2 of 5 successes: 1 without a client, no more than 2 in the fiscal year for each client"),
    ],
)  # fmt: skip
def test_what_is_nobodys_is_said_to_be_so(clients, amount, basis):
    (line,) = paid([clients], (Every.FISCAL_YEAR, 2))
    assert (line.amount, line.basis) == (Fraction(amount), basis)


def test_all_of_a_term_holds_over_its_years():
    lines = paid([[("a", 1)], [], [], [], [("a", 5)]], (None, 4), (Every.QUARTER, 3))
    assert [one.amount for one in lines if one.amount] == [Fraction("100.10"), Fraction("300.30")]


def test_what_waits_uses_nothing_up():
    lines = paid([[("a", 2)], [("a", 2)]], (None, 2), states=[(0, State.IMMATURE)])
    assert [one.amount for one in lines] == [0, Fraction("200.20")]


def test_of_what_is_in_dispute_no_more_is_paid_than_is_sure():
    lines = paid([[("a", 3), ("b", 1)], [("b", 1)]], (None, 2), disputed=[(0, 1)])
    assert [one.amount for one in lines] == [Fraction("200.20"), Fraction("100.10")]
