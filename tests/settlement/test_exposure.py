"""No outcome pays more than the exposure says, or less, and nested limits are reached."""

import os
from collections import defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.ground.calendar import Every, fiscal_year
from acmspec.ground.source import Located
from acmspec.program.exposure import Exposed, Exposure
from acmspec.program.intervals import COUNTED, NOTHING, Interval, Known, interval, results
from acmspec.program.payment import (
    DEDUCT_MOST,
    NO_POINTS,
    SPREAD,
    Amounts,
    Band,
    Bands,
    Beyond,
    ByProvider,
    Change,
    Compared,
    Each,
    Earned,
    End,
    FreshShare,
    Gained,
    Improved,
    Least,
    Most,
    Outcome,
    Part,
    Pooled,
    Ramp,
    Recovered,
    Repeated,
    Score,
    Scored,
    Since,
    Stepped,
    Successes,
    Taken,
    TakenBefore,
    Times,
    Together,
    Unpaid,
)
from acmspec.program.payment_parts import numbered as number_of
from acmspec.program.payment_parts import stretches, told_apart
from acmspec.program.payments import CARRY, INVOICED, ZEROED
from acmspec.results.tree import State
from acmspec.settlement.from_results import settle
from tests.settlement.made import (
    COUNT,
    MONEY,
    PROVIDERS,
    SHARE,
    SPAN,
    against,
    aggregate_of,
    agreements_of,
    card_of,
    fixed,
    gate_of,
    limit_of,
    measure_of,
    program_of,
    reserve_of,
    result_of,
    results_of,
    stated,
    term_of,
    windows_of,
)

QUARTERS = 8
EXAMPLES = 100_000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 2_000
NEVER = Exposed("a year without a payment", NOTHING, NOTHING)
HOW_OFTEN = (Every.QUARTER, Every.FISCAL_YEAR, None)
JOBS = replace(measure_of(), name="jobs", title="Jobs")
money = st.integers(0, 50_000).map(lambda cents: Fraction(cents, 100))


def bands_of(edge, low, high):
    return Bands(
        Outcome(),
        (Band(None, edge, fixed(low), "below", SPAN), Band(edge, None, fixed(high), "at least", SPAN)),
    )


@st.composite
def payments(draw):
    """A rate card with own prices, tiers over the result, or a ramp on one of them."""
    how = draw(st.integers(0, 5))
    if how == 5:
        prizes = sorted((draw(money) for _ in range(draw(st.integers(0, 4)))), reverse=True)
        claim = draw(st.sampled_from((Successes(), bands_of(Fraction(1, 2), 0, 1))))
        return Pooled(claim, sum(prizes, Fraction(0)) if prizes else draw(money), tuple(prizes), rise=True)
    if how == 4:
        edge, low, high = Fraction(draw(st.integers(1, 999)), 1000), draw(money), draw(money)
        prior, gain, credited = (Fraction(draw(st.integers(1, 999)), 1000) for _ in range(3))
        return Improved(bands_of(edge, min(low, high), max(low, high)), fixed(prior), gain, credited, rise=True)
    if how == 3:
        return draw(numbered())
    if how == 1:
        lower, upper = (End(Fraction(at, 1000), draw(money), "") for at in (draw(st.integers(1, 500)), 501))
        ramp = Ramp(Outcome(), lower, upper)
        return Bands(Outcome(), (Band(None, lower.at, fixed(0), "", SPAN), Band(lower.at, None, ramp, "", SPAN)))
    if how:
        own = tuple((name, draw(money)) for name in PROVIDERS if draw(st.booleans()))
        return Times(ByProvider(draw(money), own), Successes())
    edge = Fraction(draw(st.integers(1, 999)), 1000)
    return bands_of(edge, draw(money), draw(money))


STRETCHES = st.sampled_from(HOW_OFTEN)


