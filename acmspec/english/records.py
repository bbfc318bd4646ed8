"""Record expressions as controlled English: one phrase a node, one meaning a phrase; knows no group and no contract.

Printed from the resolved tree only, so that a later reader can parse the text back to the same tree.
"""

from collections.abc import Iterator
from dataclasses import field, replace
from datetime import date, datetime
from fractions import Fraction

from acmspec.english import lookups, numbers, spans, windows
from acmspec.english.amounts import number_text
from acmspec.english.letters import Line
from acmspec.english.normal import normal
from acmspec.english.parts import bare, coded_column, is_negative, may_be_missing, reduced, whole_period
from acmspec.english.said import ALL, ANY, NEITHER, ONE, TRUE, WHERE, Said, joined
from acmspec.english.speaking import Frame
from acmspec.english.time import time_phrase
from acmspec.english.words import Vocabulary, humanised, quoted
from acmspec.ground.calendar import period_of
from acmspec.ground.node import node
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.record import (
    Active,
    Arithmetic,
    Banded,
    BusinessDaysBetween,
    Column,
    Compare,
    Completed,
    Conditional,
    Constant,
    Converted,
    DayOf,
    DaysBetween,
    DaysIn,
    Defined,
    EdgeOf,
    Elapsed,
    FieldValue,
    InDays,
    InWindow,
    IsFound,
    IsKnown,
    Lasts,
    Later,
    Logic,
    LookBack,
    Lookup,
    Negation,
    OneOf,
    OpenOn,
    PeriodOf,
    PeriodValue,
    Record,
    Step,
)
from acmspec.program.types import BooleanType, DatetimeType, DateType, NumberType, PeriodType, Type

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DATES = {
    "=": "is on", "<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after",
}  # fmt: skip
_NUMBERS = {
    "=": "is", "<": "is less than", "<=": "is no more than", ">": "is more than", ">=": "is at least",
}  # fmt: skip
_TEXTS = _NUMBERS | {"<": "comes before", "<=": "is, or comes before,", ">": "comes after", ">=": "is, or comes after,"}
PERIOD_VALUES = {
    "period start": "the first day of the Measurement Period",
    "period end": "the last day of the Measurement Period",
    "length of period": "the number of days of the Measurement Period",
    "contract start": "the first day of the Contract Term",
    "contract end": "the last day of the Contract Term",
    "data date": "the Data Date",
}
_SUMS = {"+": "plus", "-": "minus", "*": "multiplied by"}


