"""A table of the data is read from files, or from a table of a named database."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec, Table

PROBLEM = Problem(
    "ACM508",
    "records that would lie in two places",
    "A table of the data is read from files or from a table of a database, and each table says which in one way.",
    "Keep “file”, or “table” with its “connection”.",
    "The place where the records are kept must be stated once.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Beside “table” stands a “connection” and no “file”, and a “connection” stands beside “table” only."""
    for one in spec.data:
        yield from _place(one)


def _place(one: Table) -> Iterator[Diagnostic]:
    name, path = one.name.value, f"data.{one.name.value}"
    if one.table is None and one.connection is not None:
        message = f"“{name}” names a connection and no “table” of it"
        fix = "Add “table:” with its name, such as “table: hsa.visits”, or remove “connection”."
        yield PROBLEM.at(one.connection.span, message, label="which table?", path=f"{path}.connection", fix=fix)
    elif one.table is not None and one.files.span != one.table.span:
        yield PROBLEM.at(one.table.span, f"“{name}” has a “file” and a “table”", label="and here", path=f"{path}.table")
    elif one.table is not None and one.form.said:
        message = f"“{name}” is a table of a database, which has no “format”"
        yield PROBLEM.at(one.table.span, message, label="a table", path=f"{path}.format")
    elif one.table is not None and one.connection is None:
        message = f"“{name}” is a table of a database, and no “connection” says of which"
        fix = "Add “connection:” with a name under “connections”."
        yield PROBLEM.at(one.table.span, message, label="of which database?", path=f"{path}.table", fix=fix)
