"""A step table of tiers, shared by the incentive kinds that have one: its shape, and the proof that it is sound.

Sound means: every result falls in exactly one tier, and a better result never pays less. It knows no single kind.
"""

from collections.abc import Iterator
from dataclasses import field, replace
from fractions import Fraction
from itertools import pairwise
from math import isinf

from acmspec.ground.diagnostic import Diagnostic, Label, Outcome, Problem, has_errors
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.paid import negative
from acmspec.program.intervals import meets, results
from acmspec.program.payment import Band, Fixed
from acmspec.program.ports import MeasureContext
from acmspec.program.rounding import places
from acmspec.program.said import is_currency
from acmspec.program.types import NumberType
from acmspec.results.printed import stated
from acmspec.spec.shape import Key, ListOf, Quantity, Record

NO_END = Problem(
    code="ACM521",
    title="a tier without an end",
    cause="A tier that says neither where it starts nor where it ends would hold every result.",
    fix="Give the tier “from”, “below” or both.",
    contract="Each tier of a payment must state the results that fall in it.",
)
EMPTY_TIER = Problem(
    code="ACM522",
    title="a tier that holds nothing",
    cause="“from” is counted in the tier and “below” is not, so “from” must be the smaller of the two.",
    fix="Exchange the two ends, or correct one of them.",
    contract="No tier of a payment may be impossible to reach.",
)
GAP = Problem(
    code="ACM523",
    title="a result that falls in no tier",
    cause="The tiers must cover every result; for one that they leave out, nobody could say what is owed.",
    fix="Let each tier start where the one below it ends, the lowest without “from” and the highest without “below”.",
    contract="The tiers of a payment must say what is owed for every possible result.",
)
OVERLAP = Problem(
    code="ACM524",
    title="a result that falls in two tiers",
    cause="Two tiers claim the same result, so two amounts would be owed for it.",
    fix="Let each tier start where the one below it ends.",
    contract="No result may fall in two tiers of a payment.",
)
DIRECTION = Problem(
    code="ACM525",
    title="a better result pays less",
    cause="The tiers pay against the direction in which the measure is better.",
    fix="Exchange the amounts, or correct “better” of the metric.",
    contract="A better result must never pay less than a worse one.",
)
UNREACHED = Problem(
    code="ACM517",
    title="a tier that no result reaches",
    cause="The metric can't come to a result in this tier, so that what it pays is never owed.",
    fix="Correct the ends of the tier, or remove it.",
    contract="Each tier of a payment must hold a result that can be reached.",
)
PART_OF = Problem(
    code="ACM595",
    title="a part of what?",
    cause="A tier that pays a percentage needs the amount it is a part of; one that pays an amount needs none.",
    fix="Write “of:” with an amount and a percentage in each tier, or an amount in each tier and no “of”.",
    contract="A payment stated as a percentage must say of which amount.",
)
PROBLEMS = (PART_OF, NO_END, EMPTY_TIER, GAP, OVERLAP, DIRECTION, UNREACHED)

_QUOTES = "\"'"


@node
class Tier:
    """One tier as written: from `first` (counted) to `below` (not counted), and what it pays."""

    first: Located[Amount] | None
    below: Located[Amount] | None
    pay: Located[Amount]
    span: Span = field(compare=False, repr=False)


_END = Quantity("percent", "number", "money", "duration")
_PAY = Quantity("money", "percent")
TIERS = ListOf(
    Record("a tier", Tier, (Key("from", _END, into="first"), Key("below", _END), Key("pay", _PAY, True))),
    least=1,
)
HIGHEST, MARGINAL = "highest tier", "marginal"


def proved(
    tiers: tuple[Tier, ...],
    context: MeasureContext,
    of: Located[Amount] | None = None,
    method: str = HIGHEST,
    *,
    pays: bool = True,
) -> Outcome[tuple[Band, ...]]:
    """The tiers in the measure's own numbers, in the author's order, and everything that makes them unsound.

    Percentages are `of` an amount; with the method “marginal”, a tier pays the sum of all up to it. Where tiers are not
    what `pays`, a better result may come to less.
    """
    found = _parts(tiers, of)
    amounts_are_known = not has_errors(found)
    bands = [band for tier in tiers if (band := _band(tier, context, found, of)) is not None]
    if len(bands) == len(tiers):
        ordered = sorted(bands, key=lambda band: (band.first is not None, band.first or 0))
        found += _coverage(ordered, context)
        found += () if method == MARGINAL or not amounts_are_known or not pays else _direction(ordered, context)
        found += () if has_errors(found) else _unreached(ordered, context)
    if has_errors(found):
        return Outcome(None, tuple(found))
    told = [_told(band, tier, of) for band, tier in zip(bands, tiers, strict=True)]
    return Outcome(tuple(_summed(told, context) if method == MARGINAL else told), tuple(found))


def _parts(tiers: tuple[Tier, ...], of: Located[Amount] | None) -> list[Diagnostic]:
    """The tiers that pay a part where nothing says of what, or an amount where something does."""
    found = []
    for tier in tiers:
        percent = tier.pay.value.written == "percent"
        if percent and of is None:
            found.append(PART_OF.at(tier.pay.span, "nothing says of what this is a part", label="of what?"))
        elif not percent and of is not None:
            found.append(PART_OF.at(tier.pay.span, "this is an amount, and not a part of “of”", label="not a part"))
    return found + list(negative(of) if of is not None else ())


