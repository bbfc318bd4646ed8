"""What follows from a result without money: its condition, its proof, its words; it knows no single kind."""

from dataclasses import replace
from fractions import Fraction
from typing import Protocol

from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.source import Located, Span
from acmspec.kinds.conditions import Condition, asked, bands
from acmspec.program.payment import Bands, Fixed, Payment
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords

IF = REACHED, MISSED = ("reached", "missed")
PLAN = "corrective action plan"
CONSEQUENCES = ("extension", "referral priority", "lighter monitoring", "recognition", "public reporting", PLAN)

DAYS_OF_A_PLAN = Problem(
    code="ACM559",
    title="the days of a plan",
    cause="A corrective action plan has a day by which it is handed in, and days in which the shortfall is cured; "
    "nothing else has.",
    fix="Write “days” and “cure_days” for a corrective action plan, and for nothing else.",
    contract="A corrective action plan must have a time limit, and a time in which the shortfall can be cured.",
)
PROBLEMS = (DAYS_OF_A_PLAN,)
_NOTHING = Fixed(Fraction(0))


class Follows(Protocol):
    """The keys of a consequence."""

    @property
    def metric(self) -> Located[str]:
        """What decides."""

    @property
    def at_least(self) -> Located[Amount] | None:
        """The level, where higher is better."""

    @property
    def at_most(self) -> Located[Amount] | None:
        """The level, where lower is better."""

    @property
    def if_(self) -> Located[str]:
        """Whether the level must be reached or missed."""

    @property
    def consequence(self) -> Located[str]:
        """What follows, in a word."""

    @property
    def text(self) -> Located[str]:
        """What follows, in a sentence."""

    @property
    def days(self) -> Located[int] | None:
        """Within how many days a plan is handed in."""

    @property
    def cure_days(self) -> Located[int] | None:
        """In how many days after that the shortfall is cured."""

    @property
    def span(self) -> Span:
        """Where it is written."""


def _condition(one: Follows) -> Condition:
    return Condition(one.metric, one.at_least, one.at_most, one.span)


def followed(one: Follows, context: MeasureContext) -> Outcome[Payment]:
    """The two sides of the level, which pay nothing; one says what follows."""
    found = bands(_condition(one), context, _NOTHING, _NOTHING)
    if not isinstance(found.value, Bands):
        return found
    missed, reached = found.value.bands
    if one.if_.value == REACHED:
        reached = replace(reached, follows=_short(one))
    else:
        missed = replace(missed, follows=_short(one))
    return Outcome(replace(found.value, bands=(missed, reached)), found.diagnostics)


def _short(one: Follows) -> str:
    """What follows in a few words, for a line of the settlement."""
    if one.days is None or one.cure_days is None:
        return one.consequence.value
    return f"{one.consequence.value} within {one.days.value} days, to be cured within {one.cure_days.value} more"


def unsound(one: Follows) -> tuple[Diagnostic, ...]:
    """A plan without its days, and days of what is no plan."""
    given = [each for each in (one.days, one.cure_days) if each is not None]
    if one.consequence.value == PLAN and len(given) < len((one.days, one.cure_days)):
        return (DAYS_OF_A_PLAN.at(one.consequence.span, "the plan has no time limits", label="within how many days?"),)
    if one.consequence.value != PLAN and given:
        message = f"“{one.consequence.value}” has no days"
        return (DAYS_OF_A_PLAN.at(given[0].span, message, label="days of what?"),)
    return ()


def said_consequence(one: Follows, words: TermWords) -> tuple[str, ...]:
    """The sentences of a consequence."""
    isnt = "is" if one.if_.value == REACHED else "is not"
    text = one.text.value.strip().rstrip(".")
    when = f"A consequence without money follows for a {words.period} if the Provider’s own result for"
    level = f"{isnt} {asked(_condition(one), words)}, as rounded"
    said = [f"{when} “{words.measure}” {level}. The consequence is this: {text}."]
    if one.days is not None and one.cure_days is not None:
        said.append(
            f"The Provider must hand in the plan within {one.days.value} days after the Agency has stated the result. "
            f"It must cure the shortfall within {one.cure_days.value} days after that."
        )
    return (*said, "No money is owed under this section.")
