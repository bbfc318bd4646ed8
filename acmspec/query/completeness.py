"""To which date each table is complete, and in which windows a measure is evaluated; knows nothing of SQL."""

from datetime import date

from acmspec.ground.calendar import Period
from acmspec.ground.windows import windows as windows_in
from acmspec.program.tree import Dates, Measure, Program, Store


def complete_through(store: Store, data_date: date) -> date:
    """The last day the table is complete to: as declared, else the data date less the lag; never past the data date."""
    if store.complete_through is not None:
        return min(store.complete_through, data_date)
    return store.lag.before(data_date)


def windows(program: Program, measure: Measure, data_date: date) -> tuple[Period, ...]:
    """The windows of a measure in order: one for each period of the contract that has begun by the data date.

    A window carries its period's name, and reaches back before the contract where it must.
    """
    return windows_in(measure.every, measure.window, program.term, data_date)


def slice_window(dates: Dates) -> Period:
    """The one window of a slice, named by its days: `2024-07-01..2025-06-30`."""
    return Period(dates.first, dates.last, f"{dates.first}..{dates.last}")
