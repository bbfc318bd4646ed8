"""Chances of counts, tiers and sums, worked out here by hand."""

from fractions import Fraction
from itertools import pairwise

import pytest

from acmspec.ground.calendar import Every
from acmspec.program.payment import (
    Amounts,
    Bands,
    ByProvider,
    Earned,
    Least,
    Most,
    Outcome,
    Part,
    Successes,
    Taken,
    Times,
)
from acmspec.program.payments import ZEROED
from acmspec.report.simulated import Simulated, simulated
from acmspec.settlement.chances import binomial, in_tiers, least_caseload, paid, typical
from acmspec.settlement.from_results import settle
from acmspec.settlement.spending import Assumed, moments, spending, spread
from acmspec.settlement.tree import Settlement
from acmspec.settlement.worked import alone
from tests.settlement.made import (
    COUNT,
    SPAN,
    Band,
    aggregate_of,
    agreements_of,
    fixed,
    limit_of,
    measure_of,
    program_of,
    result_of,
    results_of,
    term_of,
    windows_of,
)


def table(*edges: str) -> Bands:
    """Tiers between edges, each of which pays a hundred more than the one below it."""
    ends = [None, *(Fraction(one) for one in edges), None]
    bands = (
        Band(first, below, fixed(100 * at), f"tier {at}", SPAN) for at, (first, below) in enumerate(pairwise(ends))
    )
    return Bands(Outcome(), tuple(bands))


def test_three_records_with_a_rate_of_a_third() -> None:
    assert binomial(3, Fraction(1, 3)) == (Fraction(8, 27), Fraction(12, 27), Fraction(6, 27), Fraction(1, 27))
    assert binomial(3, Fraction(1)) == (0, 0, 0, 1)
    assert sum(binomial(171, Fraction(137, 1000))) == 1


def test_tiers_take_the_rounded_result() -> None:
    """2 of 3 is 66.7%, which falls in the tier from 66.7% on, though two thirds are less."""
    term, measure = term_of(table("0.5", "0.667")), measure_of()
    found = {one.label: one.chance for one in in_tiers(term, measure, 3, Fraction(1, 3))}
    assert found == {"tier 0": Fraction(20, 27), "tier 1": 0, "tier 2": Fraction(7, 27)}


def test_each_number_of_successes_is_paid_by_the_terms_and_their_caps() -> None:
    priced = term_of(Times(fixed(10), Successes()))
    program = program_of(
        terms=(priced, term_of(table("0.5"), name="tiers")),
        limits=(limit_of(Least(Earned(), fixed(120)), over=("bonus", "tiers")),),
        agreements=agreements_of("North"),
    )
    cases = paid(program, measure_of(), "North", 3, Fraction(1, 2))
    assert [(one.chance, one.pays) for one in cases] == [
        (Fraction(1, 8), 0),
        (Fraction(3, 8), 10),
        (Fraction(3, 8), 120),
        (Fraction(1, 8), 120),  # 30 and 100, less what the cap takes
    ]


def test_the_mean_and_the_variance_of_a_price_for_each_success() -> None:
    program = program_of(terms=(term_of(Times(fixed(10), Successes())),), agreements=agreements_of("North"))
    mean, variance = moments(paid(program, measure_of(), "North", 20, Fraction(1, 5)))
    assert (mean, variance) == (10 * 20 * Fraction(1, 5), 100 * 20 * Fraction(1, 5) * Fraction(4, 5))
    assert spread(Fraction(10_000)) == Fraction("164.48")


@pytest.mark.parametrize(
    ("at", "rate"),
    [(0, Fraction("0.5") - Fraction("0.05")), (1, Fraction("0.55")), (2, Fraction("0.65")), (3, Fraction("0.75"))],
)
def test_who_belongs_in_a_tier(at: int, rate: Fraction) -> None:
    found = table("0.5", "0.6", "0.7")
    assert typical(found, found.bands[at]) == rate


