"""What a payment expression is made of, asked of its nodes: tables, counted successes, other terms; no kind."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from acmspec.ground.calendar import Cycle
from acmspec.program.payment import (
    Amounts,
    Band,
    Bands,
    Beyond,
    Change,
    Compared,
    Gained,
    Improved,
    Least,
    Limit,
    Most,
    Part,
    Payment,
    Pooled,
    Recovered,
    Repeated,
    Score,
    Since,
    Stepped,
    Successes,
    Taken,
    TakenBefore,
    Term,
    Times,
    Together,
)
from acmspec.program.payments import Payments
from acmspec.program.tree import Program

_AND = " and "
"""What stands between the two ends in the name of a band."""


@lru_cache(maxsize=1024)
def nodes(payment: Payment) -> tuple[Payment, ...]:
    """A payment and all that is in it, from left to right; the points of a score are no part of an amount."""
    return (payment, *(each for one in inside(payment) for each in nodes(one)))


def inside(payment: Payment) -> tuple[Payment, ...]:
    """What a payment is made of directly, from left to right."""
    match payment:
        case Times(left=left, right=right) | Least(left=left, right=right) | Most(left=left, right=right):
            return (left, right)
        case Bands(of=of, bands=bands):
            return (of, *(one.pays for one in bands))
        case Improved(table=table):
            return (table,)
        case Since(steps=days):
            return tuple(one for _, one in days)
        case Stepped(of=of, steps=steps):
            return (of, *(one for _, one in steps))
        case Repeated(of=of) | TakenBefore(most=of) | Part(of=of) | Taken(of=of) | Pooled(claim=of) | Beyond(of=of):
            return (of,)
        case _:
            return ()


def tables(payment: Payment) -> Iterator[Bands]:
    """The step tables of amounts in a payment, from left to right; a claim and what was taken before are no amounts.

    Of a table within another by the same value, all edges are those of one table.
    """
    if isinstance(payment, Pooled | TakenBefore):
        return
    if isinstance(payment, Bands):
        yield joined(payment)
        return
    for one in inside(payment):
        yield from tables(one)


def joined(table: Bands) -> Bands:
    """A table with the edges of those that lie in its bands and go by the same value; itself where none does."""
    if all(_within(band, table.of) is None for band in table.bands):
        return table
    return Bands(table.of, tuple(one for band in table.bands for one in _divided(band, table.of)))


def own_amount(payment: Payment) -> Payment:
    """The amount that something is stated by, before it is taken, repeated or held at a most."""
    while isinstance(payment, Taken | Repeated | Least):
        payment = payment.left if isinstance(payment, Least) else payment.of
    return payment


def _within(band: Band, of: Payment) -> Bands | None:
    """The table by the same value that the amount of a band lies in."""
    amount = own_amount(band.pays)
    return amount if isinstance(amount, Bands) and amount.of == of else None


def _divided(band: Band, of: Payment) -> Iterator[Band]:
    """A band, divided where a table within it has edges."""
    inner = _within(band, of)
    if inner is None:
        yield band
        return
    for one in joined(inner).bands:
        low = one if band.first is None or (one.first is not None and one.first >= band.first) else band
        high = one if band.below is None or (one.below is not None and one.below <= band.below) else band
        if low.first is None or high.below is None or low.first < high.below:
            pays = _with(band.pays, inner, one.pays)
            yield replace(one, first=low.first, below=high.below, pays=pays, label=_label(low, high))


def _label(low: Band, high: Band) -> str:
    """What a band is called that begins as one does and ends as another."""
    if low is high:
        return low.label
    begins = low.label.split(_AND)[0] if low.first is not None else ""
    ends = high.label.split(_AND)[-1] if high.below is not None else ""
    return _AND.join(end for end in (begins, ends) if end)


def _with(amount: Payment, table: Bands, pays: Payment) -> Payment:
    """An amount with what one band pays in place of a table."""
    match amount:
        case Taken(of=of) | Repeated(of=of):
            return replace(amount, of=_with(of, table, pays))
        case Least(left=left):
            return replace(amount, left=_with(left, table, pays))
        case _:
            return pays if amount is table else amount


def is_without_money(payment: Payment) -> bool:
    """Whether what follows from a result is no payment."""
    return any(band.follows for table in tables(payment) for band in table.bands)


def numbered(payment: Payment) -> Successes | None:
    """The number of successes that a payment pays for; None where it pays for none by number."""
    return next((one for one in nodes(payment) if isinstance(one, Successes)), None)


def told_apart(term: Term) -> str | None:
    """The entity whose successes are told apart, whether they are paid once or up to some number."""
    number = numbered(term.amount)
    return term.once_per or (number.each.entity.value if number is not None and number.each is not None else None)


def score_of(payment: Payment) -> Score | None:
    """The score of several measures that a payment goes by; None where it goes by none."""
    return next((one for one in nodes(payment) if isinstance(one, Score)), None)


def recovered(payment: Payment) -> Recovered | None:
    """What a payment recovers of advances; None where it recovers none."""
    return next((one for one in nodes(payment) if isinstance(one, Recovered)), None)


def paid_ahead(payments: Payments) -> frozenset[int]:
    """The places of the terms that pay an advance, or recover one."""
    back = {one.name: of.advances for one in payments.terms if (of := recovered(one.amount)) is not None}
    named = {*back, *back.values()}
    return frozenset(place for place, one in enumerate(payments.terms) if one.name in named)


def effect(payment: Payment) -> Change | None:
    """The change of a result against a benchmark that a payment goes by; None where it goes by none."""
    return next((one for one in nodes(payment) if isinstance(one, Change)), None)


def by_rate(payment: Payment) -> bool:
    """Whether events are as many as there are for each that is counted below the line of the result."""
    return any(isinstance(one, Gained) and one.rate for one in nodes(payment))


def of_cohorts(payment: Payment) -> Together | None:
    """The term whose periods a payment looks at together; None where it looks at none so."""
    return next((one for one in nodes(payment) if isinstance(one, Together)), None)


def prior_benchmark(payment: Payment) -> str:
    """The benchmark that a payment takes a prior result from; empty where there is none."""
    priors = (one.prior for one in nodes(payment) if isinstance(one, Improved | Change | Gained))
    return next((one.benchmark for one in priors if isinstance(one, Compared)), "")


def measured_prior(program: Program, term: Term) -> bool:
    """Whether a term goes by how far a result is from one that is measured itself."""
    name = prior_benchmark(term.amount)
    return any(one.name == name and one.is_measured for each in program.measures_of(term) for one in each.benchmarks)


def stretches(payment: Payment) -> tuple[Cycle | None, ...]:
    """The stretches of time over which a payment must know how many successes were paid before."""
    found = numbered(payment)
    steps = (one.every for one in nodes(payment) if isinstance(one, Stepped))
    return tuple(dict.fromkeys((*steps, *(every for every, _ in (found.most if found else ())))))


def repeated(payment: Payment) -> Repeated | None:
    """The part of a payment that goes by how many periods in a row there was something to take."""
    return next((one for one in nodes(payment) if isinstance(one, Repeated)), None)


def bases(payment: Payment) -> tuple[str, ...]:
    """The terms whose amounts a payment is worked out from."""
    found = (one.terms for one in nodes(payment) if isinstance(one, Amounts))
    return tuple(dict.fromkeys(name for terms in found for name in terms))


def is_taken(table: Bands, payment: Payment) -> bool:
    """Whether what a step table comes to is taken, as it lies within what takes."""
    taken = (one for one in nodes(payment) if isinstance(one, Taken))
    return any(one is table for of in taken for one in nodes(of))


def takes(payment: Payment) -> bool:
    """Whether a payment is there to come to less than zero."""
    below = (isinstance(one, Taken | Recovered) or (isinstance(one, Part) and one.share < 0) for one in nodes(payment))
    return any(below)


def adjusts(payment: Payment) -> bool:
    """Whether a payment is a change of what other terms come to, and no deduction from it."""
    parts = nodes(payment)
    return any(isinstance(one, Amounts) for one in parts) and not any(isinstance(one, Taken) for one in parts)


def adjustments(payments: Payments, limit: Limit) -> frozenset[int]:
    """The places of the terms of a limit that are changes of other terms of the same limit."""
    return frozenset(
        place
        for place, term in enumerate(payments.terms)
        if term.name in limit.over and adjusts(term.amount) and set(bases(term.amount)) <= set(limit.over)
    )


def looks_back(payment: Payment) -> bool:
    """Whether a payment asks what was taken for the period before."""
    return any(isinstance(one, TakenBefore) for one in nodes(payment))


def looks_at_others(payment: Payment) -> bool:
    """Whether a payment for a period goes by what periods before it came to."""
    return any(isinstance(one, Repeated | TakenBefore) for one in nodes(payment))


def goes_by_time(payment: Payment) -> bool:
    """Whether what a payment comes to on a result differs from period to period: by days, or by other terms."""
    return any(isinstance(one, Since | Amounts) for one in nodes(payment))
