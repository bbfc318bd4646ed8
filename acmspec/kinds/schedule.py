"""Amounts that change on stated days, shared by the kinds whose amount may: their shape and order; no single kind."""

from dataclasses import field
from datetime import date
from itertools import pairwise

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
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