@st.composite
def numbered(draw):
    """A price that may have steps, for so many successes of a quarter, a year or the term."""
    most = {draw(STRETCHES): Fraction(draw(st.integers(1, 90))) for _ in range(draw(st.integers(0, 2)))}
    each = Each(Located("client", SPAN), tuple(most.items())) if draw(st.booleans()) else None
    number = Successes(() if each and draw(st.booleans()) else tuple(most.items()), each)
    first = ByProvider(draw(money), ())
    if draw(st.booleans()):
        return Times(first, number)
    above = sorted(draw(st.sets(st.integers(1, 80), min_size=1, max_size=2)))
    later = ((Fraction(at), ByProvider(draw(money), (("North", draw(money)),))) for at in above)
    return Stepped(number, ((Fraction(0), first), *later), draw(STRETCHES))


@st.composite
def fees(draw, name):
    """An amount whatever the results, which may change within a fiscal year."""
    own = tuple((one, draw(money)) for one in PROVIDERS if draw(st.booleans()))
    first, later = (ByProvider(draw(money), own if draw(st.booleans()) else ()) for _ in range(2))
    return term_of(Since(((date.min, first), (date(2026, 1, 1), later))), name=name, measure=None, on=())


@st.composite
def taken(draw, name, before):
    """What is taken by number, for a missed level or of another term, in a row of periods, and may be earned back."""
    base = Part(Fraction(draw(st.integers(0, 300)), 1000), Amounts(before)) if before and draw(st.booleans()) else None
    price = base or ByProvider(draw(money), ())
    edge, most = Fraction(draw(st.integers(1, 999)), 1000), draw(money)
    owed = draw(st.sampled_from((Times(price, Successes()), price, bands_of(edge, most, 0))))
    if draw(st.booleans()):
        owed = Repeated(owed, ((Fraction(1), Fraction(draw(st.integers(0, 2)), 2)), (Fraction(3), Fraction(3, 2))))
    least = Taken(Least(owed, fixed(most)))
    if draw(st.booleans()):
        back = Part(Fraction(draw(st.integers(0, 1000)), 1000), TakenBefore(fixed(most)))
        least = Bands(Outcome(), (Band(None, edge, least, "", SPAN), Band(edge, None, back, "", SPAN)))
    late = draw(st.sampled_from(("wait", "nothing", DEDUCT_MOST)))
    on = tuple((state, late if state == "missing" else what) for state, what in term_of(least).on)
    return term_of(least, name=name, takes=True, on=on)


@st.composite
def scores(draw):
    """The points of two measures, by bands or evenly, with weights that come to the whole."""
    points = []
    for _ in range(2):
        edge, some = Fraction(draw(st.integers(1, 999)), 1000), draw(st.integers(0, 110))
        least = draw(st.integers(0, some))
        ramp = Ramp(Outcome(), End(edge / 2, Fraction(least), ""), End(edge, Fraction(some), ""))
        points.append(draw(st.sampled_from((bands_of(edge, least, some), ramp))))
    weight = Fraction(draw(st.integers(1, 99)), 100)
    return Score((Scored("homes", weight, points[0]), Scored("jobs", 1 - weight, points[1])))


@st.composite
def cards(draw, name, before):
    """An amount by the tier of a score, or in proportion to it; of a sum, or of other terms."""
    score, edge = draw(scores()), Fraction(draw(st.integers(1, 110)))
    base = Amounts(before) if before and draw(st.booleans()) else fixed(draw(money))
    shares = sorted(Fraction(draw(st.integers(0, 1200)), 1000) for _ in range(2))
    tiers = Bands(score, (Band(None, edge, Part(shares[0], base), "", SPAN),
                          Band(edge, None, Part(shares[1], base), "", SPAN)))  # fmt: skip
    on = [(state, draw(st.sampled_from((SPREAD, NO_POINTS)))) for state in ("undefined", "too_few", "missing")]
    return card_of(draw(st.sampled_from((tiers, Times(Part(Fraction(1, 100), score), base)))), on, name=name)


