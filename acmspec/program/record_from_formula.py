"""Turns a formula about one record into a record expression: names resolved, types and levels checked."""

from dataclasses import replace
from fractions import Fraction

from acmspec.formula.foreign import written_as_date
from acmspec.formula.tree import (
    Active,
    Age,
    Between,
    Binary,
    Birthday,
    CalendarPeriod,
    Call,
    Day,
    DaysIn,
    During,
    Each,
    Formula,
    Found,
    If,
    In,
    Known,
    Lasts,
    Moment,
    Name,
    Negative,
    Not,
    Number,
    OpenOn,
    OutOf,
    PartOf,
    PeriodValue,
    Sliced,
    Text,
    Truth,
    Within,
)
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import Amount, decimal
from acmspec.ground.source import Span
from acmspec.program.alternatives import as_one_of
from acmspec.program.answers import say_if_answered
from acmspec.program.backwards import say_if_backwards, say_if_backwards_together
from acmspec.program.business import business_days, settled_length, settled_number
from acmspec.program.choices_from_formula import ChoiceReader
from acmspec.program.empty_questions import Place, say_if_empty, say_if_itself, say_if_no_time, say_if_written_out
from acmspec.program.folding import as_beside, mixed
from acmspec.program.foreseen import say_what_is_foreseen
from acmspec.program.functions import WRONG_LEVEL, is_lookup, say_unknown_function
from acmspec.program.literals import constant
from acmspec.program.lookup_rows import WORDS as LOOKUPS
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.lookup_values import Inside, refused_quotient
from acmspec.program.lookups import lookup
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.offered_aggregates import offered_elsewhere
from acmspec.program.period_values import period_value
from acmspec.program.record import (
    Arithmetic,
    Compare,
    Constant,
    IsKnown,
    Logic,
    Lookup,
    Negation,
    Record,
)
from acmspec.program.said import is_money, type_words
from acmspec.program.scope import Scope, resolve_found, resolve_name
from acmspec.program.side_by_side import records_alike
from acmspec.program.sizes import is_too_large
from acmspec.program.span_from_formula import own_span
from acmspec.program.texts_in_order import say_if_texts_in_order
from acmspec.program.things_compared import say_if_of_two_kinds
from acmspec.program.time_from_formula import TimeReader
from acmspec.program.types import BooleanType, ErrorType, NumberType
from acmspec.program.typing_rules import BAD_ARITHMETIC, Mismatch, Side, calculated, compared
from acmspec.program.windows_from_formula import WindowReader
from acmspec.program.words_for_names import without_quotes

CONDITION_NEEDED = Problem(
    "ACM314",
    "a condition is needed here",
    "This place asks a question that is answered by yes or no.",
    "Compare the value with something, or say “is known”.",
    "A condition must be one that is either met or not met.",
)
ROW_DIVISION = Problem(
    "ACM316",
    "division for each record",
    "One record may have nothing to divide by, and averages of such quotients mislead.",
    "Multiply instead: write “A >= 0.5 * B” for “A / B >= 0.5”, or divide sums, as in “sum(A over …) / sum(B over …)”.",
    "Proportions must be calculated from totals, and not record by record.",
)
PROBLEMS = (CONDITION_NEEDED, ROW_DIVISION)

_ARITHMETIC = frozenset("+-*/")
_TRUTH = BooleanType()


def resolve_record(formula: Formula, scope: Scope, meanings: Meanings) -> Record:
    """The meaning of a formula for the record of the scope; parts with errors become error nodes (reported)."""
    return _bounded(_Reader(scope, meanings).read(formula), formula, scope, meanings)


def resolve_condition(formula: Formula, scope: Scope, meanings: Meanings) -> Record:
    """The meaning of a formula that must be true or false."""
    return _bounded(_Reader(scope, meanings).condition(formula), formula, scope, meanings)


def _resolve_date(formula: Formula, scope: Scope, meanings: Meanings) -> Record:
    """The meaning of a formula that must be a date."""
    return _Reader(scope, meanings).date(formula)


