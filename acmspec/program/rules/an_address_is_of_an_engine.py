"""The address of a database says which kind it is."""

from collections.abc import Iterator

from acmspec.ground.address import ENGINES, taken_apart
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.ground.nearest import nearest
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM515",
    "not an address of a database",
    "An address says which kind of database it is and where.",
    "Write it as postgresql://USER@HOST/DATABASE, or as spark://local.",
    "Each database must be named by its address.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """Each address starts with an engine that is known."""
    for one in spec.connections:
        address = taken_apart(one.url.value)
        if not address.engine and not address.has_secret:
            start = one.url.value.split(":")[0]
            message = f"the address of “{one.name.value}” is of no database that is known"
            near = nearest(start, ENGINES)
            path, fix = f"connections.{one.name.value}", f"Let it start with {near}://." if near else ""
            yield PROBLEM.at(one.url.span, message, label="unknown", path=path, fix=fix)
