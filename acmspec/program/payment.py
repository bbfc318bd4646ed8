"""What is owed, as a small core of expressions over one result, which knows no kind and no number yet.

The same nodes are evaluated on numbers and on intervals. Every incentive kind is lowered to this; nothing after it
hears of kinds.
"""

from dataclasses import field
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span

SPREAD, NO_POINTS, AS_REPORTED = "spread over the others", "no points", "score as reported"
"""What a measure on a scorecard may lead to besides waiting: its weight is left out, or counts; a dispute, for nothing.
"""


@node
class Fixed:
    """A sum of money or a number."""

    amount: Fraction


@node
class ByProvider:
    """An amount that agreements may override for their provider."""

    shared: Fraction
    own: tuple[tuple[str, Fraction], ...]


@node
class Outcome:
    """The measure's value, as rounded and printed."""


@node
class Each:
    """Whose successes are told apart, and how many are paid for each of them in a stretch of time at most."""

    entity: Located[str]
    most: tuple[tuple[Cycle | None, Fraction], ...]
    one: str = "success"
    many: str = "successes"


@node
class Successes:
    """How many successes of this period are paid: all, or with `once_per` those due and not paid before.

    No more than what is left of `most`, each a number for a stretch of time (None for the whole term), and for `each`.
    `first` is whether only the first of the term is ever paid, so that one for which nothing is due uses the number up.
    """

    most: tuple[tuple[Cycle | None, Fraction], ...] = ()
    each: Each | None = None
    first: bool = False


@node
class FreshShare:
    """The part of the window's successes that is due and not yet paid; 1 without `once_per`, 0 if there is none."""


@node
class Earned:
    """In a limit: what its terms have come to in its scope so far."""


@node
class Times:
    """A product."""

    left: "Payment"
    right: "Payment"


@node
class Stepped:
    """Successes, each at the price of its number; the numbers go on from those paid before in the stretch `every`.

    Each of `steps` is the number above which its price holds; the first is 0.
    """

    of: Successes
    steps: tuple[tuple[Fraction, "Payment"], ...]
    every: Cycle | None


@node
class Least:
    """The smaller of two."""

    left: "Payment"
    right: "Payment"


@node
class Most:
    """The greater of two."""

    left: "Payment"
    right: "Payment"


@node
class Since:
    """An amount that changes on stated days: that of the last of them which is not after the period's first day.

    The first step holds from the beginning, whatever its day.
    """

    steps: tuple[tuple[date, "Payment"], ...]


@node
class Band:
    """From `first` (counted, None for no lower end) to `below` (not counted, None for no upper end).

    `follows` is a consequence without money.
    """

    first: Fraction | None
    below: Fraction | None
    pays: "Payment"
    label: str
    span: Span = field(compare=False, repr=False)
    follows: str = ""


@node
class Bands:
    """A step table: the payment of the band that holds the value of `of`."""

    of: "Payment"
    bands: tuple[Band, ...]


@node
class End:
    """One end of a ramp: the value it lies at, what is paid there, and the value in words."""

    at: Fraction
    pays: Fraction
    label: str


@node
class Ramp:
    """What lies evenly between two ends by the value of `of`; beyond an end, what is paid at it."""

    of: "Payment"
    lower: End
    upper: End


@node
class Beyond:
    """How many units a value lies beyond a point, above it where it `rises` and else below; none on the other side.

    `unit` is how much one of them is; `label` is the point in words.
    """

    of: "Payment"
    point: Fraction
    unit: Fraction
    rises: bool
    label: str
    one: str = "unit"
    many: str = "units"


@node
class Compared:
    """What a benchmark of the measure came to for the same provider and period, as rounded, if it came to anything."""

    benchmark: str


@node
class Change:
    """How much better a result is than what a benchmark came to, as a part of that; below zero where it is worse.

    Results `rise` where higher is better. Where the benchmark came to nothing, to zero or to less than `least`, so that
    rounding moves the change too much, there is none. `in_percent` is how results are printed.
    """

    prior: Compared
    least: Fraction
    rise: bool
    in_percent: bool = False


@node
class Gained:
    """How many events more or fewer there are than a benchmark lets expect, by how much better the result is than that.

    Where it is a `rate`, the difference is one for each that is counted below the line. None where it is worse.
    """

    prior: Compared
    rise: bool
    rate: bool


@node
class Together:
    """How much better all periods of the term `of` came out together than was expected of them, as a part of that."""

    of: str


