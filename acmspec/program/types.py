"""Types and units of values: what may be compared, added and divided; knows nothing of where a value comes from."""

from dataclasses import field
from enum import Enum

from acmspec.ground.calendar import Every
from acmspec.ground.exact import ONE, Unit
from acmspec.ground.node import node


class Form(Enum):
    """What a number is. A share lies between 0 and 1; points are the difference of two shares."""

    NUMBER = "number"
    SHARE = "share"
    RATIO = "ratio"
    POINTS = "points"


@node
class NumberType:
    """A number with its form and unit: money is a number of `USD`, a duration of `day`, a count of its noun.

    `said` is the unit in which a length of time was written out.
    """

    form: Form = Form.NUMBER
    unit: Unit = ONE
    integral: bool = False
    said: str = field(default="", compare=False, repr=False)


@node
class TextType:
    """A text; `values` are all it can be, None if anything.

    Where it is `folded`, case doesn't count; it is then kept in one of `spellings`, else in lower case.
    """

    values: tuple[str, ...] | None = None
    folded: bool = False
    spellings: tuple[str, ...] = ()


@node
class DateType:
    """A calendar date."""


@node
class DatetimeType:
    """A moment. With a `zone`, it is one point in time; without, a day and the time that clocks show on it."""

    zone: str = ""


@node
class PeriodType:
    """A month, a quarter or a year of the calendar; fiscal ones start with the month `starts` (1 to 12)."""

    every: Every
    starts: int = 1


@node
class BooleanType:
    """True or false."""


@node
class ErrorType:
    """The type of an expression already reported; it agrees with everything, so that nothing cascades."""


Type = NumberType | TextType | DateType | DatetimeType | PeriodType | BooleanType | ErrorType
