"""The steps from a result to an amount in words, from the same nodes that were evaluated."""

from collections.abc import Sequence
from fractions import Fraction

from acmspec.ground.articles import article
from acmspec.ground.calendar import Cycle
from acmspec.ground.exact import fixed, significant
from acmspec.program.intervals import in_force
from acmspec.program.payment import (
    Amounts,
    Band,
    Bands,
    Beyond,
    ByProvider,
    Change,
    Each,
    Fixed,
    FreshShare,
    Gained,
    Improved,
    Least,
    Most,
    Part,
    Payment,
    Ramp,
    Recovered,
    Repeated,
    Score,
    Since,
    Stepped,
    Successes,
    Taken,
    TakenBefore,
    Times,
    Together,
    Unpaid,
)
from acmspec.program.payment_parts import is_without_money, joined, own_amount
from acmspec.results.printed import money, plain
from acmspec.settlement.evaluate import (
    Environment,
    band_of,
    by_step,
    counts_as,
    evaluate,
    factor_of,
    prior_of,
    recovered_so_far,
    told,
)

_PERCENT = 100
NOTHING_FOLLOWS = "nothing follows"


def phrases(node: Payment, at: Environment, currency: str) -> tuple[str, ...]:  # noqa: C901  (a case a node)
    """What each part of a payment expression came to, a phrase a part, from left to right."""
    match node:
        case Bands(of=Change() | Together()):
            return _effect(node, at, currency)
        case Bands(of=of):
            table = joined(node)
            band = band_of(evaluate(of, at), table.bands)
            amount = band.pays if table is node else own_amount(band.pays)
            came = NOTHING_FOLLOWS if is_without_money(node) else money(evaluate(amount, at), currency)
            what = "score" if isinstance(of, Score) else "result"
            return (f"the {what} is {band.label}: {band.follows or came}", *phrases(band.pays, at, currency))
        case Improved(table=table):
            band = band_of(counts_as(node, at), table.bands)
            return (_credit(node, at), f"it is paid as {band.label}: {money(evaluate(band.pays, at), currency)}")
        case Ramp(lower=lower, upper=upper):
            ends = (f"{money(one.pays, currency)} at {one.label}" for one in (lower, upper))
            return (f"evenly from {' to '.join(ends)}",)
        case Times(left=left, right=Beyond() as far):
            return (f"{arithmetic(left, at, currency)} for each of {_far(far, at)}",)
        case Times(left=ByProvider() as price, right=(Gained() | Unpaid()) as number):
            return (_stated(price, at, currency, f" for each of {_events(number, at)}"),)
        case Times(left=ByProvider() | Since() as price, right=Successes() as number):
            one = number.each.one if number.each else "event" if at.takes else "success"
            return (_stated(price, at, currency, f" for each {one}"), *_paid(number, at))
        case Stepped(of=of, every=every):
            before = dict(at.before).get(every, Fraction(0))
            prices = (
                f"{plain(count)} at {money(price, currency)}" for count, price in by_step(node, evaluate(of, at), at)
            )
            said = f"after {plain(before)} {_done(at)} before{_in(every)}: {', '.join(prices) or 'none'}"
            return (*_paid(of, at), said)
        case ByProvider() | Since():
            return (_stated(node, at, currency),)
        case Successes():
            return _paid(node, at)
        case FreshShare():
            return (_successes(at),)
        case Amounts(terms=terms):
            known = dict(at.amounts)
            return tuple(f"“{one}” came to {money(known.get(one, Fraction(0)), currency)}" for one in terms)
        case Repeated(of=of):
            return (*phrases(of, at, currency), *_again(node, at))
        case Part(of=of) | Taken(of=of):
            return phrases(of, at, currency)
        case Recovered():
            return _set_off(node, at, currency)
        case TakenBefore():
            return (f"{money(at.taken, currency)} taken for the period before",)
        case Times(left=left, right=right) | Least(left=left, right=right) | Most(left=left, right=right):
            return phrases(left, at, currency) + phrases(right, at, currency)
        case _:
            return ()


def _effect(table: Bands, at: Environment, currency: str) -> tuple[str, ...]:
    """How much better a result is than what it is held against, and what follows of that."""
    changed = evaluate(table.of, at)
    band = band_of(changed, table.bands)
    much = f"{_exactly(abs(changed), table.bands)} {'better' if changed >= 0 else 'worse'}"
    if isinstance(table.of, Change):
        prior, name = told(table.of, at), f"“{table.of.prior.benchmark}”"
        if prior is None:
            known = dict(at.compared).get(table.of.prior.benchmark)
            came = "nothing" if known is None else _as_printed(known, table.of)
            return (f"{name} came to {came}, from which no change can be told: nothing is due",)
        result, level = (_as_printed(one, table.of) for one in (at.outcome, prior))
        change = f"{result} is {much} than {level} under {name}"
    else:
        of_all = at.cohorts
        events = f"{plain(of_all.better)} of {plain(of_all.expected)} events"
        change = f"all periods together are {much} than expected ({events})"
    due = "" if evaluate(band.pays, at) else ": nothing is due"
    return (f"{change}, {band.label}{due}", *phrases(band.pays, at, currency))


