"""What to write for an aggregate that is given a value of the wrong kind; it finds nothing itself."""

from collections.abc import Sequence

from acmspec.formula.tree import Binary, Call, Formula, OutOf
from acmspec.program.types import BooleanType, DatetimeType, DateType, NumberType, TextType, Type

_SIGNS = frozenset({"=", "!=", "<", "<=", ">", ">="})


def offered_count(formula: Call, kind: Type | None) -> str:
    """For `count(VALUE over SET)`: the records that meet a condition, the total, or the different values."""
    value, of = _value(formula), _set(formula)
    distinct = f"“count(distinct {value} over {of})” for how many different ones there are"
    match kind:
        case BooleanType():
            return f"Write “{_narrowed(formula, value)}”."
        case NumberType():
            return f"Write “sum({value} over {of})” for the total, or “{_narrowed(formula, f'{value} is known')}”."
        case None:
            return f"Write “count({formula.over.name} where …)”, or {distinct}."
    return f"Write {distinct}, or “{_narrowed(formula, f'{value} is known')}” for how many records have one."


def offered_number(formula: Call, kind: Type, days: Sequence[str]) -> str:
    """For `sum(CONDITION over SET)`, `median(DATE over SET)` and the like; `days` are the dates of the records."""
    value, of, name = _value(formula), _set(formula), formula.function
    match kind:
        case BooleanType():
            return (
                f"Write “{_narrowed(formula, value)}” for how many, or “share({value} over {of})” for the proportion."
            )
        case DateType():
            other = next((one for one in days if one != value), "START")
            start, end = (value, other) if value in days[:1] else (other, value)
            return f"Dates are no numbers: write “{name}(days from {start} to {end} over {of})”."
        case DatetimeType():
            return f"Moments are no numbers: write “{name}(hours from START to {value} over {of})”."
        case TextType():
            counted = f"“count(distinct {value} over {of})”"
            return f"Write {counted} for how many different ones; if “{value}” holds numbers, give it “type: decimal”."
    return ""


def offered_elsewhere(formula: Call) -> str:
    """For an aggregate inside the brackets of another, or in a condition about one record."""
    inside = "Put formulas about one record inside the brackets of an aggregate, and aggregates outside of them"
    text, of = formula.span.text, formula.over.name
    if formula.over.where is not None or "\n" in text or formula.function not in {"count", "sum"}:
        return ""
    other = f"{text.removesuffix(')')} for same ENTITY where …)"
    return f"{inside}, as in “average({text} for each NAME)”; “{other}” looks at other records of “{of}”."


def offered_set(formula: Call, *, is_set: bool, is_figure: bool) -> str:
    """For an aggregate that lacks what it is of, or over which records."""
    use, name = formula.over, formula.function
    if is_figure:
        return f"Write “{use.name}” alone: a figure of several groups is added up by its own rule."
    if is_set and name == "share" and use.where is not None:
        return f"Write “share({use.where.span.text} over {use.name})”."
    return f"Write “{name}(… over {use.name})”." if is_set else f"Write “{name}({use.name} over SET)”."


def offered_benchmark(formula: Formula) -> str:
    """For a comparison of a group's number where the number alone is needed; "" for anything else."""
    if not isinstance(formula, Binary) or formula.operator not in _SIGNS:
        return ""
    left, right = formula.left, formula.right
    if not isinstance(left, Call | OutOf) and not (isinstance(left, Binary) and isinstance(left.left, Call)):
        return ""
    return (
        f"Leave “{formula.operator} {right.span.text}” out: the level to be reached stands under “benchmarks”; "
        "“if CONDITION then 1 else 0” makes a number of a condition."
    )


def _value(formula: Call) -> str:
    return "" if formula.expression is None else formula.expression.span.text


def _set(formula: Call) -> str:
    return formula.over.span.text


def _narrowed(formula: Call, condition: str) -> str:
    """A count of the set's records that meet one condition more."""
    where, text = formula.over.where, _set(formula)
    if where is None:
        return f"count({text} where {condition})"
    if isinstance(where, Binary) and where.operator == "or":
        at = where.span.start - formula.over.span.start
        text = f"{text[:at]}({where.span.text})"
    return f"count({text} and {condition})"
