"""An amount that goes evenly with the result between two ends: its shape, and the proof that it has a slope.

It knows no single kind.
"""

from dataclasses import field
from fractions import Fraction

from acmspec.ground.diagnostic import Diagnostic, Label, Outcome, Problem, has_errors
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import DIRECTION, said, step
from acmspec.kinds.paid import negative
from acmspec.program.payment import Band, Bands, End, Fixed, Ramp
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.spec.shape import Key, Quantity, Record

NO_RAMP = Problem(
    code="ACM518",
    title="a ramp without a slope",
    cause="The amount goes evenly from the result “lower” to the result “upper”, so “lower” must be the smaller one.",
    fix="Exchange the two ends, or correct one of them.",
    contract="A payment that goes with the result must state where it begins and where it ends.",
)
PROBLEMS = (NO_RAMP,)

_NOTHING = Fixed(Fraction(0))


@node
class Edge:
    """A result, and what is paid at it."""

    result: Located[Amount]
    pay: Located[Amount]
    span: Span = field(compare=False, repr=False)


EDGE = Record(
    "an end of a ramp",
    Edge,
    (
        Key("result", Quantity("percent", "number", "money", "duration"), required=True),
        Key("pay", Quantity("money"), required=True),
    ),
)


def ramp(lower: Edge, upper: Edge, context: MeasureContext) -> Outcome[Bands]:
    """A tier that pays nothing and one that holds the ramp, in the measure's own numbers."""
    found = [*negative(lower.pay), *negative(upper.pay)]
    low, high = (_end(one, context, found) for one in (lower, upper))
    if low is not None and high is not None and not has_errors(found):
        found += _slope(lower, upper, low, high, context)
    if low is None or high is None or has_errors(found):
        return Outcome(None, tuple(found))
    return Outcome(Bands(Result(), _bands(Ramp(Result(), low, high), lower, upper, context)), tuple(found))


def _end(edge: Edge, context: MeasureContext, found: list[Diagnostic]) -> End | None:
    """An end in the measure's own numbers; None where it is in another unit (noted)."""
    at = context.convert(edge.result)
    found += at.diagnostics
    return None if at.value is None else End(at.value, edge.pay.value.value, said(at.value, context))


def _slope(lower: Edge, upper: Edge, low: End, high: End, context: MeasureContext) -> list[Diagnostic]:
    """What keeps the ends from being those of a ramp that pays more for better results."""
    if low.at >= high.at:
        message = f"“lower” is {low.label} and “upper” is {high.label}"
        return [NO_RAMP.at(upper.result.span, message, label="not above “lower”")]
    rises = context.better == "higher"
    worse, better = ((lower, low), (upper, high)) if rises else ((upper, high), (lower, low))
    if better[1].pays >= worse[1].pays:
        return []
    message = f"a result of {better[1].label} is better, but pays less than one of {worse[1].label}"
    related = (Label(worse[0].pay.span, "pays more"),)
    return [DIRECTION.at(better[0].pay.span, message, label="pays less", related=related)]


def _bands(on: Ramp, lower: Edge, upper: Edge, context: MeasureContext) -> tuple[Band, Band]:
    """Results that nothing is paid for, and those on the ramp or beyond its end."""
    low, high = on.lower, on.upper
    if context.better == "higher":
        return (
            Band(None, low.at, _NOTHING, f"below {low.label}", lower.span),
            Band(low.at, None, on, f"at least {low.label}", upper.span),
        )
    # Results are printed in steps, so that a tier that begins a step higher leaves the end itself in this one.
    edge = high.at + step(context)
    return (
        Band(None, edge, on, f"at most {high.label}", lower.span),
        Band(edge, None, _NOTHING, f"above {high.label}", upper.span),
    )
