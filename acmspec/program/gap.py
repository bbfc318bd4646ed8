"""What a gap is: the place, the reason and the name under which records that can't be told are counted."""

from acmspec.ground.node import node
from acmspec.program.record import Record

JUDGING, WHERE, KEEP, EXCLUDE, GROUP = "judging", "where", "keep", "exclude", "group"
"""Where a gap leaves something open: the figure itself, who belongs to the set, who is chosen, who is left out, where
a record stands in a breakdown.
"""

MISSING = "missing"
"""A field has no value."""
NO_ENTITY = "no entity"
"""The record does not say which client (or other thing) it is about, so that it can't be linked."""
NOT_LINKED = "not linked"
"""The client it names has no record of its own."""
NO_RECORD = "no record"
"""A lookup that takes a value found no record to take it from."""
DOUBTFUL = "doubtful"
"""A lookup found nothing, and could not judge some record that might have been it."""

BELOW = "below"
"""A value lies below the first of the bands it is put into."""

NO_LENGTH = "no length"
"""A window's length that is a value is below zero or over 100 years."""

NEGATIVE = "negative"
"""A weight is below zero."""

NOT_REACHED = "not reached"
"""A running total of what a lookup found stays below the amount it is to reach."""


UNLINKED_GROUP = " not linked"
"""The group of records whose step leads to no record; values from data never begin with a blank, so none is like it."""


@node
class Gap:
    """Why something could not be told of a record: `of` is the field, entity or table, `table` where it lies.

    `by` is the path of the breakdown that the record has no group of, empty for a gap of anything else.
    """

    at: str
    why: str
    of: str
    table: str
    by: str = ""


@node
class Told:
    """A gap and the condition, three-valued, under which a record has it.

    `always` says that it counts for every record of the set, also for one that could be judged in spite of it.
    """

    gap: Gap
    when: Record
    always: bool = False
