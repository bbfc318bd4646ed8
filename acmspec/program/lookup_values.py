"""What a lookup takes and gives: the value before `over`, the order of its records, its type; knows nothing of links.

An order must leave no ties, so that which record is taken never depends on chance or on the data: its fields and the
entities that are the same must contain the key of the table.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from acmspec.formula.tree import Call, Formula, Name
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import ONE, Unit
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.catalog import Catalog
from acmspec.program.literals import literal_type
from acmspec.program.lookup_rows import Accepts, Find, LookupRow, Order, lookup_row
from acmspec.program.meanings import FAULTY, Meanings
from acmspec.program.record import Column, Defined, FieldValue, Lookup, Record
from acmspec.program.said import things, type_words
from acmspec.program.scope import Scope, resolve_name
from acmspec.program.types import BooleanType, DatetimeType, DateType, ErrorType, Form, NumberType, PeriodType, Type
from acmspec.program.typing_rules import Side, compared
from acmspec.program.units import factor

BAD_VALUE = Problem(
    "ACM334",
    "lookup of an unclear value",
    "“any”, “none” and “count” take records; all other lookups take a value of each record that is looked into.",
    "Write “count(SET for same ENTITY where …)”, or “sum(NUMBER over SET for same ENTITY where …)”.",
    "A value taken from other records must say which value of these records it is.",
)
NO_ORDER = Problem(
    "ACM335",
    "order that is missing or can be a tie",
    "“earliest”, “latest” and “nth” take one record by its place in an order; if two records can have one place, "
    "chance would decide.",
    "Add “by” and fields that tell all records apart, the key last: “latest(income over assessments for same client "
    "by assessed_on, assessment_id where …)”.",
    "The record that counts must be chosen by a stated order that leaves no ties.",
)
QUOTIENT = Problem(
    "ACM336",
    "average that is used in a calculation",
    "The average of a record's other records may have no end of decimals, so it can be compared exactly, but not "
    "stored, added or grouped by.",
    "Compare it, as in “average(…) >= 3”, or calculate with “sum(…)” and “count(…)”.",
    "Averages must be calculated from totals, and not from other averages.",
)
PROBLEMS = (BAD_VALUE, NO_ORDER, QUOTIENT)

Read = Callable[[Formula, Scope, Meanings], Record]


@node
class Inside:
    """How formulas inside a lookup are read: as any value, as a condition, or as a date."""

    value: Read
    condition: Read
    date: Read


def row_of(call: Call) -> LookupRow:
    """The row of a lookup as written."""
    distinct = call.function == "count" and call.distinct
    return lookup_row("count distinct" if distinct else call.function)


def is_shaped(call: Call, row: LookupRow, path: str, meanings: Meanings) -> bool:
    """Whether value, `distinct`, number and order are said where the lookup needs them, and nowhere else; reported."""
    name, use = call.function, call.over
    if call.distinct and name != "count":
        return _unclear(call.span, f"“{name}” takes no “distinct”", "Leave “distinct” out.", path, meanings)
    if row.accepts is Accepts.NOTHING and call.expression is not None:
        fix = f"Write “{name}({use.name} for same ENTITY where …)”."
        return _unclear(call.span, f"“{name}” takes records, and no “over”", fix, path, meanings)
    if row.accepts is not Accepts.NOTHING and call.expression is None:
        fix = f"Write “{name}(VALUE over {use.name} for same ENTITY where …)”."
        return _unclear(call.span, f"“{name}” doesn't say which value of the records", fix, path, meanings)
    if row.is_total_over_time:
        return _has_amount(call, path, meanings) and _is_ordered(call, row, path, meanings)
    if (call.given is not None) is not row.numbered:
        message = f"“{name}” " + ("doesn't say the how-manieth" if row.numbered else "takes no number before a comma")
        fix = "Write “nth(2, VALUE over SET for same ENTITY by FIELD)” for the second."
        return _unclear(call.span, message, fix, path, meanings)
    if call.given is not None:
        amount = call.given.amount
        if amount.written != "number" or amount.value.denominator != 1 or amount.value < 1:
            message = f"the “{call.given.span.text}” of “{name}” is not a place such as 1, 2 or 3"
            return _unclear(call.given.span, message, "", path, meanings)
    return _is_ordered(call, row, path, meanings)


def _has_amount(call: Call, path: str, meanings: Meanings) -> bool:
    """Whether a running total says what it is to reach: an amount above zero."""
    if call.given is None:
        inside = "" if call.expression is None else f"{call.expression.span.text} over {call.over.span.text}"
        fix = f"Write the amount first, as in “reaches($4,000, {inside})”." if inside else ""
        return _unclear(call.span, f"“{call.function}” doesn't say which amount is to be reached", fix, path, meanings)
    if call.given.amount.value > 0:
        return True
    message = f"a total of “{call.given.span.text}” is reached before anything is added"
    return _unclear(call.given.span, message, "Write an amount above zero.", path, meanings)


def amount_of(call: Call, row: LookupRow, value: Record | None, path: str, meanings: Meanings) -> Fraction | None:
    """The amount that a running total is to reach; None if it is not in the unit of what is added (reported)."""
    if not row.is_total_over_time or call.given is None or value is None or call.expression is None:
        return None
    given = call.given.amount
    times = factor(given.unit, value.type.unit) if isinstance(value.type, NumberType) else None
    if times is not None and isinstance(value.type, NumberType):
        given = replace(given, value=given.value * times, unit=value.type.unit)
    literal = Side(literal_type(given), call.given.span.text, given)
    wrong = compared(Side(value.type, call.expression.span.text), literal)
    if wrong is None:
        return given.value
    meanings.findings.say(wrong.problem, call.given.span, wrong.message, path=path, label="wrong here", fix=wrong.fix)
    return None


def _unclear(span: Span, message: str, fix: str, path: str, meanings: Meanings) -> bool:
    meanings.findings.say(BAD_VALUE, span, message, path=path, fix=fix)
    return False


def _is_ordered(call: Call, row: LookupRow, path: str, meanings: Meanings) -> bool:
    say, by = meanings.findings.say, call.over.by
    if row.order is Order.NONE and by:
        message = f"“{call.function}” depends on no order"
        say(NO_ORDER, by[0].span, message, path=path, label="no effect", fix="Leave “by” out.")
        return False
    if row.order is not Order.NONE and not by:
        message = f"“{call.function}” doesn't say by which order"
        say(NO_ORDER, call.span, message, path=path, label="by what?", fix=_an_order(call, meanings))
        return False
    return True


def _an_order(call: Call, meanings: Meanings) -> str:
    """An order of the records looked into that leaves no ties: by their date, then by their key."""
    table = meanings.catalog.tables.get(meanings.catalog.base_table(call.over.name) or "")
    if table is None or not table.key:
        return ""
    dates = [one.name.value for one in table.fields if one.type in {"date", "datetime"}][:1]
    before = f"{call.over.alias}." if call.over.alias else ""
    keys = [f"{before}{one}" for one in dict.fromkeys((*dates, *(one.value for one in table.key)))]
    return f"Add “by {', '.join(keys)}” before “where”, or another order whose last field is the key."


def value(call: Call, row: LookupRow, inner: Scope, inside: Inside, meanings: Meanings) -> Record | None:
    """The value before `over`, for the record looked into; an error node if it is of the wrong type (reported)."""
    if call.expression is None:
        return None
    found, span = inside.value(call.expression, inner, meanings), call.expression.span
    if refused_quotient(found, span, inner.path, meanings):
        return FAULTY
    fitting: dict[Accepts, tuple[type, ...]] = {
        Accepts.NUMBER: (NumberType, ErrorType),
        Accepts.ORDERED: (NumberType, DateType, DatetimeType, PeriodType, ErrorType),
    }  # fmt: skip
    if row.accepts in fitting and not isinstance(found.type, fitting[row.accepts]):
        message = f"“{call.function}” takes {row.accepts.value}, and this is {type_words(found.type)}"
        meanings.findings.say(BAD_VALUE, span, message, path=inner.path, label="wrong here")
        return FAULTY
    return found


def order(call: Call, inner: Scope, links: tuple[Column, ...], meanings: Meanings) -> tuple[FieldValue, ...] | None:
    """The fields that put the records looked into in order; None if they can't, or leave ties (reported)."""
    read = [_order_field(name, inner, meanings) for name in call.over.by]
    found = tuple(one for one in read if one is not None)
    if len(found) < len(read) or not found:
        return None if read else ()
    if row_of(call).is_total_over_time:
        return found if _is_one_field(call, inner.path, meanings) else None
    table = meanings.catalog.tables[inner.own.table]
    told_apart = {column.name for column in links} | {one.column.name for one in found if not one.steps}
    lacking = [one.value for one in table.key if one.value not in told_apart]
    if table.key and not lacking:
        return found
    names = " and ".join(f"“{one}”" for one in lacking)
    message = f"records of “{inner.own.table}” can be equal in this order"
    fix = f"Add {names}, which tells all records apart, at its end." if lacking else "Give the table a key."
    meanings.findings.say(NO_ORDER, call.over.by[-1].span, message, path=inner.path, label="ties", fix=fix)
    return None


