"""What is owed and why, line by line, to the cent; nothing of pages."""

from collections.abc import Callable
from fractions import Fraction

from acmspec.ground.node import node


@node
class Line:
    """One payment line. `amount` is a whole number of cents as a fraction of the currency; a limit has its own lines.

    `state` is the state of the result behind the line, empty for a limit. `basis` says in one phrase what the
    amount follows from; `derivation` says it step by step.
    """

    provider: str
    period: str
    term: str
    state: str
    basis: str
    amount: Fraction
    derivation: tuple[str, ...]


@node
class Settlement:
    """All lines: by period, then the author's order of terms and limits, then of agreements."""

    lines: tuple[Line, ...]

    def total(self) -> Fraction:
        """The sum of all lines."""
        return sum((one.amount for one in self.lines), Fraction(0))

    def by_provider(self) -> tuple[tuple[str, Fraction], ...]:
        """Each provider's sum, in the order they first appear."""
        return self._sums(lambda line: line.provider)

    def by_term(self) -> tuple[tuple[str, Fraction], ...]:
        """Each term's or limit's sum, in the order they first appear."""
        return self._sums(lambda line: line.term)

    def _sums(self, part: Callable[[Line], str]) -> tuple[tuple[str, Fraction], ...]:
        sums: dict[str, Fraction] = {}
        for one in self.lines:
            sums[part(one)] = sums.get(part(one), Fraction(0)) + one.amount
        return tuple(sums.items())
