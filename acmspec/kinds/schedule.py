"""Amounts that change on stated days: their shape, order, meaning and words, of no single kind."""

from dataclasses import field
from datetime import date
from itertools import pairwise

from acmspec.ground.diagnostic import Diagnostic, Label, Outcome, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.kinds.paid import negative
from acmspec.program.payment import ByProvider, Payment, Since
from acmspec.program.ports import MeasureContext
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid
from acmspec.spec.shape import Day, Key, ListOf, Quantity, Record

NOT_IN_ORDER = Problem(
    code="ACM586",
    title="changes out of order",
    cause="Each amount holds until the next one, so that of two for one day nobody could say which is meant.",
    fix="Write the days in order, each once.",
    contract="Amounts that change must be stated in the order of their days.",
)
PROBLEMS = (NOT_IN_ORDER,)


@node
class Change:
    """An amount, and the first day of the periods that it holds for."""

    day: Located[date]
    amount: Located[Amount]
    span: Span = field(compare=False, repr=False)


SCHEDULE = ListOf(
    Record(
        "a change of the amount",
        Change,
        (Key("from", Day(), required=True, into="day"), Key("amount", Quantity("money"), required=True)),
    )
)


def out_of_order(schedule: tuple[Change, ...]) -> tuple[Diagnostic, ...]:
    """The changes whose day is not after that of the one before them."""
    return tuple(
        NOT_IN_ORDER.at(
            after.day.span,
            f"{after.day.value} does not come after {before.day.value}",
            label="not after the day before it",
            related=(Label(before.day.span, "the change before"),),
        )
        for before, after in pairwise(schedule)
        if after.day.value <= before.day.value
    )


def scheduled(amount: Located[Amount], schedule: tuple[Change, ...], context: MeasureContext) -> Outcome[Payment]:
    """The amount in force when the period starts; an agreement's own one stays."""
    amounts = (amount, *(one.amount for one in schedule))
    found = tuple(wrong for one in amounts for wrong in negative(one)) + out_of_order(schedule)
    if found:
        return Outcome(None, found)
    first, *later = (ByProvider(one.value.value, context.own_prices) for one in amounts)
    days = (one.day.value for one in schedule)
    return Outcome(Since(((date.min, first), *zip(days, later, strict=True))) if later else first)


def said_schedule(schedule: tuple[Change, ...], words: TermWords) -> tuple[str, tuple[Grid, ...]]:
    """The sentence on changes, and their table; nothing where there are none."""
    rows = tuple((words.day(one.day.value), words.money(one.amount.value.value)) for one in schedule)
    if not rows:
        return "", ()
    said = f" The table below states the amount for each {words.period} that starts on or after the day named."
    return said, (Grid(("From", "Amount"), rows, (1,)),)
