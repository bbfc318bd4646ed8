"""A linear axis: round ticks, positions on it and their text, all exact."""

from fractions import Fraction

from acmspec.ground.exact import fixed
from acmspec.ground.node import node
from acmspec.report.tree import Scale

_STEPS = (1, 2, 5)
_MOST_STEPS = 5


@node
class Axis:
    """From `low` to `high` in steps of `step`, drawn from coordinate `start` to `end` (which may run backwards)."""

    low: Fraction
    high: Fraction
    step: Fraction
    start: Fraction
    end: Fraction
    scale: Scale

    def place(self, value: Fraction) -> Fraction:
        """The coordinate of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> tuple[Fraction, ...]:
        """The values with a tick, from low to high."""
        return tuple(self.low + self.step * index for index in range(int((self.high - self.low) / self.step) + 1))

    def text(self, value: Fraction) -> str:
        """The text at a tick, with as many decimals as the steps need."""
        step = self.step * 100 if self.scale.percent else self.step
        shown = value * 100 if self.scale.percent else value
        decimals = next(count for count in range(step.denominator) if step * 10**count % 1 == 0)
        suffix = self.scale.suffix if self.scale.percent else ""
        sign = "−" if value < 0 else ""
        return f"{sign}{self.scale.prefix}{fixed(abs(shown), decimals, grouped=True)}{suffix}"


def axis(values: list[Fraction], scale: Scale, start: Fraction, end: Fraction, *, from_zero: bool) -> Axis:
    """An axis with round ends that holds all values; percentages stay between 0 and 100% if the values do."""
    values = [*values, Fraction(0)] if from_zero or not values else values
    low, high = min(values), max(values)
    if low == high:
        pad = abs(low) / 10 or Fraction(1)
        low, high = low - pad, high + pad
    step = _step((high - low) / _MOST_STEPS)
    bottom, top = (low // step) * step, -((-high) // step) * step
    if scale.percent and min(values) >= 0 and max(values) <= 1:
        bottom, top = max(bottom, Fraction(0)), min(top, Fraction(1))
    elif min(values) >= 0:
        bottom = max(bottom, Fraction(0))
    return Axis(bottom, top if top > bottom else bottom + step, step, start, end, scale)


def _step(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next((power * one for one in _STEPS if power * one >= least), power * 10)
