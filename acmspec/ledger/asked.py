"""What a closing is asked to be: its period, who signs, what was paid and certified elsewhere; nothing of results."""

from collections.abc import Mapping
from datetime import date

from acmspec.ground.node import node
from acmspec.ledger.tree import Key, Opened, Origin, Paid, Signed, Why

References = tuple[tuple[str, str], ...]


@node
class Asked:
    """A closing that is asked for. `reasons` tells of records that changed since the last one, by line.

    `references` are those of each provider's invoice. `opened` stands in the first closing only.
    """

    period: str
    as_of: date
    version: str
    spec_sha256: str
    rows_sha256: str
    signed: Signed
    origins: tuple[Origin, ...] = ()
    references: Mapping[str, References] = {}
    opened: tuple[Opened, ...] = ()
    paid: tuple[Paid, ...] = ()
    reasons: Mapping[Key, tuple[Why, ...]] = {}
