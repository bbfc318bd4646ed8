"""How records meet windows where something is asked of others for each record and window; knows no choice.

Engines work out each mention of a question anew, and Spark plans each anew, so that it is asked beneath, once.
"""

from functools import partial

from acmspec.program.tree import Population
from acmspec.query.fact_columns import DATED, WINDOW
from acmspec.query.frames import Frame
from acmspec.query.record_sql import RecordSql

_ASKED_IN = "#window"
"""The window that something is asked in, under a name that no column of a table has."""


def placed(writer: RecordSql, frame: Frame, population: Population, windows: str, *, by_day: bool) -> tuple[str, str]:
    """The records of a frame as they stand in windows, and the condition that finds the windows beside them again.

    `windows` are the rows w, one for each day if records meet them by the day. Beside the records stands m, which is
    the same record as it was measured. The condition is empty where nothing is asked of others.
    """
    if not frame.asked:
        return writer.source(frame), ""
    among = partial(writer.write, scope=(frame,))
    condition = "TRUE" if population.member is None else among(population.member)
    again = f'w."{WINDOW}" = {writer.column(frame, _ASKED_IN)}'
    if population.dated is not None:
        day = among(population.dated)
        condition = f'{day} = w."day"' if by_day else f'{day} >= w."first" AND {day} <= w."last"'
        again += f' AND m."{DATED}" = w."day"' if by_day else ""
    beside = f"JOIN {windows} ON {writer.in_place(condition, frame)}"
    return writer.source(frame, beside, f'w."{WINDOW}" AS "{_ASKED_IN}"'), again
