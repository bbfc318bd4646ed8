"""Says which conditions ask nothing, since every value there is answers them alike; knows no data."""

from collections.abc import Sequence

from acmspec.formula.tree import Binary, CalendarPeriod, Day, Formula, Known, Moment, Number, Text
from acmspec.ground.calendar import Length
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.findings import Findings
from acmspec.program.group import GroupArithmetic, GroupCompare, GroupConstant, Quotient
from acmspec.program.possible import Meaning, answers, opened, pieces, subjects
from acmspec.program.record import (
    Arithmetic,
    BusinessDaysBetween,
    Compare,
    Completed,
    Constant,
    DaysBetween,
    Elapsed,
    InWindow,
    LookBack,
)
from acmspec.program.relocate import is_faulty
from acmspec.program.types import ErrorType

NEVER = Problem(
    "ACM413",
    "a condition that nothing meets",
    "No value that there can be meets what is said here, so that nothing is ever counted.",
    "Write “or” if either will do, or correct one of the values.",
    "A condition must be one that can be met.",
    Severity.WARNING,
)
ALWAYS = Problem(
    "ACM414",
    "a condition that everything meets",
    "Every value that there can be meets what is said here, so that the condition leaves nothing out.",
    "Write “and” if both must be true, or correct one of the values; “X is known” asks whether there is a value.",
    "A condition must be one that can be missed.",
    Severity.WARNING,
)
ITSELF = Problem(
    "ACM416",
    "a value compared with itself",
    "A value is equal to itself, and a date is no days after itself: the answer is the same for every record.",
    "Name the other value that is meant; “X is known” asks whether there is a value.",
    "A comparison must be one of two different values.",
    Severity.WARNING,
)
PROBLEMS = (NEVER, ALWAYS, ITSELF)

_FEWEST = 2
_EITHER = (True, False)
_LONGEST = 120
_VALUES = (Text, Number, Day, Moment, CalendarPeriod)
_WRITTEN = (Constant, GroupConstant)
_LISTED = {"=": "in", "!=": "not in"}


@node
class Place:
    """Where in the spec something is said, and to whom."""

    path: str
    findings: Findings

    def say(self, problem: Problem, span: Span, message: str, *, label: str, fix: str = "") -> None:
        """Report here."""
        self.findings.say(problem, span, message, path=self.path, label=label, fix=fix)


def say_if_empty(formula: Binary, parts: Sequence[tuple[Formula, Meaning]], place: Place) -> None:
    """Say it where `and` can't be true of some value, or `or` can't be false; `parts` are their operands."""
    if any(is_faulty(meaning) for _, meaning in parts):
        return
    asked = [(one, meaning, subjects([meaning])) for one, meaning in parts]
    wanted = formula.operator == "and"
    for of in dict.fromkeys(of for _, _, each in asked for of in each):
        about = [(one, meaning, each[of]) for one, meaning, each in asked if of in each]
        named = [value for _, _, values in about for value in values]
        formulas, meanings = [one for one, _, _ in about], [meaning for _, meaning, _ in about]
        if len(about) < _FEWEST:
            continue
        alone = any(_lacks(answer, [one], of, named) for one in meanings for answer in _EITHER)
        if alone and not _is_between(formulas):
            continue  # said of that one
        if alone and wanted and _lacks(True, meanings, of, named) and named[0] <= named[-1]:  # type: ignore[operator]
            message = f"nothing that there can be meets “{formulas[0].span.text}”"
            place.say(NEVER, formulas[0].span, message, label="never true", fix="Correct the values.")
            return
        if _lacks(wanted, meanings, of, named):
            turned = _lacks(not wanted, meanings, of, named)
            say = _say_never if wanted else _say_always
            say(formula, formulas, turned, place)
            return


def say_if_itself(formula: Formula, found: Meaning, place: Place) -> None:
    """Say it where both sides of a comparison, or both ends of a stretch of time, are one value, or are written out."""
    sides = _sides(found)
    if sides is None or isinstance(found.type, ErrorType):
        return
    one, two = (opened(side) for side in sides)
    if isinstance(one.type, ErrorType) or isinstance(two.type, ErrorType):
        return
    written = isinstance(one, _WRITTEN) and isinstance(two, _WRITTEN)
    if written and isinstance(found, Compare | GroupCompare):
        message = "both sides are written out, and nothing of the data is asked"
        place.say(ITSELF, formula.span, message, label="no field")
    elif one == two and not written:
        place.say(ITSELF, formula.span, "both sides are the same value", label="one value twice")


def say_if_written_out(formula: Formula, found: Meaning, place: Place) -> None:
    """Say it where a condition is `true` or `false` itself, also by a definition's name."""
    one = opened(found)
    if not isinstance(one, Constant) or not isinstance(one.value, bool) or isinstance(one.type, ErrorType):
        return
    problem, word = (ALWAYS, "always") if one.value else (NEVER, "never")
    message = f"“{formula.span.text}” is {word} true: it is written out, and nothing of the data is asked"
    fix = "Write the condition that is meant; “count(SET)” says how many records there are, without any."
    place.say(problem, formula.span, message, label=f"{word} true", fix=fix)


