"""What the payments of one term and provider rest on, and what is remembered of them for later periods; no amount."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.program.counting import counts_records, numerator_is_part
from acmspec.program.tree import Measure
from acmspec.results.printed import rounded
from acmspec.results.tree import State
from acmspec.settlement.counts_in_dispute import ends
from acmspec.settlement.evaluate import Environment
from acmspec.settlement.persons import Persons
from acmspec.settlement.tree import Counted, Line

_ZERO = Fraction(0)


@node
class Counts:
    """What a payment rests on, of one period or of two joined.

    `entities` are its successes where each is paid once, `payable` those of them that fall into the days that are paid.
    `disputed` is how many records are in dispute, None where it can't be told.
    """

    numerator: Fraction | None
    denominator: Fraction | None
    n: int
    entities: frozenset[str]
    payable: frozenset[str]
    value: Fraction | None
    state: State
    joined: str = ""
    disputed: int | None = 0
    doubtful: int = 0
    """How many of the successes that are paid once are left out, as they are in dispute."""
    carried: tuple[Fraction, Fraction] | None = None
    amounts: tuple[tuple[str, Fraction], ...] = ()
    """What the successes of each come to, where they are told apart and not paid once."""
    named: Fraction = _ZERO
    """What the successes that say whose they are come to."""

    def counted(self, standing: str, at: Environment | None = None) -> Counted:
        """The same for whoever works it out again."""
        return Counted(standing, self.numerator, self.denominator, self.carried, self.n, self.value, at)


@dataclass(slots=True)
class Account:
    """What is remembered from one period to the next: who was paid for, and counts carried forward.

    `day` and `last` are the ends of the period at hand; `counted` is how many successes were paid in each stretch,
    `compared` what benchmarks came to in the period, `bases` the lines that the amount is worked out from. `in_a_row`
    is for how many periods up to the one before there was something to take, `taken` what was taken for that one.
    `waiting` is the first earlier period of which more may come, empty if there is none.
    """

    since: date = date.min
    paid: set[str] = field(default_factory=set)
    carried: Counts | None = None
    carried_from: str = ""
    day: date = date.min
    last: date = date.min
    counted: dict[tuple[Cycle | None, str], Fraction] = field(default_factory=dict)
    compared: tuple[tuple[str, Fraction], ...] = ()
    bases: tuple[Line, ...] = ()
    in_a_row: int = 0
    taken: Fraction = _ZERO
    waiting: str = ""
    persons: Persons = field(default_factory=Persons)

    def apart(self) -> "Account":
        """The same, to which nothing is added by what is remembered in the other."""
        return replace(self, paid=set(self.paid), counted=dict(self.counted), persons=self.persons.apart())


def ways(counts: Counts, measure: Measure) -> Iterator[Counts]:
    """The ends of what a result can be when each record in dispute counts as it does, otherwise, or not at all."""
    doubtful = counts.disputed or 0
    if counts.denominator is None:
        value = counts.value or _ZERO
        state = State.VALUE if counts.n - doubtful >= measure.minimum else State.TOO_FEW
        for way in (value, max(_ZERO, value - doubtful), value + doubtful):
            yield replace(counts, value=way, doubtful=doubtful, state=state)
        return
    part = numerator_is_part(measure.formula)
    for kept, of in ends(counts.numerator or _ZERO, counts.denominator, doubtful, part=part):
        judged = of if counts_records(measure.formula) else counts.n - doubtful
        state = State.VALUE if of and judged >= measure.minimum else State.TOO_FEW
        exact = None if not of else rounded(kept / of, measure.formula.type, measure.decimals)
        yield replace(counts, numerator=kept, denominator=of, value=exact, doubtful=doubtful, state=state)
