"""Everything that moves money under a contract: terms, limits, who is paid, in which order; it works out no amount."""

from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Every
from acmspec.ground.node import node
from acmspec.program.agreed import Agreement, Reserve, Settling
from acmspec.program.payment import Earned, Fixed, Limit, Most, Term

MAXIMUM = "maximum"
CONTRACT_MAXIMUM = "contract maximum"
NEGATIVE_TOTAL = "negative total"
CARRIED = "carried forward"
"""What the lines of an agreement's maximum and of the contract's are called, and of totals below zero."""
ZEROED, CARRY, INVOICED = "zero", "carry forward", "invoice"
"""What becomes of a total below zero: nobody asks for it, the next total bears it, or the provider pays it."""


@node
class Payments:
    """Everything that moves money: terms, then limits in the order they apply, and who is paid.

    `without_results` names the terms whose kind rests on no result, also those left out for an error.
    `negative_total` says what becomes of a total below zero; empty where no total can be, or nothing is said.
    """

    terms: tuple[Term, ...]
    limits: tuple[Limit, ...]
    agreements: tuple[Agreement, ...]
    maximum: Fraction | None
    phase_in_until: date | None
    without_results: frozenset[str] = frozenset()
    settling: Settling | None = None
    reserves: tuple[Reserve, ...] = ()
    negative_total: str = ""

    @property
    def bounds(self) -> tuple[Limit, ...]:
        """The limits in the author's order, and behind them what a total below zero is raised to, if it is to be."""
        if self.negative_total != ZEROED or not self.terms:
            return self.limits
        over, bound = tuple(one.name for one in self.terms), Most(Earned(), Fixed(Fraction(0)))
        raised = Limit(
            NEGATIVE_TOTAL, NEGATIVE_TOTAL, over, True, Every.DAY, bound, False, "", None, self.terms[0].span
        )
        return (*self.limits, raised)

    @property
    def following(self) -> tuple[str, ...]:
        """The names of all lines that follow from those of terms."""
        named = (*(one.name for one in self.limits), *(one.name for one in self.reserves))
        return (*named, MAXIMUM, CONTRACT_MAXIMUM, NEGATIVE_TOTAL, CARRIED)

    @property
    def gates(self) -> tuple[Limit, ...]:
        """Everything that looks at a result beside those that terms pay for."""
        back = (gate for one in self.reserves for gate, _ in one.back)
        return (*(one for one in self.limits if one.measure), *back)

    @property
    def order(self) -> tuple[str, ...]:
        """What is worked out, by the names of its lines, from the first to the last."""
        agreed = (MAXIMUM,) if any(one.maximum is not None for one in self.agreements) else ()
        whole = () if self.maximum is None else (CONTRACT_MAXIMUM,)
        held = (one.name for one in self.reserves)
        limits = (one.name for one in self.bounds)
        below = {CARRY: (CARRIED, NEGATIVE_TOTAL)}.get(self.negative_total, ())
        return (*(one.name for one in self.terms), *limits, *agreed, *whole, *held, *below)

    def is_phase_in(self, last: date) -> bool:
        """Whether a period that ends on a day is reported without consequence."""
        return self.phase_in_until is not None and last <= self.phase_in_until