def _as_printed(result: Fraction, of: Change) -> str:
    return f"{plain(result * _PERCENT)}%" if of.in_percent else plain(result)


def _exactly(change: Fraction, bands: Sequence[Band]) -> str:
    """A change in percent with as many decimals as it takes to see on which side of each edge it lies."""
    edges = [one.first for one in bands if one.first is not None]
    decimals = 2
    while True:
        text = fixed(change * _PERCENT, decimals)
        if all((Fraction(text) >= edge * _PERCENT) == (change >= edge) for edge in edges):
            return f"{significant(Fraction(text))}%"
        decimals += 1


def _events(node: Gained | Unpaid, at: Environment) -> str:
    """A number of events by what they are: fewer where that is wanted, else more."""
    number = evaluate(node, at)
    noun = "event" if number == 1 else "events"
    if isinstance(node, Unpaid):
        return f"{plain(number)} {noun} not paid for before"
    return f"{plain(number)} additional {noun}" if node.rise else f"{plain(number)} {noun} avoided"


def _set_off(node: Recovered, at: Environment, currency: str) -> tuple[str, ...]:
    """What advances stand at, what is set off against them, and how much of the rest is recovered at the end."""
    account = at.on_account
    named = " and ".join(f"“{one}”" for one in node.of) or "nothing"
    said = [f"{money(account.advanced, currency)} advanced", f"{named} came to {money(account.earned, currency)}"]
    if account.ends:
        rest = max(Fraction(0), account.advanced - account.earned)
        most = "" if node.most is None else f", of which no more than {money(node.most, currency)} is recovered"
        said.append(f"it is settled: the rest of {money(rest, currency)} is due{most}")
    return (*said, f"{money(account.recovered, currency)} recovered before")


def _credit(node: Improved, at: Environment) -> str:
    """Whether a result has gained enough on the prior one to count as better than it is."""
    result, prior = evaluate(node.table.of, at), prior_of(node, at)
    if prior is None:
        return "no prior result, so that nothing is credited"
    gained = result - prior if node.rise else prior - result
    counted = counts_as(node, at)
    said = f"a gain of {plain(gained)} on {plain(prior)}, with {plain(node.gain)} needed"
    return f"{said}: it counts as {plain(counted)}" if counted != result else f"{said}: the result itself counts"


def _stated(node: ByProvider | Since, at: Environment, currency: str, what: str = "") -> str:
    """An amount that the contract states, whose it is, and since when."""
    held, since = _step(node, at)
    own = isinstance(held, ByProvider) and at.provider in dict(held.own)
    return f"{money(evaluate(held, at), currency)}{what}{' by own agreement' if own else since}"


def _step(node: Payment, at: Environment) -> tuple[Payment, str]:
    """The amount in force, and since when where it has changed."""
    if not isinstance(node, Since):
        return node, ""
    held = in_force(node.steps, at.day)[0]
    first = next(day for day, one in node.steps if one is held)
    return held, "" if held is node.steps[0][1] else f", for periods that start on or after {first}"


def arithmetic(node: Payment, at: Environment, currency: str) -> str:  # noqa: C901  (a case a node)
    """The calculation in numbers: `$400.00 × 12`."""
    match node:
        case Taken(of=of):
            return f"−{_factor(of, at, currency)}" if evaluate(of, at) > 0 else money(Fraction(0), currency)
        case Recovered():
            account = at.on_account
            due = money(max(account.recovered, recovered_so_far(node, account)), currency)
            return f"−({due} − {money(account.recovered, currency)})"
        case Part(of=Score()):
            return f"{plain(evaluate(node, at) * _PERCENT)}%"
        case Part(share=share, of=of):
            return f"{significant(share * _PERCENT)}% × {money(evaluate(of, at), currency)}"
        case Times(left=left, right=right):
            return f"{_factor(left, at, currency)} × {_factor(right, at, currency)}"
        case Repeated(of=of) if (factor := factor_of(node, at)) != 1:
            return f"{_factor(of, at, currency)} × {significant(factor * _PERCENT)}%"
        case Repeated(of=of):
            return arithmetic(of, at, currency)
        case Least(left=left, right=right) | Most(left=left, right=right):
            return _held(node, at, currency)
        case Bands(of=of, bands=bands):
            return arithmetic(band_of(evaluate(of, at), bands).pays, at, currency)
        case Ramp(of=of, lower=lower, upper=upper) if lower.at < evaluate(of, at) < upper.at:
            first, last = money(lower.pays, currency), money(upper.pays, currency)
            part = f"({plain(evaluate(of, at))} − {plain(lower.at)}) / ({plain(upper.at)} − {plain(lower.at)})"
            return f"{first} + ({last} − {first}) × {part}"
        case Stepped(of=of):
            parts = [
                f"{money(price, currency)} × {plain(count)}" for count, price in by_step(node, evaluate(of, at), at)
            ]
            return " + ".join(parts) or money(Fraction(0), currency)
        case Successes() | Beyond() | Gained() | Unpaid():
            return plain(evaluate(node, at))
        case FreshShare():
            return _fraction(at)
        case _:
            return money(evaluate(node, at), currency)


