"""A record's own span as SQL: half open, without an end if it is still open; knows nothing of where the days come from.

What lacks a start, or a day to be held against, is unknown.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from acmspec.ground.calendar import Length
from acmspec.program.record import Active, DaysIn, Lasts, Later, OpenOn, OwnSpan, Record
from acmspec.query.dialect import Dialect

_DAY = Length(days=1)


def own_span(record: OwnSpan, dialect: Dialect, through: Mapping[str, date], inner: Callable[[Record], str]) -> str:
    """What is asked of a span; `inner` writes the days."""
    start, end = inner(record.start), inner(record.end)
    match record:
        case OpenOn():
            day = inner(record.day)
            return f"({start} <= {day} AND ({end} IS NULL OR {day} < {end}))"
        case Active():
            return f"({start} <= {inner(record.last)} AND ({end} IS NULL OR {inner(record.first)} <= {end}))"
        case Lasts():
            anchor = inner(record.anchor)
            until = inner(Later(record.anchor, record.length, record.anchor.type))
            return f"({start} <= {anchor} AND ({end} IS NULL OR {until} <= {end}))"
        case DaysIn():
            first, last = inner(record.first), inner(record.last)
            still_open = dialect.day(through[record.table] + timedelta(days=1))
            begins, ends = (
                f"GREATEST({start}, {first})",
                f"LEAST(COALESCE({end}, {still_open}), {dialect.later(last, _DAY)})",
            )
            known = " AND ".join(f"{one} IS NOT NULL" for one in (start, first, last))
            return f"CASE WHEN {known} THEN GREATEST({dialect.days_between(begins, ends)}, 0) END"
