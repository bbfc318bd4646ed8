"""No address of a database tells a password."""

from collections.abc import Iterator

from acmspec.ground.address import taken_apart
from acmspec.ground.diagnostic import Diagnostic, Problem
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

PROBLEM = Problem(
    "ACM510",
    "a password in an address",
    "A spec is mailed, printed and signed, and whoever reads it could read the data.",
    "Remove the password and change it, for it was seen; under “password_from”, name the variable that holds the new "
    "one.",
    "This Agreement must state no password.",
)


def check(spec: Spec, _program: Program | None) -> Iterator[Diagnostic]:
    """The password of a database stands nowhere in the spec; where it does, the message does not show it."""
    for one in spec.connections:
        if taken_apart(one.url.value).has_secret:
            message = f"the address of “{one.name.value}” holds a password"
            yield PROBLEM.at(None, message, path=f"connections.{one.name.value}")
