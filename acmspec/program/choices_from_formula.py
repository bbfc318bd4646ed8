"""Turns `X in (…)`, `X in LIST` and `if C then A else B` into record expressions; knows nothing of sets and lookups."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from acmspec.formula.tree import Binary, Formula, If, In, Name, Number, Text
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import ONE, Amount
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.program.folding import as_beside, matching, mixed
from acmspec.program.lookup_values import refused_quotient
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.possible import opened
from acmspec.program.record import Arithmetic, Conditional, Constant, FieldValue, OneOf, Record
from acmspec.program.said import is_money, type_words
from acmspec.program.side_by_side import records_alike, restated
from acmspec.program.types import BooleanType, DatetimeType, DateType, ErrorType, Form, NumberType, TextType, Type
from acmspec.program.typing_rules import Mismatch, Side, compared
from acmspec.spec.enclosures import CodeList

UNKNOWN_VALUE = Problem(
    "ACM317",
    "value that the field can't have",
    "The spec lists the values of this field, and this one is not among them, so the comparison could never be true.",
    "Correct the value, or add it to the field's “values”.",
    "A code used in a definition must be one of the codes of the field.",
)
UNKNOWN_LIST = Problem(
    "ACM318",
    "unknown list",
    "“in” needs a list of the spec, or codes in brackets.",
    "Correct the name, or declare the list under “lists”.",
    "A list of codes referred to in a definition must be part of this Agreement.",
)
NOT_LISTED = Problem(
    "ACM327",
    "not a value that can be listed",
    "“in” asks whether a text, a number or a date is one of some that are written out; “lists” hold texts.",
    "Write the values in brackets, as in “in (1, 2, 3)”, “in (2025-01-01, 2025-07-01)” or “in ('a', 'b')”.",
    "A list of values must hold values of the kind that is compared with them.",
)
UNLIKE_BRANCHES = Problem(
    "ACM328",
    "choice between values of two kinds",
    "Whichever way the condition goes, the value must be of one kind and in one unit, so that it can be used.",
    "Give both values in one kind and unit.",
    "A value that depends on a condition must be stated in one unit for both cases.",
)
NEVER_IN_A_CELL = Problem(
    "ACM496",
    "a text that no cell can hold",
    "Cells lose the blanks around their text, and an empty one is a missing value, which equals nothing.",
    "Write the text without blanks around it; for an empty cell write “X is missing”.",
    "What is not recorded must be called missing, and not an empty text.",
)
PROBLEMS = (UNKNOWN_VALUE, UNKNOWN_LIST, NOT_LISTED, UNLIKE_BRANCHES, NEVER_IN_A_CELL)

_SHOWN = 4
_WINDOWS = frozenset({"period", "span"})
_TRUTH = BooleanType()

Read = Callable[[Formula], Record]


class ChoiceReader:
    """Reads choices among values for the formulas of one scope; `read` and `condition` read what they are made of."""

    def __init__(self, read: Read, condition: Read, path: str, meanings: Meanings) -> None:
        self.read = read
        self.condition = condition
        self.path = path
        self.meanings = meanings

    # --- one of some --------------------------------------------------------------------------------------

    def one_of(self, formula: In) -> Record:
        """`X in LIST` or `X in (A, B)`."""
        operand = self.read(formula.operand)
        if refused_quotient(operand, formula.operand.span, self.path, self.meanings):
            return FAULTY
        if isinstance(operand.type, BooleanType):
            fix = "Write the condition itself, or “not” before it."
            self.say(NOT_LISTED, formula.operand.span, "a condition is true or false and in no list", fix=fix)
            return FAULTY
        if isinstance(formula.choices, Name):
            return self._in_list(formula, formula.choices, operand)
        if self._are_joined(formula, formula.choices):
            return FAULTY
        found = [self._listed(one, operand, formula.operand) for one in formula.choices]
        values = tuple(one.value for one in found if one is not None and not isinstance(one.value, bool))
        return OneOf(operand, values, "", _TRUTH if len(values) == len(found) else ErrorType())

    def _are_joined(self, formula: In, choices: Sequence[Formula]) -> bool:
        """Whether the brackets hold `"a" or "b"`, which is a condition and no list (reported)."""
        for one in choices:
            texts = _joined(one) if isinstance(one, Binary) else ()
            if texts:
                fix = f"Write “{formula.operand.span.text} in ({', '.join(texts)})”."
                self.say(NOT_LISTED, one.span, "the values of a list are parted by commas", label="a list?", fix=fix)
                return True
        return False

    def _listed(self, one: Formula, operand: Record, compared_with: Formula) -> Constant | None:
        """One value in brackets, which must be written out and be of the operand's kind; None if not (reported)."""
        found = constant_of(self.read(one))
        if found is None:
            fix = f"Compare with it: “{compared_with.span.text} = {one.span.text}”." if isinstance(one, Name) else ""
            if isinstance(one, Binary) and one.operator == "-":
                ends = f"{one.left.span.text} and {one.right.span.text}"
                fix = f"Write “{compared_with.span.text} between {ends}” for all from the one to the other."
            message = "the brackets after “in” hold values that are written out"
            self.say(NOT_LISTED, one.span, message, label="no value", fix=fix)
            return None
        if isinstance(found.type, ErrorType) or isinstance(operand.type, ErrorType):
            return found
        found = restated(found, operand.type)
        wrong = compared(Side(operand.type, compared_with.span.text), side_of(found, one.span.text))
        if wrong is not None:
            self.say(wrong.problem, one.span, wrong.message, label="wrong here", fix=wrong.fix)
            return None
        if isinstance(found.value, str) and not self.check_value(found.value, operand, one.span):
            return None
        return found

    def _in_list(self, formula: In, name: Name, operand: Record) -> Record:
        """`X in LIST`, whose codes must be values of X."""
        catalog = self.meanings.catalog
        key = ".".join(name.parts)
        found = catalog.lists.get(key)
        if not isinstance(operand.type, TextType | ErrorType):
            kind = type_words(operand.type)
            message = f"a list under “lists” holds texts, and this is {kind}"
            fix = _written_out(formula.operand.span.text, operand.type, key)
            self.say(NOT_LISTED, formula.operand.span, message, label="not a text", fix=fix)
            return FAULTY
        if found is None:
            if not catalog.faulty("lists", key):
                fix = offer(key, catalog.lists)
                self.say(UNKNOWN_LIST, name.span, f"there is no list “{key}”", label="unknown", fix=fix)
            return FAULTY
        why = f", which “{formula.operand.span.text}” is compared with"
        if found.file is not None:
            checked = [self._check_codes(found, operand)]
        else:
            checked = [self.check_value(code.value, operand, code.span, why) for code in found.codes]
        return OneOf(operand, tuple(code.value for code in found.codes), key, _TRUTH if all(checked) else ErrorType())

    def check_value(self, value: str, other: Record, span: Span, why: str = "") -> bool:
        """Whether a value it is compared with can be this text; reported if never."""
        if not isinstance(other.type, TextType):
            return True
        if self._is_never_in_a_cell(value, other, span):
            return False
        if other.type.values is None or matching(value, other.type) is not None:
            return True
        fix = self._labelled(value, other) or offer(value, other.type.values)
        self.say(UNKNOWN_VALUE, span, f"“{value}” is not one of the declared values{why}", label="not a value", fix=fix)
        return False

    def _labelled(self, value: str, other: Record) -> str:
        """What to write for the label of a value, which stands in clauses and not in the data."""
        field = opened(other)
        if not isinstance(field, FieldValue):
            return ""
        declared = self.meanings.catalog.fields(field.column.table).get(field.column.name)
        codes = [code for code, label in (declared.values or () if declared else ()) if label == value]
        return f"That is what clauses say; the data holds “{codes[0]}”." if codes else ""

    def _is_never_in_a_cell(self, value: str, other: Record, span: Span) -> bool:
        """Whether a text is empty or has blanks around it, which cells lose; reported if so."""
        field, bare = opened(other), value.strip(" \t")
        if bare == value != "" or not isinstance(field, FieldValue):
            return False
        name = ".".join((*(step.name for step in field.steps), field.column.name))
        if bare:
            message, fix = f"“{value}” has blanks at its ends, and no cell has", f"Write “{bare}” without them."
        else:
            message, fix = "an empty cell is missing, and no text", f"Write “{name} is missing”, or “{name} is known”."
        self.say(NEVER_IN_A_CELL, span, message, label="in no cell", fix=fix)
        return True

    def _check_codes(self, listed: CodeList, other: Record) -> bool:
        """Whether all codes of a list from a file can be values of what it is compared with; told once if not."""
        strange = [code for code in listed.codes if matching(code.value, other.type) is None]
        if strange:
            some = ", ".join(f"“{code.value}”" for code in strange[:_SHOWN])
            more = f" and {len(strange) - _SHOWN:,} more" if len(strange) > _SHOWN else ""
            message = f"of the list “{listed.name.value}”, {some}{more} can't be a value of what it is compared with"
            self.say(UNKNOWN_VALUE, strange[0].span, message, label="codes that are no values")
        return not strange

    # --- one or the other ---------------------------------------------------------------------------------

    def conditional(self, formula: If) -> Record:
        """`if C then A else B`, whose two values are of one kind and unit."""
        condition = self.condition(formula.condition)
        then, otherwise = self._branch(formula.then), self._branch(formula.otherwise)
        then, otherwise = records_alike(as_beside(then, otherwise), as_beside(otherwise, then))
        kind = together(then, otherwise, (formula.then.span.text, formula.otherwise.span.text))
        if isinstance(kind, Mismatch):
            span = (formula.then, formula.otherwise)[kind.at].span
            self.say(UNLIKE_BRANCHES, span, kind.message, label="of another kind", fix=kind.fix)
            return FAULTY
        return Conditional(condition, then, otherwise, kind)

    def _branch(self, formula: Formula) -> Record:
        found = self.read(formula)
        return FAULTY if refused_quotient(found, formula.span, self.path, self.meanings) else found

    def say(self, problem: Problem, span: Span, message: str, *, label: str = "", fix: str = "") -> None:
        """Report at the formula's place in the spec."""
        self.meanings.findings.say(problem, span, message, path=self.path, label=label, fix=fix)


