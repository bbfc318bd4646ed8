"""Turns an amount that an author wrote into a number of a measure's type, or says why it is none."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from acmspec.ground.diagnostic import Outcome, Problem, Severity
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located
from acmspec.program.intervals import Interval
from acmspec.program.literals import literal_type
from acmspec.program.said import type_words
from acmspec.program.types import Form, NumberType, Type
from acmspec.program.typing_rules import WRONG_UNIT, fits, offered
from acmspec.program.units import factor

OUT_OF_RANGE = Problem(
    "ACM319",
    "share out of range",
    "A share is a part of a whole: it is never below 0% or above 100%. What is “out of” something else can be more.",
    "Write a percentage from 0% to 100%.",
    "A share must lie between 0% and 100%.",
)
TOO_FINE = Problem(
    "ACM320",
    "finer than the result",
    "Results are rounded before they are compared, so no result can be just there.",
    "Write it with as many decimals as “round” gives the result, or round the result to more.",
    "A result must be compared at the precision it is stated with.",
    Severity.WARNING,
)
PROBLEMS = (OUT_OF_RANGE, TOO_FINE)

_PERCENT = 2
_AS_A_PERCENTAGE = (
    "Write the metric as “share(CONDITION over SET)” or “A out of B”, whose result is a percentage, in place of a "
    "division; or round the result to more decimals."
)
_PART = Interval(Fraction(0), Fraction(1))


def converter(
    kind: Type, decimals: int | None, within: Interval = _PART
) -> Callable[[Located[Amount]], Outcome[Fraction]]:
    """A function that turns a written amount into a number of this type, whose results have so many decimals.

    `decimals` is None where nothing is known of the rounding. Results lie `within`: what is “out of” something need not
    be a part of it, and can come to more than all of it.
    """

    def convert(written: Located[Amount]) -> Outcome[Fraction]:
        amount = written.value
        if not isinstance(kind, NumberType):
            return Outcome(None)  # the measure has an error of its own, which is reported
        times = factor(amount.unit, kind.unit)
        if times is not None:
            amount = replace(amount, value=amount.value * times, unit=kind.unit)
        own = literal_type(amount)
        if isinstance(own, NumberType) and not fits(kind, own, amount):
            text = written.span.text.strip("\"'")
            message = f"{type_words(kind)} can't be compared with {text}, {type_words(own)}"
            fix = offered(kind, amount)
            return Outcome(None, (WRONG_UNIT.at(written.span, message, label="another unit", fix=fix),))
        if kind.form is Form.SHARE and not within.least <= amount.value <= within.most:
            message = f"no share is ever {written.span.text.strip(chr(34) + chr(39))}"
            fix = "" if within.ends else "Write a percentage that is not below 0%."
            return Outcome(None, (OUT_OF_RANGE.at(written.span, message, label="out of range", fix=fix),))
        # A percentage has two decimals more as a plain number: 8.39% would be rounded to 0.1, and so to 10%.
        plainly = isinstance(own, NumberType) and own.form is Form.SHARE and kind.form is Form.RATIO
        needed = amount.decimals + _PERCENT * plainly
        if decimals is not None and needed > decimals:
            shown = f"{decimals} decimal" + ("" if decimals == 1 else "s")
            said = f"as the plain number that the result is, this has {needed}" if plainly else f"this has {needed}"
            message = f"results are rounded to {shown}, and {said}"
            fix = _AS_A_PERCENTAGE if plainly else ""
            return Outcome(amount.value, (TOO_FINE.at(written.span, message, label="finer than results", fix=fix),))
        return Outcome(amount.value)

    return convert
