"""One event that is paid for, such as an accepted deliverable: its keys, how late it is, its proof; no single kind."""

from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Any

from acmspec.formula.print import text
from acmspec.formula.tree import Between, Call, Dated, Day, SetUse
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.paid import negative
from acmspec.program.payment import End, Fixed, Outcome, Payment, Ramp
from acmspec.report.ports import TermWords
from acmspec.spec.practice import FormulaText
from acmspec.spec.shape import Day as DayShape
from acmspec.spec.shape import FormulaShape, Identifier, Key, Quantity, Record, Text

NO_REDUCTION = Problem(
    code="ACM556",
    title="a reduction that reduces nothing",
    cause="An amount that falls with each day late falls by something, and to less than it is.",
    fix="Write “per_day” above zero and “least” below the amount, or remove “late”.",
    contract="A reduction for delay must state by how much, and what is left at least.",
)
AFTER_THE_TERM = Problem(
    code="ACM584",
    title="an event that is due after the contract",
    cause="An event is paid for in the period in which it comes, and no period after the contract’s term is paid. One "
    "that is due later can only come early, or is not paid for at all.",
    fix="Write a day within the term under “due”, or correct “to” of the term.",
    contract="An event that is paid for must be due within the term of the Agreement.",
    severity=Severity.WARNING,
)
PROBLEMS = (NO_REDUCTION, AFTER_THE_TERM)


@node
class Late:
    """By how much the amount falls with each day late, and what is left at least."""

    per_day: Located[Amount]
    least: Located[Amount]


@node
class Event:
    """The amount, the day it is due, what shows that it came, the set and date of the event, and its formula."""

    amount: Located[Amount]
    due: Located[date]
    evidence: Located[str]
    of: Located[str]
    reached: FormulaText
    where: FormulaText | None
    late: Late | None
    formula: FormulaText
    span: Span = field(compare=False, repr=False)


def _late(span: Span, **values: Any) -> Late:
    del span
    return Late(**values)


_MONEY = Quantity("money")
EVENT = (
    Key("amount", _MONEY, required=True),
    Key("due", DayShape(), required=True),
    Key("evidence", Text(), required=True),
    Key("of", Identifier(), required=True),
    Key("reached", FormulaShape(), required=True),
    Key("where", FormulaShape()),
    Key(
        "late",
        Record("a reduction", _late, (Key("per_day", _MONEY, required=True), Key("least", _MONEY, required=True))),
    ),
)


def event(
    span: Span,
    of: Located[str],
    due: Located[date],
    reached: FormulaText,
    where: FormulaText | None,
    **values: Any,
) -> Event:
    """The keys, and how late the event is: `lowest(days from DUE to REACHED over SET dated REACHED where …)`."""
    formula = FormulaText(None, "", span)
    if reached.tree is not None and (where is None or where.tree is not None):
        days = Between("day", Day(due.value, due.span), reached.tree, reached.span)
        chosen = SetUse(
            of.value,
            "",
            "",
            (),
            where.tree if where else None,
            of.span,
            of.span,
            placed=Dated(reached.tree, reached.span),
        )
        tree = Call("lowest", False, days, chosen, of.span, of.span)
        formula = FormulaText(tree, text(tree), of.span)
    return Event(of=of, due=due, reached=reached, where=where, formula=formula, span=span, **values)


def lateness(one: Event) -> Payment:
    """The amount, or what lies evenly between it on the due day and the least on the first day that leaves no more."""
    amount = one.amount.value.value
    if one.late is None:
        return Fixed(amount)
    least = one.late.least.value.value
    days = (amount - least) / one.late.per_day.value.value
    return Ramp(Outcome(), End(Fraction(0), amount, "the due day"), End(days, least, _after(days)))


def _after(days: Fraction) -> str:
    """How many days late leave the least."""
    whole = days // 1
    return f"{whole:,} days late" if days == whole else f"{whole:,} to {whole + 1:,} days late"


def after_the_term(one: Event, last: date | None) -> tuple[Diagnostic, ...]:
    """The finding that an event is due after the last day of the contract; none if it isn't."""
    if last is None or one.due.value <= last:
        return ()
    return (AFTER_THE_TERM.at(one.due.span, f"the term ends on {last}, before this day", label="after the term"),)


def unsound(one: Event) -> tuple[Diagnostic, ...]:
    """Amounts below zero, and a reduction that is none."""
    amounts = (one.amount,) if one.late is None else (one.amount, one.late.per_day, one.late.least)
    found = tuple(wrong for each in amounts for wrong in negative(each))
    if one.late is None or found:
        return found
    if one.late.per_day.value.value == 0:
        return (NO_REDUCTION.at(one.late.per_day.span, "nothing is taken off for a day", label="nothing"),)
    if one.late.least.value.value >= one.amount.value.value:
        return (NO_REDUCTION.at(one.late.least.span, "the least is not below the amount", label="not less"),)
    return ()


def said_late(one: Event, words: TermWords) -> str:
    """What a clause says of an event that comes late."""
    if one.late is None:
        return f"It is due by {words.day(one.due.value)}. The amount is the same if it comes later."
    per_day, least = (words.money(each.value.value) for each in (one.late.per_day, one.late.least))
    return (
        f"It is due by {words.day(one.due.value)}. For each day that it comes later, the amount falls by {per_day}, "
        f"and to no less than {least}."
    )
