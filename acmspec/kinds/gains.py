"""What a share of a difference comes to: its sides and their ends, its proof and words; it knows no single kind."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem, has_errors
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import UNREACHED, said, step
from acmspec.kinds.paid import negative
from acmspec.program.intervals import meets, results
from acmspec.program.payment import Band, Bands, Beyond, Fixed, Least, Part, Payment, Taken, Times
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.program.rounding import is_percentage
from acmspec.report.ports import TermWords

NO_GAIN = Problem(
    code="ACM596",
    title="a difference that pays nothing",
    cause="A payment for a difference rises from nothing at the target to the most, at a price for each unit of it.",
    fix="Write a price, a share and a most above zero, and a “dead_band” of zero or more.",
    contract="A payment for a difference must be more than nothing.",
)
ONE_SIDED = Problem(
    code="ACM567",
    title="a side of a difference without an end",
    cause="Where a result worse than the target takes something, it is a share of each unit, up to a collar. One "
    "without the other takes nothing, or has no end.",
    fix="Write both “share_down” and “most_down” above zero, or neither.",
    contract="What a worse result takes must be stated, and have an end.",
)
PROBLEMS = (NO_GAIN, ONE_SIDED)
_NOTHING, _POINT = Fixed(Fraction(0)), Fraction(1, 100)
_PERCENT = " percent"


class Gain(Protocol):
    """The target, the price of each unit beyond it and the part of it that is paid, from where on, and the most."""

    @property
    def target(self) -> Located[Amount]:
        """The result from which the difference is taken."""

    @property
    def price(self) -> Located[Amount]:
        """For each unit: a percentage point of a share, else one of what the result is stated in."""

    @property
    def share(self) -> Located[Amount]:
        """The part of it that is paid."""

    @property
    def dead_band(self) -> Located[Amount] | None:
        """The least difference that is paid for."""

    @property
    def most(self) -> Located[Amount]:
        """The most that is paid for one period."""

    @property
    def share_down(self) -> Located[Amount] | None:
        """The part of a difference to the worse that is taken, if any is."""

    @property
    def most_down(self) -> Located[Amount] | None:
        """The most that is taken for one period."""

    @property
    def span(self) -> Span:
        """Where it is written."""


def gained(gain: Gain, context: MeasureContext) -> Outcome[Bands]:
    """A tier of no payment, one with the rising amount, and one with what is taken; or all that is wrong with it."""
    found: list[Diagnostic] = [*negative(gain.price), *negative(gain.most)]
    target, dead = _number(gain.target, context, found), Fraction(0)
    if gain.dead_band is not None:
        dead = _number(gain.dead_band, context, found) or Fraction(0)
    found += (
        NO_GAIN.at(one.span, "nothing is paid for any difference", label="nothing")
        for one in (gain.price, gain.share, gain.most)
        if one.value.value == 0
    )
    if dead < 0 and gain.dead_band is not None:
        found.append(NO_GAIN.at(gain.dead_band.span, "a difference is not below zero here", label="below zero"))
    found += _one_sided(gain)
    if target is None or has_errors(found):
        return Outcome(None, tuple(found))
    bands = _Sides(gain, context, target, dead).bands()
    for band in bands:
        if not meets(band, results(context.formula, context.type)) and band.pays is not _NOTHING:
            message = f"no result of “{context.name}” is {band.label}"
            found.append(UNREACHED.at((gain.dead_band or gain.target).span, message, label="never reached"))
    return Outcome(None if has_errors(found) else Bands(Result(), bands), tuple(found))


def _one_sided(gain: Gain) -> Iterator[Diagnostic]:
    """What keeps the side below from being one: a share without a collar, a collar without a share, or nothing."""
    share, most = gain.share_down, gain.most_down
    if (share is None) is not (most is None):
        place = share or most or gain.price
        missing = "most_down" if most is None else "share_down"
        message = f"there is no “{missing}” beside it"
        yield ONE_SIDED.at(place.span, message, label="without an end" if most is None else "of what share?")
    for one in (share, most):
        if one is not None and one.value.value <= 0:
            yield ONE_SIDED.at(one.span, "nothing is taken for any difference", label="not above zero")


@node
class _Sides:
    """The two sides of a target: where the difference begins to count, and where it ends."""

    gain: Gain
    context: MeasureContext
    target: Fraction
    dead: Fraction

    def bands(self) -> tuple[Band, ...]:
        """From the lowest results to the highest: the edges of both sides count for them."""
        gain, rises = self.gain, self.context.better == "higher"
        up = self._owed(gain.share.value.value, gain.most.value.value, rises=rises)
        down: Payment = _NOTHING
        if gain.share_down is not None and gain.most_down is not None:
            owed = self._owed(gain.share_down.value.value, gain.most_down.value.value, rises=not rises)
            down = Taken(owed)
        below, above = (down, up) if rises else (up, down)
        # The side that begins nowhere leaves what lies between to nothing.
        low = None if below is _NOTHING else self.target - self.dead + step(self.context)
        high = None if above is _NOTHING else self.target + self.dead
        if low is not None and high is not None and high < low:
            # Without a dead band the target itself belongs to both, and comes to nothing on either.
            low = high
        edges = [None, *sorted({one for one in (low, high) if one is not None}), None]
        return tuple(
            Band(first, end, self._pays(first, high, below, above), self._label(first, end), gain.span)
            for first, end in pairwise(edges)
        )

    @staticmethod
    def _pays(first: Fraction | None, high: Fraction | None, below: Payment, above: Payment) -> Payment:
        """What the tier that begins at an edge pays."""
        if first is None:
            return below
        return above if high is not None and first >= high else _NOTHING

    def _owed(self, share: Fraction, most: Fraction, *, rises: bool) -> Payment:
        """The share of the price for each unit beyond the target on one side, up to the most."""
        label, price = said(self.target, self.context), Part(share, Fixed(self.gain.price.value.value))
        far = Beyond(Result(), self.target, Fraction(1), rises, label)
        if is_percentage(self.context.type):
            far = Beyond(Result(), self.target, _POINT, rises, label, "percentage point", "percentage points")
        return Least(Times(price, far), Fixed(most))

    def _label(self, first: Fraction | None, end: Fraction | None) -> str:
        """The tier in words: an edge below which a side begins counts for that side."""
        width = step(self.context)
        parts = [] if first is None else [f"at least {said(first, self.context)}"]
        if end is not None and self._is_step_after(end):
            parts.append(f"at most {said(end - width, self.context)}")
        elif end is not None:
            parts.append(f"below {said(end, self.context)}")
        if first is not None and self._is_step_after(first):
            parts[0] = f"above {said(first - width, self.context)}"
        return " and ".join(parts)

    def _is_step_after(self, edge: Fraction) -> bool:
        return edge == self.target - self.dead + step(self.context) and edge != self.target + self.dead


def _number(written: Located[Amount], context: MeasureContext, found: list[Diagnostic]) -> Fraction | None:
    outcome = context.convert(written)
    found += outcome.diagnostics
    return outcome.value


def said_gain(gain: Gain, words: TermWords) -> str:
    """What a clause says of it."""
    target, price = words.amount(gain.target.value), words.money(gain.price.value.value)
    unit = "percentage point" if target.endswith(_PERCENT) else "unit"
    side = "above" if words.better == "higher" else "below"
    text = (
        f"The Agency must pay the Provider one amount for each {words.period}. "
        f"The difference is how far the result for “{words.measure}”, as rounded, is {side} {target}. "
        f"The amount is {words.amount(gain.share.value)} of {price} for each {unit} of the difference. "
    )
    least = ""
    if gain.dead_band is not None:
        least = words.amount(gain.dead_band.value).replace(_PERCENT, " percentage points")
        text += f"If the difference is less than {least}, no payment is due. "
    most = words.money(gain.most.value.value)
    text += f"The amount is no more than {most}. "
    if gain.share_down is None or gain.most_down is None:
        return f"{text}A result that is not {side} {target} takes nothing back."
    other = "below" if side == "above" else "above"
    collar, share = words.money(gain.most_down.value.value), words.amount(gain.share_down.value)
    each_unit = f"for each {unit} by which it is {other}"
    text += f"If the result is {other} {target}, the Agency must deduct {share} of {price} {each_unit}. "
    if gain.dead_band is not None:
        text += f"If it is less than {least} {other}, nothing is deducted. "
    return f"{text}No more than {collar} is deducted."
