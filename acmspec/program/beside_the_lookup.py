"""Says which values and conditions of a lookup speak of no record looked into, as a name was taken from outside."""

from acmspec.formula.tree import Binary, Call, Formula, Name
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.program.meanings import Meanings
from acmspec.program.record import IsKnown, Logic, Record
from acmspec.program.relocate import parts, scopes
from acmspec.program.scope import Scope
from acmspec.program.types import ErrorType

BESIDE = Problem(
    "ACM461",
    "a lookup that asks nothing of what it looks into",
    "A name that only the record that looks has is that record's own: its value is the same for every record looked "
    "into, and chooses none of them.",
    "Name a field of the records looked into; what is asked of the record that looks stands outside of the lookup.",
    "What is asked of other records must be recorded of them.",
    Severity.WARNING,
)
PROBLEMS = (BESIDE,)


def say_if_beside(call: Call, value: Record | None, where: Record | None, scope: Scope, meanings: Meanings) -> None:
    """Say it of the value before `over`, and of each condition after `where`, that names no field of the set."""
    written = call.over.where
    found = [] if value is None or call.expression is None else [(call.expression, value, _fix(call))]
    if written is not None and where is not None:
        found += [(one, meaning, "") for one, meaning in _each(written, where) if _asks(meaning)]
    for formula, meaning, fix in found:
        if 0 in scopes(meaning) or _is_unread(meaning):
            continue
        text, of = formula.span.text, call.over.name
        message = f"“{text}” says nothing of the records of “{of}” that are looked into"
        meanings.findings.say(
            BESIDE,
            formula.span,
            message,
            path=scope.path,
            label="of the record that looks",
            fix=fix or _outside(formula, call),
        )


def _is_unread(meaning: Record) -> bool:
    """Whether a name in it means nothing, which may have been meant for a field of the set."""
    return any(isinstance(getattr(one, "type", None), ErrorType) for one in parts(meaning))


def _asks(meaning: Record) -> bool:
    """Whether a condition asks something of a record; whether its own value is known may be said beside a negation."""
    return bool(scopes(meaning)) and not isinstance(meaning, IsKnown)


def _each(written: Formula, where: Record) -> list[tuple[Formula, Record]]:
    """The conditions that `and` joins, each with its meaning; the one that stands alone."""
    formulas: list[Formula] = []
    todo = [written]
    while todo:
        one = todo.pop()
        if isinstance(one, Binary) and one.operator == "and":
            todo += [one.right, one.left]
        else:
            formulas.append(one)
    if isinstance(where, Logic) and where.operator == "and" and len(where.operands) == len(formulas):
        return list(zip(formulas, where.operands, strict=True))
    return [(written, where)]


def _fix(call: Call) -> str:
    """What to write for a value that is none of the records looked into."""
    alias = call.over.alias
    if alias and isinstance(call.expression, Name):
        return f"Write “{alias}.{call.expression.span.text}” for the field of the records looked into."
    return f"Name a field of “{call.over.name}”, or count its records: “count({call.over.span.text})”."


def _outside(formula: Formula, call: Call) -> str:
    """What to write for a condition on none of the records looked into."""
    text, alias = formula.span.text, call.over.alias
    named = f"Write “{alias}.” before the field of the records looked into" if alias else "Name one of their fields"
    outside = f"“{text} and any(…)”" if call.function == "any" else f"“if {text} then … else …”"
    return f"{named}; if it is meant of the record that looks, say it outside: {outside}."
