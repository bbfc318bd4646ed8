"""What a payment is as a spreadsheet formula: one case a node of the payment core, and nowhere else.

A formula is made in two steps: from the node, which gives its figures names, and then for each row, from the cells of
that row. It comes to a fraction of whole numbers, as `whole` explains; it knows no sheet.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

from acmspec.ground.calendar import Cycle
from acmspec.program.payment import (
    Amounts,
    Band,
    Bands,
    Beyond,
    ByProvider,
    Change,
    Earned,
    End,
    Fixed,
    FreshShare,
    Gained,
    Improved,
    Least,
    Most,
    Outcome,
    Part,
    Payment,
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
from acmspec.renderers.worksheet.figures import CENTS, Figures, Listed, Tier
from acmspec.renderers.worksheet.row_cells import Changed, Row
from acmspec.renderers.worksheet.whole import Ratio, Whole, alike, cell, first_if, least, literal, most, picked

_NOTHING = Ratio(literal(0), literal(1))


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
        case Successes(most=most_of):
            return _numbered(most_of, figures)
        case Stepped(of=of, steps=by_number, every=every):
            return _stepped(formula(of, figures), by_number, every, figures)
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
        case Beyond():
            return _beyond(payment, figures)
        case Improved():
            return _improved(payment, figures)
        case Amounts(terms=terms):
            return lambda row: _sum([dict(row.amounts)[one] for one in terms])
        case Part(share=share, of=of):
            part, whole = figures.share(share, "part", "Part of it"), formula(of, figures)
            return lambda row: part * whole(row)
        case Taken(of=of):
            owed = formula(of, figures)
            return lambda row: _minus(first_if(owed(row), _NOTHING, smaller=False))
        case Repeated(of=of, factors=factors):
            return _repeated(formula(of, figures), factors, figures)
        case TakenBefore():
            return lambda row: row.taken
        case Pooled():
            return lambda row: row.pooled
        case Score(of=of):
            return _score(of, figures)
        case Recovered(most=limit):
            return _recovered(limit, figures)
        case Change() | Gained() | Together() | Unpaid():
            return _of_effect(payment, figures)


def _recovered(limit: Fraction | None, figures: Figures) -> Formula:
    """What is set off so far, and in the end so much of the rest, less what was recovered before."""
    stated = None if limit is None else figures.money("recoverable", "Recoverable of the rest", limit)

    def of_row(row: Row) -> Ratio:
        account = row.account
        set_off, ends = least(account.advanced, account.earned), f"IF({account.ends.text}=1"
        if stated is None:
            rest, other = account.advanced, set_off
        else:
            more = Ratio(stated.top, literal(stated.bottom.value // CENTS)).nearest()
            rest, other = least(account.advanced, account.earned + more), set_off
        chosen = rest if account.ends.value == 1 else other
        peak = max(rest.peak, other.peak, account.recovered.peak)
        due = Whole(f"{ends},{rest.text},{other.text})", chosen.value, peak)
        back = most(literal(0), due - account.recovered)
        return Ratio(literal(0) - back, literal(CENTS))

    return of_row


def _of_effect(of: Change | Gained | Together | Unpaid, figures: Figures) -> Formula:
    """A change or a number of events, of one period or of all together."""
    match of:
        case Change():
            return _change(of, figures)
        case Gained(rise=rise, rate=rate):
            return lambda row: _gained(row, rise=rise, rate=rate)
        case Together():
            return lambda row: Ratio(row.cohorts.better, most(row.cohorts.expected, literal(1)))
        case Unpaid():
            return lambda row: Ratio(most(literal(0), row.cohorts.left), row.cohorts.unit)


def _change(node: Change, figures: Figures) -> Formula:
    """How much better the result is than the prior one, over that; none where no change can be told from it."""
    scale = lcm(figures.steps, node.least.denominator)
    lowest = figures.result("least_comparator", "Least level to tell a change from", node.least, scale)

    def changed(row: Row) -> Changed:
        better, prior = _better(row, rise=node.rise)
        level = prior * literal(scale // figures.steps)
        text = f"({row.has_prior.text}=1)*({prior.text}>0)*({level.text}>={lowest.text})"
        is_told = row.has_prior.value == 1 and prior.value > 0 and level.value >= lowest.value
        return Changed(cell(text, int(is_told)), better, prior)

    def of_row(row: Row) -> Ratio:
        of = changed(row)
        return Ratio(of.told * of.better, most(of.prior, literal(1)))

    figures.changed = changed
    return of_row


def _gained(row: Row, *, rise: bool, rate: bool) -> Ratio:
    """The events by which the result is better than the prior one."""
    better, _ = _better(row, rise=rise)
    one = Ratio(most(literal(0), better), row.prior.bottom)
    return one * row.base if rate else one


def _better(row: Row, *, rise: bool) -> tuple[Whole, Whole]:
    """By how many steps the result is better than the prior one, and how many that has."""
    (result, prior), _ = _over_one(row.outcome, row.prior)
    return (result - prior if rise else prior - result), prior


def _score(of: Sequence[Scored], figures: Figures) -> Formula:
    """The points of the measures that score times their weights, over the weights of those that count."""
    parts = []
    for one in of:
        own = figures.of_points(one.measure)
        weight = own.share(one.weight, "weight", "Weight")
        figures.points[one.measure] = formula(one.points, own)
        parts.append((one.measure, weight))

    def of_row(row: Row) -> Ratio:
        total, whole = _NOTHING, _NOTHING
        for measure, weight in parts:
            own = dict(row.scored)[measure]
            points = figures.points[measure](replace(row, outcome=own.outcome))
            total = _sum([total, Ratio(own.scores, literal(1)) * (weight * points)])
            whole = _sum([whole, Ratio(own.counts, literal(1)) * weight])
        return Ratio(total.top * whole.bottom, total.bottom * most(whole.top, literal(1)))

    figures.score = of_row
    return of_row


def _sum(of: Sequence[Ratio]) -> Ratio:
    total = _NOTHING
    for one in of:
        (so_far, here), common = _over_one(total, one)
        total = Ratio(so_far + here, common)
    return total


def _minus(of: Ratio) -> Ratio:
    return Ratio(literal(0) - of.top, of.bottom)


def _repeated(of: Formula, factors: Sequence[tuple[Fraction, Fraction]], figures: Figures) -> Formula:
    """What is taken, times the last factor that does not begin above the number of periods in a row."""
    edges = [figures.result(f"row_{at}", f"In a row from period {first}", first, 1)
             for at, (first, _) in enumerate(factors[1:], 1)]  # fmt: skip
    parts = [figures.share(one, f"factor_{at}", f"Factor {at}") for at, (_, one) in enumerate(factors, 1)]

    figures.again = of

    def of_row(row: Row) -> Ratio:
        place = literal(1)
        for edge in edges:
            place += cell(f"({row.in_a_row.text}+1>={edge.text})", int(row.in_a_row.value + 1 >= edge.value))
        return of(row) * picked(place, parts)

    return of_row


def _improved(node: Improved, figures: Figures) -> Formula:
    """The table at the result, or at what is credited where the gain on the prior one is large enough."""
    priors = (node.prior.amount,) if isinstance(node.prior, Fixed) else ()
    scale = lcm(figures.steps, *(one.denominator for one in (node.gain, node.credited, *priors)))
    gain, credited = (
        figures.result(word, label, at, scale)
        for word, label, at in (("gain", "Least gain", node.gain), ("credited", "Credited result", node.credited))
    )
    stated = (
        figures.result("prior", "Prior result", node.prior.amount, scale) if isinstance(node.prior, Fixed) else None
    )
    table = _bands(node.table.of, node.table.bands, figures)

    def of_row(row: Row) -> Ratio:
        prior = row.prior if stated is None else Ratio(stated, literal(scale))
        same = alike((row.outcome, prior, Ratio(gain, literal(scale)), Ratio(credited, literal(scale))))
        if same is None:
            raise ValueError("a result is a whole number of steps, and so is what it is held against")
        (result, before, needed, counts), unit = same
        gained = result - before if node.rise else before - result
        better = (most if node.rise else least)(result, counts)
        known = row.has_prior if stated is None else literal(1)
        text = f"IF(({known.text}=1)*({gained.text}>={needed.text}),{better.text},{result.text})"
        is_credited = known.value == 1 and gained.value >= needed.value
        value = better.value if is_credited else result.value
        peak = max(one.peak for one in (gained, needed, better))
        return table(replace(row, outcome=Ratio(Whole(text, value, peak), unit)))

    return of_row


def _numbered(most_of: Sequence[tuple[Cycle | None, Fraction]], figures: Figures) -> Formula:
    """The successes, no more than is left of each highest number."""
    highest = [
        (every, figures.result(f"at_most_{at}", "Successes at most", number, 1))
        for at, (every, number) in enumerate(most_of, 1)
    ]

    def of_row(row: Row) -> Ratio:
        found = row.successes
        for every, number in highest:
            (before, whole), scale = _over_one(row.paid_before(every), Ratio(number, literal(1)))
            found = first_if(found, Ratio(whole - before, scale), smaller=True)
        return found

    return of_row


def _stepped(
    number: Formula, steps: Sequence[tuple[Fraction, Payment]], every: Cycle | None, figures: Figures
) -> Formula:
    """The successes in each step, which are those up to the last one less those paid before, times its price."""
    edges = [
        figures.result(f"above_{at}", f"Price {at + 1}: for successes above", above, 1)
        for at, (above, _) in enumerate(steps[1:], 1)
    ]
    prices = [formula(price, figures) for _, price in steps]

    def of_row(row: Row) -> Ratio:
        (before, more), scale = _over_one(row.paid_before(every), number(row))
        ends = [one * scale for one in edges]
        total = _NOTHING
        for at, price in enumerate(prices):
            count = _in_step(before + more, at, ends) - _in_step(before, at, ends)
            (so_far, here), common = _over_one(total, Ratio(count, scale) * price(row))
            total = Ratio(so_far + here, common)
        return total

    return of_row


def _in_step(number: Whole, at: int, ends: Sequence[Whole]) -> Whole:
    """A number held within the ends of a step; the first step has none below, the last none above."""
    upper = least(number, ends[at]) if at < len(ends) else number
    return most(upper, ends[at - 1]) if at else upper


def _over_one(one: Ratio, two: Ratio) -> tuple[tuple[Whole, Whole], Whole]:
    """Two fractions over one lower number."""
    same = alike((one, two))
    if same is None:
        return (one.top * two.bottom, two.top * one.bottom), one.bottom * two.bottom
    (left, right), common = same
    return (left, right), common


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


def _beyond(node: Beyond, figures: Figures) -> Formula:
    """How many units a value lies beyond a point."""
    scale = lcm(figures.steps, node.point.denominator)
    point, value = figures.result("beyond", "Counted from", node.point, scale), formula(node.of, figures)
    one = 1 / (node.unit * scale)
    unit = Ratio(literal(one.numerator), literal(one.denominator))

    def of_row(row: Row) -> Ratio:
        steps, part = _in_steps(value(row), scale)
        far = steps - point * part if node.rises else point * part - steps
        return Ratio(most(literal(0), far), part) * unit

    return of_row


def _alike(one: Ratio, two: Ratio) -> tuple[tuple[Whole, Whole], Whole]:
    """Two amounts of money over one scale."""
    common = lcm(one.bottom.value, two.bottom.value)
    tops = (each.top * literal(common // each.bottom.value) for each in (one, two))
    return (next(tops), next(tops)), literal(common)
