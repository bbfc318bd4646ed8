"""Says what to write for `consent = yes`, where a word of cells is taken for a value of formulas."""

from collections.abc import Callable

from acmspec.formula.tree import Binary, Formula, Name
from acmspec.program.meanings import Meanings
from acmspec.program.record import Record
from acmspec.program.scope import UNKNOWN_NAME, Scope
from acmspec.program.types import BooleanType, TextType

_YES, _NO = frozenset({"yes", "y"}), frozenset({"no", "n"})


def say_if_answered(formula: Binary, read: Callable[[Formula], Record], scope: Scope, meanings: Meanings) -> bool:
    """Whether one side of `=` or `!=` is a bare yes or no, which is reported with what is meant by it."""
    for value, answer in ((formula.left, formula.right), (formula.right, formula.left)):
        word = answer.parts[0].lower() if isinstance(answer, Name) and len(answer.parts) == 1 else ""
        if word not in _YES | _NO or formula.operator not in {"=", "!="} or _is_name(answer, scope, meanings):
            continue
        fix = _fix(value, read(value), answer.span.text, is_yes=(word in _YES) is (formula.operator == "="))
        if fix:
            message = f"“{answer.span.text}” is no value of formulas"
            meanings.findings.say(UNKNOWN_NAME, answer.span, message, path=scope.path, label="unknown", fix=fix)
            return True
    return False


def _is_name(answer: Formula, scope: Scope, meanings: Meanings) -> bool:
    tables = [frame.table for frame in scope.frames]
    known = {*meanings.catalog.definitions, *(name for table in tables for name in meanings.catalog.fields(table))}
    return answer.span.text in known


def _fix(value: Formula, found: Record, answer: str, *, is_yes: bool) -> str:
    match found.type:
        case BooleanType():
            asked = value.span.text if is_yes else f"not {value.span.text}"
            return f"What is yes or no stands alone: write “{asked}”."
        case TextType():
            return f'Write the code in quotes: “"{answer}"”.'
    return ""
