"""Turns `weighted by W` behind the set of an aggregate into how much each record counts; knows no other part of it."""

from acmspec.formula.tree import Call
from acmspec.ground.diagnostic import Problem
from acmspec.program.aggregates import AGGREGATES, WEIGHTED
from acmspec.program.lookup_values import refused_quotient
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.record import Record
from acmspec.program.record_from_formula import resolve_record
from acmspec.program.said import type_words
from acmspec.program.scope import Scope
from acmspec.program.types import ErrorType, NumberType

BAD_WEIGHT = Problem(
    "ACM338",
    "weight without an effect",
    "Only a share and an average can count one record for more than another, and by a number of that record.",
    "Write “share(CONDITION over SET weighted by NUMBER)” or “average(NUMBER over SET weighted by NUMBER)”.",
    "Records must count alike, unless the measure is a share or an average weighted by a stated number.",
)
PROBLEMS = (BAD_WEIGHT,)

_ROWS = frozenset(row.name for row in AGGREGATES if row.weighted)


def weighted_name(call: Call, name: str) -> str:
    """The row of an aggregate that has a weight; the plain row where it has none, or can't have one."""
    return name + WEIGHTED if call.over.weight is not None and name + WEIGHTED in _ROWS else name


def weight_of(call: Call, scope: Scope, meanings: Meanings) -> Record | None:
    """How much each record counts, None if all alike; an error node where there can be no such weight (reported)."""
    written = call.over.weight
    if written is None:
        return None
    if call.function + WEIGHTED not in _ROWS:
        message, fix = f"“{call.function}” takes no weights", ""
        if call.function == "sum" and call.expression is not None:
            fix = f"Multiply: “sum({call.expression.span.text} * {written.span.text} over {call.over.name})”."
        meanings.findings.say(BAD_WEIGHT, written.span, message, path=scope.path, label="no effect", fix=fix)
        return FAULTY
    found = resolve_record(written, scope, meanings)
    if refused_quotient(found, written.span, scope.path, meanings):
        return FAULTY
    if isinstance(found.type, NumberType | ErrorType):
        return found
    message = f"a weight is a number, and this is {type_words(found.type)}"
    meanings.findings.say(BAD_WEIGHT, written.span, message, path=scope.path, label="not a number")
    return FAULTY
