"""What is asked of a record's span, from the day it starts up to, and without, the day it ends, if it does."""

from datetime import date
from fractions import Fraction

from acmspec.formula.tree import Active, DaysIn, Lasts, OpenOn
from rowwise import days
from rowwise.lengths import length
from rowwise.moments import day_of
from rowwise.tables import Value
from rowwise.times import moved, span, window
from rowwise.values import reads, value
from rowwise.world import Here


@reads(OpenOn)
def _open_on(here: Here, formula: OpenOn) -> Value:
    (start, end), day = span(here), day_of(value(here, formula.day))
    return None if start is None or day is None else is_open(start, end, day)


def is_open(start: date, end: date | None, day: date) -> bool:
    """Whether a span holds the night after a day."""
    return start <= day and (end is None or day < end)


@reads(Active)
def _active(here: Here, formula: Active) -> Value:
    (start, end), stretch = span(here), window(here, formula.window)
    return None if start is None or stretch is None else is_active(start, end, *stretch)


def is_active(start: date, end: date | None, first: date, last: date) -> bool:
    """Whether a span touches some days, the day it ends on counted."""
    return start <= last and (end is None or first <= end)


@reads(DaysIn)
def _days_in(here: Here, formula: DaysIn) -> Value:
    (start, end), stretch = span(here), window(here, formula.window)
    if start is None or stretch is None:
        return None
    after = here.world.tables[here.row.table].counted_through + days.ONE_DAY if end is None else end
    held = (min(stretch[1] + days.ONE_DAY, after) - max(stretch[0], start)).days
    return Fraction(max(held, 0))


@reads(Lasts)
def _lasts(here: Here, formula: Lasts) -> Value:
    start, end = span(here)
    anchor = start if formula.anchor is None else day_of(value(here, formula.anchor))
    if start is None or anchor is None:
        return None
    if start > anchor or end is None or end < anchor:
        return start <= anchor and end is None  # whatever the length is
    size = length(here, formula.length)
    return None if size is None else moved(here, anchor, size, 1) <= end
