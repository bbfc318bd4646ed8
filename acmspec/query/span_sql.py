"""A record's own span as SQL: half open, without an end if it is still open; knows nothing of where the days come from.

What lacks a start, or a day to be held against, is unknown.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from acmspec.ground.calendar import Length
from acmspec.program.record import Active, DaysIn, FieldValue, Lasts, Later, OpenOn, OwnSpan, Record
from acmspec.query.dialect import Dialect

_DAY = Length(days=1)


def own_span(record: OwnSpan, dialect: Dialect, through: Mapping[str, date], inner: Callable[[Record], str]) -> str:
    """What is asked of a span; `inner` writes the days."""
    start, end = inner(record.start), inner(record.end)
    # An end decides nothing where there is no start.
    is_sure = isinstance(record.start, FieldValue) and not record.start.optional
    is_open = f"{end} IS NULL" if is_sure else f"{end} IS NULL OR {start} IS NULL"
    match record:
        case OpenOn():
            day = inner(record.day)
            return f"({start} <= {day} AND ({is_open} OR {day} < {end}))"
        case Active():
            return f"({start} <= {inner(record.last)} AND ({is_open} OR {inner(record.first)} <= {end}))"
        case Lasts():
            anchor = inner(record.anchor)
            until = inner(Later(record.anchor, record.length, record.anchor.type))
            # Nor does a length that is missing where the span is over before it counts.
            holds = (
                f"{until} <= {end}" if isinstance(record.length, Length) else f"{anchor} <= {end} AND {until} <= {end}"
            )
            return f"({start} <= {anchor} AND ({is_open} OR {holds}))"
        case DaysIn():
            first, last = inner(record.first), inner(record.last)
            still_open = dialect.day(through[record.table] + timedelta(days=1))
            begins, ends = (
                f"GREATEST({start}, {first})",
                f"LEAST(COALESCE({end}, {still_open}), {dialect.later(last, _DAY)})",
            )
            known = " AND ".join(f"{one} IS NOT NULL" for one in (start, first, last))
            return f"CASE WHEN {known} THEN GREATEST({dialect.days_between(begins, ends)}, 0) END"
