"""At what lines of closed periods stand, whatever they would be now, and what they rested on; not who closed them."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from acmspec.ground.node import node
from acmspec.results.tree import Result, State
from acmspec.settlement.tree import Due, Line

AS_CERTIFIED = "as certified"
Key = tuple[str, str, str]
"""A provider, a term or limit, the name of a period."""


@node
class Rested:
    """What the result of a line was when the line was certified, and for how many successes it paid.

    `against` is what it was held against, None for nothing; empty where nobody knows, or it was not held against any.
    """

    state: str
    numerator: Fraction | None
    denominator: Fraction | None
    n: int
    disputed: int | None
    value: Fraction | None
    paid: Fraction | None
    against: tuple[Fraction | None, ...] = ()

    def instead_of(self, result: Result) -> Result:
        """The result as it was."""
        state = State(self.state)
        if state is State.VALUE and self.value is None:
            # It was paid on with the counts of the period before, and had too few of its own.
            state = State.TOO_FEW
        counted = (self.numerator, self.denominator, self.n, self.disputed)
        same = counted == (result.numerator, result.denominator, result.n, result.disputed)
        return replace(
            result,
            numerator=self.numerator,
            denominator=self.denominator,
            n=self.n,
            value=self.value,
            rounded=self.value,
            state=state,
            flags=(),
            immature=0,
            disputed=self.disputed,
            in_dispute=result.in_dispute if same else None,
            comparisons=tuple(replace(one, flags=()) for one in result.comparisons),
        )


@node
class Stands:
    """The amount at which a line stands, and what it rested on, None where nobody knows.

    `is_final` is whether nothing more will ever come of it, `paid` for how many successes it paid where only that is
    known of what it rested on.
    """

    amount: Fraction
    rested: Rested | None = None
    is_final: bool = True
    paid: Fraction | None = None


Standing = Mapping[Key, Stands]


def stood(due: Due, standing: Standing) -> Due:
    """A term's line at the amount at which it stands, or as it is."""
    stands = standing.get((due.line.provider, due.line.term, due.line.period))
    if stands is None:
        return due
    return replace(due, line=as_certified(due.line, stands.amount), waits=due.waits and not stands.is_final)


def as_certified(line: Line, amount: Fraction) -> Line:
    """A line at another amount."""
    return replace(line, amount=amount, basis=AS_CERTIFIED, derivation=(AS_CERTIFIED,))
