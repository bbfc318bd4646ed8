"""What is deducted: for events by number, for a missed standard or by tiers; its shape, proof and meaning; no words."""

from collections.abc import Iterator
from dataclasses import field, replace
from fractions import Fraction
from itertools import pairwise

from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem, Severity, has_errors
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import Tier, proved, said
from acmspec.kinds.bases import MONEY_OR_PART, NOTHING, OF, Base
from acmspec.kinds.conditions import Condition, bands
from acmspec.kinds.counted import STRETCH, cycle_of, shorter
from acmspec.kinds.paid import uncounted
from acmspec.program.intervals import Interval, Known, interval, meets, results
from acmspec.program.payment import (
    Bands,
    ByProvider,
    Fixed,
    Least,
    Part,
    Payment,
    Repeated,
    Stepped,
    Successes,
    Taken,
    TakenBefore,
    Times,
)
from acmspec.program.payment import Outcome as Result
from acmspec.program.payment_parts import bases
from acmspec.program.ports import MeasureContext
from acmspec.spec.pieces import SHARE
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Factor, FormulaShape, Identifier, Key, ListOf, Quantity, Record, Whole

WHICH_WAY = Problem(
    code="ACM560",
    title="a deduction in two ways, or in none",
    cause="A deduction is for each event (“amount”), for a missed standard (“standard” and “amount”) or by tiers "
    "(“bands”). What is allowed, steps and “counted” count events only.",
    fix="Keep the keys of one way and remove the others.",
    contract="The Agreement must state what a deduction is for, in one way.",
)
NOT_RISING = Problem(
    code="ACM563",
    title="steps of a deduction out of order",
    cause="Each step holds from its number on, behind what is allowed, so that the numbers must rise.",
    fix="Write the steps in order, each number once, and above what is allowed.",
    contract="Each event and each period must have one deduction.",
)
FOR_THE_BETTER = Problem(
    code="ACM564",
    title="a deduction for what should become more",
    cause="A better result would lose more than a worse one.",
    fix="Deduct for the opposite with “outcome:”, exchange the amounts, or correct “better” of the metric.",
    contract="A better result must never be deducted more for than a worse one.",
)
ONCE_WHAT = Problem(
    code="ACM568",
    title="once per whom, where nothing is counted?",
    cause="A standard is met or missed as a whole, so that there are no events that could be deducted for once.",
    fix="Remove “once_per”, or deduct for each event.",
    contract="No event may be deducted for twice.",
)
FALLING = Problem(
    code="ACM581",
    title="a row that costs less the longer it is",
    cause="A factor of periods in a row is there to make what is missed again cost more. This one is less than the one "
    "before it, which is 100% at first.",
    fix="Write factors that rise with the row, such as 150% from 2 and 200% from 3.",
    contract="A shortfall that is repeated must not cost less than the first one.",
    severity=Severity.WARNING,
)
EARNED_THOUGH_MISSED = Problem(
    code="ACM582",
    title="a shortfall that earns back",
    cause="Where the result is what “earn_back” asks for, nothing is taken and a part of what was taken is given back. "
    "This level is reached by a result that something is deducted for.",
    fix="Write a level under “earn_back” that is at least as good as the one for which nothing is deducted.",
    contract="What was deducted may be earned back only by a result that is good enough.",
    severity=Severity.WARNING,
)
MOST_OF_NOTHING = Problem(
    code="ACM583",
    title="a most that holds nothing",
    cause="“most” is what is deducted for one period at most. An amount that is never reached, or is more than all "
    "that it is a part of, ends nothing.",
    fix="Write a “most” below what can be deducted, and of no more than 100%, or remove it.",
    contract="The most that can be deducted must be one that can be reached.",
    severity=Severity.WARNING,
)
PROBLEMS = (WHICH_WAY, NOT_RISING, FOR_THE_BETTER, ONCE_WHAT, FALLING, EARNED_THOUGH_MISSED, MOST_OF_NOTHING)


@node
class Level:
    """The level that a result must reach, on one side, and for what is earned back the part of it."""

    at_least: Located[Amount] | None
    at_most: Located[Amount] | None
    span: Span = field(compare=False, repr=False)
    share: Fraction = Fraction(0)

    def condition(self, name: Located[str]) -> Condition:
        """The same as a condition on a metric."""
        return Condition(name, self.at_least, self.at_most, self.span)


@node
class From:
    """From a number of events or of periods in a row on, another amount or factor."""

    first: Located[int]
    amount: Located[Amount]
    span: Span = field(compare=False, repr=False)


@node
class Deducting:
    """What is deducted for: events, a missed standard or tiers; how it grows, ends, and is earned back."""

    amount: Located[Amount] | None
    of: Located[Amount] | tuple[Located[str], ...] | None
    allowance: Located[int] | None
    steps: tuple[From, ...]
    counted: Located[str] | None
    standard: Level | None
    bands: tuple[Tier, ...]
    in_a_row: tuple[From, ...]
    cure: Located[int] | None
    most: Located[Amount] | None
    earn_back: Level | None
    metric: Located[str] | None
    outcome: FormulaText | None
    span: Span = field(compare=False, repr=False)

    @property
    def base(self) -> Base:
        """What percentages are a part of."""
        return Base.written(self.of)

    @property
    def by_events(self) -> bool:
        """Whether each event is deducted for."""
        return self.standard is None and not self.bands


