"""The files that a table is delivered in, as a spec means them; knows no disk."""

from acmspec.ground.calendar import Every
from acmspec.ground.node import node


@node
class Delivery:
    """One file of a table, or the pattern of several.

    `provider` is whose records it holds, "" if nobody's alone. `every` is the kind of period that stands for the
    one `{…}` in `path`, None if there is none.
    """

    path: str
    provider: str = ""
    every: Every | None = None
