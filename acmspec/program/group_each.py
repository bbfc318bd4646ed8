"""Turns `FUNCTION(… for each …)` into one value of many: the parts of a period, or the groups of a dimension."""

from fractions import Fraction

from acmspec.formula.tree import Each, Name
from acmspec.ground.calendar import Cycle, Every
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import ONE, Unit
from acmspec.ground.nearest import nearest, offer
from acmspec.ground.source import Located
from acmspec.program.aggregates import MIDDLE, Takes
from acmspec.program.dimensions import dimension, tables_of
from acmspec.program.each_rows import EACH, EachRow, each_row
from acmspec.program.functions import UNKNOWN_FUNCTION, meant_by, place_fix, place_of
from acmspec.program.group import ForEach, MetricUse, Slice
from acmspec.program.group_reader import GroupReader
from acmspec.program.meanings import FAULTY_GROUP
from acmspec.program.relocate import is_faulty, parts
from acmspec.program.tree import Dimension, Group
from acmspec.program.types import ErrorType, Form, NumberType, Type

BAD_EACH = Problem(
    "ACM342",
    "parts that can't be brought together so",
    "“for each” makes one value of many: an average, a median or a rank of numbers, the share of parts that meet a "
    "condition, or the longest run of them.",
    "Write “average(RATE for each month)”, “share(RATE >= 50% for each month)”, “rank(RATE for each provider)”.",
    "A figure made of other figures must state of which ones, and how.",
)
NESTED = Problem(
    "ACM343",
    "for each inside for each",
    "A figure of figures can be followed; a figure of figures of figures can't.",
    "Bring together a figure that is measured directly, such as a share, a count or a sum.",
    "A figure made of other figures must rest on figures that are measured directly.",
)
PROBLEMS = (BAD_EACH, NESTED)

_CYCLES: dict[str, Cycle] = {one.value: one for one in Every}


def for_each(formula: Each, reader: GroupReader) -> Group:
    """One value of many; error node if something is wrong (reported)."""
    row = _row(formula, reader)
    if row is None:
        return FAULTY_GROUP  # whether it goes over numbers or conditions can't be told
    if formula.function == "count" and isinstance(formula.expression, Name) and _is_set(formula.expression, reader):
        of, by = formula.expression.span.text, formula.groups.span.text
        fix = f"Write “count({of})”, and “break_down_by: [{by}]” in the metric for a result of each."
        reader.say(BAD_EACH, formula.expression.span, f"“{of}” is a set of records, not a number", fix=fix)
        return FAULTY_GROUP
    asks = row.takes is Takes.CONDITION
    inner = reader.condition(formula.expression) if asks else reader.read(formula.expression)
    where = None if formula.where is None else reader.condition(formula.where)
    over = _over(formula, (inner, where), reader)
    at = _at(formula, row, reader)
    if over is None or at is None or _is_nested(formula, (inner, where), reader):
        return FAULTY_GROUP
    if not _suits(formula, row, over, reader) or is_faulty(inner) or (where is not None and is_faulty(where)):
        return FAULTY_GROUP
    kind = _type(row, inner.type, over, reader)
    return ForEach(row.name, inner, over, where, at, _is_lowest_first(row, inner, reader), kind, formula.span)


def _is_set(name: Name, reader: GroupReader) -> bool:
    word, catalog = ".".join(name.parts), reader.meanings.catalog
    return word in catalog.tables or word in catalog.cohorts


def _row(formula: Each, reader: GroupReader) -> EachRow | None:
    row = each_row(formula.function)
    if row is None:
        words = [one.name for one in EACH]
        message = f"“{formula.function}” brings nothing together"
        fix = (
            meant_by(formula.function)
            .replace("… over …", "NUMBER for each month")
            .replace("over SET", "for each month")
        )
        fix = fix or offer(formula.function, words) or f"Use one of: {', '.join(words)}."
        reader.say(UNKNOWN_FUNCTION, formula.function_span, message, label="unknown", fix=fix)
    return row


