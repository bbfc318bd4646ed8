"""Calendars of business days: holidays from files, and the days that a calendar covers."""

from dataclasses import replace
from datetime import date

from acmspec.enclosed.cells import day
from acmspec.enclosed.desk import Desk, Rows
from acmspec.enclosed.problems import BAD_CELL, OUT_OF_REACH
from acmspec.ground.source import Located
from acmspec.spec.enclosures import WEEKDAYS, Calendar, Enclosed


def with_holidays(calendar: Calendar, desk: Desk) -> Calendar:
    """The calendar with the holidays of its file, if it has one; contradictions are reported."""
    path = f"calendars.{calendar.name.value}"
    found = calendar if calendar.file is None else _read(calendar, calendar.file, desk, path)
    if len(found.weekend) == len(WEEKDAYS):
        message = f"no day of the week is a business day of “{calendar.name.value}”"
        desk.say(OUT_OF_REACH.at(calendar.name.span, message, label="no business day", path=f"{path}.weekend"))
    first, last = found.first, found.last
    if first is not None and last is not None and last.value < first.value:
        message = f"“{calendar.name.value}” ends before it begins"
        fix = "Exchange “from” and “through”, or correct one of them."
        desk.say(OUT_OF_REACH.at(last.span, message, label="before “from”", path=f"{path}.through", fix=fix))
    outside = next((one for one in found.holidays if _is_outside(one, first, last)), None)
    if outside is not None and path not in desk.faulty:
        message = f"the holiday {outside} lies outside the days that “{calendar.name.value}” covers"
        place = calendar.file.file.span if calendar.file is not None else calendar.name.span
        end = "from" if first is not None and outside < first.value else "through"
        fix = f"Correct the holiday or remove it, or write “{end}: {outside}”."
        desk.say(OUT_OF_REACH.at(place, message, path=f"{path}.holidays", fix=fix))
    return found


def _is_outside(day: date, first: Located[date] | None, last: Located[date] | None) -> bool:
    return (first is not None and day < first.value) or (last is not None and day > last.value)


def _read(calendar: Calendar, source: Enclosed, desk: Desk, path: str) -> Calendar:
    sheet = desk.sheet(source.file, path)
    column = None if sheet is None else desk.column(sheet, source.column, f"{path}.holidays.column")
    if sheet is None or column is None:
        return calendar
    rows, first = Rows(desk, sheet, path), dict[date, int]()
    for row in sheet.rows:
        text = row.cells[column]
        if not text:
            rows.empty(row, source.column.value)
            continue
        found = day(text)
        if found is None:
            message = f"“{text}” in column “{source.column.value}” is not a day written like 2025-07-04"
            rows.say(BAD_CELL, row, source.column.value, text, message)
        elif found in first:
            rows.twice(row, source.column.value, text, first[found])
        else:
            first[found] = row.line
    rows.finish()
    return replace(calendar, holidays=tuple(sorted(first)))
