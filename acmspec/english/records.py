"""Record expressions as controlled English: one phrase a node, one meaning a phrase; knows no group and no contract.

Printed from the resolved tree only, so that a later reader can parse the text back to the same tree.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from acmspec.english import numbers
from acmspec.english.said import ALL, ANY, TRUE, Said, joined
from acmspec.english.words import Nouns, Vocabulary, humanised, quoted
from acmspec.ground.exact import Unit
from acmspec.ground.node import node
from acmspec.program.lookup_rows import Find, lookup_row
from acmspec.program.record import (
    Arithmetic,
    Column,
    Compare,
    Constant,
    DaysBetween,
    Defined,
    FieldValue,
    InWindow,
    IsFound,
    IsKnown,
    Logic,
    LookBack,
    Lookup,
    Negation,
    OneOf,
    Record,
)
from acmspec.program.types import BooleanType, DateType, Form, NumberType, Type

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DATES = {
    "=": "is on", "<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after",
}  # fmt: skip
_NUMBERS = {
    "=": "is", "<": "is less than", "<=": "is no more than", ">": "is more than", ">=": "is at least",
}  # fmt: skip
_TEXTS = _NUMBERS | {"<": "comes before", "<=": "is, or comes before,", ">": "comes after", ">=": "is, or comes after,"}
_SUMS = {"+": "plus", "-": "minus", "*": "multiplied by"}


@node
class Frame:
    """A record that a sentence speaks of: its noun, and how it is called to tell it from others (`the Later Stay`)."""

    noun: str
    called: str


@node
class Speaker:
    """Speaks of records. `frames` are innermost first, as scopes count."""

    words: Vocabulary
    frames: tuple[Frame, ...]
    currency: str

    # --- values -----------------------------------------------------------------------------------------

    def value(self, record: Record) -> str:
        """A value as a noun phrase that closes itself."""
        match record:
            case FieldValue():
                return self._field(record)
            case Constant(value, kind):
                return self._constant(value, kind)
            case Defined(name, scope, _, kind) if not isinstance(kind, BooleanType):
                return f"the {self.words.term(name)}{self._of(scope)}"
            case DaysBetween(start, end):
                return f"the number of days from {self.value(start)} to {self.value(end)}"
            case Lookup(function) if not lookup_row(function).is_question:
                return self._looked_up(record)
            case Arithmetic(operator, left, right):
                return f"{self._operand(left)} {_SUMS[operator]} {self._operand(right)}"
        return f"the answer (“yes” or “no”) to whether {self._sentence(self.condition(record))}"

    def _sentence(self, said: Said) -> str:
        """A condition on one line, for the rare place that can't hold a list: bracketed parts."""
        if not said.items:
            return said.text
        lead = next(said.text.removesuffix(one) for one in (ALL, ANY, TRUE) if said.text.endswith(one))
        return f"{lead}({f' {said.joint} '.join(self._sentence(one) for one in said.items)})"

    def _operand(self, record: Record) -> str:
        text = self.value(record)
        return f"({text})" if isinstance(record, Arithmetic) else text

    def _of(self, scope: int) -> str:
        """Whose value it is, said wherever more than one record is in sight."""
        return "" if len(set(self.frames)) == 1 else f" of {self.frames[scope].called}"

    def _field(self, record: FieldValue) -> str:
        steps = "".join(f" of the {self.words.step(step)}" for step in reversed(record.steps))
        return f"the {self.words.phrase(record.column)}{steps}{self._of(record.scope)}"

    def _constant(self, value: str | date | bool | Fraction, kind: Type) -> str:
        if isinstance(value, bool):
            return "“yes”" if value else "“no”"
        if isinstance(value, date):
            return numbers.day(value)
        if isinstance(value, str):
            return quoted(value)
        return number_text(value, kind, self.currency)

    # --- conditions -------------------------------------------------------------------------------------

    def condition(self, record: Record, *, negated: bool = False) -> Said:  # noqa: C901  (one case a node)
        """A condition as a phrase. A negation is carried to the leaves, where it says *is recorded and is not*."""
        match record:
            case Negation(operand):
                return self.condition(operand, negated=not negated)
            case Logic(operator, operands):
                turned = {"and": "or", "or": "and"}[operator] if negated else operator
                return joined([self.condition(one, negated=negated) for one in flat(operator, operands)], turned)
            case IsKnown(operand, known):
                return Said(f"{self.value(operand)} is {'' if known is not negated else 'not '}recorded")
            case Compare():
                return self._compare(record, negated=negated)
            case OneOf():
                return self._one_of(record, negated=negated)
            case InWindow(operand, _, _, anchor) | LookBack(operand, _, _, anchor):
                within = f"{window_words(record)} {self.value(anchor)}"
                return self._is_not((operand, anchor), operand, within, negated=negated)
            case IsFound(path, found):
                return Said(self._found(path, found=found is not negated))
            case Lookup(function) if lookup_row(function).is_question:
                return self._exists(record, negated=negated)
            case Defined(name, scope):
                says = self.words.says(name)
                return Said(f"{self.frames[scope].called} {says.not_one if negated else says.one}")
            case Constant(value):
                return Said("this holds in every case" if bool(value) is not negated else "this holds in no case")
        return Said(f"{self.value(record)} is {'“no”' if negated else '“yes”'}")

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
        left, right, operator = record.left, record.right, record.operator
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, right, operator = right, left, _MIRRORED[operator]
        if negated:
            operator = _OPPOSITE[operator]
        if isinstance(right, Constant) and isinstance(right.value, bool) and operator in {"=", "!="}:
            return self.condition(left, negated=right.value is not (operator == "="))
        kind = left.type
        other = self._label(left, right)
        phrases = _DATES if isinstance(kind, DateType) else _NUMBERS if isinstance(kind, NumberType) else _TEXTS
        if operator == "!=":
            rest = f"on {other}" if phrases is _DATES else other
            return self._is_not((left, right), left, rest, negated=True)
        return Said(f"{self.value(left)} {phrases[operator]} {other}")

    def _label(self, left: Record, right: Record) -> str:
        """The right side; a text of a field with labels is said by its label."""
        while isinstance(left, Lookup) and left.expression is not None and left.type == left.expression.type:
            left = left.expression
        column = left.column if isinstance(left, FieldValue) else None
        if column and isinstance(right, Constant) and isinstance(right.value, str):
            return quoted(self.words.label(column, right.value))
        return self.value(right)

    def _one_of(self, record: OneOf, *, negated: bool) -> Said:
        column = record.operand.column if isinstance(record.operand, FieldValue) else None
        if record.list_name:
            rest = f"one of the codes in the list {quoted(humanised(record.list_name))}"
        else:
            shown = tuple(quoted(self._code(column, one)) for one in record.values)
            rest = shown[0] if len(shown) == 1 else f"one of {numbers.series(shown, 'or')}"
        return self._is_not((record.operand,), record.operand, rest, negated=negated)

    def _code(self, column: Column | None, code: str) -> str:
        return self.words.label(column, code) if column else code

    def _exists(self, record: Lookup, *, negated: bool) -> Said:
        none = (lookup_row(record.function).find is Find.ABSENCE) is not negated
        nouns, frame = self.looked_into(record)
        same = numbers.series(tuple(f"the same {one}" for one in self.words.linked(record)))
        called = frame.called.removeprefix("the ")
        name = f" ({quoted(called)})" if called != frame.noun else ""
        other = "other " if record.other else ""
        text = f"there is {'no' if none else 'at least one'} {other}{nouns.one} for {same}{name}"
        if record.where is None:
            return Said(text)
        inner = Speaker(self.words, (frame, *self.frames), self.currency)
        said = inner.condition(record.where)
        if said.items:
            return said.after(f"{text} for which ")
        # A sentence that speaks of two records is easier to read in two lines.
        return Said(f"{text} for which {TRUE}", (said,))

    def _looked_up(self, record: Lookup) -> str:
        """The value of other records: a noun phrase in which their condition stands in brackets."""
        row, (nouns, frame) = lookup_row(record.function), self.looked_into(record)
        inner = Speaker(self.words, (frame, *self.frames), self.currency)
        same = numbers.series(tuple(f"the same {one}" for one in self.words.linked(record)))
        called = frame.called.removeprefix("the ")
        name = f" (each called {quoted(called)})" if called != frame.noun else ""
        group = f"the {'other ' if record.other else ''}{nouns.many} for {same}{name}"
        if record.where is not None:
            said = inner._sentence(inner.condition(record.where))
            group += f" for which {said if said.startswith('(') else f'({said})'}"
        phrase = row.of_dates if row.of_dates and isinstance(record.type, DateType) else row.english
        return phrase.format(
            value="" if record.expression is None else inner.value(record.expression),
            set=group,
            order=", then ".join(inner.value(one) for one in record.by),
            place=record.position,
        )

    def _found(self, path: FieldValue, *, found: bool) -> str:
        last, *before = (f"the {self.words.step(step)}" for step in reversed(path.steps))
        whose = "".join(f" of {one}" for one in before)
        source = quoted(humanised(path.column.table))
        return f"{last}{whose}{self._of(path.scope)} is {'' if found else 'not '}found in the source {source}"

    def looked_into(self, record: Lookup) -> tuple[Nouns, Frame]:
        """What a record looked into is, and how it is called."""
        nouns = self.words.record(record.table)
        alias = humanised(record.alias)
        if not alias or alias.lower() == nouns.one.lower():
            taken = any(nouns.one in frame.called for frame in self.frames)
            called = f"Other {nouns.one}" if taken else nouns.one
        else:
            called = alias if nouns.one.lower() in alias.lower().split() else f"{alias} {nouns.one}"
        while any(f"the {called}" == frame.called for frame in self.frames):
            called = f"Further {called}"
        return nouns, Frame(nouns.one, f"the {called}")


