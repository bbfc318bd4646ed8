"""Values that are written out, as SQL, and values of SQL as the text people read; knows no other expression."""

from datetime import date, datetime

from acmspec.program.record import Constant
from acmspec.program.types import BooleanType, DatetimeType, DateType, NumberType, PeriodType, TextType, Type
from acmspec.query.clock import moment_shown
from acmspec.query.dialect import Dialect
from acmspec.query.scales import scale
from acmspec.query.time_sql import period_text


def constant(dialect: Dialect, record: Constant) -> str:
    """A value as it stands beside others of its type."""
    value, of = record.value, record.type
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        sql = dialect.text(value)
        return f"({dialect.folded(sql, of.spellings) if isinstance(of, TextType) and of.folded else sql})"
    if isinstance(value, datetime):
        return moment_shown(dialect, value, of.zone if isinstance(of, DatetimeType) else "")
    if isinstance(value, date):
        return dialect.day(value)
    return dialect.number(value * scale(of))


def as_text(dialect: Dialect, sql: str, of: Type) -> str:
    """A value as text: yes and no, 2025-07-01, 2025-Q3, 1.5."""
    match of:
        case BooleanType():
            return f"CASE WHEN {sql} THEN 'yes' WHEN NOT {sql} THEN 'no' END"
        case NumberType():
            return dialect.plain_number(sql)
        case DateType():
            return dialect.shown(sql)
        case PeriodType():
            return period_text(dialect, sql, of)
        case _:
            return sql
