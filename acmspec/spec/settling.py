"""What an author says of closings: what becomes of a closed period whose result changes; it knows no payment term."""

from dataclasses import field

from acmspec.ground.calendar import Length
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span


@node
class Settling:
    """What becomes of a closed period whose result would be another later, and how long its rows are kept.

    Differences count for `corrections_within` of the period's end; those of a provider that come to no more than
    `tolerance` are left. `claw_back` is whether what was paid too much is taken back.
    """

    corrections_within: Length
    tolerance: Located[Amount] | None
    claw_back: bool
    keep_rows: Length
    span: Span = field(compare=False, repr=False)
