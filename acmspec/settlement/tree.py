"""What is owed and why, line by line, to the cent; nothing of pages."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.settlement.evaluate import Environment

PHASE_IN = "phase-in"
PART_UNKNOWN = "disputed, part unknown"
OTHERS_WAIT = "others wait"
FEE = "no result needed"
NOT_OVER = "period not over"
UNSCORED = "nothing to score"
OPEN, CLOSED = "more may follow", "settled before"
"""Standings beside states and flags: a time without consequences; a dispute whose part nobody can tell; what rests on
no result, and the same before its period is over; a scorecard of which no measure counts; what is recovered of
advances while some of what they are set off against waits, and once they are settled."""


@node
class Measured:
    """One of several results that a line rests on: its `standing`, what that leads to, and its counts and value.

    What is `paid` on counts with its points, what is `counted` with its weight.
    """

    measure: str
    standing: str
    consequence: str
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    paid: bool
    counted: bool


@node
class Counted:
    """What a line of a term rests on, in numbers, so that it can be worked out again.

    `standing` is what its consequence follows from: a state, a flag or one of those above. The counts are those that
    are paid on, with what was `carried` to them from the period before. `value` is the result as rounded. `at` is what
    the payment was evaluated on, None where nothing was.
    """

    standing: str
    numerator: Fraction | None
    denominator: Fraction | None
    carried: tuple[Fraction, Fraction] | None
    n: int
    value: Fraction | None
    at: Environment | None
    fresh: frozenset[str] = frozenset()
    """Whose successes are paid for now, where they are told apart."""
    each: tuple[tuple[str, Fraction, Fraction], ...] = ()
    """Of each whose successes are told apart and not paid once: what they come to, and for how much of it is paid."""
    measured: tuple[Measured, ...] = ()
    """The results of several measures, where the line rests on those together."""
    paid: Fraction | None = None
    """For how many successes it pays, where that counts in later periods."""


@node
class Line:
    """One payment line. `amount` is a whole number of cents as a fraction of the currency; a limit has its own lines.

    `state` is the state of the result behind the line, empty where there is none, as for a limit or a fee. `basis` says
    in one phrase what the amount follows from; `derivation` says it step by step, `counted` in numbers (None for a
    limit). `last` is the last day of the period, and `waits` whether more may come of the line once its result settles.
    """

    provider: str
    period: str
    term: str
    state: str
    basis: str
    amount: Fraction
    derivation: tuple[str, ...]
    counted: Counted | None = None
    last: date = date.min
    waits: bool = False


@node
class Due:
    """A term's line with what limits need: whose agreement (by its place), which period, and whether more may come."""

    agreement: int
    term: int
    period: Period
    line: Line
    waits: bool


@node
class Step:
    """The periods that end on one day: the lines of terms, then those of limits and maximums over them.

    `left` is what each of the `dues` comes to after limits and maximums, before anything of it is held back. `known`
    are the lines as they would be by what is known now, where some stand at other amounts.
    """

    day: date
    dues: tuple[Due, ...]
    changes: tuple[Line, ...]
    left: tuple[Fraction, ...] = ()
    known: tuple[Line, ...] = ()


@node
class Settlement:
    """All lines: by period, then the author's order of terms and limits, then of agreements; and the same in steps."""

    lines: tuple[Line, ...]
    steps: tuple[Step, ...] = ()

    @property
    def known(self) -> tuple[Line, ...]:
        """The lines as they would be by what is known now, each where the others stand as they do."""
        return tuple(line for step in self.steps for line in step.known)

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
