"""Group values that look elsewhere, go part by part, or decide: what is said of them, by letters where it is long."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from acmspec.english import numbers
from acmspec.english.amounts import number_text
from acmspec.english.letters import Line
from acmspec.english.normal import normal
from acmspec.english.parts import as_number
from acmspec.english.records import PERIOD_VALUES, Speaker
from acmspec.english.said import Said, joined
from acmspec.english.words import Vocabulary, humanised, quoted
from acmspec.ground.calendar import Every
from acmspec.ground.exact import ONE
from acmspec.program.aggregates import aggregate
from acmspec.program.elsewhere import Dates, Earlier, Pooled, SinceStart, Those, To
from acmspec.program.group import ForEach, GroupCompare, GroupIf, GroupKnown, GroupLogic, GroupNegation, Slice
from acmspec.program.record import Defined
from acmspec.program.tree import Dimension, Group, GroupConstant, GroupDefined
from acmspec.program.types import BooleanType, Form, NumberType

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_RELATIONS = {
    "=": "is", "!=": "is not", "<": "is less than", "<=": "is no more than", ">": "is more than", ">=": "is at least",
}  # fmt: skip
_TURNED = {"and": "or", "or": "and"}
CYCLES = {
    Every.DAY: "the calendar days that lie in the Measurement Period",
    Every.WEEK: "the calendar weeks that end in the Measurement Period",
    Every.MONTH: "the calendar months that end in the Measurement Period",
    Every.QUARTER: "the calendar quarters that end in the Measurement Period",
    Every.HALF_YEAR: "the calendar half-years that end in the Measurement Period",
    Every.YEAR: "the calendar years that end in the Measurement Period",
    Every.FISCAL_QUARTER: "the quarters of the Fiscal Year that end in the Measurement Period",
    Every.FISCAL_YEAR: "the Fiscal Years that end in the Measurement Period",
}
"""The parts of a period, by the word of the spec."""


class Announcing(Protocol):
    """Speaks of groups."""

    @property
    def words(self) -> Vocabulary:
        """The words of the spec."""

    def of_records(self, table: str) -> Speaker:
        """A speaker for the conditions on one record of a table."""

    def group(self, group: Group, taken: frozenset[str] = frozenset()) -> Said:
        """A group value as a line of its own."""

    def calculation(self, group: Group, line: Line) -> str:
        """A group value on a line, with letters for what can't stand in it."""


# --- conditions on a group ------------------------------------------------------------------------------------


def condition(say: Announcing, group: Group, taken: frozenset[str], *, negated: bool = False) -> Said:
    """A condition as a line of its own; a negation is carried to the leaves."""
    line = Line(taken)
    match group:
        case GroupNegation(operand):
            return condition(say, operand, taken, negated=not negated)
        case GroupLogic(operator):
            turned = _TURNED[operator] if negated else operator
            return joined([*_items(say, group, turned, taken, negated=negated)], turned)
        case GroupCompare(operator, left, right):
            return line.closed(Said(_compared(say, line, _OPPOSITE[operator] if negated else operator, left, right)))
        case GroupKnown(operand, known):
            has = "a" if known is not negated else "no"
            return line.closed(Said(f"{say.calculation(operand, line)} has {has} value"))
    leads = ""
    while isinstance(group, Slice):
        leads, group = f"{leads}{_lead(say, group.to, line)} ", group.inner
    return line.closed(Said(f"{leads}{say.calculation(group, line)} is {'not ' if negated else ''}true"))


def _items(say: Announcing, group: Group, operator: str, taken: frozenset[str], *, negated: bool) -> Iterator[Said]:
    while isinstance(group, GroupNegation):
        group, negated = group.operand, not negated
    if isinstance(group, GroupLogic) and (group.operator == operator) is not negated:
        for part in (group.left, group.right):
            yield from _items(say, part, operator, taken, negated=negated)
    else:
        yield condition(say, group, taken, negated=negated)


def _compared(say: Announcing, line: Line, operator: str, left: Group, right: Group) -> str:
    left, right = as_number(left), as_number(right)
    if isinstance(left, GroupConstant) and not isinstance(right, GroupConstant):
        left, right, operator = right, left, _MIRRORED[operator]
    sides = _side(say, left, right, line), _side(say, right, left, line)
    return f"{sides[0]} {_RELATIONS[operator]} {sides[1]}"


def _side(say: Announcing, one: Group, other: Group, line: Line) -> str:
    """A side of a comparison; beside a difference of shares, a percentage is one of points."""
    kind = other.type
    if isinstance(one, GroupConstant) and isinstance(kind, NumberType) and kind.form is Form.POINTS:
        return number_text(one.value, replace(kind, unit=ONE))
    return say.calculation(one, line)


