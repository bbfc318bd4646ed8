"""Factors on what other terms come to: by tiers of a result, or by an index of each year; shape, proof and words."""

from dataclasses import field, replace

from acmspec.english import numbers
from acmspec.english.words import humanised, quoted
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import Tier, proved
from acmspec.kinds.bases import NOTHING, Base
from acmspec.kinds.tier_words import tier_range
from acmspec.program.payment import Bands, Part, Payment, Since
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid, Paragraph, Run
from acmspec.spec.shape import Factor, Identifier, Key, ListOf, Quantity, Record

ONE_FACTOR = Problem(
    code="ACM569",
    title="a factor from two sources, or from none",
    cause="A factor goes by the tiers of a metric (“metric” and “bands”), or by an index (“figure” and “base”). "
    "The base is the value of the index for which the factor is 100%.",
    fix="Write “metric” and “bands”, or “figure” and a “base” above zero.",
    contract="The factor by which amounts are adjusted must be stated in one way.",
)
PROBLEMS = (ONE_FACTOR,)


@node
class Adjusting:
    """The terms that are adjusted, and the factor: by tiers of a metric, or by an index over its base."""

    of: tuple[Located[str], ...]
    metric: Located[str] | None
    bands: tuple[Tier, ...]
    figure: Located[str] | None
    base: Located[Amount] | None
    span: Span = field(compare=False, repr=False)


_RESULT = Quantity("percent", "number", "money", "duration")
_TIER = (
    Key("from", _RESULT, into="first"),
    Key("below", _RESULT),
    Key("factor", Factor(), required=True, into="pay"),
)
SHAPE = Record(
    "a price adjustment",
    Adjusting,
    (
        Key("of", ListOf(Identifier(), least=1), required=True),
        Key("metric", Identifier()),
        Key("bands", ListOf(Record("a tier", Tier, _TIER)), default=()),
        Key("figure", Identifier()),
        Key("base", Quantity("number")),
    ),
)


def adjusted(of: Adjusting, context: MeasureContext) -> Outcome[Payment]:
    """What the terms come to times what the factor is above 100 %, or below it."""
    found = [*_sources(of), *Base(None, of.of).named(context)]
    if found:
        return Outcome(None, tuple(found))
    over = Base(None, of.of).amounts(context)
    if of.figure is not None and of.base is not None and context.index is not None:
        index = context.index(of.figure)
        steps = ((day, Part(value / of.base.value.value - 1, over)) for day, value in index.value or ())
        return Outcome(None if index.value is None else Since(tuple(steps)), index.diagnostics)
    plain = tuple(replace(one, pay=Located(replace(one.pay.value, written="money"), one.pay.span)) for one in of.bands)
    table = proved(plain, context)
    if table.value is None:
        return Outcome(None, table.diagnostics)
    shares = (one.pay.value.value - 1 for one in of.bands)
    bands = tuple(
        replace(band, pays=Part(share, over) if share else NOTHING)
        for band, share in zip(table.value, shares, strict=True)
    )
    return Outcome(Bands(Result(), bands), table.diagnostics)


def _sources(of: Adjusting) -> list[Diagnostic]:
    """What keeps the factor from being one."""
    by_tiers, by_index = bool(of.bands), of.figure is not None
    if by_tiers == by_index:
        message = "there are tiers and an index" if by_tiers else "there are no tiers and no index"
        place = of.figure.span if of.figure is not None else of.span
        return [ONE_FACTOR.at(place, message, label="which factor?")]
    if by_index and (of.metric is not None or of.base is None or of.base.value.value <= 0):
        place = (of.metric or of.base or of.figure or of).span
        message = "no result decides an index" if of.metric is not None else "the index has no base above zero"
        return [ONE_FACTOR.at(place, message, label="not both" if of.metric is not None else "which base?")]
    if by_tiers and (of.base is not None or of.metric is None):
        place = of.span if of.base is None else of.base.span
        return [ONE_FACTOR.at(place, "tiers are those of a metric, without a base", label="of which metric?")]
    return []


def said_adjusted(of: Adjusting, words: TermWords) -> tuple[Paragraph | Grid, ...]:
    """What is adjusted, and by which factor."""
    over = numbers.series(tuple(quoted(humanised(one.value).capitalize()) for one in of.of))
    text = f"For each {words.period}, what is due under {over} is adjusted by a factor, before limits. "
    rows: tuple[tuple[str, ...], ...] = ()
    if of.figure is not None and of.base is not None:
        figure = quoted(humanised(of.figure.value))
        text += (
            f"The factor is the value in the reference figure {figure} over {numbers.number(of.base.value.value)}. "
            f"The value is the one that holds when the {words.period} starts. "
        )
    else:
        text += f"The result for “{words.measure}”, as rounded, decides the factor by the table below. "
        rows = tuple((tier_range(one, words), numbers.exact_percent(one.pay.value.value)) for one in of.bands)
    text += (
        "If the factor is more than 100 percent, the Agency must pay the difference. "
        "If it is less, the Agency must deduct the difference."
    )
    paragraph = Paragraph((Run(text),), (), words.anchor)
    return (paragraph, Grid(("Result", "Factor"), rows, (1,))) if rows else (paragraph,)