def test_of_two_tiers_each_has_a_middle_of_its_own() -> None:
    found = table("0.5")
    assert [typical(found, one) for one in found.bands] == [Fraction(1, 4), Fraction(3, 4)]


def test_the_smallest_caseload_is_the_first_that_reaches_four_in_five() -> None:
    """With a rate of 1/4: none of 1 is 75%, 0 or less than half of 2 is 9/16, fewer than half of 3 is 54/64."""
    found = table("0.5")
    assert least_caseload(found, found.bands[0], measure_of()) == 3
    assert least_caseload(found, found.bands[0], measure_of(minimum=4)) == 5
    assert sum(binomial(4, Fraction(1, 4))[:2]) < Fraction(4, 5) <= sum(binomial(5, Fraction(1, 4))[:3])
    assert least_caseload(table("0.5", "0.501"), table("0.5", "0.501").bands[1], measure_of()) is None


def test_what_rests_on_no_result_is_certain() -> None:
    fee = term_of(fixed(1000), name="fee", measure=None, every=Every.MONTH, on=())
    program = program_of(terms=(fee,), agreements=agreements_of("North", "South"))
    found = spending(program, results_of(measure_of(), ()), Settlement(()), Assumed({}, {}))
    months = 24
    assert [(one.provider, one.how, one.periods, one.mean, one.variance) for one in found] == [
        ("North", "certain", months, months * 1000, 0),
        ("South", "certain", months, months * 1000, 0),
    ]


def test_a_share_of_a_fee_is_worked_out_from_the_fee_which_is_no_part_of_it() -> None:
    """7.5% of $1,000.00 is taken below half: $75.00, which nothing changes: a total with the fee is above zero."""
    fee = term_of(ByProvider(Fraction(1000), ()), name="fee", measure=None, on=())
    share = Part(Fraction("-0.075"), Amounts(("fee",)))
    bands = (Band(None, Fraction(1, 2), share, "below", SPAN), Band(Fraction(1, 2), None, fixed(0), "above", SPAN))
    factor = term_of(Bands(Outcome(), bands), name="factor", takes=True)
    agreements = agreements_of("North")
    program = program_of(terms=(fee, factor), agreements=agreements, maximum=Fraction(500), negative_total=ZEROED)
    cases = paid(program, measure_of(), "North", 1, Fraction(1, 4))
    assert [(one.chance, one.pays) for one in cases] == [(Fraction(3, 4), -75), (Fraction(1, 4), 0)]


def test_a_provider_is_expected_no_less_than_is_payable_to_it_in_any_case() -> None:
    """8 fees of $300.00 less two years of at most $450.00; on average of the past, 8 times $400.00 would be taken."""
    fee = term_of(fixed(300), name="fee", measure=None, on=())
    late = term_of(Taken(Least(Times(fixed(100), Successes()), fixed(400))), name="late", takes=True)
    cap = limit_of(Most(Earned(), fixed(-450)), kind="deduction cap", over=("late",))
    measure = measure_of(aggregate_of("count", COUNT))
    program = program_of((measure,), terms=(fee, late), limits=(cap,), agreements=agreements_of("North"))
    result = result_of(windows_of(measure, 1)[0], "North", value=4, n=4, of_shares=False, decimals=0)
    results = results_of(measure, (result,))
    page = simulated(Simulated(program, results, settle(program, results), Assumed({}, {})))
    said = page[-1].blocks[0].inlines[0].text
    assert said.startswith("Over the whole term, $1,500.00 are expected, and with a chance of 90% between $1,500.00")


def test_what_is_worked_out_from_a_term_on_another_metric_is_not_settled_alone() -> None:
    card = term_of(Times(fixed(100), Successes()), name="card", measure="other")
    again = term_of(Part(Fraction(1, 2), Amounts(("card",))), name="again", measure="other")
    factor = term_of(Part(Fraction(1, 10), Amounts(("again",))), name="factor")
    plain = term_of(Times(fixed(10), Successes()))
    assert alone(program_of(terms=(card, again, factor, plain)), measure_of()) == (plain,)