@st.composite
def advances(draw, name, before):
    """An amount ahead, and what is recovered of it by other terms or in the end."""
    own = tuple((one, draw(money)) for one in PROVIDERS if draw(st.booleans()))
    first, later = (ByProvider(draw(money), own if draw(st.booleans()) else ()) for _ in range(2))
    amount = Since(((date.min, first), (date(2026, 1, 1), later)))
    of = tuple(one for one in before if draw(st.booleans()))
    back = Recovered(f"{name}_paid", of, draw(STRETCHES), draw(st.none() | money), None)
    return [
        term_of(amount, name=f"{name}_paid", measure=None, on=(), of=name),
        term_of(back, name=f"{name}_recovered", measure=None, on=(), of=name, takes=True),
    ]


@st.composite
def effects(draw, name):
    """Events fewer or more than a benchmark lets expect, by period and for all of them together."""
    own = tuple((one, draw(money)) for one in PROVIDERS if draw(st.booleans()))
    price, prior, rise = ByProvider(draw(money), own), Compared("control"), draw(st.booleans())
    parts = []
    for of, events in (
        (Change(prior, Fraction(draw(st.integers(0, 300)), 1000), rise), Gained(prior, rise, draw(st.booleans()))),
        (Together(f"{name}_each"), Unpaid(f"{name}_each")),
    ):
        edge, most = Fraction(draw(st.integers(1, 400)), 1000), draw(st.none() | money)
        owed = Times(price, events) if most is None else Least(Times(price, events), fixed(most))
        parts.append(Bands(of, (Band(None, edge, fixed(0), "", SPAN), Band(edge, None, owed, "", SPAN))))
    return [
        term_of(parts[0], name=f"{name}_each", of=name),
        term_of(parts[1], name=f"{name}_together", measure=None, on=(), of=name),
    ]


@st.composite
def some_terms(draw, name, before):
    """A term, or the parts of one."""
    how = draw(st.integers(0, 15))
    if how < 2:
        return draw(advances(name, before))
    return draw(effects(name)) if how < 4 else [draw(one_term(name, before))]


@st.composite
def limits(draw, names):
    over = tuple(name for name in names if draw(st.booleans())) or names
    amount, every, apart = draw(money), draw(st.sampled_from(HOW_OFTEN)), draw(st.booleans())
    kind = draw(st.integers(0, 5))
    if kind == 2:
        return limit_of(Most(Earned(), fixed(-amount)), over=over, every=every, by_provider=apart, kind="deduction cap")
    if kind == 1:
        lenient = ("too_few", "pay") if draw(st.booleans()) else ("missing", "nothing")
        return gate_of(Fraction(draw(st.integers(1, 999)), 1000), [lenient], over=over)
    if kind:
        return limit_of(Least(Earned(), fixed(amount)), over=over, every=every, by_provider=apart)
    return limit_of(Most(Earned(), fixed(amount)), over=over, every=every, by_provider=apart, at_end=True, kind="floor")


@st.composite
def reserves(draw, names, at):
    over = tuple(name for name in names if draw(st.booleans())) or names
    edges = [Fraction(draw(st.integers(1, 999)), 1000) for _ in range(draw(st.integers(0, 2)))]
    share = Fraction(draw(st.integers(0, 1000)), 1000)
    parts = [(edge, draw(st.integers(1, 3))) for edge in edges]
    return reserve_of(share, *parts, name=f"held_{at}", over=over, every=draw(st.sampled_from(HOW_OFTEN)))


@st.composite
def one_term(draw, name, before):
    how = draw(st.integers(0, 6))
    if how == 2:
        return draw(cards(name, before))
    if how < 2:
        return draw(fees(name) if how else taken(name, before))
    return term_of(draw(payments()), name=name)