def _told(band: Band, tier: Tier, of: Located[Amount] | None) -> Band:
    """A tier that says of what it pays a part."""
    if of is None:
        return band
    return replace(band, label=f"{band.label}, for which {tier.pay.span.text.strip(_QUOTES)} of "
                               f"{of.span.text.strip(_QUOTES)} is paid")  # fmt: skip


def _summed(bands: list[Band], context: MeasureContext) -> list[Band]:
    """Tiers that pay the sum of their own amount and those of all worse ones."""
    rank = sorted(bands, key=lambda one: (one.first is not None, one.first or 0), reverse=context.better == "lower")
    sums, total = {}, Fraction(0)
    for one in rank:
        total += one.pays.amount if isinstance(one.pays, Fixed) else 0
        sums[one.label] = total
    return [replace(one, pays=Fixed(sums[one.label]), label=f"{one.label}, with all tiers before it") for one in bands]


def _band(
    tier: Tier, context: MeasureContext, found: list[Diagnostic], of: Located[Amount] | None = None
) -> Band | None:
    before = len(found)
    ends: list[Fraction | None] = []
    for end in (tier.first, tier.below):
        outcome: Outcome[Fraction] = context.convert(end) if end is not None else Outcome(None)
        found += outcome.diagnostics
        ends.append(outcome.value)
    first, below = ends
    if tier.first is None and tier.below is None:
        found.append(NO_END.at(tier.pay.span, "a tier has neither “from” nor “below”", label="for which results?"))
    if first is not None and below is not None and tier.below is not None and first >= below:
        message = f"no result is at least {said(first, context)} and below {said(below, context)}"
        fix = "Let “below” be more than “from”, or remove the tier." if first == below else ""
        found.append(EMPTY_TIER.at(tier.below.span, message, label="not above “from”", fix=fix))
    found += negative(tier.pay)
    if has_errors(found[before:]):
        return None
    pays = tier.pay.value.value * (1 if of is None else of.value.value)
    return Band(first, below, Fixed(pays), _label(first, below, context), tier.span)


def _label(first: Fraction | None, below: Fraction | None, context: MeasureContext) -> str:
    at_least = "" if first is None else f"at least {said(first, context)}"
    under = "" if below is None else f"below {said(below, context)}"
    return " and ".join(part for part in (at_least, under) if part)


def _coverage(ordered: list[Band], context: MeasureContext) -> Iterator[Diagnostic]:
    lowest, highest = ordered[0], ordered[-1]
    least, most = _range(context)
    if lowest.first is not None and (least is None or lowest.first > least):
        yield _gap(lowest.first - step(context) if least is None else least, lowest, context)
    for low, high in pairwise(ordered):
        start = high.first
        if start is None or low.below is None or low.below > start:
            yield _overlap(start, low, high, context)
        elif low.below < start:
            value = _printable(low.below, context)
            yield _gap(value if value < start else low.below, high, context, low)
    if highest.below is not None and (most is None or highest.below <= most):
        yield _gap(highest.below, highest, context)


def _gap(value: Fraction, band: Band, context: MeasureContext, below: Band | None = None) -> Diagnostic:
    related = () if below is None else (Label(below.span, f"this tier is for {below.label}"),)
    message = f"{said(value, context)} falls in no tier"
    return GAP.at(band.span, message, label=f"this tier is for {band.label}", related=related)


def _overlap(start: Fraction | None, low: Band, high: Band, context: MeasureContext) -> Diagnostic:
    ends = [end for end in (low.below, high.below) if end is not None]
    value = start if start is not None else min(ends) - step(context)
    message = f"{said(value, context)} falls in two tiers"
    related = (Label(low.span, f"this tier is for {low.label}"),)
    return OVERLAP.at(high.span, message, label=f"this tier is for {high.label}", related=related)


def _direction(ordered: list[Band], context: MeasureContext) -> Iterator[Diagnostic]:
    worse_first = ordered if context.better == "higher" else ordered[::-1]
    for worse, better in pairwise(worse_first):
        if isinstance(worse.pays, Fixed) and isinstance(better.pays, Fixed) and better.pays.amount < worse.pays.amount:
            message = f"a result of {better.label} is better, but pays less than one of {worse.label}"
            yield DIRECTION.at(better.span, message, label="pays less", related=(Label(worse.span, "pays more"),))


def _unreached(ordered: list[Band], context: MeasureContext) -> Iterator[Diagnostic]:
    """The tiers in which no result can lie."""
    within = results(context.formula, context.type)
    for band in ordered:
        if not meets(band, within):
            yield UNREACHED.at(band.span, f"no result of “{context.name}” is {band.label}", label="never reached")


def step(context: MeasureContext) -> Fraction:
    """The smallest difference between two results as printed."""
    return Fraction(1, 10 ** places(context.type, context.decimals))


def _printable(value: Fraction, context: MeasureContext) -> Fraction:
    """The first result as printed that is not below a value."""
    width = step(context)
    return -(-value // width) * width


def _range(context: MeasureContext) -> tuple[Fraction | None, Fraction | None]:
    """The least and most a result can be, None where nothing says so."""
    found = results(context.formula, context.type)
    least, most = (None if isinf(one) else Fraction(one) for one in (found.least, found.most))
    return least, most


def said(value: Fraction, context: MeasureContext) -> str:
    """A result in words, with as many decimals as it needs."""
    units = context.type.unit.factors if isinstance(context.type, NumberType) else ()
    currency = next((name for name, exponent in units if exponent > 0 and is_currency(name)), "")
    return stated(value, context.type, currency)
