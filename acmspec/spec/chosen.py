"""A choice among records as an author wrote it: which of them are kept, per whom, in which order."""

from dataclasses import field

from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.spec.practice import Name

FIRST, LAST, ONE, APART = "first", "last", "one", "apart"
"""How a choice is made: counted from the first or from the last, one of equals, or apart from the one before."""


@node
class Keep:
    """A choice per entities, in the order of `by`, in each period or `ever`.

    `position` counts from the first or the last, `later` takes all behind it, too. What is kept `apart` comes more than
    `days` after the record before it: any one, or the one `kept` before.
    """

    choice: str
    entities: tuple[Name, ...]
    by: tuple[Name, ...]
    span: Span = field(compare=False, repr=False)
    position: int = 1
    later: bool = False
    ever: bool = False
    days: int = 0
    kept: bool = False
