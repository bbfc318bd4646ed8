"""Gates: what opens and closes them, in every state, and what their lines say."""

from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.program.payment import Earned, Least, Most
from acmspec.results.tree import PROVISIONAL, State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
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


def lines_of(found, gate, *, behind=()):
    """The lines of a fixed term of $10 behind a gate, for the result of one quarter."""
    measure = measure_of()
    window = windows_of(measure, 1)[0]
    program = program_of(
        (measure,), terms=[term_of(fixed(10))], limits=[gate, *behind], agreements=agreements_of("North")
    )
    return settle(program, results_of(measure, [found(window)])).lines


def result(*counts, **how):
    return lambda window: result_of(window, "North", *counts, **how)


def test_a_gate_that_is_open_has_no_line():
    (line,) = lines_of(result(1, 2), gate_of("0.5"))
    assert (line.term, line.amount) == ("bonus", 10)


def test_a_gate_that_is_closed_says_why():
    _, line = lines_of(result(1, 4), gate_of("0.5"))
    assert (line.term, line.amount, line.state) == ("gate_1", -10, "")
    assert line.basis == "Homes: ; the result is below: $0.00; its terms came to $10.00"


@pytest.mark.parametrize(
    ("state", "what", "amount", "said"),
    [
        (State.UNDEFINED, "pay", 0, ""),
        (State.UNDEFINED, "nothing", -10, "nobody to measure: nothing is due"),
        (State.TOO_FEW, "pay", 0, ""),
        (State.TOO_FEW, "nothing", -10, "too few records: nothing is due"),
        (State.IMMATURE, "wait", -10, "records not yet mature: waits"),
        (State.MISSING, "nothing", -10, "data not received: nothing is due"),
        (State.MISSING, "withhold until received", -10, "data not received: withheld until received"),
    ],
)
def test_each_state_leads_to_what_was_declared(state, what, amount, said):
    paid, asked = measure_of(), measure_of(name="asked", title="Answers")
    window = windows_of(paid, 1)[0]
    gate = gate_of("0.5", [(state.value, what)], measure="asked")
    program = program_of((paid, asked), terms=[term_of(fixed(10))], limits=[gate], agreements=agreements_of("North"))
    found = both(paid, asked, window, result_of(window, "North", 1, 4, state=state))
    gated = [one for one in settle(program, found).lines if one.term == "gate_1"]
    assert [(one.amount, one.basis) for one in gated] == (
        [(amount, f"Answers: {said}; its terms came to $10.00")] if amount else []
    )


def both(paid, asked, window, found):
    """A sound result of the metric that is paid for, and one of the metric that a gate asks."""
    one = results_of(paid, [result_of(window, "North", 1, 1)])
    other = results_of(asked, [] if found is None else [found])
    return type(one)(one.data_date, one.measures + other.measures, (), ())


def test_a_result_that_there_is_not_is_missing():
    paid, asked = measure_of(), measure_of(name="asked", title="Answers")
    window = windows_of(paid, 1)[0]
    gate = gate_of("0.5", measure="asked")
    program = program_of((paid, asked), terms=[term_of(fixed(10))], limits=[gate], agreements=agreements_of("North"))
    line = settle(program, both(paid, asked, window, None)).lines[-1]
    assert (line.term, line.amount) == ("gate_1", -10)
    assert "data not received: withheld until received" in line.basis


@pytest.mark.parametrize(
    "found", [{"flags": (PROVISIONAL,)}, {"disputed": 1}, {"disputed": None}, {"state": State.IMMATURE}]
)
def test_a_floor_waits_behind_a_gate_that_waits(found):
    paid, asked = measure_of(), measure_of(name="asked", title="Answers")
    window = windows_of(paid, 1)[0]
    floor = limit_of(Most(Earned(), fixed(4)), name="floor", kind="floor", at_end=True, every=Every.QUARTER)
    limits = [gate_of("0.5", measure="asked"), floor]
    program = program_of((paid, asked), terms=[term_of(fixed(10))], limits=limits, agreements=agreements_of("North"))
    settled = settle(program, both(paid, asked, window, result_of(window, "North", 3, 4, **found)))
    assert [(one.term, one.amount) for one in settled.lines] == [("bonus", 10), ("gate_1", -10)]


def test_a_gate_sees_what_a_cap_before_it_left_and_a_cap_behind_it_counts_what_is_due():
    cap = limit_of(Least(Earned(), fixed(6)), every=Every.QUARTER)
    assert [one.amount for one in lines_of(result(1, 4), cap, behind=[gate_of("0.5")])] == [10, -4, -6]
    assert [one.amount for one in lines_of(result(1, 4), gate_of("0.5"), behind=[cap])] == [10, -10]


def test_a_gate_has_no_consequence_in_the_phase_in():
    measure = measure_of()
    windows = windows_of(measure, 2)
    terms = [term_of(fixed(10), name="bonus", measure=None, on=())]
    program = program_of(
        (measure,), terms=terms, limits=[gate_of("0.5")], agreements=agreements_of("North"), phase_in=windows[0].last
    )
    found = results_of(measure, [result_of(one, "North", 1, 4) for one in windows])
    lines = [(one.period, one.term, one.amount) for one in settle(program, found).lines][:3]
    assert lines == [("2025-Q3", "bonus", 10), ("2025-Q4", "bonus", 10), ("2025-Q4", "gate_1", -10)]


def test_nothing_is_lost_or_added_to_the_cent():
    lines = lines_of(result(1, 4), gate_of("0.5"), behind=[gate_of("0.1", name="gate_2")])
    assert sum(one.amount for one in lines) == Fraction(0)