@node
class Unpaid:
    """How many events more or fewer than expected there are in the periods of the term `of` that were not paid for.

    None where they came out worse together.
    """

    of: str


@node
class Amounts:
    """What some other terms came to for the same provider and period, before all limits."""

    terms: tuple[str, ...]


@node
class Part:
    """A part of an amount."""

    share: Fraction
    of: "Payment"


@node
class Taken:
    """What is taken: an amount as one below zero, and nothing where it is itself below zero."""

    of: "Payment"


@node
class Repeated:
    """What is taken, times the factor of how many periods in a row something would have been, this one included.

    Each of `factors` is the number of periods from which on it holds; the first is 1.
    """

    of: "Payment"
    factors: tuple[tuple[Fraction, Fraction], ...]


@node
class TakenBefore:
    """What the term took for the period right before this one, 0 where it took nothing; `most` bounds it."""

    most: "Payment"


@node
class Pooled:
    """A part of what all providers divide for a period, in proportion to each one's `claim`.

    With `prizes`, those with a claim get them by the place of their results, which `rise` where higher is better.
    """

    claim: "Payment"
    pool: Fraction
    prizes: tuple[Fraction, ...]
    rise: bool


@node
class Improved:
    """A step table in which a result that has gained enough on a prior one counts as `credited`, unless it is better.

    Results `rise` where higher is better. Without a prior result, nothing is credited.
    """

    table: Bands
    prior: Fixed | Compared
    gain: Fraction
    credited: Fraction
    rise: bool


@node
class Recovered:
    """What is recovered of `advances`: as much as the terms `of` came to in the stretch `every` so far, less what was.

    When the stretch ends, or the period that holds the day `until`, so is `most` of the rest, None for all of it.
    """

    advances: str
    of: tuple[str, ...]
    every: Cycle | None
    most: Fraction | None
    until: date | None


@node
class Scored:
    """A measure on a scorecard: its weight, and its points by its result (the `Outcome` in them)."""

    measure: str
    weight: Fraction
    points: "Payment"


@node
class Score:
    """The points of some measures times their weights; over the weights of those that count, where some do not."""

    of: tuple[Scored, ...]


Payment = (
    Fixed | ByProvider | Since | Outcome | Successes | FreshShare | Earned | Times | Stepped | Least | Most
    | Bands | Ramp | Beyond | Improved | Amounts | Part | Taken | Repeated | TakenBefore | Pooled | Score
    | Recovered | Change | Gained | Together | Unpaid
)  # fmt: skip


DEDUCT_MOST = "deduct the most"
"""A consequence of data that are missing, where a term takes: the most that it can take for one period."""


@node
class Term:
    """One payment term: for each provider and period of a measure, an amount, and what each state leads to.

    `measure` is None where the amount rests on no result, so that no state arises, and where it rests on those of
    several measures together, which are then `scored`. `together` is whether what is paid once is so under
    all terms `of` the same name.
    `on` holds a consequence for each of undefined, too_few, immature, missing and disputed.
    `once_per` is the entity whose success is paid once ever under this term, by provider. `of` is the name of the term
    in the spec, where that is several here.
    `takes` says whether its lines may be less than zero; else an amount below zero comes to nothing.
    """

    name: str
    kind: str
    measure: str | None
    every: Cycle
    amount: Payment
    on: tuple[tuple[str, str], ...]
    once_per: str | None
    parameters: object = field(compare=False)
    span: Span = field(compare=False, repr=False)
    of: str = ""
    takes: bool = False
    scored: tuple[str, ...] = ()
    together: bool = False

    @property
    def written(self) -> str:
        """The name of the term in the spec."""
        return self.of or self.name

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The measures whose results decide what it comes to."""
        return self.scored if self.measure is None else (self.measure,)


@node
class Limit:
    """A bound on what some terms come to in a scope; `bound` is an expression over `Earned`.

    `by_provider` False takes all providers together; `every` None is the whole term. `at_end` applies it once,
    when the scope's last period is settled (a floor), else after each period (a cap).

    Where a `measure` is named, the provider's result for the very period decides (a gate): it is the `Outcome` of the
    bound, and `on` holds a consequence for each state in which there is none. `place` is that in the author's list.
    """

    name: str
    kind: str
    over: tuple[str, ...]
    by_provider: bool
    every: Cycle | None
    bound: Payment
    at_end: bool
    text: str
    parameters: object = field(compare=False)
    span: Span = field(compare=False, repr=False)
    measure: str = ""
    on: tuple[tuple[str, str], ...] = ()
    place: int = 0
