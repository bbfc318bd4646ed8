"""Levels that results must reach and shares held back, as the kinds that have them share them; knows no single kind."""

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from math import isinf
from types import MappingProxyType
from typing import Any

from acmspec.english import numbers
from acmspec.ground.diagnostic import Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import said, step
from acmspec.program.intervals import meets, results
from acmspec.program.payment import Band, Bands, Payment
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Choice, Identifier, Key, ListOf, Quantity, Record, Whole

WHICH_LEVEL = Problem(
    code="ACM571",
    title="a condition without one level",
    cause="A condition holds from one level of a result on: at least this, or at most that.",
    fix="Write “at_least:” or “at_most:”, and not both.",
    contract="Each condition of a payment must state the level that meets it.",
)
AGAINST = Problem(
    code="ACM572",
    title="a condition against its metric",
    cause="The condition asks for a worse result than the one that it turns away.",
    fix="Exchange “at_least” and “at_most”, or correct “better” of the metric.",
    contract="A better result must never pay less than a worse one.",
)
DECIDED = Problem(
    code="ACM573",
    title="a condition that no result moves",
    cause="Whatever the metric comes to, the answer is the same, so that the condition decides nothing.",
    fix="Correct the level, or remove the condition.",
    contract="Each condition of a payment must be one that can be met, and can be missed.",
)
PROBLEMS = (WHICH_LEVEL, AGAINST, DECIDED)


@node
class Condition:
    """A metric and the level its result must reach, on one side."""

    metric: Located[str]
    at_least: Located[Amount] | None
    at_most: Located[Amount] | None
    span: Span = field(compare=False, repr=False)


_LEVEL = Quantity("percent", "number", "money", "duration")
KEYS = (Key("metric", Identifier(), required=True), Key("at_least", _LEVEL), Key("at_most", _LEVEL))

_CONSEQUENCES = {
    "failed": ("nothing",),
    "undefined": ("nothing", "pay"),
    "too_few": ("nothing", "pay"),
    "immature": ("wait",),
    "missing": ("withhold until received", "nothing"),
    "disputed": ("withhold until resolved", "pay as reported"),
}


def _on(span: Span, **values: Located[str]) -> Mapping[str, str]:
    del span
    return MappingProxyType({state: said.value for state, said in values.items()})


ON = Record("on", _on, tuple(Key(state, Choice(*words), required=True) for state, words in _CONSEQUENCES.items()))
"""A consequence for each state of the result; `pay` is as if the condition were met."""


@node
class Part:
    """A condition, and its weight among others."""

    condition: Condition
    weight: Located[int]


def _part(span: Span, weight: Located[int], **condition: Any) -> Part:
    return Part(Condition(**condition, span=span), weight)


PARTS = ListOf(Record("a part", _part, (*KEYS, Key("weight", Whole(1), required=True))), least=1)


def bands(condition: Condition, context: MeasureContext, met: Payment, missed: Payment) -> Outcome[Payment]:
    """What is `met` where the printed result reaches the level, and what is `missed` where it doesn't."""
    level = condition.at_least or condition.at_most
    if level is None or (condition.at_least and condition.at_most):
        message = "the condition states both ends" if level else "the condition states no level"
        place = level or condition.metric
        return Outcome(None, (WHICH_LEVEL.at(place.span, message, label="at least or at most?"),))
    if (condition.at_least is None) is (context.better == "higher"):
        message = f"“{context.name}” is better when {context.better}, and a better result misses this"
        return Outcome(None, (AGAINST.at(level.span, message, label="a better result misses it"),))
    value = context.convert(level)
    if value.value is None:
        return Outcome(None, value.diagnostics)
    good, bad = _sides(condition, value.value, context, met, missed)
    within = results(context.formula, context.type)
    for side, verb in ((good, "meets"), (bad, "misses")):
        if not meets(side, within):
            ends = "" if isinf(within.least) or isinf(within.most) else _between(within.least, within.most, context)
            message = f"no result of “{context.name}” {verb} the condition{ends}"
            return Outcome(None, (DECIDED.at(level.span, message, label="decides nothing"),))
    return Outcome(Bands(Result(), (bad, good)))


def asked(condition: Condition, words: TermWords) -> str:
    """The level in a clause: `at least 90 percent`."""
    if condition.at_least is not None:
        return f"at least {words.amount(condition.at_least.value)}"
    return f"at most {words.amount(condition.at_most.value)}" if condition.at_most is not None else ""


def held(share: Fraction, over: str) -> str:
    """The sentence that says what is held back."""
    return f"The Agency must hold back {numbers.exact_percent(share)} of what is due for each period under {over}."


def _sides(
    condition: Condition, level: Fraction, context: MeasureContext, met: Payment, missed: Payment
) -> tuple[Band, Band]:
    shown, span = said(level, context), condition.span
    if condition.at_least is not None:
        return Band(level, None, met, f"at least {shown}", span), Band(None, level, missed, f"below {shown}", span)
    # The first printed result above the level, from which on it is missed.
    width = step(context)
    above = (level // width + 1) * width
    return Band(None, above, met, f"at most {shown}", span), Band(above, None, missed, f"above {shown}", span)


def _between(least: Fraction | float, most: Fraction | float, context: MeasureContext) -> str:
    return f": all lie from {said(Fraction(least), context)} to {said(Fraction(most), context)}"
