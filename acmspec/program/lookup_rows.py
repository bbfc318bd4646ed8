"""The lookups of the language, one row each: what they take and what they find among the records that match.

To add a lookup, add a row. A lookup and an aggregate of the same word are told apart by `for same`.
"""

from enum import Enum

from acmspec.ground.node import node
from acmspec.program.aggregates import Takes


class Find(Enum):
    """What is found among the records that match; every SQL engine can give it exactly.

    PRESENCE and ABSENCE: whether there is one; COUNT: how many; DISTINCT: how many different values; TOTAL, LEAST,
    MOST: of the known values; QUOTIENT: their total by their number, which can only be compared; ONE: the value of one
    record, by its place in an order, or of the only one; REACHED: the first value of the field they are in order of at
    which the total of all known values so far is at least an amount.
    """

    PRESENCE = "presence"
    ABSENCE = "absence"
    COUNT = "count"
    DISTINCT = "distinct"
    TOTAL = "total"
    LEAST = "least"
    MOST = "most"
    QUOTIENT = "quotient"
    ONE = "one"
    REACHED = "reached"


class Order(Enum):
    """How the records stand that one is taken from: in no order, as one must be all there are, or by fields."""

    NONE = "none"
    FORWARD = "forward"
    BACKWARD = "backward"


class Accepts(Enum):
    """What may stand before `over`, beyond what an aggregate takes: a number or a date, any value, nothing."""

    NOTHING = Takes.NOTHING.value
    NUMBER = Takes.NUMBER.value
    ORDERED = "a number or a date"
    ANYTHING = "a value"


@node
class LookupRow:
    """One lookup. `numbered`: the author says which place in the order. `never_missing`: no match is zero or false.

    `english` is a noun phrase with {value}, {set}, {order}, {place} and {amount} to fill in; `of_dates` replaces it
    for dates.
    """

    name: str
    accepts: Accepts
    find: Find
    english: str
    order: Order = Order.NONE
    numbered: bool = False
    of_dates: str = ""

    @property
    def is_question(self) -> bool:
        """Whether the answer is yes or no, and says only whether a record exists."""
        return self.find in {Find.PRESENCE, Find.ABSENCE}

    @property
    def is_total_over_time(self) -> bool:
        """Whether the author says an amount that a running total is to reach."""
        return self.find is Find.REACHED

    @property
    def never_missing(self) -> bool:
        """Whether it has a value also where nothing matches: yes, no or zero."""
        return self.is_question or self.find in {Find.COUNT, Find.DISTINCT, Find.TOTAL}

    @property
    def leaves_out(self) -> bool:
        """Whether it takes the values that are known and leaves out those that are missing, which are then a gap."""
        return self.find in {Find.TOTAL, Find.QUOTIENT, Find.LEAST, Find.MOST}


LOOKUPS: tuple[LookupRow, ...] = (
    LookupRow("any", Accepts.NOTHING, Find.PRESENCE, ""),
    LookupRow("none", Accepts.NOTHING, Find.ABSENCE, ""),
    LookupRow("count", Accepts.NOTHING, Find.COUNT, "the number of {set}"),
    LookupRow("count distinct", Accepts.ANYTHING, Find.DISTINCT,
              "the number of different values of {value} among {set}"),
    LookupRow("sum", Accepts.NUMBER, Find.TOTAL, "the total of {value} among {set}"),
    LookupRow("average", Accepts.NUMBER, Find.QUOTIENT, "the average of {value} among {set}"),
    LookupRow("lowest", Accepts.ORDERED, Find.LEAST, "the lowest value of {value} among {set}",
              of_dates="the earliest value of {value} among {set}"),
    LookupRow("highest", Accepts.ORDERED, Find.MOST, "the highest value of {value} among {set}",
              of_dates="the latest value of {value} among {set}"),
    LookupRow("earliest", Accepts.ANYTHING, Find.ONE, "{value} for the first (by {order}) of {set}", Order.FORWARD),
    LookupRow("latest", Accepts.ANYTHING, Find.ONE, "{value} for the last (by {order}) of {set}", Order.BACKWARD),
    LookupRow("nth", Accepts.ANYTHING, Find.ONE, "{value} for the {place} (by {order}) of {set}", Order.FORWARD,
              numbered=True),
    LookupRow("reaches", Accepts.NUMBER, Find.REACHED,
              "the first {order} by which the total of {value} comes to at least {amount} among {set}", Order.FORWARD),
    LookupRow("the", Accepts.ANYTHING, Find.ONE, "{value} for the only one of {set}"),
)  # fmt: skip

WORDS = tuple(dict.fromkeys(row.name.split()[0] for row in LOOKUPS))
"""The words lookups are written with."""


def lookup_row(name: str) -> LookupRow:
    """The row of a lookup; KeyError if the language has none of that name."""
    for row in LOOKUPS:
        if row.name == name:
            return row
    raise KeyError(name)
