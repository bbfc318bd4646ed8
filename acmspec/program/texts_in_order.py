"""Says where texts are put in order by their characters, which is seldom what is meant; knows no data."""

import re

from acmspec.formula.tree import Binary, Formula, Text
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.program.empty_questions import Place
from acmspec.program.possible import Meaning
from acmspec.program.record import Compare
from acmspec.program.types import ErrorType, TextType

IN_ORDER = Problem(
    "ACM337",
    "texts that are put in order",
    "Texts are ordered character by character: “10” stands before “9”, “Z” before “a”, and “high” before “low”.",
    'Name the texts that are meant, as in “X in ("a", "b")”, or declare the field as a number or a date.',
    "Codes and names must be compared for being the same, and not for coming before or after one another.",
    Severity.WARNING,
)
PROBLEMS = (IN_ORDER,)

_SIGNS = frozenset({"<", "<=", ">", ">="})
_TYPES = (
    (re.compile(r"-?[0-9]+"), "integer"),
    (re.compile(r"-?[0-9]+[.][0-9]+"), "decimal"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]+"), "datetime"),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), "month"),
)


def say_if_texts_in_order(formula: Formula, found: Meaning, place: Place) -> None:
    """Say it where a comparison asks which of two texts comes first."""
    if not isinstance(found, Compare) or found.operator not in _SIGNS or isinstance(found.type, ErrorType):
        return
    if isinstance(found.left.type, TextType) and isinstance(found.right.type, TextType):
        message = f"“{formula.span.text}” asks which of two texts comes first, character by character"
        place.say(IN_ORDER, formula.span, message, label="texts in order", fix=_fix(formula))


def _fix(formula: Formula) -> str:
    """The type to declare, where what is written out looks like a value of one; else how texts are named."""
    if not isinstance(formula, Binary):
        return ""
    for value, other in ((formula.right, formula.left), (formula.left, formula.right)):
        if not isinstance(value, Text):
            continue
        for form, kind in _TYPES:
            if form.fullmatch(value.value):
                return f"Declare “{other.span.text}” with “type: {kind}”, and write {value.value} without quotes."
        return f"Name the texts that are meant: “{other.span.text} in (…)”."
    return ""
