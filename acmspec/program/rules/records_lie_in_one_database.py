"""All tables of databases lie in the same one."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Label, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM511",
    "tables of two databases",
    "Records are put together in the database that holds them, and one database can't see what another holds.",
    "Bring the tables into one database, or deliver those of the other as files.",
    "Records that are compared must be kept in one place.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """No second connection is used."""
    used = [one for one in spec.data if one.table is not None and one.connection is not None]
    for table in used:
        name, first = table.connection, used[0].connection
        if name is None or first is None or name.value == first.value:
            continue
        message = f"“{used[0].name.value}” lies in “{first.value}”, and “{table.name.value}” in “{name.value}”"
        related = (Label(first.span, "one database"),)
        path = f"data.{table.name.value}.connection"
        yield PROBLEM.at(name.span, message, label="another", path=path, related=related)