# --- what is needed around a phrase ---------------------------------------------------------------------------


def window_words(window: InWindow | LookBack) -> str:
    """How long a window is and to which side of its anchor it lies."""
    length = numbers.length(window.length)
    if isinstance(window, InWindow) and window.opens:
        return f"from {numbers.length(window.opens)} to {length} after"
    side = "after" if isinstance(window, InWindow) else "before"
    return f"{'on or ' if window.inclusive else ''}within {length} {side}"


def number_text(value: Fraction, kind: Type, currency: str) -> str:
    """A number in the words of its type: a percentage, money, days or months, or plain."""
    if not isinstance(kind, NumberType):
        return numbers.number(value)
    if kind.form in {Form.SHARE, Form.RATIO}:
        return numbers.exact_percent(value)
    if kind.form is Form.POINTS:
        return f"{numbers.number(value * 100)} percentage points"
    for dimension in ("day", "month"):
        if kind.unit == Unit.of(dimension):
            return numbers.counted(value, dimension, f"{dimension}s")
    return numbers.money(value, currency) if kind.unit == Unit.of(currency) else numbers.number(value)


def flat(operator: str, operands: tuple[Record, ...]) -> Iterator[Record]:
    """The operands of an `and` or `or`, those of a nested one of the same kind included."""
    for one in operands:
        if isinstance(one, Logic) and one.operator == operator:
            yield from flat(operator, one.operands)
        else:
            yield one


