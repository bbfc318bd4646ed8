"""The databases a spec names, as written: where each is, and where its password is kept; it opens none."""

from dataclasses import field

from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.spec.practice import Name


@node
class Connection:
    """A database by name: its address, and the variable that holds its password, "" if nothing is said."""

    name: Name
    url: Located[str]
    password_from: str
    span: Span = field(compare=False, repr=False)
