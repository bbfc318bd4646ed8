"""What makes the points of a metric on a scorecard: bands, or the result over a target; shape and proof, no amount."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from fractions import Fraction

from acmspec.ground.diagnostic import Diagnostic, Label, Outcome, Problem, has_errors
from acmspec.ground.exact import Amount, significant
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import UNREACHED, Tier, proved, said
from acmspec.program.intervals import Interval, meets
from acmspec.program.payment import Band, Bands, End, Fixed, Payment, Ramp, Score, Scored
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.spec.shape import Identifier, Key, ListOf, Quantity, Record

WEIGHTS = Problem(
    code="ACM578",
    title="weights that are not the whole score",
    cause="Each metric of a scorecard has a share of the score, and the shares come to all of it. A metric has one.",
    fix="Correct the weights so that they come to 100%, each metric once.",
    contract="The weights of all measures of a score must come to 100 percent.",
)
POINTS = Problem(
    code="ACM579",
    title="points from two sources, or from none",
    cause="The points of a metric are those of the band that holds its result (“points”), or its result over a target "
    "(“attainment”). The second needs a metric that is better when higher, a target above zero, and a floor below its "
    "cap.",
    fix="Write “points” with bands, or “attainment” with a target, a cap and perhaps a floor.",
    contract="The points of each measure of a score must be stated in one way.",
)
PROBLEMS = (WEIGHTS, POINTS)

FULL = Fraction(100)
"""The points of a result that is all of its target."""


@node
class Attainment:
    """The target whose attainment is a hundred points, and between which shares of it points follow the result."""

    target: Located[Amount]
    floor: Located[Amount] | None
    cap: Located[Amount]
    span: Span = field(compare=False, repr=False)


@node
class Weighted:
    """A metric on the scorecard, its weight, and what makes its points."""

    metric: Located[str]
    weight: Located[Amount]
    points: tuple[Tier, ...]
    attainment: Attainment | None
    span: Span = field(compare=False, repr=False)


_RESULT, _SHARE = Quantity("percent", "number", "money", "duration"), Quantity("percent")
_BAND = (
    Key("from", _RESULT, into="first"),
    Key("below", _RESULT),
    Key("points", Quantity("number"), required=True, into="pay"),
)
_ATTAINMENT = (Key("target", _RESULT, required=True), Key("floor", _SHARE), Key("cap", _SHARE, required=True))
METRICS = ListOf(
    Record(
        "a metric of a scorecard",
        Weighted,
        (
            Key("metric", Identifier(), required=True),
            Key("weight", _SHARE, required=True),
            Key("points", ListOf(Record("a band of points", Tier, _BAND)), default=()),
            Key("attainment", Record("an attainment", Attainment, _ATTAINMENT)),
        ),
    ),
    least=1,
)


def score(metrics: tuple[Weighted, ...], contexts: Sequence[MeasureContext]) -> Outcome[Score]:
    """The points of each metric with its weight, and everything that keeps them from being a score."""
    found = list(_weights(metrics))
    scored = []
    for one, context in zip(metrics, contexts, strict=True):
        points = _points(one, context)
        found += points.diagnostics
        if points.value is not None:
            scored.append(Scored(context.name, one.weight.value.value, points.value))
    return Outcome(None if has_errors(found) else Score(tuple(scored)), tuple(found))


def _weights(metrics: tuple[Weighted, ...]) -> Iterator[Diagnostic]:
    for at, one in enumerate(metrics):
        first = next((each for each in metrics[:at] if each.metric.value == one.metric.value), None)
        if first is not None:
            related = (Label(first.metric.span, "here, too"),)
            message = f"“{one.metric.value}” stands on the scorecard twice"
            yield WEIGHTS.at(one.metric.span, message, label="a second time", related=related)
        if one.weight.value.value <= 0:
            yield WEIGHTS.at(one.weight.span, "a metric without a weight counts for nothing", label="not above 0%")
    total = sum((one.weight.value.value for one in metrics), Fraction(0))
    if total != 1:
        message = f"the weights come to {significant(total * FULL)}%"
        yield WEIGHTS.at(metrics[-1].weight.span, message, label="not 100% with those before it")


def _points(one: Weighted, context: MeasureContext) -> Outcome[Payment]:
    if bool(one.points) is (one.attainment is not None):
        message = f"“{one.metric.value}” has {'bands and an attainment' if one.points else 'nothing that makes points'}"
        return Outcome(None, (POINTS.at(one.metric.span, message, label="which points?"),))
    if one.attainment is not None:
        return _attained(one.attainment, context)
    below = next((each.pay for each in one.points if each.pay.value.value < 0), None)
    if below is not None:
        return Outcome(None, (POINTS.at(below.span, "a result never takes points away", label="below zero"),))
    table = proved(one.points, context)
    return Outcome(None if table.value is None else Bands(Result(), table.value), table.diagnostics)


def _attained(of: Attainment, context: MeasureContext) -> Outcome[Payment]:
    """Evenly a hundred points for all of the target, from the floor up to the cap; below the floor none."""
    target = context.convert(of.target)
    if target.value is None:
        return Outcome(None, target.diagnostics)
    floor, cap = Fraction(0) if of.floor is None else of.floor.value.value, of.cap.value.value
    wrong = None
    if context.better != "higher":
        wrong = POINTS.at(of.target.span, f"“{context.name}” is better when lower", label="more of it is worse")
    elif target.value <= 0:
        wrong = POINTS.at(of.target.span, "nothing is a part of this target", label="not above zero")
    elif not 0 <= floor < cap:
        place = of.cap if of.floor is None else of.floor
        wrong = POINTS.at(place.span, "the floor is not below the cap", label="no room between them")
    if wrong is not None:
        return Outcome(None, (*target.diagnostics, wrong))
    low, high = (End(target.value * part, FULL * part, said(target.value * part, context)) for part in (floor, cap))
    ramp = Ramp(Result(), low, high)
    if not floor:
        return Outcome(ramp, target.diagnostics)
    nothing = Band(None, low.at, Fixed(Fraction(0)), f"below {low.label}", of.span)
    return Outcome(
        Bands(Result(), (nothing, Band(low.at, None, ramp, f"at least {low.label}", of.span))), target.diagnostics
    )


def unreached(bands: Sequence[Band], within: Interval) -> Iterator[Diagnostic]:
    """The tiers in which no score can lie."""
    for band in bands:
        if not meets(band, within):
            ends = f"all lie from {significant(Fraction(within.least))} to {significant(Fraction(within.most))}"
            yield UNREACHED.at(band.span, f"no score is {band.label}: {ends}", label="never reached")