def _bounded(found: Record, formula: Formula, scope: Scope, meanings: Meanings) -> Record:
    return FAULTY if is_too_large(found, formula.span, scope.path, meanings.findings) else found


class _Reader:
    """Reads the formulas of one scope."""

    def __init__(self, scope: Scope, meanings: Meanings) -> None:
        self.scope = scope
        self.meanings = meanings
        self.choices = ChoiceReader(self.read, self.condition, scope.path, meanings)
        self.time = TimeReader(self.read, scope.path, meanings)
        self.windows = WindowReader(self.read, self.date, scope, meanings)

    @property
    def place(self) -> Place:
        """Where conditions that ask nothing are reported."""
        return Place(self.scope.path, self.meanings.findings)

    def read(self, formula: Formula) -> Record:
        """Any formula."""
        found = self.meaning(formula)
        say_if_itself(formula, found, self.place)
        say_what_is_foreseen(formula, found, self.place)
        say_if_no_time(formula, found, self.place)
        say_if_backwards(formula, found, self.place, self.meanings.catalog)
        say_if_texts_in_order(formula, found, self.place)
        say_if_of_two_kinds(formula, found, self.place, self.meanings.catalog)
        return found

    def meaning(self, formula: Formula) -> Record:  # noqa: C901  (a case for each node of the closed union)
        """What a formula means, whatever it asks."""
        match formula:
            case Name():
                return resolve_name(formula, self.scope, self.meanings)
            case Number():
                settled = settled_number(formula, self.scope.path, self.meanings)
                return FAULTY if settled is None else constant(settled)
            case Text() | Day() | Truth():
                return constant(formula)
            case Binary():
                return self.binary(formula)
            case Not(operand=operand):
                return Negation(self.condition(operand), _TRUTH)
            case Negative(operand=operand):
                return self.negative(operand)
            case Known(operand=operand, known=known):
                return IsKnown(self.read(operand), known, _TRUTH)
            case Found(path=path):
                return resolve_found(path, self.scope, self.meanings)
            case In():
                return self.choices.one_of(formula)
            case If():
                return self.choices.conditional(formula)
            case PeriodValue():
                return period_value(formula, self.meanings)
            case DaysIn() | OpenOn() | Active() | Lasts():
                return own_span(formula, self.scope, self.meanings, replace(self.windows, around=1))
            case Between(unit="business day"):
                ends = self.time.days(formula.start, formula.end)
                return business_days(formula, *ends, self.scope.path, self.meanings)
            case Moment() | CalendarPeriod():
                return self.time.constant(formula)
            case Between():
                return self.time.between(formula)
            case PartOf():
                return self.time.part_of(formula)
            case Age():
                return self.time.age(formula)
            case Birthday():
                return self.time.birthday(formula)
            case Within(operand=operand) if operand is not None and _is_plain(formula):
                return self.window(formula)
            case Within() | During() if formula.operand is not None:
                return self.windows.held(formula)
            case Call():
                return self.call(formula)
            case OutOf():
                return self.aggregate_here(formula.span, "“out of”")
            case Each(function=function, groups=groups):
                fix = (
                    f"Write “for same {groups.span.text}” for other records of one thing."
                    if function in LOOKUPS
                    else ""
                )
                return self.aggregate_here(formula.span, "“for each”", fix)
            case Sliced():
                return self.aggregate_here(formula.span, "what is seen elsewhere, in square brackets,")
            case _:
                raise TypeError(f"the grammar makes no {type(formula).__name__} like {formula.span.text!r}")

    def value(self, formula: Formula) -> Record:
        """A value that is calculated with, and so must be exact."""
        found = self.read(formula)
        return FAULTY if refused_quotient(found, formula.span, self.scope.path, self.meanings) else found

    def window(self, formula: Within) -> Record:
        """A date in a window after or before another."""
        length, opens = formula.length, formula.opens
        if formula.operand is None or not isinstance(length, Length) or not isinstance(opens, Length | None):
            raise TypeError(f"{formula.span.text!r} is not a window of a date")
        settled = settled_length(length, formula.span, self.scope.path, self.meanings)
        if settled is None:
            return FAULTY
        first = None if opens is None else replace(opens, calendar=settled.calendar)
        return self.time.window(formula, settled, first)

    def binary(self, formula: Binary) -> Record:
        """Logic, comparison or arithmetic."""
        if formula.operator in {"and", "or"}:
            return self.logic(formula)
        if formula.operator in _ARITHMETIC:
            return self.arithmetic(formula)
        return self.comparison(formula)

    def logic(self, formula: Binary) -> Record:
        """`a and b and c` as one node."""
        operands: list[Formula] = []
        todo: list[Formula] = [formula]
        while todo:
            one = todo.pop()
            if isinstance(one, Binary) and one.operator == formula.operator:
                todo += [one.right, one.left]
            else:
                operands.append(one)
        fixes = as_one_of(operands)
        found = tuple(map(self.condition, operands, fixes))
        parts = list(zip(operands, found, strict=True))
        say_if_empty(formula, parts, self.place)
        if formula.operator == "and":
            say_if_backwards_together(parts, self.place, self.meanings.catalog)
        return Logic(formula.operator, found, _TRUTH)

    def comparison(self, formula: Binary) -> Record:
        """Two sides of one kind."""
        quotient = next((one for one in (formula.left, formula.right) if _is_division(one)), None)
        if quotient is not None:
            return self.divided(formula, quotient)
        if say_if_answered(formula, self.read, self.scope, self.meanings):
            return FAULTY
        left, right = records_alike(self.read(formula.left), self.read(formula.right))
        found = compared(_side(formula.left, left), _side(formula.right, right)) or mixed(left, right)
        sound = found is None
        if found is not None:
            self.mismatch(found, formula)
        for other, literal in ((left, formula.right), (right, formula.left)):
            if isinstance(literal, Text):
                sound = self.choices.check_value(literal.value, other, literal.span) and sound
        left, right = as_beside(left, right), as_beside(right, left)
        if isinstance(left.type, BooleanType) and formula.operator not in {"=", "!="}:
            self.say(CONDITION_NEEDED, formula.span, "conditions are neither more nor less than one another")
            sound = False
        return Compare(formula.operator, left, right, _TRUTH if sound else ErrorType())

    def arithmetic(self, formula: Binary) -> Record:
        """`+ - *` over numbers; a division is refused."""
        if formula.operator == "/":
            return self.divided(formula, formula)
        left, right = self.value(formula.left), self.value(formula.right)
        if formula.operator in {"+", "-"}:
            left, right = records_alike(left, right)
        kind = calculated(formula.operator, _side(formula.left, left), _side(formula.right, right))
        if isinstance(kind, Mismatch):
            self.mismatch(kind, formula)
            return FAULTY
        return Arithmetic(formula.operator, left, right, kind)

    def negative(self, operand: Formula) -> Record:
        """`-X` is zero less X."""
        inner = self.value(operand)
        if isinstance(inner.type, NumberType):
            return Arithmetic("-", Constant(Fraction(0), inner.type), inner, inner.type)
        if not isinstance(inner.type, ErrorType):
            kind = type_words(inner.type)
            self.say(BAD_ARITHMETIC, operand.span, f"{kind} can't be used in arithmetic", label="not a number")
        return FAULTY

    def divided(self, whole: Binary, quotient: Formula) -> Record:
        """Refuse a division for each record, and offer it multiplied out where it is compared."""
        fix = written_as_date(quotient.span.text)
        other = whole.right if quotient is whole.left else whole.left
        if isinstance(quotient, Binary) and not fix:
            fix = _by_a_number(quotient)
        if isinstance(quotient, Binary) and whole is not quotient and not fix:
            product = f"{other.span.text} * {_bracketed(quotient.right)}"
            sides = (quotient.left.span.text, product) if quotient is whole.left else (product, quotient.left.span.text)
            fix = f"Write “{sides[0]} {whole.operator} {sides[1]}” (for divisors above zero)."
        if whole is not quotient:
            self.read(other)
        if isinstance(quotient, Binary) and not written_as_date(quotient.span.text):
            self.read(quotient.left)
            self.read(quotient.right)
        self.say(ROW_DIVISION, quotient.span, "a record's values can't be divided", label="division", fix=fix)
        return FAULTY

    def call(self, formula: Call) -> Record:
        """A lookup; an aggregate has no place here."""
        if is_lookup(formula):
            return lookup(formula, self.scope, self.meanings, Inside(resolve_record, resolve_condition, _resolve_date))
        if say_unknown_function(formula, self.scope.path, self.meanings.findings):
            return FAULTY
        fix = offered_elsewhere(formula)
        return self.aggregate_here(formula.function_span, f"“{formula.function}”", fix)

    def aggregate_here(self, span: Span, what: str, fix: str = "") -> Record:
        """Report a group value where a record's value is needed."""
        self.say(
            WRONG_LEVEL,
            span,
            f"{what} is for a group of records, and this formula is about one record",
            label="needs a group",
            fix=fix,
        )
        return FAULTY

    def condition(self, formula: Formula, otherwise: str = "") -> Record:
        """A formula that must be true or false; `otherwise` is what to write if it is a value."""
        found = self.read(formula)
        if isinstance(found.type, BooleanType | ErrorType):
            say_if_written_out(formula, found, self.place)
            return found
        kind = type_words(found.type)
        message, fix = f"a condition is needed, and this is {kind}", otherwise
        if isinstance(formula, Text):
            tables = [one.table for one in self.scope.frames]
            fix = without_quotes(self.meanings.catalog, formula.value, tables) or otherwise
        if isinstance(found.type, NumberType) and is_money(found.type.unit):
            fix = "Compare the amount; for a part of a total write “sum(A over SET) out of sum(B over SET)”."
        if isinstance(found, Lookup) and lookup_row(found.function).is_total_over_time:
            fix = f"Write “{formula.span.text} is known”: it has a value where the total is reached."
        self.say(CONDITION_NEEDED, formula.span, message, label="not a condition", fix=fix)
        return FAULTY

    def date(self, formula: Formula) -> Record:
        """A formula that must be a date."""
        return self.time.day(formula)

    def mismatch(self, found: Mismatch, formula: Binary) -> None:
        """Report two sides that don't go together."""
        span = (formula.left, formula.right)[found.at].span
        self.say(found.problem, span, found.message, label="wrong here", fix=found.fix)

    def say(self, problem: Problem, span: Span, message: str, *, label: str = "", fix: str = "") -> None:
        """Report at the formula's place in the spec."""
        self.meanings.findings.say(problem, span, message, path=self.scope.path, label=label, fix=fix)


def _by_a_number(quotient: Binary) -> str:
    """What to write for a division by a written number: the number that it is multiplied by, if its decimals end."""
    above, below = quotient.left, quotient.right
    if not isinstance(below, Number) or below.amount.written != "number" or below.amount.value <= 0:
        return ""
    if isinstance(above, Number) and above.amount.written == "number":
        share = decimal(above.amount.value / below.amount.value)
        return f"Write {share}." if share else ""
    factor = decimal(1 / below.amount.value)
    return f"Write “{above.span.text} * {factor}”." if factor else ""


def _side(formula: Formula, value: Record) -> Side:
    return Side(value.type, formula.span.text, literal_of(formula))


def _is_plain(window: Within) -> bool:
    """Whether the lengths of a window are written out."""
    lengths = (window.length, *(() if window.opens is None else (window.opens,)))
    return all(isinstance(one, Length) for one in lengths)


def literal_of(formula: Formula) -> Amount | None:
    """The amount of a literal number."""
    return formula.amount if isinstance(formula, Number) else None


def _is_division(formula: Formula) -> bool:
    return isinstance(formula, Binary) and formula.operator == "/"


def _bracketed(formula: Formula) -> str:
    text = formula.span.text
    return f"({text})" if isinstance(formula, Binary) else text
