"""Refuses `by …` behind the set of an aggregate, and says what was meant by it; knows no other part of an aggregate."""

from acmspec.formula.tree import Call
from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Problem
from acmspec.program.aggregates import AGGREGATES, WEIGHTED
from acmspec.program.group_reader import GroupReader

ORDERED = Problem(
    "ACM495",
    "an order behind the set of an aggregate",
    "An aggregate is of all records of its set at once; a metric says itself by what its results are broken down.",
    "Leave “by” out. For a result for each group, write “break_down_by: […]” in the metric.",
    "A figure must be of all records of its set; the groups it is stated for are named beside it.",
)
PROBLEMS = (ORDERED,)

_WEIGHTED = frozenset(row.name.removesuffix(WEIGHTED) for row in AGGREGATES if row.weighted)
_PERIODS = frozenset(one.value for one in Every)


def is_without_order(call: Call, reader: GroupReader) -> bool:
    """Whether no order is said: an aggregate is of all records of its set at once (reported)."""
    by = call.over.by
    if not by:
        return True
    names = [".".join(one.parts) for one in by]
    meant = f"break_down_by: [{', '.join(names)}]"
    if names[0] in _PERIODS:
        meant = f"every: {names[0]}"
    if _is_number(names[0], reader.meanings.catalog.base_table(call.over.name), reader):
        fix = "Leave “by” out. For a result for each group, write “break_down_by: […]” in the metric"
        weighted = f"; if records count by {names[0]}, write “weighted by {names[0]}”"
        fix += f"{weighted if call.function in _WEIGHTED else ''}."
        return _refused(call, fix, reader)
    fix = f"Leave “by” out. For a result for each, write “{meant}” in the metric; "
    fix += f"for one number of all of them, “average(… for each {names[0]})”."
    return _refused(call, fix, reader)


def _is_number(name: str, table: str | None, reader: GroupReader) -> bool:
    """Whether a field is a number, by which nothing is broken down."""
    field = None if table is None else reader.meanings.catalog.fields(table).get(name)
    return field is not None and field.type in {"integer", "decimal", "money"}


def _refused(call: Call, fix: str, reader: GroupReader) -> bool:
    message = f"“{call.function}” depends on no order, and “by” parts no records"
    reader.say(ORDERED, call.over.by[0].span, message, label="no effect", fix=fix)
    return False
