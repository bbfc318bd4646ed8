"""A credit for those who improve without reaching a tier: its shape, proof and words; it knows no single kind."""

from dataclasses import field
from fractions import Fraction

from acmspec.english.words import humanised, quoted
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.bands import said
from acmspec.program.intervals import Interval, Known, interval, meets
from acmspec.program.payment import Bands, Compared, Fixed, Improved
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.spec.shape import Identifier, Key, Quantity, Record

PRIOR = Problem(
    code="ACM593",
    title="improved on what?",
    cause="A gain is held against one prior result: that of a benchmark of the metric, or a level stated here.",
    fix="Write “prior:” with the name of a benchmark, or “level:” with a result, and not both.",
    contract="An improvement must be measured from a stated result.",
)
NO_EFFECT = Problem(
    code="ACM594",
    title="a credit without effect",
    cause="A gain is above zero, and what is credited must pay more than the worst tier does.",
    fix="Correct the gain, or credit a result that falls in a tier that pays more.",
    contract="A credit for improvement must be worth more than nothing.",
)
PROBLEMS = (PRIOR, NO_EFFECT)

_PERCENT = " percent"
_RESULT = Quantity("percent", "number", "money", "duration")


@node
class Credit:
    """The prior result (of a benchmark or a stated level), the least gain on it, and the result that then counts."""

    prior: Located[str] | None
    level: Located[Amount] | None
    gain: Located[Amount]
    credited: Located[Amount]
    span: Span = field(compare=False, repr=False)


CREDIT = Record(
    "a credit for improvement",
    Credit,
    (
        Key("prior", Identifier()),
        Key("level", _RESULT),
        Key("gain", _RESULT, required=True),
        Key("credited", _RESULT, required=True),
    ),
)


def credited(credit: Credit | None, table: Bands, context: MeasureContext) -> Outcome[Bands | Improved]:
    """The table with the credit, if there is one, or everything that is wrong with it."""
    if credit is None:
        return Outcome(table)
    found: list[Diagnostic] = []
    gain, level = _number(credit.gain, context, found), _number(credit.credited, context, found)
    prior = _prior(credit, context, found)
    if gain is None or level is None or prior is None:
        return Outcome(None, tuple(found))
    if gain <= 0:
        found.append(NO_EFFECT.at(credit.gain.span, "everybody has gained as much as this", label="not above zero"))
    elif _pays(table, level) <= min(interval(one.pays, Known()).most for one in table.bands):
        message = f"a result of {said(level, context)} pays no more than the worst one"
        found.append(NO_EFFECT.at(credit.credited.span, message, label="credits nothing"))
    if found:
        return Outcome(None, tuple(found))
    return Outcome(Improved(table, prior, gain, level, context.better == "higher"))


def _number(written: Located[Amount], context: MeasureContext, found: list[Diagnostic]) -> Fraction | None:
    outcome = context.convert(written)
    found += outcome.diagnostics
    return outcome.value


def _prior(credit: Credit, context: MeasureContext, found: list[Diagnostic]) -> Fixed | Compared | None:
    """What a gain is held against; None where it is not one thing (noted)."""
    if credit.level is not None and credit.prior is None:
        level = _number(credit.level, context, found)
        return None if level is None else Fixed(level)
    if credit.prior is None or credit.level is not None:
        where = credit.span if credit.prior is None else credit.prior.span
        message = "neither “prior” nor “level”" if credit.prior is None else "both “prior” and “level”"
        found.append(PRIOR.at(where, f"a credit has {message}", label="improved on what?"))
        return None
    if credit.prior.value not in context.benchmarks:
        message = f"“{context.name}” has no benchmark “{credit.prior.value}”"
        fix = offer(credit.prior.value, context.benchmarks)
        found.append(PRIOR.at(credit.prior.span, message, label="unknown", fix=fix))
        return None
    return Compared(credit.prior.value)


def _pays(table: Bands, level: Fraction) -> Fraction:
    at = Interval(level, level)
    return Fraction(next((interval(one.pays, Known()).most for one in table.bands if meets(one, at)), 0))


def said_credit(credit: Credit, words: TermWords) -> str:
    """What a clause says of the credit."""
    if credit.prior is not None:
        prior = (
            f"what the result is compared with under {quoted(humanised(credit.prior.value).capitalize())}, as rounded"
        )
    else:
        prior = words.amount(credit.level.value) if credit.level is not None else ""
    verb = "above" if words.better == "higher" else "below"
    gain, level = words.amount(credit.gain.value), words.amount(credit.credited.value)
    if gain.endswith(_PERCENT):
        gain = f"{gain.removesuffix(_PERCENT)} percentage points"
    return (
        f"A result counts as improved if it is at least {gain} {verb} the prior result. The prior result is {prior}. "
        f"An improved result that is worse than {level} counts as {level}. "
        "Without a prior result, nothing is credited."
    )