def _is_one_field(call: Call, path: str, meanings: Meanings) -> bool:
    """Whether a running total goes by one field: what is equal in it is added at once, so that ties don't matter."""
    if len(call.over.by) == 1:
        return True
    message = "a total is reached by one field: records that are equal in it are added together"
    fix = f"Write “by {call.over.by[0].span.text}”."
    meanings.findings.say(NO_ORDER, call.over.by[1].span, message, path=path, label="a second field", fix=fix)
    return False


def _order_field(name: Name, inner: Scope, meanings: Meanings) -> FieldValue | None:
    found = resolve_name(name, inner, meanings)
    if isinstance(found, FieldValue) and found.scope == 0:
        return found
    if not isinstance(found.type, ErrorType):
        message = f"“{'.'.join(name.parts)}” is no field of the records looked into, which are to be put in order"
        meanings.findings.say(NO_ORDER, name.span, message, path=inner.path, label="not a field")
    return None


def type_of(row: LookupRow, noun: str, found: Record | None, by: tuple[FieldValue, ...], catalog: Catalog) -> Type:
    """The type of a lookup's value; a total that is reached is the value of the field it goes by."""
    if row.is_question:
        return BooleanType()
    if row.find is Find.COUNT:
        return NumberType(Form.NUMBER, things(noun), integral=True)
    if found is None:
        return ErrorType()
    if row.find is Find.DISTINCT:
        return NumberType(Form.NUMBER, _thing(found, catalog), integral=True)
    if row.find is Find.QUOTIENT and isinstance(found.type, NumberType):
        return replace(found.type, integral=False)
    return by[0].type if row.is_total_over_time and by else found.type


def _thing(found: Record, catalog: Catalog) -> Unit:
    """What different values of a field are counted in: the thing that it identifies, if it identifies any."""
    if not isinstance(found, FieldValue):
        return ONE
    field = catalog.fields(found.column.table).get(found.column.name)
    return ONE if field is None or field.entity is None else catalog.entity_unit(field.entity.value)


def quotient(found: Record) -> Lookup | None:
    """The average of other records that a value is, also through definitions; it can be compared, and nothing else."""
    while isinstance(found, Defined):
        found = found.body
    return found if isinstance(found, Lookup) and lookup_row(found.function).find is Find.QUOTIENT else None


def refused_quotient(found: Record, span: Span, path: str, meanings: Meanings) -> bool:
    """Whether a value to calculate with is an average of other records, which is then reported."""
    if quotient(found) is None:
        return False
    message = "an average of other records can be compared, and not calculated with"
    meanings.findings.say(QUOTIENT, span, message, path=path, label="an average")
    return True
