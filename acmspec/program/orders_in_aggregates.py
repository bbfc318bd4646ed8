"""Refuses `by …` behind the set of an aggregate, and says what was meant by it; knows no other part of an aggregate."""

from acmspec.formula.tree import Call
from acmspec.ground.calendar import Every
from acmspec.program.group_reader import GroupReader
from acmspec.program.lookup_values import NO_ORDER

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
    fix = f"Leave “by” out. For a result for each, write “{meant}” in the metric; "
    fix += f"for one number of all of them, “average(… for each {names[0]})”."
    message = f"“{call.function}” depends on no order, and “by” parts no records"
    reader.say(NO_ORDER, by[0].span, message, label="no effect", fix=fix)
    return False
