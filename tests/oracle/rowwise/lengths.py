"""The length of a window, written out or worked out for each record."""

from dataclasses import dataclass

from acmspec.formula.tree import Formula, Name
from rowwise import units
from rowwise.parts import everywhere
from rowwise.values import value
from rowwise.world import Here, place

MOST = {"days": 36_500, "months": 1_200, "seconds": 36_500 * 86_400, "business": 36_500}
FAMILY = {"day": "days", "week": "days", "month": "months", "quarter": "months", "year": "months",
          "second": "seconds", "minute": "seconds", "hour": "seconds", "business day": "business"}  # fmt: skip


@dataclass(frozen=True)
class Length:
    """A length of one family."""

    days: int = 0
    months: int = 0
    seconds: int = 0
    business: int = 0
    calendar: str = ""


def length(here: Here, written: object) -> object | None:
    """A length, none if it is missing, below zero or over a hundred years."""
    if hasattr(written, "seconds"):
        return written
    number, (unit, calendar) = value(here, written), unit_of(here, written)
    family = FAMILY[unit]
    if number is None or number < 0 or number > MOST[family]:
        return None
    return Length(**{family: int(number), "calendar": calendar})


def unit_of(here: Here, written: Formula) -> tuple[str, str]:
    """The unit of a length that is worked out, with the calendar of business days."""
    for one in everywhere(written):
        unit = units.of(here.world, one, here.row.table)
        if isinstance(one, Name):
            row, name = place(here, one.parts)
            unit = None if row is None else units.of(here.world, Name((name,), one.span), row.table)
        if unit is not None:
            name, _, calendar = unit.partition(" of ")
            return name, calendar
    return "day", ""
