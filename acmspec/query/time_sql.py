"""Record expressions about moments, months, quarters and years as SQL; knows nothing of joins, lookups and sets."""

from collections.abc import Callable

from acmspec.ground.calendar import Every, Length
from acmspec.program.record import (
    Completed,
    Constant,
    Converted,
    DayOf,
    Defined,
    EdgeOf,
    Elapsed,
    FieldValue,
    InTime,
    PeriodOf,
    Record,
)
from acmspec.program.types import DatetimeType, PeriodType, Type
from acmspec.query.clock import local_day
from acmspec.query.dialect import Dialect
from acmspec.query.scales import scale

_YEAR = 12
_ONE_DAY = Length(days=1)


def in_time(dialect: Dialect, record: InTime, inner: Callable[[Record], str]) -> str:
    """The SQL of an expression; `inner` writes the expressions it is made of."""
    match record:
        case DayOf(operand=operand):
            return _let(dialect, [(operand, inner(operand))], lambda at: local_day(dialect, at, _zone(operand.type)))
        case Elapsed(start=start, end=end):
            return dialect.microseconds_between(inner(start), inner(end))
        case Completed(start=start, end=end):
            values = [(start, inner(start)), (end, inner(end))]
            return _let(dialect, values, lambda first, last: _completed(dialect, record.months, first, last))
        case PeriodOf(operand=operand):
            return _let(
                dialect, [(operand, inner(operand))], lambda day: _period_of(dialect, day, _period(record.type))
            )
        case EdgeOf(operand=operand):
            first = inner(operand)
            return _last(dialect, first, _period(operand.type)) if record.last else first
        case Converted(operand=operand):
            by = record.factor * scale(record.type) / scale(operand.type)
            return inner(operand) if by == 1 else f"({inner(operand)} * {dialect.number(by)})"


def shifted(dialect: Dialect, sql: str, length: Length, *, back: bool = False) -> str:
    """The date a length after another, or before it; the moment, where the length is in seconds."""
    if length.seconds:
        return dialect.moment_after(sql, str(-length.seconds if back else length.seconds))
    return dialect.earlier(sql, length) if back else dialect.later(sql, length)


def period_text(dialect: Dialect, first: str, of: PeriodType) -> str:
    """The name of a month, quarter or year, given as its first day: 2025-07, 2025-Q3, FY2026-Q1."""
    if of.every is Every.WEEK:
        # A week is of the year of its Thursday.
        year = dialect.part("YEAR", dialect.later(first, Length(days=3)))
        week = f"lpad({dialect.shown(dialect.part('WEEK', first))}, 2, '0')"
        return f"lpad({dialect.shown(year)}, 4, '0') || '-W' || {week}"
    month, word = dialect.part("MONTH", first), of.every.value
    year = dialect.part("YEAR", first)
    if of.every.is_fiscal and of.starts > 1:
        year = f"({year} + CASE WHEN {month} >= {of.starts} THEN 1 ELSE 0 END)"
    shown = f"lpad({dialect.shown(year)}, 4, '0')"
    if of.every.is_fiscal:
        shown = f"'FY' || {shown}"
    if word == "month":
        shown = f"{shown} || '-' || lpad({dialect.shown(month)}, 2, '0')"
    elif word.endswith("quarter"):
        starts = [(of.starts - 1 + 3 * index) % _YEAR + 1 for index in range(4)]
        cases = " ".join(f"WHEN {one} THEN '-Q{number}'" for number, one in enumerate(starts, 1))
        shown = f"{shown} || CASE {month} {cases} END"
    return shown


def _zone(kind: Type) -> str:
    return kind.zone if isinstance(kind, DatetimeType) else ""


def _period(kind: Type) -> PeriodType:
    if not isinstance(kind, PeriodType):
        raise TypeError(f"{type(kind).__name__} is no month, quarter or year")
    return kind


def _let(dialect: Dialect, values: list[tuple[Record, str]], make: Callable[..., str]) -> str:
    """What is made of some values, each written once: a long one has a short name."""
    if all(_is_short(record) for record, _ in values):
        return make(*(sql for _, sql in values))
    made = make(*(f"v.v{index}" for index in range(len(values))))
    return dialect.let([sql for _, sql in values], made)


def _is_short(record: Record) -> bool:
    while isinstance(record, Defined):
        record = record.body
    return isinstance(record, FieldValue | Constant)


def _completed(dialect: Dialect, months: int, first: str, last: str) -> str:
    forward, back = _whole(dialect, months, first, last), _whole(dialect, months, last, first)
    return f"CASE WHEN {last} >= {first} THEN {forward} ELSE -{back} END"


def _whole(dialect: Dialect, months: int, first: str, last: str) -> str:
    """The difference of months or years, less one where the last of them is not completed.

    The day of the month decides, and a month's last day completes it also where the first date's is a later one.
    """
    day, until = dialect.part("DAY", first), dialect.part("DAY", last)
    is_end = f"{dialect.part('DAY', dialect.later(last, _ONE_DAY))} = 1"
    is_short = f"({day} > {until} AND NOT {is_end})"
    years = f"{dialect.part('YEAR', last)} - {dialect.part('YEAR', first)}"
    one, two = dialect.part("MONTH", first), dialect.part("MONTH", last)
    if months == _YEAR:
        return f"({years} - CASE WHEN {two} < {one} OR ({two} = {one} AND {is_short}) THEN 1 ELSE 0 END)"
    return f"(({years}) * 12 + {two} - {one} - CASE WHEN {is_short} THEN 1 ELSE 0 END)"


def _period_of(dialect: Dialect, day: str, of: PeriodType) -> str:
    """The first day of the month, quarter or year of a day."""
    if of.every is Every.WEEK:
        return dialect.monday(day)
    year, month = dialect.part("YEAR", day), dialect.part("MONTH", day)
    if of.every is Every.MONTH:
        return dialect.date_of_parts(year, month, "1")
    # How many months of the period have begun before this one; the divisor is the length of the period.
    into = f"(({month} + {_YEAR - of.starts}) % {of.every.length.months})"
    same = dialect.date_of_parts(year, f"{month} - {into}", "1")
    if of.starts == 1:
        return same
    before = dialect.date_of_parts(f"{year} - 1", f"{month} - {into} + {_YEAR}", "1")
    return f"CASE WHEN {month} > {into} THEN {same} ELSE {before} END"


def _last(dialect: Dialect, first: str, of: PeriodType) -> str:
    return dialect.earlier(dialect.later(first, of.every.length), _ONE_DAY)
