"""What makes a cell a moment, a month, a quarter or a year, and its value, in SQL; knows nothing of files and messages.

A moment is kept as `query.clock` says, a month, quarter or year as its first day.
"""

from acmspec.program.types import PeriodType
from acmspec.query.clock import moment_of
from acmspec.query.dialect import Dialect

YEAR = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9][0-9]|[1-9][0-9][0-9][0-9])"
DATE = YEAR + "-[0-9][0-9]-[0-9][0-9]"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6}0{0,3})?)?"
_OFFSET = " ?(Z|[+-](0[0-9]|1[0-8])(:?[0-5][0-9])?)"
_LOCAL = f"{DATE}[ T]{_TIME}"
_MOMENT = f"{_LOCAL}({_OFFSET})?"
_WITHOUT_SECONDS = len("2025-07-01 14:30")

_PERIOD_YEAR = "[1-9][0-9][0-9][0-9]"
_PERIODS = {
    "month": f"{_PERIOD_YEAR}-(0[1-9]|1[0-2])",
    "quarter": f"{_PERIOD_YEAR}-?Q[1-4]",
    "year": _PERIOD_YEAR,
    "fiscal quarter": f"(FY)?{_PERIOD_YEAR}-?Q[1-4]",
    "fiscal year": f"(FY)?{_PERIOD_YEAR}",
}
_QUARTERS = 4
_MONTHS = 12


def shown_time(dialect: Dialect, text: str) -> str:
    """The day and time that stand in a cell, whatever its offset; NULL if it is no moment."""
    local = f"replace({_bare(dialect, text)}, 'T', ' ')"
    whole = f"CASE WHEN length({local}) = {_WITHOUT_SECONDS} THEN {local} || ':00' ELSE {local} END"
    return f"CASE WHEN {dialect.matches(text, _MOMENT)} THEN {dialect.existing_moment(whole)} END"


def moment(dialect: Dialect, text: str, shown: str, zone: str) -> str:
    """The moment of a cell, NULL if there is none; `shown` is a column with its `shown_time`.

    Without a zone, a time with an offset is none; with one, a time that clocks never show is none.
    """
    local = f"WHEN {dialect.matches(text, _LOCAL)} THEN {moment_of(dialect, shown, zone)}"
    if not zone:
        return f"CASE {local} END"
    elsewhere = dialect.moment_after(shown, _seconds_back(dialect, text))
    return f"CASE {local} WHEN {dialect.matches(text, _MOMENT)} THEN {elsewhere} END"


def _bare(dialect: Dialect, text: str) -> str:
    return dialect.without(text, f"{_OFFSET}$")


def _seconds_back(dialect: Dialect, text: str) -> str:
    """The seconds from the offset that ends a cell back to UTC."""
    offset = f"trim(substr({text}, length({_bare(dialect, text)}) + 1))"
    hours = f"CAST(substr({offset}, 2, 2) AS INTEGER)"
    minutes = f"CASE WHEN length({offset}) > 3 THEN CAST(right({offset}, 2) AS INTEGER) ELSE 0 END"
    seconds = f"({hours} * 3600 + {minutes} * 60)"
    return f"CASE substr({offset}, 1, 1) WHEN 'Z' THEN 0 WHEN '+' THEN -{seconds} ELSE {seconds} END"


def period(dialect: Dialect, text: str, of: PeriodType) -> str:
    """The first day of the month, quarter or year of a cell, NULL if it is none."""
    word = of.every.value
    year = f"CAST(substr(replace({text}, 'FY', ''), 1, 4) AS INTEGER)"
    if word == "month":
        value = dialect.date_of_parts(year, f"CAST(right({text}, 2) AS INTEGER)", "1")
    elif word.endswith("quarter"):
        starts = [(index, (of.starts - 1 + 3 * index) % _MONTHS + 1) for index in range(_QUARTERS)]
        firsts = [f"WHEN '{index + 1}' THEN {_first(dialect, year, month, of.starts)}" for index, month in starts]
        value = f"CASE right({text}, 1) {' '.join(firsts)} END"
    else:
        value = _first(dialect, year, of.starts, of.starts)
    return f"CASE WHEN {dialect.matches(text, _PERIODS[word])} THEN {value} END"


def _first(dialect: Dialect, year: str, month: int, starts: int) -> str:
    """The first day of a month of the year that starts with a month and is named by the year in which it ends."""
    before = starts > 1 and month >= starts
    return dialect.date_of_parts(f"{year} - 1" if before else year, str(month), "1")
