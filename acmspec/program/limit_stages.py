"""Where limits usually stand in the order in which amounts are worked out; it moves none."""

from enum import IntEnum

from acmspec.ground.calendar import Every, YearStarting
from acmspec.program.payment import Limit


class Stage(IntEnum):
    """Where a limit usually stands in the order in which amounts are worked out."""

    TERM = 1
    GATE = 2
    PERIOD = 3
    YEAR = 4
    WHOLE = 5


def stages(limit: Limit) -> tuple[Stage, ...]:
    """The stages a limit may stand in, the earlier one first: that of its stretch of time, or that of its one term."""
    if limit.measure:
        return (Stage.GATE,)
    match limit.every:
        case None:
            own = Stage.WHOLE
        case YearStarting() | Every.YEAR | Every.FISCAL_YEAR:
            own = Stage.YEAR
        case _:
            own = Stage.PERIOD
    return (Stage.TERM, own) if len(limit.over) == 1 else (own,)