@node
class Speaker:
    """Speaks of records. `frames` are innermost first, as scopes count; `line` is where letters are explained."""

    words: Vocabulary
    frames: tuple[Frame, ...]
    taken: frozenset[str] = frozenset()
    line: Line | None = field(default=None, compare=False)

    def inside(self, frame: Frame) -> "Speaker":
        """A speaker with one more record in sight, on no line yet."""
        return replace(self, frames=(frame, *self.frames), line=None)

    def with_taken(self, letters: frozenset[str]) -> "Speaker":
        """A speaker that must not use some letters."""
        return replace(self, taken=letters)

    def on(self, line: Line) -> "Speaker":
        """A speaker that explains on this line what can't stand in it."""
        return replace(self, line=line)

    # --- values -----------------------------------------------------------------------------------------

    def said(self, record: Record) -> Said:
        """A value or condition as a line of its own."""
        if isinstance(record.type, BooleanType):
            return self.condition(record)
        if isinstance(record, Conditional):
            return replace(self, line=None).choice(record)
        line = Line(self.taken)
        if isinstance(record, Lookup) and lookups.in_line(self, record) is None:
            return lookups.in_full(self, record, self.taken)
        return line.closed(Said(self.on(line).value(record)))

    def value(self, record: Record) -> str:
        """A value as a noun phrase that closes itself."""
        record = reduced(record)
        match record:
            case Arithmetic() if is_negative(record):
                return f"the negative of {self.operand(record.right)}"
            case Arithmetic(operator, left, right):
                return f"{self.operand(left)} {_SUMS[operator]} {self.operand(right)}"
        return self.operand(record)

    def operand(self, record: Record) -> str:
        """A value that can be a part of a calculation: one that is none itself, or in brackets."""
        record = reduced(record)
        match record:
            case Arithmetic():
                return f"({self.value(record)})"
            case DaysBetween(start, end):
                return f"the number of days from {self.operand(start)} to {self.operand(end)}"
            case BusinessDaysBetween(start, end, calendar):
                days = f"business days of the calendar {quoted(humanised(calendar))}"
                return f"the number of {days} from {self.operand(start)} to {self.operand(end)}"
            case DayOf() | Elapsed() | Completed() | PeriodOf() | EdgeOf() | Converted():
                return time_phrase(record, self.operand)
            case DaysIn():
                return spans.days_in(record, self.whole, self.plain)
            case Later():
                return spans.moved(record, self.operand)
            case Lookup(function) if not lookup_row(function).is_question:
                return self._looked_up(record)
        return self.plain(record)

    def plain(self, record: Record) -> str:
        """A value behind which more may be said of it: a field, a term, a constant, a letter, or in brackets."""
        record = reduced(record)
        match record:
            case FieldValue():
                return self._field(record)
            case Constant(value, kind) if not isinstance(value, bool):
                return self._constant(value, kind)
            case PeriodValue(which):
                return PERIOD_VALUES[which]
            case Defined(name, _, _, kind) if not isinstance(kind, BooleanType):
                return f"the {self.words.term(name)}{self._whose(record.scope, record.steps)}"
            case Arithmetic():
                return f"({self.value(record)})"
            case Banded():
                return self._banded(record)
        return self._letter(record)

    def choice(self, record: Conditional) -> Said:
        """A choice as a line of its own; a condition with a list of its own has a letter."""
        line = Line(self.taken)
        speaker = self.on(line)
        then, otherwise = (speaker.value(one) for one in (record.then, record.otherwise))
        condition = replace(self, line=None).condition(record.condition)
        text = condition.text if not condition.items else f"{self._true_if(record.condition, line)} is true"
        return line.closed(Said(f"{then} if {text}, otherwise {otherwise}"))

    def _true_if(self, condition: Record, line: Line) -> str:
        alone = replace(self, line=None)
        return line.letter(
            ("true if", normal(condition)),
            lambda taken: alone.with_taken(taken).condition(condition),
            " is true if ",
            "C",
        )

    def _banded(self, record: Banded) -> str:
        kind = record.operand.type
        edges = zip(record.edges, record.labels, strict=True)
        bands = tuple(f"{quoted(label)} from {self._constant(edge, kind)}" for edge, label in edges)
        return f"the band in which {self.plain(record.operand)} lies ({numbers.series(bands)})"

    def _letter(self, record: Record) -> str:
        """What stands for a part that is said below the line; where no line is said, its text in brackets."""
        if self.line is None:
            if isinstance(record.type, BooleanType) and not isinstance(record, Conditional):
                return self._answer(record)
            return f"({self._sentence(replace(self, line=None).explained(record))})"
        return self.line.letter((normal(record), self.frames), lambda taken: self.with_taken(taken).explained(record))

    def explained(self, record: Record) -> Said:
        """What a letter stands for: a value in full, or the answer to a question."""
        if isinstance(record, Lookup) and not lookup_row(record.function).is_question:
            return lookups.in_full(replace(self, line=None), record, self.taken)
        if isinstance(record, Conditional):
            return replace(self, line=None).choice(record)
        if isinstance(record.type, BooleanType):
            return replace(self, line=None).condition(record).after("the answer to whether ")
        line = Line(self.taken)
        return line.closed(Said(self.on(line).value(record)))

    def _looked_up(self, record: Lookup) -> str:
        text = lookups.in_line(self, record)
        if text is not None:
            return text
        if self.line is not None:
            return self._letter(record)
        return f"({self._sentence(lookups.in_full(self, record, self.taken))})"

    def _answer(self, record: Record) -> str:
        return f"the answer (“yes” or “no”) to whether {self._sentence(self.condition(record))}"

    def _sentence(self, said: Said) -> str:
        """A line with its list on one line, for the rare place that has none: bracketed parts."""
        if not said.items:
            return said.text
        lead = said.text
        for one in (ALL, ANY, TRUE, NEITHER, ONE, WHERE.strip(", ")):
            lead = lead.removesuffix(one)
        return f"{lead}({f' {said.joint} '.join(self._sentence(one) for one in said.items)})"

    def _of(self, scope: int) -> str:
        """Whose value it is, said wherever more than one record is in sight."""
        return "" if len(set(self.frames)) == 1 else f" of {self.frames[scope].called}"

    def whole(self, start: Record) -> str:
        """The record that a span is of, by the field it starts with."""
        steps = start.steps if isinstance(start, FieldValue) else ()
        of = "".join(f"the {self.words.step(step)} of " for step in reversed(steps))
        return f"{of}{self.frames[start.scope if isinstance(start, FieldValue) else 0].called}"

    def _whose(self, scope: int, steps: tuple[Step, ...]) -> str:
        return "".join(f" of the {self.words.step(step)}" for step in reversed(steps)) + self._of(scope)

    def _field(self, record: FieldValue) -> str:
        return f"the {self.words.phrase(record.column)}{self._whose(record.scope, record.steps)}"

    def _constant(self, value: str | date | Fraction, kind: Type) -> str:
        if isinstance(kind, PeriodType) and isinstance(value, date):
            return period_of(value, kind.every, kind.starts).name
        if isinstance(value, datetime):
            return numbers.moment(value)
        if isinstance(value, date):
            return numbers.day(value)
        if isinstance(value, str):
            return quoted(value)
        return number_text(value, kind)

    # --- conditions -------------------------------------------------------------------------------------

    def condition(self, record: Record, *, negated: bool = False) -> Said:
        """A condition as a line of its own; a negation is carried to the leaves: *is recorded and is not*."""
        line = Line(self.taken)
        return line.closed(self.on(line).leaf(record, negated=negated))

    def leaf(self, record: Record, *, negated: bool) -> Said:  # noqa: C901  (one case a node)
        """A condition on the line at hand."""
        match record:
            case Negation(operand):
                return self.leaf(operand, negated=not negated)
            case Logic() if (window := whole_period(record)) is not None:
                return self.leaf(window, negated=negated)
            case Logic(operator, operands):
                turned = {"and": "or", "or": "and"}[operator] if negated else operator
                return joined([one for part in operands for one in self._items(part, turned, negated=negated)], turned)
            case IsKnown(operand, known):
                return Said(f"{self.value(operand)} is {'' if known is not negated else 'not '}recorded")
            case Compare():
                return self._compare(record, negated=negated)
            case OneOf():
                return self._one_of(record, negated=negated)
            case InDays(operand, first):
                rest = windows.window(record, self.whole(first), self.plain)
                operands = (operand,) if record.what == "span" else windows.held(record)
                return self._is_not(operands, operand, rest, negated=negated)
            case InWindow(operand, _, _, anchor) | LookBack(operand, _, _, anchor):
                within = f"{window_words(record)} {self.plain(anchor)}"
                return self._is_not((operand, anchor), operand, within, negated=negated)
            case OpenOn() | Active() | Lasts():
                return Said(spans.question(record, self.whole, self.plain, negated=negated))
            case IsFound(path, found):
                return Said(self._found(path, found=found is not negated))
            case Lookup(function) if lookup_row(function).is_question:
                return lookups.question(replace(self, line=None), record, negated=negated)
            case Defined(name, scope, steps=steps):
                says = self.words.says(name)
                subject = "".join(f"the {self.words.step(step)} of " for step in reversed(steps))
                return Said(f"{subject}{self.frames[scope].called} {says.not_one if negated else says.one}")
            case Constant(value):
                return Said("this holds in every case" if bool(value) is not negated else "this holds in no case")
        return Said(f"{self.value(record)} is {'“no”' if negated else '“yes”'}")

    def _items(self, record: Record, operator: str, *, negated: bool) -> Iterator[Said]:
        """A condition under `and` or `or`: its own items where it is joined by the same word, else itself."""
        record, turned = bare(record)
        negated = negated is not turned
        is_alike = isinstance(record, Logic) and (record.operator == operator) is not negated
        if isinstance(record, Logic) and is_alike and whole_period(record) is None:
            for part in record.operands:
                yield from self._items(part, operator, negated=negated)
        else:
            yield self.condition(record, negated=negated)

    def _is_not(self, operands: tuple[Record, ...], subject: Record, rest: str, *, negated: bool) -> Said:
        """`is …`, or its opposite, which says of each value that may be missing that it is recorded."""
        text = self.value(subject)
        if not negated:
            return Said(f"{text} is {rest}")
        optional = tuple(dict.fromkeys(self.value(one) for one in operands if may_be_missing(one)))
        if optional == (text,):
            return Said(f"{text} is recorded and is not {rest}")
        if not optional:
            return Said(f"{text} is not {rest}")
        verb = "is" if len(optional) == 1 else "are"
        return Said(f"{numbers.series(optional)} {verb} recorded, and {text} is not {rest}")

    def _compare(self, record: Compare, *, negated: bool) -> Said:
        left, right, operator = reduced(record.left), reduced(record.right), record.operator
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, right, operator = right, left, _MIRRORED[operator]
        if negated:
            operator = _OPPOSITE[operator]
        if isinstance(right, Constant) and isinstance(right.value, bool) and operator in {"=", "!="}:
            return self.leaf(left, negated=right.value is not (operator == "="))
        kind = left.type
        if isinstance(kind, BooleanType):
            items = (self.condition(left), self.condition(right))
            return Said(NEITHER, items) if operator == "=" else Said(ONE, items, "or")
        other = self._label(left, right)
        phrases = (
            _DATES
            if isinstance(kind, DateType | DatetimeType)
            else _NUMBERS
            if isinstance(kind, NumberType)
            else _TEXTS
        )
        if operator == "!=":
            rest = f"on {other}" if phrases is _DATES else other
            return self._is_not((left, right), left, rest, negated=True)
        return Said(f"{self.value(left)} {phrases[operator]} {other}")

    def _label(self, left: Record, right: Record) -> str:
        """The right side; a text of a field with labels is said by its label."""
        column = coded_column(left)
        if column and isinstance(right, Constant) and isinstance(right.value, str):
            return quoted(self.words.label(column, right.value))
        return self.value(right)

    def _one_of(self, record: OneOf, *, negated: bool) -> Said:
        column = coded_column(record.operand)
        if len(record.values) == 1 and not record.list_name:
            one = Constant(record.values[0], record.operand.type)
            return self._compare(Compare("=", record.operand, one, record.type), negated=negated)
        if record.list_name:
            rest = f"one of the codes in the list {quoted(humanised(record.list_name))}"
        else:
            shown = tuple(self._choice(one, column, record.operand.type) for one in record.values)
            rest = f"one of the values {numbers.series(shown)}"
        return self._is_not((record.operand,), record.operand, rest, negated=negated)

    def _choice(self, value: str | date | Fraction, column: Column | None, kind: Type) -> str:
        """One value of a list in place; a text of a field with labels by its label."""
        if isinstance(value, str):
            return quoted(self.words.label(column, value) if column else value)
        return self._constant(value, kind)

    def _found(self, path: FieldValue, *, found: bool) -> str:
        whose = self._whose(path.scope, path.steps).removeprefix(" of ")
        source = quoted(self.words.source(path.column.table))
        return f"{whose} is {'' if found else 'not '}found in the source {source}"


# --- what is needed around a phrase ---------------------------------------------------------------------------


def window_words(window: InWindow | LookBack) -> str:
    """How long a window is and to which side of its anchor it lies."""
    length = numbers.length(window.length)
    if isinstance(window, InWindow) and window.opens:
        return f"from {numbers.length(window.opens)} to {length} after"
    side = "after" if isinstance(window, InWindow) else "before"
    return f"{'on or ' if window.inclusive else ''}within {length} {side}"
