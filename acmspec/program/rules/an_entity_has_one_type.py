"""What identifies one kind of thing is of one type in all tables."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.catalog import faulty
from acmspec.program.tree import Program
from acmspec.spec.tree import Field, Spec

PROBLEM = Problem(
    "ACM322",
    "identifiers of two types",
    "Records are linked where their identifiers are equal. The text “007” and the number 7 are different identifiers, "
    "and so are “Ab” and “ab” where case counts, so records of the same thing would not find each other.",
    "Give the field the same type and the same “fold” in all tables; text keeps zeros at the start.",
    "The same identifier must be written in the same way in all records.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every field that identifies a kind of thing has the type of the first one that does."""
    first: dict[str, tuple[str, Field]] = {}
    for entity, table, field in _identifiers(spec):
        where, known = first.setdefault(entity, (table, field))
        one, other = _how(field), _how(known)
        if one != other:
            message = (
                f"“{field.name.value}” of “{table}” identifies “{entity}” by {one}, "
                f"“{known.name.value}” of “{where}” by {other}"
            )
            related = (Label(known.name.span, f"is {other}"),)
            path = f"data.{table}.fields.{field.name.value}"
            yield PROBLEM.at(field.name.span, message, label="another type", path=path, related=related)


def _how(field: Field) -> str:
    return f"{field.type} with “fold: case”" if field.fold else field.type


def _identifiers(spec: Spec) -> Iterator[tuple[str, str, Field]]:
    """The fields that identify something and could be read, with the kind of thing and their tables."""
    for table in spec.data:
        for field in table.fields:
            if field.entity is not None and not faulty(spec, "data", table.name.value, "fields", field.name.value):
                yield field.entity.value, table.name.value, field
