"""What a payment is as a spreadsheet formula: one case a node of the payment core, and nowhere else.

A formula is made in two steps: from the node, which gives its figures names, and then for each row, from the cells of
that row. It comes to a fraction of whole numbers, as `whole` explains; it knows no sheet.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from acmspec.ground.node import node
from acmspec.program.payment import (
    Band,
    Bands,
    ByProvider,
    Earned,
    End,
    Fixed,
    FreshShare,
    Least,
    Most,
    Outcome,
    Payment,
    Ramp,
    Since,
    Successes,
    Times,
)
from acmspec.renderers.worksheet.figures import Figures, Listed, Tier
from acmspec.renderers.worksheet.whole import Ratio, Whole, cell, first_if, least, literal, most, picked

_NOTHING, _ONE = Ratio(literal(0), literal(1)), Ratio(literal(1), literal(1))


@node
class Row:
    """The cells of a row that a payment may depend on, as `settlement.evaluate.Environment` names them.

    `provider` is the provider's number, in a limit `scope` that of the scope; `first` is the period's first day.
    """

    provider: Whole
    outcome: Ratio = _NOTHING
    successes: Ratio = _NOTHING
    fresh_share: Ratio = _ONE
    earned: Ratio = _NOTHING
    scope: Whole = literal(0)
    first: Whole = literal(0)


Formula = Callable[[Row], Ratio]


def formula(payment: Payment, figures: Figures) -> Formula:  # noqa: C901  (a case a node)
    """The formula of a payment for any row; the figures it is made of are given names."""
    match payment:
        case Fixed(amount=amount):
            stated = figures.money("amount", "Amount", amount)
            return lambda _: stated
        case ByProvider(shared=shared, own=own):
            prices = figures.prices(shared, dict(own))
            return lambda row: prices.at(row.provider)
        case Since(steps=steps):
            days = figures.days([day for day, _ in steps])
            amounts = [formula(one, figures) for _, one in steps]
            return lambda row: picked(days.place(row.first), [one(row) for one in amounts])
        case Outcome():
            return lambda row: row.outcome
        case Successes():
            return lambda row: row.successes
        case FreshShare():
            return lambda row: row.fresh_share
        case Earned():
            return lambda row: row.earned
        case Times(left=left, right=right):
            one, two = formula(left, figures), formula(right, figures)
            return lambda row: one(row) * two(row)
        case Least(left=left, right=right):
            one, two = formula(left, figures), formula(right, figures)
            return lambda row: first_if(one(row), two(row), smaller=True)
        case Most(left=left, right=right):
            one, two = formula(left, figures), formula(right, figures)
            return lambda row: first_if(one(row), two(row), smaller=False)
        case Bands(of=of, bands=bands):
            return _bands(of, bands, figures)
        case Ramp(of=of, lower=lower, upper=upper):
            return _ramp(of, lower, upper, figures)


def _bands(of: Payment, bands: Sequence[Band], figures: Figures) -> Formula:
    """A lookup in the table of tiers, or a choice among formulas where a tier is more than an amount."""
    ordered = sorted(bands, key=lambda one: (one.first is not None, one.first or Fraction(0)))
    scale = lcm(figures.steps, *(one.first.denominator for one in ordered if one.first is not None))
    rows = [Tier(one.label, one.first, one.pays.amount if isinstance(one.pays, Fixed) else None) for one in ordered]
    begins, amounts = figures.tiers(rows, scale)
    value = formula(of, figures)
    if amounts is not None:
        return lambda row: amounts.at(_place(value(row), begins))
    each = [formula(one.pays, figures) for one in ordered]
    return lambda row: picked(_place(value(row), begins), [one(row) for one in each])


def _place(value: Ratio, begins: Listed) -> Whole:
    """Which tier holds a value: the last that does not begin above it."""
    of, unit = _in_steps(value, begins.scale)
    if unit.text == "1":
        return begins.place(of)
    # A value over a number that changes from row to row is held against each edge.
    found = literal(1)
    for at in range(2, len(begins.values) + 1):
        edge = begins.at(literal(at)).top * unit
        found += cell(f"({of.text}>={edge.text})", int(of.value >= edge.value))
    return found


def _in_steps(value: Ratio, scale: int) -> tuple[Whole, Whole]:
    """A value as a whole number of steps of a scale, and what it is still to be divided by."""
    steps = value.times(scale)
    return (steps.top, steps.bottom)


def _ramp(of: Payment, lower: End, upper: End, figures: Figures) -> Formula:
    """What lies evenly between two ends."""
    scale = lcm(figures.steps, lower.at.denominator, upper.at.denominator)
    low, high = (
        figures.result(f"ramp_{word}", f"{label}: {one.label}", one.at, scale)
        for word, label, one in (("lower", "Lower end", lower), ("upper", "Upper end", upper))
    )
    first = figures.money("ramp_lower_pays", "Paid at the lower end", lower.pays)
    last = figures.money("ramp_upper_pays", "Paid at the upper end", upper.pays)
    value = formula(of, figures)

    def of_row(row: Row) -> Ratio:
        steps, unit = _in_steps(value(row), scale)
        begins, ends = low * unit, high * unit
        within = least(most(steps, begins), ends)
        from_low = Ratio(within - begins, ends - begins)
        (one, two), money = _alike(first, last)
        return Ratio(one * from_low.bottom + (two - one) * from_low.top, from_low.bottom * money)

    return of_row


def _alike(one: Ratio, two: Ratio) -> tuple[tuple[Whole, Whole], Whole]:
    """Two amounts of money over one scale."""
    common = lcm(one.bottom.value, two.bottom.value)
    tops = (each.top * literal(common // each.bottom.value) for each in (one, two))
    return (next(tops), next(tops)), literal(common)
