"""Plain words for group values that look elsewhere, go part by part, or decide; parts of them are named by letters."""

from acmspec.english import numbers
from acmspec.ground.calendar import Every, NamedPeriods, ReportingDays, YearStarting
from acmspec.program.aggregates import aggregate
from acmspec.program.elsewhere import (
    Dates,
    Earlier,
    ForEach,
    GroupCompare,
    GroupIf,
    GroupKnown,
    GroupLogic,
    GroupNegation,
    Pooled,
    SinceStart,
    Those,
    To,
)
from acmspec.program.tree import Dimension, Group

Compound = ForEach | GroupCompare | GroupLogic | GroupNegation | GroupKnown | GroupIf

_RELATIONS = {
    "=": "is equal to", "!=": "is not equal to", "<": "is less than", "<=": "is no more than", ">": "is more than",
    ">=": "is at least",
}  # fmt: skip
_EACH = {
    "count": "the number of {set} for which {expression}",
    "share": "among {set}, the share for which {expression}",
    "rank": "the rank among {set} by {expression}, 1 being the {best}",
    "longest run": "the longest run of {set} for which {expression}",
}


def operands(group: Compound) -> tuple[Group, ...]:
    """The parts that a letter stands for, in order."""
    match group:
        case ForEach(inner=inner, where=where):
            return (inner,) if where is None else (inner, where)
        case GroupCompare(left=left, right=right) | GroupLogic(left=left, right=right):
            return (left, right)
        case GroupNegation(operand=operand) | GroupKnown(operand=operand):
            return (operand,)
        case GroupIf(condition, then, otherwise):
            return (condition, then, otherwise)


def compound(group: Compound, letters: tuple[str, ...]) -> str:
    """The words around the letters of the parts."""
    match group:
        case ForEach():
            return _each(group, letters)
        case GroupCompare(operator=operator):
            return f"{letters[0]} {_RELATIONS[operator]} {letters[1]}"
        case GroupLogic(operator=operator):
            either = "both" if operator == "and" else "either"
            return f"{either} {letters[0]} {operator} {letters[1]} is true"
        case GroupNegation():
            return f"{letters[0]} is not true"
        case GroupKnown(known=known):
            return f"{letters[0]} has {'a' if known else 'no'} value"
        case GroupIf():
            return f"{letters[1]} if {letters[0]} is true, and {letters[2]} if it is not"


def _each(group: ForEach, letters: tuple[str, ...]) -> str:
    what = _parts(group)
    if len(letters) > 1:
        what += f" for which {letters[1]} is true"
    form = _EACH.get(group.function)
    is_asked = group.function in {"count", "share", "longest run"}
    x = f"{letters[0]} is true" if is_asked else letters[0]
    if form is None:
        return aggregate(group.function).english.format(set=what, expression=x, place=numbers.place(group.at * 100))
    return form.format(set=what, expression=x, best="lowest" if group.lowest_first else "highest")


def _parts(group: ForEach) -> str:
    match group.over:
        case Dimension(path=path):
            return f"the groups by {path.replace('_', ' ').replace('.', ' ')}"
        case Every() | YearStarting() | ReportingDays() | NamedPeriods() as every:
            return f"the {numbers.period(every)}s that end in the Measurement Period"


def sliced(to: To) -> str:
    """What stands before a value that is seen elsewhere."""
    match to:
        case Dates(first, last):
            return f"for the days from {numbers.day(first)} to {numbers.day(last)}, both days included: "
        case Earlier(number, unit):
            return f"for the period {numbers.counted(number, unit, f'{unit}s')} earlier: "
        case SinceStart():
            return "for the days from the first day of the Contract Term to the end of the Measurement Period: "
        case Pooled(name, of_providers):
            return f"for all {'Providers' if of_providers else f'groups by {name}'} together: "
        case Those():
            return "among the records of the slice: "