def _again(node: Repeated, at: Environment) -> tuple[str, ...]:
    """The factor of a row of periods, where there is something to take."""
    if evaluate(node.of, at) <= 0:
        return ()
    return (f"period {at.in_a_row + 1} in a row: {significant(factor_of(node, at) * _PERCENT)}% of it",)


def _held(node: Least | Most, at: Environment, currency: str) -> str:
    """One of two amounts, and what holds it where that is the other."""
    left, right = evaluate(node.left, at), evaluate(node.right, at)
    if isinstance(node.left, Fixed):
        return arithmetic(node.right, at, currency) if evaluate(node, at) == right else money(left, currency)
    said = arithmetic(node.left, at, currency)
    return said if evaluate(node, at) == left else f"{said}, held at {money(right, currency)}"


def _factor(node: Payment, at: Environment, currency: str) -> str:
    """A calculation as a factor, in brackets where it is a sum."""
    said = arithmetic(node, at, currency)
    return f"({said})" if " + " in said or ", held at " in said else said


def _successes(at: Environment, each: Each | None = None) -> str:
    if each is not None:
        return _for_each(each, at)
    if at.once:
        many = "events due and not counted before" if at.takes else "successes due and not paid before"
        return f"{plain(at.successes)} of {plain(at.of_successes)} {many}"
    one, many = ("event", "events") if at.takes else ("success", "successes")
    return f"{plain(at.successes)} {one if at.successes == 1 else many}"


def _far(node: Beyond, at: Environment) -> str:
    """How far a value lies beyond a point: `5 percentage points above 60%`."""
    number = evaluate(node, at)
    side = "above" if node.rises else "below"
    return f"{plain(number)} {node.one if number == 1 else node.many} {side} {node.label}"


def _done(at: Environment) -> str:
    return "counted" if at.takes else "paid"


def _paid(number: Successes, at: Environment) -> tuple[str, ...]:
    """How many successes there are, and how many of them are paid where a highest number holds."""
    said = [_successes(at, number.each)]
    paid = evaluate(number, at)
    if paid < at.successes and number.first:
        said.append("not the first of the term, so that nothing is due for it")
    elif paid < at.successes:
        tight = ((every, most, dict(at.before).get(every, Fraction(0))) for every, most in number.most)
        every, most, before = min(tight, key=lambda one: one[1] - one[2])
        said.append(f"{plain(paid)} of them paid: no more than {plain(most)}{_in(every)}, {plain(before)} paid before")
    return tuple(said)


def _for_each(each: Each, at: Environment) -> str:
    """How much is paid for where what is told apart is paid for up to some number."""
    noun = each.one if at.successes == 1 else each.many
    most = " and ".join(f"{plain(number)}{_in(every)}" for every, number in each.most)
    if at.successes == at.of_successes or not (most or at.unnamed):
        return f"{plain(at.successes)} {noun}"
    entity = each.entity.value
    why = [f"{plain(at.unnamed)} without {article(entity)}"] if at.unnamed else []
    if at.successes + at.unnamed < at.of_successes:
        why.append(f"no more than {most} for each {entity}")
    return f"{plain(at.successes)} of {plain(at.of_successes)} {each.many}: {', '.join(why)}"


def _in(every: Cycle | None) -> str:
    return " in the whole term" if every is None else f" in the {every.value}"


def _fraction(at: Environment) -> str:
    if at.once and at.of_successes:
        return f"{plain(at.successes)}/{plain(at.of_successes)}"
    return plain(at.fresh_share)


def rounding(exact: Fraction, amount: Fraction, currency: str) -> str:
    """The amount, and that it was rounded where it was."""
    way = "half up to the cent" if exact > 0 else "to the cent, half a cent away from zero"
    return money(amount, currency) + (f", rounded {way}" if exact != amount else "")
