"""Says which single comparisons and divisions have one answer whatever the data are; knows no data."""

import re
from collections.abc import Sequence
from fractions import Fraction
from math import isinf

from acmspec.formula.tree import Binary, Formula, In, Known
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.program.empty_questions import ALWAYS, NEVER, Place
from acmspec.program.group import (
    Aggregate,
    GroupArithmetic,
    GroupCompare,
    GroupConstant,
    GroupKnown,
    MetricUse,
    PeriodDays,
    Quotient,
)
from acmspec.program.lookup_rows import lookup_row
from acmspec.program.possible import Meaning, answers, opened, pieces, subjects
from acmspec.program.ranges import A_PART, ends_of
from acmspec.program.record import Compare, Constant, IsKnown, Lookup, OneOf
from acmspec.program.relocate import is_faulty
from acmspec.program.types import NumberType

BY_NOTHING = Problem(
    "ACM429",
    "a division by nothing",
    "Nothing can be divided by zero, so that the result is undefined in every period and for every group.",
    "Divide by a number that can be something else than zero.",
    "A figure must not be divided by zero.",
    Severity.WARNING,
)
PROBLEMS = (BY_NOTHING,)

_ALWAYS_THERE = frozenset({"count", "count distinct", "sum"})
"""Aggregates that have a value of no records, too."""


def say_what_is_foreseen(formula: Formula, found: Meaning, place: Place) -> None:
    """Say it where a comparison has one answer for every value there can be, or a divisor is always zero."""
    match found:
        case GroupArithmetic(operator="/", right=below) | Quotient(denominator=below):
            ends = ends_of(below)
            if ends.least == ends.most == 0 and not is_faulty(below):
                place.say(BY_NOTHING, formula.span, f"“{formula.span.text}” divides by zero", label="always undefined")
        case Compare() | GroupCompare() | OneOf() if not _is_end_of_between(formula):
            _say_if_one_answer(formula, found, place)
        case IsKnown(operand=operand) | GroupKnown(operand=operand):
            if _is_never_missing(operand) and not is_faulty(operand):
                _say_never_missing(formula, found, place)


def _say_never_missing(formula: Formula, found: IsKnown | GroupKnown, place: Place) -> None:
    """Say that it is asked whether a value is there that always is."""
    problem, word = (ALWAYS, "always") if found.known else (NEVER, "never")
    why, fix = "this always has an answer", "Leave it out, or ask what it is."
    if isinstance(found, GroupKnown) and isinstance(formula, Known):
        why = "it has a value also of no records"
        fix = f"Write “{formula.operand.span.text} = 0” where there is nothing to count or add up."
    place.say(problem, formula.span, f"“{formula.span.text}” is {word} true: {why}", label=f"{word} true", fix=fix)


def _is_never_missing(one: Meaning) -> bool:
    """Whether a value is there whatever is recorded: how many there are, whether there is one, what is known."""
    match opened(one):
        case IsKnown() | GroupKnown() | Constant() | GroupConstant() | PeriodDays():
            return True
        case Lookup(function=function):
            return lookup_row(function).never_missing
        case Aggregate(function=function):
            return function in _ALWAYS_THERE
        case MetricUse(body=inner):
            return _is_never_missing(inner)
        case GroupArithmetic(operator="+" | "-" | "*", left=left, right=right):
            return _is_never_missing(left) and _is_never_missing(right)
        case _:
            return False


def _is_end_of_between(formula: Formula) -> bool:
    """Whether a comparison is one half of `X between A and B`, which may name the very least and the very most."""
    if not isinstance(formula, Binary):
        return False
    start, left, right = formula.span.start, formula.left.span, formula.right.span
    sign = formula.span.text[left.end - start : right.start - start]
    return re.search(r"\bbetween\b", sign) is not None


def _is_not_in(formula: Formula) -> bool:
    """Whether what is asked is said the other way round, as in `kind not in ("home", "family")`."""
    if not isinstance(formula, In):
        return False
    behind = formula.span.text[formula.operand.span.end - formula.span.start :]
    return re.match(r"[\s)]*not\b", behind) is not None


def _say_if_one_answer(formula: Formula, found: Meaning, place: Place) -> None:
    for of, named in subjects([found]).items():
        known = [one for one in pieces(of, named) if one.rank is not None]
        seen = {answer for one in known for answer in answers(found, one)}
        if not named or seen == {True, False} or None in seen or is_faulty(found):
            continue
        why = _why(of, named)
        if (True in seen) is not _is_not_in(formula):
            fix = "Leave it out, or correct the value; “X is known” asks whether there is a value."
            place.say(
                ALWAYS, formula.span, f"“{formula.span.text}” is always true: {why}", label="always true", fix=fix
            )
        else:
            fix = "Correct the value, or leave the condition out."
            place.say(NEVER, formula.span, f"“{formula.span.text}” is never true: {why}", label="never true", fix=fix)


def _why(of: Meaning, named: Sequence[object]) -> str:
    """What is known of a value before there is data, as a clause."""
    if not isinstance(of.type, NumberType):
        return "there is no other value"
    if of.type.integral and any(isinstance(one, Fraction) and one.denominator > 1 for one in named):
        return "this is a whole number"
    ends = ends_of(of)
    if ends == A_PART:
        return "a share lies between 0% and 100%"
    return f"this is never below {ends.least}" if isinf(ends.most) else "this can't come to anything else"
