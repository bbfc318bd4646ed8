"""Days that are written out lie near the contract's term, since 2205 is a slip of the finger for 2025."""

from collections.abc import Iterator
from datetime import date, datetime
from types import NoneType

from acmspec.formula.tree import Day, Formula, Moment
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.lifetimes import near
from acmspec.ground.source import Located, Span
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.practice import FormulaText
from acmspec.spec.tree import Contract, Spec

PROBLEM = Problem(
    "ACM419",
    "a day far from the contract's term",
    "A day more than 130 years before the term, or more than 50 years after it, is mostly a slip of the finger; as a "
    "code for “no date” it would be counted like any other day.",
    "Correct the year. If data has such a day for “no date”, list it under the field's “missing” and ask “is missing”.",
    "Every date in this Agreement should be one that can be meant.",
    Severity.WARNING,
)

_WITHOUT = (str, int, Span, NoneType)
"""What most parts of a spec end in, which holds no day."""
_SECTIONS = ("contract", "data", "definitions", "cohorts", "metrics", "agreements", "referral", "incentives")


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No day of the spec lies far from its term, the end of the term itself included."""
    term = spec.contract.term
    if faulty(spec, "contract", "term"):
        return
    meant = near(term.first.value, term.first.value)
    whole = meant if term.last.value > meant.last else near(term.first.value, max(term.first.value, term.last.value))
    for section in _SECTIONS:
        for span, day, path in _days(getattr(spec, section), section):
            if not whole.first <= day <= whole.last:
                message = f"{day} lies far from the term, which starts on {term.first.value}"
                yield PROBLEM.at(span, message, label="which year?", path=path)


def _days(one: object, path: str) -> Iterator[tuple[Span, date, str]]:
    """Every day that is written out in a part of the spec, where, and the part's path."""
    match one:
        case Day(value=day, span=span) | Located(value=date() as day, span=span):
            yield span, _day(day), path
        case Moment(value=moment, span=span):
            yield span, _day(moment), path
        case FormulaText(tree=tree):
            yield from _days(tree, path)
        case tuple():
            for index, each in enumerate(one):
                name = getattr(each, "name", None)
                yield from _days(each, f"{path}.{name.value if isinstance(name, Located) else index}")
        case Contract(term=term, data_date=data_date):
            yield term.last.span, term.last.value, f"{path}.term"
            yield from _days(data_date, f"{path}.data_date")
        case _:
            for each in getattr(one, "__dataclass_fields__", ()):
                part = getattr(one, each)
                if not isinstance(part, _WITHOUT):
                    yield from _days(part, path if isinstance(one, Formula) else f"{path}.{each}")


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