def may_be_missing(record: Record) -> bool:
    """Whether a value may be unrecorded: a field that is optional or reached over a link, or a definition of one."""
    match record:
        case FieldValue(_, steps, _, _, optional):
            return optional or bool(steps)
        case Defined(body=body):
            return may_be_missing(body)
        case IsFound() | IsKnown():
            return False
        case Lookup(function):
            return not lookup_row(function).never_missing
    return any(may_be_missing(one) for one in children(record))


def children(record: Record) -> tuple[Record, ...]:
    """The expressions a node is made of, those of records it looks into included."""
    match record:
        case Defined(body=body):
            return (body,)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case OneOf(operand) | IsKnown(operand) | Negation(operand):
            return (operand,)
        case Logic(_, operands):
            return operands
        case DaysBetween(start, end):
            return (start, end)
        case InWindow(operand, _, _, anchor) | LookBack(operand, _, _, anchor):
            return (operand, anchor)
        case IsFound(path):
            return (path,)
        case Lookup(expression=expression, links=links, where=where, by=by):
            inside = tuple(one for one in (expression, where) if one is not None)
            return (*(value for _, value in links), *inside, *by)
    return ()


def everything(record: Record, *, inside_terms: bool = True) -> Iterator[Record]:
    """A node and all below it, in order; the bodies of definitions only on request."""
    yield record
    if inside_terms or not isinstance(record, Defined):
        for one in children(record):
            yield from everything(one, inside_terms=inside_terms)