def together(one: Record, two: Record, texts: tuple[str, str] = ("", "")) -> Type | Mismatch:
    """The type of a value that is either of two, or why there is none; `texts` are what they were written as."""
    if isinstance(one.type, ErrorType) or isinstance(two.type, ErrorType):
        return ErrorType()
    wrong = compared(side_of(one, texts[0]), side_of(two, texts[1])) or mixed(one, two)
    if wrong is not None:
        kinds = f"{type_words(one.type)} where the condition is true, and {type_words(two.type)} where it is not"
        return replace(wrong, message=f"the value is {kinds}")
    if isinstance(one.type, TextType) and isinstance(two.type, TextType):
        ways = (_texts(one), _texts(two))
        values = None if ways[0] is None or ways[1] is None else tuple(dict.fromkeys((*ways[0], *ways[1])))
        spellings = tuple(dict.fromkeys((*one.type.spellings, *two.type.spellings)))
        return TextType(values, one.type.folded or two.type.folded, spellings)
    if isinstance(one.type, NumberType) and isinstance(two.type, NumberType):
        return _number(one.type, two.type)
    return one.type


def _texts(found: Record) -> tuple[str, ...] | None:
    """All texts that a value can be, None if any."""
    if isinstance(found, Constant) and isinstance(found.value, str):
        return (found.value,)
    return found.type.values if isinstance(found.type, TextType) else None


