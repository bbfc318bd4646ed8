"""What the payments of one term and provider rest on, and what is remembered of them for later periods; no amount."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle
from acmspec.ground.exact import total
from acmspec.ground.node import node
from acmspec.program.counting import counts_records, numerator_is_part
from acmspec.program.rounding import rounded
from acmspec.program.tree import Measure
from acmspec.results.tree import InDispute, State
from acmspec.settlement.counts_in_dispute import ends, ends_known
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
    doubtful: Fraction = _ZERO
    """How many of the successes that are paid once are left out, as they are in dispute."""
    carried: tuple[Fraction, Fraction] | None = None
    amounts: tuple[tuple[str, Fraction], ...] = ()
    """What the successes of each come to, where they are told apart and not paid once."""
    named: Fraction = _ZERO
    """What the successes that say whose they are come to."""
    in_dispute: InDispute | None = None
    """What the records in dispute come to as they count, None where nobody is or it can't be told."""

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


def together(own: Counts, carried: Counts) -> InDispute | None:
    """What the records in dispute of two periods come to; None where of one of them it can't be told."""
    if any(one.disputed != 0 and one.in_dispute is None for one in (own, carried)):
        return None
    found = [one.in_dispute for one in (own, carried) if one.in_dispute is not None]
    if not found:
        return None
    return InDispute(total(one.above for one in found), total(one.of for one in found), sum(one.n for one in found))


def ways(counts: Counts, measure: Measure) -> Iterator[Counts]:
    """The ends of what a result can be when each record in dispute is a success, is none, or does not count."""
    disputed, known = counts.disputed or 0, counts.in_dispute
    if counts.denominator is None:
        yield from _of_a_number(counts, measure, disputed)
        return
    part, above = numerator_is_part(measure.formula), counts.numerator or _ZERO
    if part and known is not None:
        found, doubtful = ends_known(above, counts.denominator, (known.above, known.of), disputed), known.above
    else:
        found, doubtful = ends(above, counts.denominator, disputed, part=part), Fraction(disputed)
    for kept, of in found:
        judged = of if counts_records(measure.formula) else counts.n - disputed
        state = State.VALUE if of and judged >= measure.minimum else State.TOO_FEW
        exact = None if not of else rounded(kept / of, measure.formula.type, measure.decimals)
        yield replace(counts, numerator=kept, denominator=of, value=exact, doubtful=doubtful, state=state)


def _of_a_number(counts: Counts, measure: Measure, disputed: int) -> Iterator[Counts]:
    """The same of a number of records: as it is, without those in dispute, and with all of them."""
    known, value = counts.in_dispute, counts.value or _ZERO
    lost, n = (Fraction(disputed), disputed) if known is None else (known.above, known.n)
    most = value + disputed if known is None else value - lost + disputed
    state = State.VALUE if counts.n - n >= measure.minimum else State.TOO_FEW
    for way in (value, max(_ZERO, value - lost), most):
        yield replace(counts, value=way, doubtful=lost, state=state)
