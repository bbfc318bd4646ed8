"""Values of time as noun phrases: days of moments, hours, completed months, periods; knows no other value."""

from collections.abc import Callable

from acmspec.english import numbers
from acmspec.program.record import Completed, Converted, DayOf, DaysBetween, EdgeOf, Elapsed, InTime, PeriodOf, Record
from acmspec.program.said import counted
from acmspec.program.types import NumberType, PeriodType, Type
from acmspec.program.units import WEEK

_YEAR = 12


def time_phrase(record: InTime, value: Callable[[Record], str]) -> str:
    """The phrase of a value; `value` says those it is made of."""
    match record:
        case DayOf(operand):
            return f"the date of {value(operand)}"
        case Elapsed(start, end, kind):
            return f"the number of {_unit(kind)} from {value(start)} to {value(end)}"
        case Completed(months, start, end):
            unit = "years" if months == _YEAR else "months"
            return f"the number of whole {unit} from {value(start)} to {value(end)}"
        case PeriodOf(operand, kind):
            return f"the {_period(kind)} of {value(operand)}"
        case EdgeOf(operand, last):
            return f"the {'last' if last else 'first'} day of {value(operand)}"
        case Converted(DaysBetween(start, end), _, NumberType(unit=unit)) if unit == WEEK:
            return f"the number of weeks from {value(start)} to {value(end)}"
        case Converted(operand):
            # A length that stands beside one in another unit is compared as what it is.
            return value(operand)


def _unit(kind: Type) -> str:
    return counted(kind.unit.factors[0][0]) if isinstance(kind, NumberType) else ""


def _period(kind: Type) -> str:
    return numbers.period(kind.every) if isinstance(kind, PeriodType) else ""