def _number(one: NumberType, two: NumberType) -> NumberType:
    form = one.form if one.form is two.form else Form.RATIO
    unit = two.unit if one.unit == ONE else one.unit
    return NumberType(form, unit, one.integral and two.integral)


def side_of(found: Record, text: str) -> Side:
    """One side of a comparison; a constant is a literal, which perhaps needs its unit."""
    value = constant_of(found)
    literal = None
    if value is not None and isinstance(value.value, Fraction) and isinstance(value.type, NumberType):
        literal = Amount(value.value, _written(value.type), value.type.unit)
    return Side(found.type, text, literal)


def _written(kind: NumberType) -> str:
    if kind.form is Form.SHARE:
        return "percent"
    return "number" if kind.unit == ONE else "money" if is_money(kind.unit) else "duration"


def constant_of(found: Record) -> Constant | None:
    """The value that is written out, perhaps with a minus before it; None if it is no such value."""
    match found:
        case Constant():
            return found
        case Arithmetic(operator="-", left=Constant(value=Fraction(numerator=0)), right=Constant(value, kind)):
            return Constant(-value, kind) if isinstance(value, Fraction) else None
    return None


def _written_out(operand: str, kind: Type, name: str) -> str:
    """What to write for `seen_on in Q1` and `score in high`, where no list can hold such values."""
    if isinstance(kind, DateType | DatetimeType):
        quarter = name.upper() if re.fullmatch("[Qq][1-4]", name) else "Q1"
        day = operand if isinstance(kind, DateType) else f"date of {operand}"
        return f"Write “quarter of {operand} = 2025-{quarter}”, or “{day} between 2025-01-01 and 2025-03-31”."
    if isinstance(kind, NumberType):
        return f"Write the numbers in brackets, as in “{operand} in (1, 2, 3)”, or “{operand} between 1 and 3”."
    return ""


def _joined(formula: Formula) -> tuple[str, ...]:
    """The values that are joined by `or` or `and`, as written; none where anything else stands between them."""
    if isinstance(formula, Text | Number):
        return (formula.span.text,)
    if not isinstance(formula, Binary) or formula.operator not in {"and", "or"}:
        return ()
    left, right = _joined(formula.left), _joined(formula.right)
    return (*left, *right) if left and right else ()