@st.composite
def contracts(draw):
    """Terms over one measure or two, limits over some, maximums, and results of every provider and quarter.

    Half of the contracts are for two years, the others for less: what lies within one scope then is less, too.
    """
    quarters = draw(st.sampled_from((QUARTERS, QUARTERS, QUARTERS, 5, 3, 2)))
    names = ("one", "two", "three")[: draw(st.integers(1, 3))]
    terms: list = []
    for name in names:
        # What may itself be less than zero is no base of a percentage of a score.
        before = tuple(one.name for one in terms if not one.takes)
        terms += draw(some_terms(name, before))
    # No limit stands over an advance, and nothing is held back of one: the checker refuses it.
    ahead = {name for one in terms if isinstance(one.amount, Recovered) for name in (one.name, one.amount.advances)}
    names = tuple(one.name for one in terms if one.name not in ahead)
    bounds = [draw(limits(names)) for _ in range(draw(st.integers(0, 3)) if names else 0)]
    bounds = [replace(one, name=f"limit_{at}") for at, one in enumerate(bounds)]
    held = [draw(reserves(names, at)) for at in range(draw(st.integers(0, 2)) if names else 0)]
    level = draw(st.none() | st.integers(0, 1000).map(lambda one: Fraction(one, 1000)))
    measure = measure_of(benchmarks=() if level is None else (stated(level),))
    found, whose, others = [], [], []
    apart = [one.name for one in terms if told_apart(one)]
    # Drawn as one number: what matters is that there are many, and not which is the smallest that fails.
    dice = Random(draw(st.integers(0, 2**32)))  # noqa: S311  (results, not secrets)
    windows = windows_of(measure, quarters)
    for window in windows:
        for name in PROVIDERS:
            of = dice.randrange(60)
            state = dice.choice((None, None, None, State.MISSING, State.TOO_FEW))
            top = dice.randint(0, of)
            control = dice.choice((None, Fraction(dice.randrange(1000), 1000))) if level is None else level
            found.append(against(result_of(window, name, top, of, state=state), control))
            others.append(result_of(window, name, dice.randint(0, of), of, state=dice.choice((None, None, state))))
            parts = [("client 1", top // 3), ("client 2", top - top // 3)]
            whose += [(term, window, name, who, window.last, Fraction(often)) for term in apart for who, often in parts]
    own, whole = (draw(st.none() | money.map(lambda one: one * 20)) for _ in range(2))
    phase_in = draw(st.none() | st.sampled_from(windows[:-1]).map(lambda one: one.last))
    way = draw(st.sampled_from((INVOICED, CARRY, ZEROED)))
    outcome = results_of(measure, found, whose, [(JOBS, others)])
    return measure, terms, bounds, held, outcome, own, whole, phase_in, way, windows[-1].last


@given(contracts())
@settings(max_examples=EXAMPLES)
def test_no_outcome_lies_outside(contract) -> None:
    measure, terms, bounds, held, outcome, own, whole, phase_in, below, last = contract
    for maximums in (False, True) if (own, whole) != (None, None) else (False,):
        owed = program_of(
            (measure, JOBS),
            terms=terms,
            limits=bounds,
            reserves=held,
            agreements=agreements_of(*PROVIDERS, maximum=own if maximums else None, last=last),
            maximum=whole if maximums else None,
            phase_in=phase_in,
            negative_total=below,
            last=last,
        )
        settlement, exposed = settle(owed, outcome), Exposure(owed)
        keeps_its_sums(settlement, held)
        # The least is what is paid once all is settled: where a gate waits, so do the floors behind it.
        holds = partial(lies_within, maximums=maximums, settled=not any(one.waits for one in settlement.lines))
        holds(exposed.total, settlement.total())
        providers, years = ({one.name: one for one in some} for some in (exposed.providers, exposed.years))
        for name, amount in settlement.by_provider():
            holds(providers[name], amount)
        for name, amount in by_year(settlement).items():
            holds(years.get(name, NEVER), amount)
        each = {(one.term.name, one.agreement.provider): one.each for one in exposed.lines}
        for line in settlement.lines:
            if (line.term, line.provider) in each:
                bound = each[line.term, line.provider]
                assert bound.least <= line.amount <= bound.most


def keeps_its_sums(settlement, held) -> None:
    """No more is paid than was held back, and all of it where nothing had to be earned and nothing waits."""
    for reserve in held:
        for provider in PROVIDERS:
            own = [one for one in settlement.lines if (one.term, one.provider) == (reserve.name, provider)]
            kept = -sum(one.amount for one in own)
            assert kept >= 0
            if not reserve.back and not any("waits" in one.basis for one in own):
                assert kept == 0


def lies_within(exposed, amount, *, maximums, settled) -> None:
    bound = exposed.payable if maximums else exposed.owed
    assert amount <= bound.most, exposed.name
    assert bound.least <= amount or not settled, exposed.name
    assert exposed.payable.most <= exposed.owed.most


def by_year(settlement) -> dict[str, Fraction]:
    days = {one.name: one.last for one in windows_of(measure_of(), QUARTERS)}
    found: dict[str, Fraction] = defaultdict(Fraction)
    for line in settlement.lines:
        found[f"FY{fiscal_year(days[line.period], 7)}"] += line.amount
    return found


def in_counts(amount) -> bool:
    """Whether a provider's own counts say what is paid: not whose they are, nor what others have of a pool."""
    number = number_of(amount)
    return not isinstance(amount, Pooled) and (number is None or number.each is None)


@given(st.lists(payments().filter(in_counts), min_size=1, max_size=3),
       st.lists(st.tuples(money, st.sampled_from(HOW_OFTEN)), max_size=3),
       st.none() | money, st.none() | money, st.sampled_from(HOW_OFTEN), st.integers(0, 1000))  # fmt: skip
def test_the_most_is_reached_where_limits_lie_within_one_another(amounts, caps, own, whole, every, share) -> None:  # noqa: PLR0917
    measure = measure_of()
    names = [f"term_{at}" for at in range(len(amounts))]
    program = program_of(
        (measure,),
        terms=[term_of(amount, name=name) for amount, name in zip(amounts, names, strict=True)],
        limits=[
            limit_of(Least(Earned(), fixed(amount)), name=f"cap_{at}", over=tuple(names), every=every)
            for at, (amount, every) in enumerate(caps)
        ],
        agreements=agreements_of(*PROVIDERS, maximum=own),
        maximum=whole,
        reserves=[reserve_of(Fraction(share, 1000), over=tuple(names), every=every)],
    )
    exposed = Exposure(program)
    most = max(settle(program, results_of(measure, best(measure, share))).total() for share in (0, 1))
    # A number over several periods is used up in one of them, where a cap may cut what it comes to.
    spread = [one for amount in amounts if (one := {*stretches(amount)} - {Every.QUARTER})]
    apart = not spread or (not caps and all(len(stretches(one)) <= 1 for one in amounts))
    every_term_pays_with_all = apart and all(rises(one) for one in amounts)
    if exposed.total.payable.ends and every_term_pays_with_all:
        assert most == exposed.total.payable.most


@given(scores(), st.sampled_from(((SPREAD, NO_POINTS), (NO_POINTS, NO_POINTS))), money, st.booleans())
@settings(max_examples=EXAMPLES // 10)
def test_the_most_of_a_score_is_reached(score, ways, base, evenly) -> None:
    edge = Fraction(60)
    tiers = Bands(score, (Band(None, edge, fixed(0), "", SPAN), Band(edge, None, fixed(base), "", SPAN)))
    amount = Times(Part(Fraction(1, 100), score), fixed(base)) if evenly else tiers
    term = card_of(amount, zip(("undefined", "too_few"), ways, strict=True))
    measure = measure_of()
    program = program_of((measure, JOBS), terms=[term], agreements=agreements_of("North"))
    paid = []
    # The best of both measures, or of one alone.
    for homes, jobs in ((1, 1), (1, 0), (0, 1)):
        own, others = ([result_of(one, "North", 1, there) for one in windows_of(measure, QUARTERS)]
                       for there in (homes, jobs))  # fmt: skip
        paid.append(settle(program, results_of(measure, own, (), [(JOBS, others)])).total())
    assert max(paid) == Exposure(program).total.owed.most


def rises(amount) -> bool:
    """Whether the result of everybody pays most."""
    if not isinstance(amount, Bands):
        return True  # of what improves, the best result pays most in any case
    worst, last = (one.pays for one in amount.bands)
    if isinstance(last, Ramp):
        return last.lower.pays <= last.upper.pays
    return worst.amount <= last.amount


def best(measure, share):
    """More successes than any limit leaves room for, and a result of everybody or of nobody."""
    many = 10**9
    return [
        result_of(window, name, many * share, many) for window in windows_of(measure, QUARTERS) for name in PROVIDERS
    ]


def test_the_number_of_a_quarter_is_none_of_a_year() -> None:
    numbers = ((Every.FISCAL_YEAR, Fraction(2)), (Every.QUARTER, Fraction(1)))
    program = program_of(terms=[term_of(Times(ByProvider(Fraction(100), ()), Successes(most=numbers)))])
    assert {one.owed.most for one in Exposure(program).years} == {2 * 100 * len(PROVIDERS)}


def test_what_nothing_bounds_has_no_end() -> None:
    program = program_of(terms=[term_of(Times(fixed(400), Successes()))])
    assert not Exposure(program).total.payable.ends
    capped = program_of(terms=[term_of(Times(fixed(400), Successes()))], maximum=Fraction(1000))
    assert Exposure(capped).total.owed == COUNTED
    assert Exposure(capped).total.payable == Interval(Fraction(0), Fraction(1000))


def test_a_price_of_nothing_comes_to_nothing() -> None:
    program = program_of(terms=[term_of(Times(fixed(0), Successes()))])
    assert Exposure(program).total.owed == Interval(Fraction(0), Fraction(0))


def test_a_tier_that_no_share_reaches_is_not_exposed() -> None:
    program = program_of(terms=[term_of(bands_of(Fraction(3, 2), 10, 1000))])
    assert Exposure(program).total.owed.most == 10 * QUARTERS * len(PROVIDERS)


def test_phase_in_pays_nothing() -> None:
    program = program_of(terms=[term_of(fixed(10))], phase_in=windows_of(measure_of(), 2)[-1].last)
    assert Exposure(program).total.owed.most == 10 * (QUARTERS - 2) * len(PROVIDERS)
    assert {one.periods for one in Exposure(program).lines} == {QUARTERS - 2}


def test_no_result_of_the_phase_in_takes_of_a_fee() -> None:
    windows = windows_of(measure_of(), 2)
    fee = term_of(fixed(10), name="bonus", measure=None, on=())
    for of_results in ({"limits": [gate_of("0.5")]}, {"reserves": [reserve_of("1", ("0.5", 1), every=Every.QUARTER)]}):
        sure = Exposure(program_of((measure_of(),), terms=[fee], phase_in=windows[-1].last, **of_results))
        assert sure.total.owed == Interval(Fraction(2 * 30), Fraction(QUARTERS * 30))


def test_a_fee_is_due_in_any_case_and_a_cap_over_it_may_take_what_others_leave_no_room_for() -> None:
    fee = term_of(ByProvider(Fraction(10), (("North", Fraction(12)),)), name="fee", measure=None, on=())
    card = term_of(Times(fixed(1), Successes()), name="card")
    sure = Exposure(program_of(terms=[fee], phase_in=windows_of(measure_of(), 2)[-1].last))
    assert sure.total.owed == Interval(Fraction(QUARTERS * 32), Fraction(QUARTERS * 32))
    each = limit_of(Least(Earned(), fixed(100)), over=("fee", "card"), every=None)
    capped = Exposure(program_of(terms=[fee, card], limits=[each]))
    assert [one.owed.least for one in capped.providers] == [96, 80, 80]
    assert [one.owed.least for one in capped.terms] == [0, 0]
    assert capped.total.owed == Interval(Fraction(256), Fraction(300))


def test_a_later_cap_of_one_term_may_take_what_has_filled_a_cap_of_all() -> None:
    fee, other = (term_of(fixed(100), name=name, measure=None, on=()) for name in ("fee", "other"))
    of_all = limit_of(Least(Earned(), fixed(150)), name="of_all", over=("fee", "other"), every=Every.QUARTER)
    of_one = limit_of(Least(Earned(), fixed(30)), name="of_one", over=("fee",), every=Every.QUARTER)
    wider, narrower = (program_of(terms=[fee, other], limits=order) for order in ([of_all, of_one], [of_one, of_all]))
    found = [result_of(window, name, 1, 2) for window in windows_of(measure_of(), QUARTERS) for name in PROVIDERS]
    paid = [settle(one, results_of(measure_of(), found)).total() for one in (wider, narrower)]
    assert paid == [105 * QUARTERS * len(PROVIDERS), 130 * QUARTERS * len(PROVIDERS)]
    assert Exposure(wider).total.owed.least <= paid[0]
    assert Exposure(narrower).total.owed == Interval(paid[1], paid[1])


def test_a_highest_number_of_a_period_does_not_bound_that_of_a_year() -> None:
    number = Successes(((Every.QUARTER, Fraction(1)), (Every.FISCAL_YEAR, Fraction(3)), (None, Fraction(5))))
    exposed = Exposure(program_of(terms=[term_of(Times(ByProvider(Fraction(10), ()), number))]))
    assert [one.owed.most for one in exposed.years] == [90, 90]
    assert [one.owed.most for one in exposed.providers] == [50, 50, 50]


def test_a_floor_is_the_least() -> None:
    floor = limit_of(Most(Earned(), fixed(50)), at_end=True, kind="floor")
    exposed = Exposure(program_of(terms=[term_of(fixed(0))], limits=[floor]))
    assert exposed.total.owed == Interval(Fraction(300), Fraction(300))
    assert {one.owed for one in exposed.providers} == {Interval(Fraction(100), Fraction(100))}


def test_a_gate_behind_a_floor_leaves_nothing_sure() -> None:
    floor = limit_of(Most(Earned(), fixed(50)), at_end=True, kind="floor")
    owed = {}
    for order in ((floor, gate_of("0.5")), (gate_of("0.5"), floor)):
        owed[order[0].kind] = Exposure(program_of(terms=[term_of(fixed(0))], limits=order)).total.owed
    assert owed["floor"] == Interval(Fraction(0), Fraction(300))
    assert owed["gate"] == Interval(Fraction(300), Fraction(300))


def test_a_gate_leaves_the_most_as_it_is() -> None:
    terms = [term_of(fixed(10)), term_of(fixed(7), name="other")]
    program = program_of(terms=terms, limits=[gate_of("0.5", over=("bonus", "other"))])
    measure = measure_of()
    open_to_all = [result_of(window, name, 1, 1) for window in windows_of(measure, QUARTERS) for name in PROVIDERS]
    assert settle(program, results_of(measure, open_to_all)).total() == Exposure(program).total.owed.most


def test_what_a_year_holds_back_may_be_paid_in_the_next() -> None:
    held = [reserve_of("0.1", every=None)]
    exposed = Exposure(program_of(terms=[term_of(fixed(100))], reserves=held))
    assert exposed.total.owed.most == 100 * QUARTERS * len(PROVIDERS)
    first, second = exposed.years
    assert first.owed.most == 400 * len(PROVIDERS)
    assert second.owed.most == 440 * len(PROVIDERS)


def test_what_a_floor_adds_in_a_year_may_be_held_back_for_the_next() -> None:
    floor = limit_of(Most(Earned(), fixed(50)), at_end=True, kind="floor")
    exposed = Exposure(program_of(terms=[term_of(fixed(0))], limits=[floor], reserves=[reserve_of(1, every=None)]))
    # Half a cent for each line of the year before, as a share of one may be rounded up.
    held = 50 * len(PROVIDERS) + QUARTERS // 2 * len(PROVIDERS) * Fraction("0.005")
    assert [one.owed.most for one in exposed.years] == [50 * len(PROVIDERS), 50 * len(PROVIDERS) + held]


def test_what_a_year_holds_back_is_rounded_in_each_period() -> None:
    # Half a cent is held back as a whole one, four times; a share of the year's sum would be two.
    measure = measure_of()
    program = program_of(
        (measure,), terms=[term_of(fixed("0.01"))], reserves=[reserve_of("0.5", every=None)],
        agreements=agreements_of("North"),
    )  # fmt: skip
    found = [result_of(window, "North", 1, 1) for window in windows_of(measure, QUARTERS)]
    years = by_year(settle(program, results_of(measure, found)))
    assert years == {"FY2026": 0, "FY2027": Fraction("0.08")}
    assert years["FY2027"] <= Exposure(program).years[1].owed.most


def test_a_sum_of_payments_is_in_whole_cents() -> None:
    """12.5% of $300.15 was held back in the year before, $37.51875, and 12.5% is no sum that is paid."""
    fee = term_of(fixed("100.05"), name="fee", measure=None, on=())
    program = program_of(
        terms=(fee,), agreements=agreements_of("North"), reserves=(reserve_of("1/8", over=("fee",), every=Every.YEAR),)
    )
    assert all(one.denominator in {1, 2, 4, 5, 10, 20, 25, 50, 100} for one in ends_of(Exposure(program)))


def ends_of(exposed):
    return [end for one in exposed.years for end in (one.owed.least, one.owed.most, one.payable.most)]


def test_a_floor_is_sure_if_all_that_is_held_back_of_it_is_paid() -> None:
    floor = limit_of(Most(Earned(), fixed(50)), at_end=True, kind="floor")
    # What may be kept is a tenth of each of 24 lines, rounded to the cent.
    for back, least in (((), 300), ((("0.5", 1),), 270 - 24 * Fraction("0.005"))):
        held = [reserve_of("0.1", *back)]
        exposed = Exposure(program_of(terms=[term_of(fixed(0))], limits=[floor], reserves=held))
        assert exposed.total.owed.least == least


def test_a_floor_of_each_may_come_on_top_of_a_floor_of_all() -> None:
    # The first floor goes to the one that earned something; then the second raises each of the others.
    each = Most(Earned(), fixed("0.01"))
    of_all = limit_of(Most(Earned(), fixed("0.02")), name="all", every=Every.QUARTER, by_provider=False, at_end=True)
    of_each = limit_of(each, name="each", every=Every.QUARTER, at_end=True)
    measure = measure_of()
    program = program_of((measure,), terms=[term_of(bands_of(Fraction(1, 1000), 0, "0.01"))], limits=[of_all, of_each])
    found = [
        result_of(window, name, name == "North", 1) for window in windows_of(measure, QUARTERS) for name in PROVIDERS
    ]
    paid = settle(program, results_of(measure, found)).total()
    assert paid == QUARTERS * Fraction("0.04")
    assert paid <= Exposure(program).total.owed.most


def test_intervals_of_every_node() -> None:
    known = Known(
        "North", Interval(Fraction(0), Fraction(1)), COUNTED, once=True, earned=Interval(Fraction(2), Fraction(5))
    )
    prices = ByProvider(Fraction(3), (("North", Fraction(4)),))
    assert interval(prices, known) == Interval(Fraction(4), Fraction(4))
    assert interval(FreshShare(), known) == Interval(Fraction(0), Fraction(1))
    assert interval(FreshShare(), Known()) == Interval(Fraction(1), Fraction(1))
    assert interval(Least(Earned(), fixed(3)), known) == Interval(Fraction(2), Fraction(3))
    assert interval(Most(Earned(), fixed(3)), known) == Interval(Fraction(3), Fraction(5))
    assert interval(Times(fixed(-2), Earned()), known) == Interval(Fraction(-10), Fraction(-4))
    above, below = (Beyond(Outcome(), Fraction(3, 5), Fraction(1, 100), rises, "60%") for rises in (True, False))
    assert interval(above, known) == Interval(Fraction(0), Fraction(40))
    assert interval(below, known) == Interval(Fraction(0), Fraction(60))
    assert interval(above, Known()) == interval(below, Known()) == COUNTED
    assert interval(bands_of(Fraction(1, 2), 1, 9), known) == Interval(Fraction(1), Fraction(9))


def test_what_results_can_be() -> None:
    assert results(aggregate_of(), SHARE) == Interval(Fraction(0), Fraction(1))
    assert results(aggregate_of("count", COUNT), COUNT) == COUNTED
    assert results(aggregate_of("sum", MONEY), MONEY).least < 0