_RESULT = Quantity("percent", "number", "money", "duration")
_LEVEL = (Key("at_least", _RESULT), Key("at_most", _RESULT))
_FROM = Key("from", Whole(least=2), required=True, into="first")
SHAPE = Record(
    "a deduction",
    Deducting,
    (
        Key("amount", MONEY_OR_PART),
        OF,
        Key("allowance", Whole(least=1)),
        Key("steps", ListOf(Record("a step", From, (_FROM, Key("amount", MONEY_OR_PART, required=True)))), default=()),
        Key("counted", STRETCH),
        Key("standard", Record("a standard", Level, _LEVEL)),
        Key(
            "bands",
            ListOf(
                Record(
                    "a tier",
                    Tier,
                    (
                        Key("from", _RESULT, into="first"),
                        Key("below", _RESULT),
                        Key("deduct", MONEY_OR_PART, required=True, into="pay"),
                    ),
                )
            ),
            default=(),
        ),
        Key(
            "in_a_row",
            ListOf(Record("a row", From, (_FROM, Key("factor", Factor(), required=True, into="amount")))),
            default=(),
        ),
        Key("cure", Whole(least=1)),
        Key("most", MONEY_OR_PART),
        Key("earn_back", Record("what is earned back", Level, (*_LEVEL, Key("share", SHARE, required=True)))),
        Key("metric", Identifier()),
        Key("outcome", FormulaShape()),
    ),
)


def deducted(of: Deducting, context: MeasureContext) -> Outcome[Payment]:
    """What is taken, as an amount below zero, and what of it is given back; or everything that is wrong with it."""
    found = list(_unsound(of, context))
    if has_errors(found):
        return Outcome(None, tuple(found))
    if of.metric is None:
        # What is counted by a formula of its own are events, of which there should be few.
        context = replace(context, better="lower")
    owed = _owed(of, context)
    found += owed.diagnostics
    if owed.value is None:
        return Outcome(None, tuple(found))
    amount = _in_a_row(of, owed.value)
    if of.most is not None:
        found += _most_of_nothing(of.most, amount, of.base.worth(of.most, context), context)
        amount = Least(amount, of.base.worth(of.most, context))
    taken: Payment = Taken(amount)
    if of.earn_back is None:
        return Outcome(taken, tuple(found))
    name = of.metric or Located(context.name, of.earn_back.span)
    back = Part(of.earn_back.share, TakenBefore(amount))
    table = bands(of.earn_back.condition(name), context, back, taken)
    return Outcome(table.value, (*found, *table.diagnostics, *_earned_though_missed(of.earn_back, owed.value, context)))


def _most_of_nothing(
    written: Located[Amount], amount: Payment, most: Payment, context: MeasureContext
) -> Iterator[Diagnostic]:
    """A most that is never reached, or is more than all that it is a part of."""
    if written.value.written == "percent" and written.value.value > 1:
        message = f"{written.span.text} is more than all that it is a part of"
        yield MOST_OF_NOTHING.at(written.span, message, label="more than all")
        return
    if bases(amount) != bases(most):
        return  # money, and a part of what terms come to, are held against one another only once that is known
    alike = tuple((name, Interval(Fraction(1), Fraction(1))) for name in bases(amount))
    known = Known(outcome=results(context.formula, context.type), every=context.every, amounts=alike)
    if interval(amount, known).most <= interval(most, known).most:
        message = f"no more than {written.span.text} is deducted for one period in any case"
        yield MOST_OF_NOTHING.at(written.span, message, label="never reached")


def _earned_though_missed(back: Level, owed: Payment, context: MeasureContext) -> Iterator[Diagnostic]:
    """A level that earns back what was taken, reached by a result that something is deducted for."""
    written = back.at_least or back.at_most
    level = None if written is None else context.convert(written).value
    if written is None or level is None or not isinstance(owed, Bands):
        return
    at = Interval(level, level)
    held = next((one for one in owed.bands if meets(one, at)), None)
    if held is not None and interval(held.pays, Known()).most > 0:
        message = f"a result of {said(level, context)} is one that something is deducted for"
        yield EARNED_THOUGH_MISSED.at(written.span, message, label="earned back though it is missed")


def _owed(of: Deducting, context: MeasureContext) -> Outcome[Payment]:
    """What is to be deducted for one period by itself, as an amount above zero."""
    if of.bands:
        return _tiers(of, context)
    if of.amount is None:
        return Outcome(None)
    price = of.base.worth(of.amount, context)
    if of.standard is not None and of.metric is not None:
        return bands(of.standard.condition(of.metric), context, NOTHING, price)
    first: Payment = ByProvider(price.amount, ()) if isinstance(price, Fixed) else price
    later = [(Fraction(one.first.value - 1), of.base.worth(one.amount, context)) for one in of.steps]
    if of.allowance is not None:
        later.insert(0, (Fraction(of.allowance.value), first))
        first = NOTHING
    if not later:
        return Outcome(Times(first, Successes()))
    every = cycle_of(of.counted, context.every) if of.counted else context.every
    return Outcome(Stepped(Successes(), ((Fraction(0), first), *later), every))


