"""What a share of a difference comes to: its ends as those of a ramp, its proof and words; it knows no single kind."""

from fractions import Fraction
from typing import Protocol

from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem, has_errors
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import UNREACHED, said, step
from acmspec.kinds.paid import negative
from acmspec.program.intervals import meets, results
from acmspec.program.payment import Band, Bands, End, Fixed, Ramp
from acmspec.program.payment import Outcome as Result
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.results.printed import is_percentage

NO_GAIN = Problem(
    code="ACM596",
    title="a difference that pays nothing",
    cause="A payment for a difference rises from nothing at the target to the most, at a price for each unit of it.",
    fix="Write a price, a share and a most above zero, and a “dead_band” of zero or more.",
    contract="A payment for a difference must be more than nothing.",
)
PROBLEMS = (NO_GAIN,)
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
    def span(self) -> Span:
        """Where it is written."""


def gained(gain: Gain, context: MeasureContext) -> Outcome[Bands]:
    """A tier of no payment and one with the rising amount, or everything that is wrong with it."""
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
    if target is None or has_errors(found):
        return Outcome(None, tuple(found))
    unit = _POINT if is_percentage(context.type) else Fraction(1)
    rises = context.better == "higher"
    width = gain.most.value.value / (gain.price.value.value * gain.share.value.value) * unit
    best, begins = (target + width, target + dead) if rises else (target - width, target - dead)
    none, full = (
        End(at, pays, said(at, context)) for at, pays in ((target, Fraction(0)), (best, gain.most.value.value))
    )
    ramp = Ramp(Result(), none, full) if rises else Ramp(Result(), full, none)
    bands = _bands(ramp, begins, rises, gain.span, context)
    paying = bands[1] if rises else bands[0]
    if not meets(paying, results(context.formula, context.type)):
        message = f"no result of “{context.name}” is {paying.label}"
        found.append(UNREACHED.at((gain.dead_band or gain.target).span, message, label="never reached"))
        return Outcome(None, tuple(found))
    return Outcome(Bands(Result(), bands), tuple(found))


def _bands(ramp: Ramp, begins: Fraction, rises: bool, span: Span, context: MeasureContext) -> tuple[Band, Band]:
    """Results that nothing is paid for, and those far enough beyond the target, the edge itself included."""
    edge = said(begins, context)
    if rises:
        return Band(None, begins, _NOTHING, f"below {edge}", span), Band(begins, None, ramp, f"at least {edge}", span)
    after = begins + step(context)
    return Band(None, after, ramp, f"at most {edge}", span), Band(after, None, _NOTHING, f"above {edge}", span)


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
    if gain.dead_band is not None:
        least = words.amount(gain.dead_band.value).replace(_PERCENT, " percentage points")
        text += f"If the difference is less than {least}, no payment is due. "
    most = words.money(gain.most.value.value)
    return f"{text}The amount is no more than {most}. A result that is not {side} {target} takes nothing back."
