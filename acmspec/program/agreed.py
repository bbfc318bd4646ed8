"""What a contract says of payments beside terms and limits: what is held back, under whose agreement, how they settle.

It knows no kind, and works out no amount.
"""

from dataclasses import field
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle, Length
from acmspec.ground.node import node
from acmspec.ground.source import Span
from acmspec.program.payment import Limit


@node
class Reserve:
    """A share of what is due under some terms that is held back, and paid when the stretch of time is over.

    It is held back of what limits and maximums leave, which count it as paid. `back` says what is earned back: each a
    gate over the part of the sum that its weight gives it; without any, all of it is. The rest is kept by the agency.
    """

    name: str
    kind: str
    over: tuple[str, ...]
    every: Cycle | None
    share: Fraction
    back: tuple[tuple[Limit, Fraction], ...]
    text: str
    parameters: object = field(compare=False)
    span: Span = field(compare=False, repr=False)
    place: int = 0


@node
class Agreement:
    """One provider's contract in force from `first` to `last`, with its own maximum."""

    provider: str
    number: str
    first: date
    last: date
    maximum: Fraction | None


@node
class Settling:
    """What becomes of a closed period whose result is another later, and how long the rows of a closing are kept.

    A difference counts `within` so long of the period's end, and if a provider's come to more than `tolerance`.
    """

    within: Length
    tolerance: Fraction
    claw_back: bool
    keep: Length
