"""A term's line in each state of its result: what is paid, what waits, what is carried, and what the line says."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from acmspec.ground.calendar import Every
from acmspec.ground.windows import Rolling
from acmspec.program.agreed import Agreement
from acmspec.program.payment import ByProvider, FreshShare, Successes, Times
from acmspec.results.tree import DISPUTED, PROVISIONAL, State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    FIRST,
    LAST,
    agreements_of,
    fixed,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)
from tests.settlement.test_evaluate import TIERS

PRICE = Times(ByProvider(Fraction(400), (("South", Fraction("420.5")),)), Successes())
CARRY = "carry forward once"


def lines(results, *, term=None, measure=None, successes=(), **of_program):
    measure = measure or measure_of()
    of_program.setdefault("agreements", agreements_of("North"))
    program = program_of((measure,), terms=(term or term_of(TIERS),), **of_program)
    return settle(program, results_of(measure, results, successes)).lines


def quarters(count, **changes):
    return windows_of(measure_of(**changes), count)


def on(**consequences):
    states = ("undefined", "too_few", "immature", "missing", "disputed")
    return tuple((state, consequences.get(state, "nothing")) for state in states)


def test_a_tier_pays_by_the_rounded_result_and_says_how():
    (line,) = lines([result_of(quarters(1)[0], "North", 1099, 2000)])
    assert (line.amount, line.state, line.period, line.term) == (5000, "value", "2025-Q3", "bonus")
    assert line.basis == "the result is at least 55% and below 65%: $5,000.00"
    assert line.derivation == (
        "Homes: 55.0% (1099 of 2000)",
        "the result is at least 55% and below 65%: $5,000.00",
        "$5,000.00 = $5,000.00",
    )


def test_46_of_84_misses_the_tier_that_starts_at_55_percent():
    (line,) = lines([result_of(quarters(1)[0], "North", 46, 84)])
    assert line.amount == 0


def test_a_rate_card_pays_the_providers_own_price():
    quarter = quarters(1)[0]
    results = [result_of(quarter, "North", 3, 9), result_of(quarter, "South", 3, 9)]
    north, south = lines(results, term=term_of(PRICE), agreements=agreements_of("North", "South"))
    assert (north.amount, south.amount) == (1200, Fraction("1261.5"))
    assert north.basis == "$400.00 for each success; 3 successes"
    assert south.basis == "$420.50 for each success by own agreement; 3 successes"
    assert south.derivation[-1] == "$420.50 × 3 = $1,261.50"


def test_a_count_is_its_own_number_of_successes():
    (line,) = lines([result_of(quarters(1)[0], "North", value=7, of_shares=False)], term=term_of(PRICE))
    assert line.amount == 2800


def test_a_term_never_takes_money_back():
    (line,) = lines([result_of(quarters(1)[0], "North", value=-7, of_shares=False)], term=term_of(PRICE))
    assert line.amount == 0
    assert line.basis.endswith("; below zero: nothing is due")
    assert line.derivation[-1] == "below zero: nothing is due"


def test_an_amount_is_rounded_half_up_to_the_cent_and_says_so():
    share = Times(fixed(100), FreshShare())
    quarter = quarters(1)[0]
    successes = [("bonus", quarter, "North", str(one)) for one in range(3)]
    first, second = lines(
        [result_of(one, "North", 3, 9) for one in quarters(2)],
        term=term_of(share, once_per="client"),
        successes=[*successes, *(("bonus", quarters(2)[1], "North", str(one)) for one in range(2, 5))],
    )
    assert (first.amount, second.amount) == (100, Fraction("66.67"))
    assert second.basis == "2 of 3 successes due and not paid before"
    assert second.derivation[-1] == "$100.00 × 2/3 = $66.67, rounded half up to the cent"


def test_a_tier_of_zero_dollars_pays_for_no_success():
    tier = Times(TIERS, FreshShare())
    first, second = quarters(2)
    successes = [("bonus", window, "North", "a") for window in (first, second)]
    low, high = lines(
        [result_of(first, "North", 1, 2), result_of(second, "North", 2, 3)],
        term=term_of(tier, once_per="client"),
        successes=successes,
    )
    assert (low.amount, high.amount) == (0, 12000)


def test_without_successes_a_tier_that_is_paid_once_pays_nothing():
    (line,) = lines([result_of(quarters(1)[0], "North", 9, 9)], term=term_of(Times(TIERS, FreshShare()), once_per="c"))
    assert (line.amount, line.basis) == (
        0,
        "the result is at least 65%: $12,000.00; 0 of 0 successes due and not paid before",
    )


# --- which periods --------------------------------------------------------------------------------------------


def test_only_whole_periods_inside_agreement_and_contract_have_a_line():
    agreement = (Agreement("North", "1", date(2025, 8, 1), date(2026, 3, 31), None),)
    found = lines([result_of(one, "North", 9, 9) for one in quarters(5)], agreements=agreement)
    assert [line.period for line in found] == ["2025-Q4", "2026-Q1"]
    years = measure_of(every=Every.YEAR)
    found = lines([result_of(one, "North", 9, 9) for one in windows_of(years, 3)], measure=years)
    assert [line.period for line in found] == ["2026"]


def test_a_provider_without_agreement_has_no_line():
    assert lines([result_of(quarters(1)[0], "South", 9, 9)]) == ()


def test_a_second_agreement_of_a_provider_goes_on_without_paying_twice():
    agreements = (
        Agreement("North", "1", FIRST, date(2025, 9, 30), None),
        Agreement("North", "2", date(2025, 10, 1), LAST, None),
    )
    first, second = quarters(2)
    found = lines(
        [result_of(first, "North", 2, 2), result_of(second, "North", 2, 2)],
        term=term_of(PRICE, once_per="client"),
        successes=[("bonus", first, "North", "a"), ("bonus", second, "North", "a"), ("bonus", second, "North", "b")],
        agreements=agreements,
    )
    assert [line.amount for line in found] == [400, 400]


def test_a_provisional_result_waits():
    (line,) = lines([result_of(quarters(1)[0], "North", 9, 9, flags=(PROVISIONAL,))])
    assert (line.amount, line.basis) == (0, "waits until the data is complete through 2025-09-30")


def test_phase_in_has_no_consequence_until_its_day():
    found = lines([result_of(one, "North", 9, 9) for one in quarters(2)], phase_in=date(2025, 9, 30))
    assert [line.amount for line in found] == [0, 12000]
    assert found[0].basis == "phase-in until 2025-09-30: reported without consequence"


# --- what each state leads to -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "consequence", "says"),
    [
        (State.UNDEFINED, "nothing", "nobody to measure: nothing is due"),
        (State.TOO_FEW, "nothing", "4 of the 20 records needed: nothing is due"),
        (State.IMMATURE, "wait", "5 records not yet mature: waits"),
        (State.MISSING, "withhold until received", "data not received: withheld until received"),
        (State.MISSING, "nothing", "data not received: nothing is due"),
    ],
)
def test_no_state_but_a_value_pays(state, consequence, says):
    result = result_of(quarters(1)[0], "North", 3, 4, state=state, immature=5)
    (line,) = lines([result], term=term_of(TIERS, on=on(**{state.value: consequence})), measure=measure_of(minimum=20))
    assert (line.amount, line.state) == (0, state.value)
    assert line.basis == says
    assert line.derivation == (line.basis,)


UNDISPUTED = on(disputed="pay the undisputed part")


def disputed(numerator, denominator, count, **changes):
    """The line of a quarter of which so many records are in dispute."""
    minimum = changes.pop("minimum", 0)
    one = result_of(quarters(1)[0], "North", numerator, denominator, flags=(DISPUTED,), disputed=count)
    (line,) = lines([one], measure=measure_of(minimum=minimum), **changes)
    return line


def test_what_is_due_whatever_becomes_of_a_dispute_is_paid():
    card = term_of(Times(fixed(100), Successes()), on=UNDISPUTED)
    found = disputed(2, 4, 1, term=card)
    assert (found.amount, found.state) == (100, "value")
    assert found.basis.startswith("due whatever becomes of 1 record in dispute: ")
    assert disputed(2, 4, 3, term=card).amount == 0


def test_a_level_is_paid_as_the_records_in_dispute_may_turn_out():
    assert disputed(9, 9, 1, term=term_of(TIERS, on=UNDISPUTED)).amount == 12000  # 8 of 9 is still the same tier
    assert disputed(6, 9, 1, term=term_of(TIERS, on=UNDISPUTED)).amount < 12000  # 5 of 9 is not


def test_fewer_may_be_left_than_are_needed():
    found = disputed(5, 5, 1, minimum=5, term=term_of(TIERS, on=UNDISPUTED))
    assert (found.amount, found.basis) == (0, "records are in dispute: without them, too few may be left")


def test_where_nobody_can_tell_which_part_is_disputed_nothing_is_paid_yet():
    found = disputed(9, 9, None, term=term_of(TIERS, on=UNDISPUTED))
    assert (found.amount, "can't be told" in found.basis) == (0, True)


def test_a_disputed_result_may_be_withheld():
    assert disputed(9, 9, 1, term=term_of(TIERS, on=on(disputed="withhold until resolved"))).amount == 0


def test_a_dispute_is_carried_forward_with_the_counts():
    measure, term = measure_of(minimum=3), term_of(Times(fixed(100), Successes()), on=on(
        too_few="carry forward once", disputed="withhold until resolved"))  # fmt: skip
    first, second = quarters(2)
    few = result_of(first, "North", 2, 2, state=State.TOO_FEW, flags=(DISPUTED,), disputed=1)
    found = lines([few, result_of(second, "North", 2, 4)], term=term, measure=measure)
    assert [one.amount for one in found] == [0, 0]
    assert found[1].basis.startswith("records are in dispute: withheld until resolved")


def paid_with_what_is_carried(*in_dispute):
    """What is paid for 4 of 6, of which 2 of 2 and a dispute come from the quarter before, and one is its own."""
    measure, term = measure_of(minimum=3), term_of(Times(fixed(100), Successes()), on=on(
        too_few="carry forward once", disputed="pay the undisputed part"))  # fmt: skip
    first, second = quarters(2)
    few = result_of(first, "North", 2, 2, state=State.TOO_FEW, disputed=1, in_dispute=in_dispute[0])
    found = lines([few, result_of(second, "North", 2, 4, disputed=1, in_dispute=in_dispute[1])],
                  term=term, measure=measure)  # fmt: skip
    return found[1].amount


def test_how_the_records_in_dispute_count_is_carried_forward_with_them():
    success, failure = (Fraction(1), Fraction(1), 1), (Fraction(0), Fraction(1), 1)
    assert paid_with_what_is_carried(success, failure) == 300
    assert paid_with_what_is_carried(failure, failure) == 400
    assert paid_with_what_is_carried(success, None) == 200  # both may be successes


def test_whom_a_success_was_for_is_paid_unless_a_success_is_in_dispute():
    (window,) = quarters(1)
    successes = [("bonus", window, "North", one) for one in "ab"]
    for above, amount in ((0, 200), (1, 100)):
        one = result_of(window, "North", 2, 4, disputed=1, in_dispute=(Fraction(above), Fraction(1), 1))
        card = term_of(Times(fixed(100), Successes()), once_per="client", on=UNDISPUTED)
        (line,) = lines([one], term=card, successes=successes)
        assert line.amount == amount


# --- carried forward once ---------------------------------------------------------------------------------------


def carried(*counts, minimum=20, term=None, successes=(), measure=None):
    """Lines of quarters with successes of records; fewer records than the minimum are too few."""
    measure = measure or measure_of(minimum=minimum)
    results = [
        result_of(window, "North", top, bottom, state=State.TOO_FEW if bottom < minimum else None)
        for window, (top, bottom) in zip(windows_of(measure, len(counts)), counts, strict=True)
    ]
    term = term or term_of(TIERS, on=on(too_few=CARRY))
    return lines(results, term=term, measure=measure, successes=successes)


def test_carried_counts_join_the_next_period_which_is_rounded_and_judged_anew():
    first, second = carried((8, 10), (6, 14))
    assert (first.amount, first.basis) == (0, "10 of the 20 records needed: carried forward once to the next period")
    assert (second.amount, second.state) == (5000, "value")
    assert second.derivation[0] == "Homes: 58.3% (14 of 24), with the counts carried forward from 2025-Q3"
    assert second.basis.endswith("; with the counts of 2025-Q3")


def test_counts_are_carried_once_only():
    found = carried((4, 4), (5, 5), (6, 6), (9, 14))
    assert [line.state for line in found] == ["too_few", "too_few", "too_few", "value"]
    assert found[1].basis == (
        "9 of the 20 records needed: carried forward once to the next period; with the counts of 2025-Q3"
    )
    assert found[3].derivation[0].startswith("Homes: 75.0% (15 of 20)")


def test_counts_join_a_period_that_has_enough_of_its_own_too():
    assert carried((0, 10), (13, 20))[1].derivation[0].startswith("Homes: 43.3% (13 of 30)")


def test_where_windows_overlap_nothing_is_added():
    measure = measure_of(minimum=20, window=Rolling(12, "month"))
    first, second = carried((8, 10), (8, 14), measure=measure)
    assert "already holds these records" in first.basis
    assert second.basis.startswith("14 of the 20")


def test_successes_paid_once_are_carried_with_their_counts():
    term = term_of(PRICE, once_per="client", on=on(too_few=CARRY))
    first, second = quarters(2)
    successes = [("bonus", first, "North", "a"), ("bonus", second, "North", "b")]
    assert [line.amount for line in carried((1, 10), (1, 14), term=term, successes=successes)] == [0, 800]


def test_carried_counts_join_the_next_period_and_no_later_one():
    found = carried((8, 10), (13, 20), (13, 20))
    assert [line.derivation[0].partition(",")[0] for line in found[1:]] == [
        "Homes: 70.0% (21 of 30)",
        "Homes: 65.0% (13 of 20)",
    ]


def test_a_consequence_nobody_declared_is_a_bug_and_not_a_zero():
    result = result_of(quarters(1)[0], "North", 3, 4, state=State.IMMATURE)
    with pytest.raises(ValueError, match="no consequence"):
        lines([result], term=term_of(TIERS, on=on(immature="shrug")))


def test_a_result_that_waits_says_for_which_data():
    result = replace(
        result_of(quarters(1)[0], "North", 3, 4, state=State.IMMATURE, immature=1), matures=date(2026, 4, 15)
    )
    (line,) = lines([result], term=term_of(TIERS, on=on(immature="wait")))
    assert line.basis == "1 record not yet mature: waits for data as of 2026-04-15"


def test_a_measure_without_counts_carries_none():
    measure = measure_of(minimum=20)
    result = result_of(quarters(1)[0], "North", value=7, of_shares=False, n=4, state=State.TOO_FEW)
    (line,) = lines([result], term=term_of(TIERS, on=on(too_few=CARRY)), measure=measure)
    assert line.basis.endswith("nothing is due, and there are no counts to carry forward")
