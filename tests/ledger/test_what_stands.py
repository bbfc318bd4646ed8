"""What is not settled of a closed period never comes back: limits, carries, holds and numbers rest on what stands."""

from datetime import timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from acmspec.program.payment_parts import told_apart
from acmspec.results.tree import State
from tests.ledger.quarters import DAYS_AFTER, Quarters, rules
from tests.settlement.made import PROVIDERS, agreements_of, program_of, result_of
from tests.settlement.test_exposure import contracts

CLOSINGS = 5


@st.composite
def histories(draw):
    """A contract, its results by quarter and provider as they are known at each closing, and the rules."""
    measure, terms, bounds, held, (found, _), own, whole, phase_in, way = draw(contracts())
    assume(not any(told_apart(one) for one in terms))
    maximums = draw(st.booleans())
    program = program_of(
        (measure,),
        terms=terms,
        limits=bounds,
        reserves=held,
        agreements=agreements_of(*PROVIDERS, maximum=own if maximums else None),
        maximum=whole if maximums else None,
        phase_in=phase_in,
        negative_total=way,
    )
    known = found[: CLOSINGS * len(PROVIDERS)]
    told = []
    for closing in range(1, CLOSINGS + 1):
        for at in range((closing - 1) * len(PROVIDERS)):
            # A gate waits for what is missing, and what waited is settled whenever it comes.
            if draw(st.integers(0, 4)) == 0 and known[at].state is not State.MISSING:
                of = draw(st.integers(0, 60))
                known[at] = result_of(known[at].period, known[at].group[0], draw(st.integers(0, of)), of)
        told.append(tuple(known[: closing * len(PROVIDERS)]))
    tolerance = draw(st.sampled_from((Fraction(0), Fraction(50), Fraction(500))))
    return program, measure, told, rules(draw(st.sampled_from((100, 200))), tolerance, claw_back=draw(st.booleans()))


def in_time(told, within: int):
    """The same, but what is known after the last date of a quarter is never told."""
    seen, found = {}, []
    for results in told:
        day = max(one.period.last for one in results) + timedelta(days=DAYS_AFTER)
        for one in results:
            key = (one.period.name, one.group)
            if key not in seen or day <= one.period.last + timedelta(days=within):
                seen[key] = one
        found.append([seen[one.period.name, one.group] for one in results])
    return found


@given(histories())
@settings(max_examples=25)
def test_what_came_too_late_is_as_if_it_had_never_come(history) -> None:
    program, measure, told, settling = history
    late, never = (Quarters(program, measure, settling) for _ in range(2))
    for known, without in zip(told, in_time(told, settling.within.days), strict=True):
        one, other = late.close(known), never.close(without)
        assert [(line.key, line.amount) for line in one.lines] == [(line.key, line.amount) for line in other.lines]
        assert (one.dues, one.balances) == (other.dues, other.balances)
        assert settled(one) == settled(other)


def settled(entry):
    return {one.key: one.posted for one in entry.changes if one.posted}