def _at(formula: Each, row: EachRow, reader: GroupReader) -> Fraction | None:
    """The place in the order of values; None if it is missing, too much, or none (reported)."""
    given = formula.given
    if given is None and not row.placed:
        return MIDDLE
    amount = None if given is None else given.amount
    if given is not None and not row.placed:
        reader.say(BAD_EACH, given.span, f"“{row.name}” takes no number before a comma", label="left over")
    elif (place := place_of(amount)) is None:
        message = f"“{row.name}” takes a number from 1 up to 100 before a comma"
        reader.say(BAD_EACH, (given or formula).span, message, label="which one?", fix=place_fix(amount))
    else:
        return place
    return None


def _over(formula: Each, inside: tuple[Group | None, ...], reader: GroupReader) -> Cycle | Dimension | None:
    """The periods or the dimension; a word of the calendar is one, also where a field is called so."""
    groups = formula.groups
    word = ".".join(groups.parts)
    if word in _CYCLES:
        return _CYCLES[word]
    if word.removesuffix("s") in _CYCLES:
        fix = f"Write “for each {word.removesuffix('s')}”."
        reader.say(BAD_EACH, groups.span, f"there is no period called “{word}”", label="unknown", fix=fix)
        return None
    tables = tuple(dict.fromkeys(table for one in inside if one is not None for table in tables_of(one)))
    if not tables:
        if not any(one is not None and is_faulty(one) for one in inside):
            reader.say(BAD_EACH, formula.expression.span, "this is the same for all of them", label="no figure")
        return None
    return dimension(Located(_singular(groups, tables, reader), groups.span), tables, reader.path, reader.meanings)


def _singular(groups: Name, tables: tuple[str, ...], reader: GroupReader) -> str:
    """The path as written; of a kind of thing that identifies records of all tables, its own field or name."""
    catalog, word = reader.meanings.catalog, ".".join(groups.parts)
    entities = [one for table in tables for one in catalog.entities(table)]
    return nearest(word, entities) if word.removesuffix("s") in entities and word not in entities else word


def _is_nested(formula: Each, inside: tuple[Group | None, ...], reader: GroupReader) -> bool:
    if not any(isinstance(one, ForEach) for each in inside if each is not None for one in parts(each)):
        return False
    message = "this “for each” rests on figures that are made with “for each” themselves"
    reader.say(NESTED, formula.span, message, label="one too many")
    return True


def _suits(formula: Each, row: EachRow, over: Cycle | Dimension, reader: GroupReader) -> bool:
    is_group = isinstance(over, Dimension)
    if row.in_order and is_group:
        message = f"“{row.name}” needs parts that follow each other in time"
        fix = f"Write “{row.name}(CONDITION for each month)”."
    elif row.of_groups and not is_group:
        message = f"“{row.name}” compares groups with one another, such as providers"
        fix = f"Write “{row.name}(NUMBER for each provider)”."
    else:
        return True
    reader.say(BAD_EACH, formula.groups.span, message, label="not of these", fix=fix)
    return False


def _is_lowest_first(row: EachRow, inner: Group, reader: GroupReader) -> bool:
    """Whether a rank's best is the lowest: where a metric is ranked by its name that is better when lower."""
    while isinstance(inner, Slice):
        inner = inner.inner
    if not row.of_groups or not isinstance(inner, MetricUse):
        return False
    return reader.meanings.catalog.metrics[inner.name].better == "lower"


def _type(row: EachRow, inner: Type, over: Cycle | Dimension, reader: GroupReader) -> Type:
    match row.name:
        case "share":
            return NumberType(Form.SHARE)
        case "rank" | "longest run":
            return NumberType(integral=True)
        case "count":
            return NumberType(unit=_unit(over, reader), integral=True)
    if not isinstance(inner, NumberType):
        return ErrorType()
    if row.name == "sum":
        return NumberType(Form.RATIO) if inner.form is Form.SHARE else inner
    if row.name == "range" and inner.form is Form.SHARE:
        return NumberType(Form.POINTS)
    exact = row.name in {"lowest", "highest", "range"}
    return NumberType(inner.form, inner.unit, inner.integral and exact)


def _unit(over: Cycle | Dimension, reader: GroupReader) -> Unit:
    """What a number of groups is counted in: the kind of thing they are, if they are one."""
    entities = {
        one.entity.value for table in reader.meanings.catalog.tables.values() for one in table.fields if one.entity
    }
    path = over.path if isinstance(over, Dimension) else ""
    return reader.meanings.catalog.entity_unit(path) if path in entities else ONE