def _on_line(say: Announcing, group: Group, line: Line) -> str:
    """A condition on a line that goes on behind it: by a letter where it has a list of its own."""
    said = condition(say, group, line.letters)
    if not said.items:
        return said.text
    letter = line.letter(("true if", normal(group)), lambda taken: condition(say, group, taken), " is true if ", "C")
    return f"{letter} is true"


# --- values that decide, go part by part, look elsewhere ------------------------------------------------------


def choice(say: Announcing, group: GroupIf, taken: frozenset[str]) -> Said:
    """One value or another."""
    line = Line(taken)
    then, otherwise = (say.calculation(one, line) for one in (group.then, group.otherwise))
    return line.closed(Said(f"{then} if {_on_line(say, group.condition, line)}, otherwise {otherwise}"))


def each(say: Announcing, group: ForEach, taken: frozenset[str]) -> Said:
    """The values of parts brought together."""
    line = Line(taken)
    some = _parts(say, group)
    if group.where is not None:
        some += f" for which {_on_line(say, group.where, line)}"
    if group.function in {"count", "share", "longest run"}:
        holds = _on_line(say, group.inner, line)
        forms = {
            "count": f"the number, among {some}, of those for which {holds}",
            "share": f"the share, among {some}, of those for which {holds}",
            "longest run": f"the longest run among {some} of those for which {holds}",
        }
        return line.closed(Said(forms[group.function]))
    value = say.calculation(group.inner, line)
    if group.function == "rank":
        best = "lowest" if group.lowest_first else "highest"
        return line.closed(Said(f"the rank of the group at hand among {some} by {value}, 1 being the {best}"))
    # Each part has a value of its own.
    phrase = aggregate(group.function).english.replace(" across {set}", " for each of {set}")
    return line.closed(Said(phrase.format(set=some, expression=value, place=numbers.place(group.at * 100))))


def _parts(say: Announcing, group: ForEach) -> str:
    if isinstance(group.over, Every):
        return CYCLES[group.over]
    if isinstance(group.over, Dimension):
        table, value = group.over.values[0]
        if isinstance(value, Defined) and isinstance(value.type, BooleanType):
            text = f"the {say.words.term(value.name)}"
        else:
            text = say.of_records(table).value(value)
        return f"the groups of records with the same {text.removeprefix('the ')}"
    return f"the {numbers.period(group.over)}s that end in the Measurement Period"


def sliced(say: Announcing, group: Slice, taken: frozenset[str]) -> Said:
    """A value seen elsewhere: what stands before it says where."""
    line = Line(taken)
    lead = _lead(say, group.to, line)
    if not isinstance(group.to, Those):
        return say.group(group.inner, taken).after(f"{lead} ")
    inner = say.group(group.inner, line.letters)
    if inner.items:
        inner = Said(line.letter("V", lambda more: say.group(group.inner, more)))
    return line.closed(Said(f"{lead} {inner.text}"))


def _lead(say: Announcing, to: To, line: Line) -> str:
    """What stands before a value that is seen elsewhere; a condition with a list stands below the line."""
    match to:
        case Dates(first, last, called):
            named = zip((first, last), called, strict=True)
            start, end = (PERIOD_VALUES[name] if name else numbers.day(day) for day, name in named)
            return f"the value for the days from {start} to {end}, both days included:"
        case Earlier(number, unit):
            return f"the value for the period {numbers.counted(number, unit, f'{unit}s')} earlier:"
        case SinceStart():
            return (
                "the value for the days from the first day of the Contract Term to the end of the Measurement Period:"
            )
        case Pooled(_, True):
            return "the value for all Providers together:"
        case Pooled(name):
            return f"the value for all groups by {quoted(humanised(name))} together:"
        case Those(((table, holds), *_)):
            speaker = say.of_records(table)
            words = speaker.with_taken(line.letters).condition(holds)
            if words.items:
                key = ("those", to)
                letter = line.letter(key, lambda more: speaker.with_taken(more).condition(holds), " is true if ", "C")
                words = Said(f"{letter} is true")
            return f"the value for only the records for which {words.text}:"
    raise TypeError("a slice of some records says which")


def is_condition(group: Group) -> bool:
    """Whether a group expression is answered by yes or no."""
    return isinstance(group, GroupCompare | GroupLogic | GroupNegation | GroupKnown) or (
        isinstance(group, GroupDefined) and isinstance(group.type, BooleanType)
    )
