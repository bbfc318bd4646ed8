"""What kinds that pay ask of what they are given: amounts not below zero, countable successes; knows no single kind."""

from acmspec.ground.articles import article
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located, Span
from acmspec.program.payment import FreshShare, Payment, Times
from acmspec.program.ports import MeasureContext
from acmspec.program.tree import Aggregate, Group, GroupDefined, Quotient
from acmspec.report.ports import TermWords

NOT_COUNTED = Problem(
    code="ACM528",
    title="an outcome that can't be counted",
    cause="A price is multiplied by a number of successes, and this measure has none.",
    fix="Pay for a count, a sum, a share or an “out of”.",
    contract="A price for each success must be paid on successes that can be counted.",
)
NEGATIVE = Problem(
    code="ACM526",
    title="an amount below zero",
    cause="The kind of a term says whether it pays or takes; its amounts have no minus.",
    fix="Write an amount of zero or more.",
    contract="An amount to be paid or deducted must not be negative.",
)
WORSE = Problem(
    code="ACM530",
    title="a price for what should become less",
    cause="The metric is better when it is lower, so each success it counts is one too many, and this pays for it.",
    fix="Pay for the opposite with “outcome:”, use a tiered bonus, or correct “better” of the metric.",
    contract="A better result must never pay less than a worse one.",
)
PROBLEMS = (NOT_COUNTED, NEGATIVE, WORSE)


def negative(amount: Located[Amount]) -> tuple[Diagnostic, ...]:
    """The finding that an amount to be paid is below zero; none if it isn't."""
    if amount.value.value >= 0:
        return ()
    return (NEGATIVE.at(amount.span, "the amount is less than nothing", label="below zero"),)


def uncounted(context: MeasureContext, place: Span) -> tuple[Diagnostic, ...]:
    """The finding that a measure has no successes to count; none if it has."""
    if _is_counted(context.formula):
        return ()
    return (NOT_COUNTED.at(place, f"“{context.name}” has no successes to count", label="what is paid for?"),)


def against(context: MeasureContext, metric: Located[str] | None) -> tuple[Diagnostic, ...]:
    """The finding that a metric's successes are what should become less; none if they aren't, or it is no metric."""
    if metric is None or context.better == "higher":
        return ()
    message = f"“{context.name}” is better when lower, and this pays for more of it"
    return (WORSE.at(metric.span, message, label="pays for the worse"),)


def once_only(table: Payment, context: MeasureContext) -> Payment:
    """An amount for a level, times the part of the successes not paid before where each is paid once."""
    return Times(table, FreshShare()) if context.once_per else table


def said_once(words: TermWords, what: str) -> tuple[str, ...]:
    """What a clause says of an amount for a level where a success is paid once; nothing where it isn't."""
    if not words.once_per:
        return ()
    said = (
        f"No success of {article(words.once_per)} may be paid twice. "
        f"The Agency must multiply the {what} by a fraction. "
        "The fraction is the number of successes due and not paid before over the number of all successes. "
        "If there is no success, the amount is zero."
    )
    return (said,)


def _is_counted(formula: Group) -> bool:
    match formula:
        case Aggregate(function=function):
            return function in {"count", "count distinct", "sum", "share"}
        case GroupDefined(body=body):
            return _is_counted(body)
        case _:
            return isinstance(formula, Quotient)