def _tiers(of: Deducting, context: MeasureContext) -> Outcome[Payment]:
    """A step table of what each tier deducts; a better result never loses more."""
    plain = tuple(replace(one, pay=_as_money(one.pay)) for one in of.bands)
    table = proved(plain, context, pays=False)
    if table.value is None:
        return Outcome(None, table.diagnostics)
    rank = sorted(
        zip(table.value, of.bands, strict=True),
        key=lambda one: (one[0].first is not None, one[0].first or 0),
        reverse=context.better == "lower",
    )
    worse = [
        FOR_THE_BETTER.at(better.pay.span, f"a result of {band.label} loses more than a worse one", label="loses more")
        for (_, one), (band, better) in pairwise(rank)
        if better.pay.value.value > one.pay.value.value
    ]
    made = (
        replace(band, pays=of.base.worth(tier.pay, context)) for band, tier in zip(table.value, of.bands, strict=True)
    )
    return Outcome(None if worse else Bands(Result(), tuple(made)), (*table.diagnostics, *worse))


def _as_money(written: Located[Amount]) -> Located[Amount]:
    return Located(replace(written.value, written="money"), written.span)


def _in_a_row(of: Deducting, owed: Payment) -> Payment:
    """What is deducted by how many periods in a row there was something to deduct; nothing while it can be cured."""
    cure = of.cure.value if of.cure else 0
    factors = [(Fraction(1), Fraction(0)), (Fraction(cure + 1), Fraction(1))] if cure else [(Fraction(1), Fraction(1))]
    factors += [(Fraction(one.first.value), one.amount.value.value) for one in of.in_a_row]
    return Repeated(owed, tuple(factors)) if len(factors) > 1 else owed


def _unsound(of: Deducting, context: MeasureContext) -> Iterator[Diagnostic]:
    amounts = (of.amount, of.most, *(one.amount for one in of.steps), *(one.pay for one in of.bands))
    yield from of.base.unsound(amounts, context)
    yield from _ways(of)
    if of.by_events:
        yield from uncounted(context, (of.metric or of).span)
        if of.metric is not None and context.better == "higher":
            message = f"“{context.name}” is better when higher, and each one of it is deducted for"
            yield FOR_THE_BETTER.at(of.metric.span, message, label="deducted for the better")
    elif context.once_per:
        yield ONCE_WHAT.at((of.metric or of).span, f"“{context.name}” is met or missed as a whole", label="once what?")
    yield from shorter(of.counted, context.every)
    yield from _rising((of.allowance.value if of.allowance else 0) + 1, of.steps, "the amount")
    yield from _rising((of.cure.value if of.cure else 0) + 1, of.in_a_row, "what is deducted")
    yield from _falling(of.in_a_row)


def _ways(of: Deducting) -> Iterator[Diagnostic]:
    """What does not go with the way something is deducted for, or is lacking to it."""
    by_tiers, by_standard = bool(of.bands), of.standard is not None
    if of.amount is None and not by_tiers:
        yield WHICH_WAY.at(of.span, "nothing says how much is deducted", label="how much?")
    if by_tiers and (by_standard or of.amount is not None):
        place = of.standard.span if of.standard is not None else of.amount.span if of.amount is not None else of.span
        yield WHICH_WAY.at(place, "the tiers say what is deducted", label="and “bands”, too")
    counting = (of.allowance, of.counted, *(one.first for one in of.steps))
    for one in counting if not of.by_events else ():
        if one is not None:
            yield WHICH_WAY.at(one.span, "this counts events, and nothing here is one", label="counts nothing")
    if not of.by_events and of.metric is None:
        yield WHICH_WAY.at(
            of.span, "a standard or tier is one of a metric, and none is named", label="of which metric?"
        )
    if of.metric is not None and of.outcome is not None:
        yield WHICH_WAY.at(of.outcome.span, "the deduction is for a metric and a formula", label="and “metric”, too")
    if of.counted is not None and of.by_events and not of.steps and of.allowance is None:
        yield WHICH_WAY.at(of.counted.span, "there is nothing to count for", label="counts for nothing")


def _falling(rows: tuple[From, ...]) -> Iterator[Diagnostic]:
    before, shown = Fraction(1), "100%"
    for one in rows:
        if one.amount.value.value < before:
            message = f"from period {one.first.value} of a row on, {one.amount.span.text} is less than {shown}"
            yield FALLING.at(one.amount.span, message, label="less than before it")
        before, shown = one.amount.value.value, one.amount.span.text


def _rising(after: int, steps: tuple[From, ...], what: str) -> Iterator[Diagnostic]:
    before = f"from which {what} itself holds"
    for one in steps:
        if one.first.value <= after:
            message = f"{one.first.value:,} is not above {after:,}, {before}"
            yield NOT_RISING.at(one.first.span, message, label="not above what is before it")
        after, before = one.first.value, "from which the step before it holds"
