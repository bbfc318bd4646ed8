"""A unit stands under fields that hold numbers, and business days are those of a calendar."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Field, Spec

PROBLEM = Problem(
    "ACM339",
    "unit of something that is no number",
    "A unit says which length of time a number counts: days, months, hours, business days of a calendar.",
    "Give the field “type: integer”, or leave its unit out; name a calendar that the spec declares.",
    "A number that stands for a length of time must say in which unit it is counted.",
)

_NUMBERS = frozenset({"integer", "decimal"})


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every unit is one of a number, on a calendar there is."""
    for table in spec.data:
        for field in table.fields:
            path = f"data.{table.name.value}.fields.{field.name.value}"
            if field.unit is None or faulty(spec, "data", table.name.value, "fields", field.name.value, "type"):
                continue
            if field.type not in _NUMBERS:
                message = f"“{field.name.value}” is of type {field.type}, and counts no {field.unit.value}"
                yield PROBLEM.at(field.unit.span, message, label="no number", path=path)
            else:
                yield from _on_a_calendar(spec, field, path)


def _on_a_calendar(spec: Spec, field: Field, path: str) -> Iterator[Diagnostic]:
    word, _, name = ("", "", "") if field.unit is None else field.unit.value.partition(" of ")
    known = [one.name.value for one in spec.calendars]
    if field.unit is None or not word.startswith("business") or name in known or faulty(spec, "calendars"):
        return
    if name:
        message, fix = f"there is no calendar “{name}”", offer(name, known)
    elif len(known) == 1:
        return
    else:
        message = "nothing says on which calendar these business days are counted"
        fix = f"Write, for example, “business days of {known[0]}”." if known else "Declare one under “calendars”."
    yield PROBLEM.at(field.unit.span, message, label="which calendar?", path=path, fix=fix)
