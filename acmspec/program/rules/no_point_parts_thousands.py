"""No number has a point where others write one between thousands."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from acmspec.formula.tree import Number
from acmspec.ground.diagnostic import Diagnostic, Problem, Severity
from acmspec.ground.exact import Amount, significant
from acmspec.ground.source import Located, Source, Span
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

_OF_THOUSANDS, _CENTS = 3, 100

PROBLEM = Problem(
    "ACM597",
    "a point between thousands?",
    "A point stands before decimals: 1.200 is one and a fifth. In many countries it stands between thousands.",
    "Write 1,200 in the spec and 1200 in a formula for thousands; leave the last zero out for a decimal.",
    "Every number must be written with a point before its decimals, and nowhere else.",
    Severity.WARNING,
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No amount and no number of a formula has three decimals the last of which is zero: nobody writes those."""
    for section in fields(spec):
        # What is paid at several intervals stands in each of its parts.
        written = {span.start: (amount, span) for amount, span in _amounts(getattr(spec, section.name))}
        for amount, span in written.values():
            if _looks_like_thousands(amount):
                text = span.text.strip("\"'")
                message = f"“{text}” is {significant(amount.value)}, with a point before its decimals"
                fix = f"Write {text.replace('.', '')} if thousands are meant; else leave the last zero out."
                yield PROBLEM.at(span, message, label="thousands?", path=section.name, fix=fix)


def _looks_like_thousands(amount: Amount) -> bool:
    if amount.written not in {"number", "money"} or amount.decimals != _OF_THOUSANDS:
        return False
    return amount.value != 0 and (amount.value * _CENTS).denominator == 1


def _amounts(part: object) -> Iterator[tuple[Amount, Span]]:
    """Every amount and every number of a formula below a part of the spec, in the author's order."""
    if isinstance(part, Number):
        yield part.amount, part.span
    elif isinstance(part, Located):
        if isinstance(part.value, Amount):
            yield part.value, part.span
    elif isinstance(part, tuple):
        for one in part:
            yield from _amounts(one)
    elif is_dataclass(part) and not isinstance(part, Source | Span):
        for one in fields(part):
            yield from _amounts(getattr(part, one.name))
