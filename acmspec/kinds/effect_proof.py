"""What makes an effect one that can be paid: held against something, to be reached and missed; it lowers nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from acmspec.ground.calendar import Cycle, NamedPeriods, Period, ReportingDays
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.kinds.bands import said, step
from acmspec.kinds.effect_keys import Effect
from acmspec.kinds.paid import NOT_COUNTED, negative
from acmspec.program.counting import is_rate
from acmspec.program.elsewhere import Dates
from acmspec.program.group import GroupConstant, Slice
from acmspec.program.intervals import results
from acmspec.program.ports import MeasureContext
from acmspec.program.rounding import is_percentage, width
from acmspec.program.said import is_money
from acmspec.program.types import Form, NumberType
from acmspec.results.printed import stated

AGAINST = Problem(
    code="ACM462",
    title="an effect on what?",
    cause="An effect is how far a result is from what a benchmark of its metric lets expect, such as a target or the "
    "result of earlier years.",
    fix="Write under “comparator” the name of a benchmark of the metric.",
    contract="An effect must be measured against a stated comparison.",
)
ENOUGH = Problem(
    code="ACM463",
    title="a change that nobody or everybody reaches",
    cause="Paid is a change that is large enough: more than nothing, and no more than a result can differ by.",
    fix="Write a change above 0% that some result reaches; of a number that falls, it is at most 100%.",
    contract="The least change that is paid must be one that can be reached and missed.",
)
NO_EASIER = Problem(
    code="ACM468",
    title="all together are no easier than each",
    cause="Where no period reaches its own change, neither do all of them together, so that a fallback with the same "
    "or a larger one would never help.",
    fix="Write under “pooled” a smaller “at_least” than that of each period.",
    contract="What all periods must reach together must be less than what each must reach by itself.",
)
UNTOLD = Problem(
    code="ACM467",
    title="a comparator from which no change can be told",
    cause="A change is a part of what the result is held against, which must be above zero. Where one step of rounding "
    "is more than a tenth of the change that is paid, payment depends on how results are printed.",
    fix="Print the metric with more decimals (“round”), or hold it against a level above zero.",
    contract="Whether a change is large enough must not depend on how results are rounded.",
)
WHOSE_EVENTS = Problem(
    code="ACM469",
    title="an effect that belongs to no one",
    cause="Events that did not happen happened to nobody, and those of one period belong to no other: they are neither "
    "paid once for each person nor counted in windows that overlap.",
    fix="Remove “once_per”, and measure each period by itself (“window: period”).",
    contract="Each event that is paid for must belong to one period.",
)
PROBLEMS = (AGAINST, ENOUGH, UNTOLD, NO_EASIER, WHOSE_EVENTS)

_SMALL = Fraction(1, 10)
"""A change from a share that is measured should be told from here on."""


def unsound(of: Effect, context: MeasureContext) -> Iterator[Diagnostic]:
    """What keeps it from being paid as it is meant."""
    if isinstance(context.type, NumberType) and is_money(context.type.unit):
        message = f"“{context.name}” is an amount of money, and has no events"
        yield NOT_COUNTED.at(of.metric.span, message, label="what is paid for?")
    if context.once_per:
        yield WHOSE_EVENTS.at(of.metric.span, "nobody can be told whose events these are", label="once for whom?")
    if context.overlaps:
        message = f"the windows of “{context.name}” overlap, and an event counts in several"
        yield WHOSE_EVENTS.at(of.metric.span, message, label="counts twice")
    yield from _out_of_reach(of, context)
    yield from _ill_compared(of, context)
    for one in (of.price, of.most, None if of.pooled is None else of.pooled.most):
        if one is not None:
            yield from negative(one)


def _out_of_reach(of: Effect, context: MeasureContext) -> Iterator[Diagnostic]:
    """The changes that everybody or nobody reaches, and a fallback that is no easier."""
    all_together = () if of.pooled is None else (of.pooled.at_least,)
    for least in (of.at_least, *all_together):
        if least.value.value <= 0:
            yield ENOUGH.at(least.span, "every result changes by as much as this", label="not above zero")
        elif least.value.value > 1 and context.better == "lower":
            message = f"a number can't fall by {said_share(least.value.value)}"
            yield ENOUGH.at(least.span, message, label="more than all of it")
    for least in all_together:
        if least.value.value >= of.at_least.value.value:
            message = f"each period needs no more than {said_share(of.at_least.value.value)}"
            yield NO_EASIER.at(least.span, message, label="not less")
    if of.pooled is not None and of.most is not None:
        most = of.pooled.most
        if most is None or most.value.value > of.most.value.value:
            place = of.pooled.at_least if most is None else most
            message = "all periods together may be paid more than one that reaches its own change"
            cause = (
                "What is due for a period by itself ends at its “most”. If all of them together ended later, a period "
                "that comes to reach its own change could be paid less than before."
            )
            fix = "Write under “pooled” a “most” that is not above that of a period, or leave both to a limit."
            yield NO_EASIER.at(place.span, message, label="ends later", cause=cause, fix=fix)


def _ill_compared(of: Effect, context: MeasureContext) -> Iterator[Diagnostic]:
    """What keeps a comparator from being one: it is none of the metric, is of other days, or tells no change."""
    name = of.comparator.value
    if name not in context.benchmarks:
        message = f"“{context.name}” has no benchmark “{name}”"
        first = f"Add it under “benchmarks” of “{context.name}”, such as {name}: {{kind: target, value: 60%}}."
        fix = offer(name, context.benchmarks) if context.benchmarks else first
        yield AGAINST.at(of.comparator.span, message, label="unknown", fix=fix)
    for one in (one for one in context.held_against if one.name == name):
        if isinstance(one.value, Slice) and isinstance(one.value.to, Dates):
            yield from _of_other_days(of, one.value.to, context)
            yield from _too_coarse(of, context)
        if isinstance(one.value, GroupConstant):
            yield from _untold(of, one.value.value, context)
            places = {provider: (span, path) for provider, span, path in context.own_targets}
            for provider, level in one.own:
                span, path = places.get(provider, (None, ""))
                found = _untold(of, level, context, span) if level != one.value.value else ()
                yield from (replace(each, path=path) for each in found)


def _of_other_days(of: Effect, days: Dates, context: MeasureContext) -> Iterator[Diagnostic]:
    """The finding that a number is held against one that was counted over more days, or fewer."""
    if not is_rate(context.formula) and not _as_long(days, context.every):
        every, name = context.every.value, of.comparator.value
        message = f"“{name}” counts from {days.first} to {days.last}, and a result for one {every}"
        run = f"Let “{name}” run for one {every}"
        if isinstance(context.every, NamedPeriods):
            run = f"Make all periods as long as “{name}”"
        fix = f"{run}, or measure a share or one number out of another."
        yield AGAINST.at(of.comparator.span, message, label="of other days", fix=fix)


def _as_long(days: Dates, every: Cycle) -> bool:
    """Whether a history is as long as every period: as many whole months, or as many days."""
    match every:
        case NamedPeriods():
            return all(_alike(days, one) for one in every.periods)
        case ReportingDays():
            return days.first == days.last
        case _ if every.length.months:
            return _months(days) == every.length.months
        case _:
            return _days(days) == every.length.days


def _alike(days: Dates, period: Period) -> bool:
    months = _months(days), _months(period)
    return months[0] == months[1] if all(months) else _days(days) == _days(period)


def _too_coarse(of: Effect, context: MeasureContext) -> Iterator[Diagnostic]:
    """The finding that results are rounded so that a comparator that is measured must be large to tell a change."""
    at_least = of.at_least.value.value
    least = least_level(at_least, width(context.type, context.decimals)) if at_least > 0 else Fraction(0)
    if is_percentage(context.type) and least > _SMALL:
        message = f"a change from less than {said(least, context)} could not be told, as results are rounded"
        fix = _finer(_SMALL, least, context)
        yield UNTOLD.at(of.comparator.span, message, label="is measured, and may be small", fix=fix)


def _finer(level: Fraction, least: Fraction, context: MeasureContext) -> str:
    """With how many decimals a change from a level could be told."""
    decimals = context.decimals
    while level * 10 ** (decimals - context.decimals) < least:
        decimals += 1
    return f"Write “round: {decimals} decimal{'' if decimals == 1 else 's'}” in the metric."


def _untold(of: Effect, level: Fraction, context: MeasureContext, own: Span | None = None) -> Iterator[Diagnostic]:
    """What is wrong with a stated level, which may be a provider's own: no change from it can be told, or reached."""
    at_least, best = of.at_least.value.value, results(context.formula, context.type).most
    least = least_level(at_least, width(context.type, context.decimals)) if at_least > 0 else Fraction(0)
    if level <= 0:
        message = f"{said(level, context)} is nothing that a change could be a part of"
        yield UNTOLD.at(own or of.comparator.span, message, label="no change can be told")
    elif level < least:
        apart = said(step(context), context)
        message = f"results lie {apart} apart as rounded, too far to tell a change from {said(level, context)}"
        place, fix = own or of.comparator.span, _finer(level, least, context)
        yield UNTOLD.at(place, message, label="no change can be told", fix=fix)
    elif context.better == "higher" and best < level * (1 + at_least):
        message = f"from {said(level, context)}, no result rises by {said_share(at_least)}"
        fix = "" if own is None else f"Agree on a lower target, or write a change below {said_share(at_least)}."
        yield ENOUGH.at(own or of.at_least.span, message, label="never reached", fix=fix)


def least_level(at_least: Fraction, apart: Fraction) -> Fraction:
    """The first printed level from which one step of rounding is no more than a tenth of a change."""
    return -(-10 / at_least // 1) * apart


def said_share(share: Fraction) -> str:
    """A share in words."""
    return stated(share, NumberType(Form.SHARE), "")


def _days(days: Dates | Period) -> int:
    """How many days a stretch of time has."""
    return (days.last - days.first).days + 1


def _months(days: Dates | Period) -> int:
    """How many whole months a stretch of days has; 0 where it does not."""
    after = days.last + timedelta(days=1)
    whole = days.first.day == after.day == 1
    return (after.year - days.first.year) * 12 + after.month - days.first.month if whole else 0
