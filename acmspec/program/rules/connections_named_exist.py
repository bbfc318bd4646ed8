"""The connections that tables of the data name are declared."""

from collections.abc import Iterator

from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import offer
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM509",
    "unknown connection",
    "A table of a database is reached by way of a connection that the spec names under “connections”.",
    "Correct the name, or declare the connection.",
    "Each database must be one that the data schedule names.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Every name under “connection” stands under “connections”."""
    known = [one.name.value for one in spec.connections]
    for table in spec.data:
        name = table.connection
        if name is None or name.value in known or {"connections", f"connections.{name.value}"} & spec.faulty:
            continue
        path = f"data.{table.name.value}.connection"
        message = f"there is no connection “{name.value}”"
        yield PROBLEM.at(name.span, message, label="unknown", path=path, fix=offer(name.value, known))
