"""What to write for `kind = "home" or "family"`, where a value follows a comparison; knows nothing of types."""

from collections.abc import Sequence

from acmspec.formula.tree import Binary, CalendarPeriod, Day, Formula, Moment, Number, Text

_Value = Text | Number | Day | Moment | CalendarPeriod
_LISTED = {"=": "in", "!=": "not in"}


def as_one_of(operands: Sequence[Formula]) -> list[str]:
    """For each operand of `and` or `or`, what to write if it is a value that a comparison before it goes on with."""
    fixes: list[str] = []
    for at, one in enumerate(operands):
        first = next((index for index in range(at, -1, -1) if not isinstance(operands[index], _Value)), None)
        compared = None if first is None or not isinstance(one, _Value) else operands[first]
        if not isinstance(compared, Binary) or compared.operator not in _LISTED or first is None:
            fixes.append("")
            continue
        behind = next((index for index in range(at, len(operands)) if not isinstance(operands[index], _Value)), None)
        values = [compared.right, *operands[first + 1 : behind]]
        listed = ", ".join(value.span.text for value in values)
        fixes.append(f"Write “{compared.left.span.text} {_LISTED[compared.operator]} ({listed})”.")
    return fixes