def say_if_no_time(formula: Formula, found: Meaning, place: Place) -> None:
    """Say it where a stretch of time has no length and leaves out the day or moment it starts from."""
    match found:
        case (
            InWindow(inclusive=False, length=length, opens=None, operand=one, anchor=two)
            | LookBack(inclusive=False, length=length, operand=one, anchor=two)
        ) if length == Length():
            if one.type == two.type and not isinstance(one.type, ErrorType):
                fix = "Write “on or within” if the same day or moment is meant; else a longer time."
                message = f"nothing meets “{formula.span.text}”, which leaves out what it starts from"
                place.say(NEVER, formula.span, message, label="never true", fix=fix)


def _sides(found: Meaning) -> tuple[Meaning, Meaning] | None:
    """The two values that are held against each other, if a meaning is of two."""
    match found:
        case Compare(left=one, right=two) | GroupCompare(left=one, right=two):
            return one, two
        case Quotient(numerator=one, denominator=two):
            return one, two
        case GroupArithmetic(operator="/" | "-", left=one, right=two) | Arithmetic(operator="-", left=one, right=two):
            return one, two
        case DaysBetween(start=one, end=two) | BusinessDaysBetween(start=one, end=two):
            return one, two
        case Elapsed(start=one, end=two) | Completed(start=one, end=two):
            return one, two
        case InWindow(operand=one, anchor=two) | LookBack(operand=one, anchor=two):
            return one, two
        case _:
            return None


def _is_between(about: Sequence[Formula]) -> bool:
    """Whether two comparisons are what `X between A and B` is short for."""
    return len({one.span for one in about}) == 1


def _lacks(answer: bool, parts: Sequence[Meaning], of: Meaning, named: Sequence[object]) -> bool:
    """Whether, whatever a thing is, some part can't be true (or can't be false)."""
    return not any(all(answer in answers(part, one) for part in parts) for one in pieces(of, named))


def _say_never(formula: Binary, about: list[Formula], turned: bool, place: Place) -> None:
    """Report conditions that exclude each other; `turned` says that with “or” they would leave nothing out."""
    first, last = about[0], about[1]
    if _is_between(about) and isinstance(first, Binary) and isinstance(last, Binary):
        ends = (last.right.span.text, first.right.span.text)
        fix = f"Write “{first.left.span.text} between {ends[0]} and {ends[1]}”."
        message = f"nothing lies between {ends[1]} and {ends[0]}, which comes before it"
        place.say(NEVER, first.span, message, label="never true", fix=fix)
        return
    either = " or ".join(_bracketed(one) for one in about)
    fix = f"Write “{_as_list(about) or either}” if any of them will do; else correct one of them."
    fix = "Remove one of them, or correct it." if turned else fix
    place.say(NEVER, formula.span, f"nothing meets {_said(about)} at once", label="never true", fix=fix)


def _say_always(formula: Binary, about: list[Formula], turned: bool, place: Place) -> None:
    """Report conditions that leave nothing out together; `turned` says that with “and” nothing would meet them."""
    thing = about[0].left.span.text if isinstance(about[0], Binary) else ""
    both = _without(about) or " and ".join(_bracketed(one) for one in about)
    known = f"Write “{thing} is known” if every value will do" if thing else "Remove it if every value will do"
    fix = f"{known}; else correct one of them."
    if not turned or _without(about):
        fix = f"Write “{both}”, or correct one of them."
    message = f"whatever there is meets one of {_said(about)}"
    place.say(ALWAYS, formula.span, message, label="always true", fix=fix)


def _said(about: list[Formula]) -> str:
    """Some conditions in a sentence, unless they are too long for one."""
    texts = [f"“{one.span.text}”" for one in about]
    if sum(map(len, texts)) > _LONGEST:
        return "these conditions"
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def _without(about: list[Formula]) -> str:
    """What was meant by `x != a or x != b`, perhaps beside `x is missing`; "" where it is something else."""
    known = [one.span.text for one in about if isinstance(one, Known)]
    listed = _as_list([one for one in about if not isinstance(one, Known)], "!=")
    return " or ".join((listed, *known)) if listed else ""


def _bracketed(one: Formula) -> str:
    text = one.span.text
    return f"({text})" if isinstance(one, Binary) and one.operator in {"and", "or"} else text


def _as_list(about: list[Formula], operator: str = "=") -> str:
    """The conditions as one of a list, where each compares one thing with a value by one operator."""
    found = [one for one in about if isinstance(one, Binary) and one.operator == operator]
    listed = [one for one in found if isinstance(one.right, _VALUES)]
    if len(listed) != len(about) or len({one.left.span.text for one in listed}) != 1:
        return ""
    values = ", ".join(dict.fromkeys(one.right.span.text for one in listed))
    return f"{listed[0].left.span.text} {_LISTED[operator]} ({values})"
