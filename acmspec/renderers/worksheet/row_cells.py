"""The cells of a row that the formula of a payment may read; how one is made of them is not known here."""

from acmspec.ground.calendar import Cycle
from acmspec.ground.node import node
from acmspec.renderers.worksheet.whole import Ratio, Whole, literal

_NOTHING, _ONE = Ratio(literal(0), literal(1)), Ratio(literal(1), literal(1))


@node
class OnCard:
    """A measure of a scorecard in a row: its result, whether that makes points, and whether its weight counts."""

    outcome: Ratio
    scores: Whole
    counts: Whole


@node
class Account:
    """What advances stand at, in cents: advanced and earned so far, recovered before, and 1 where it is settled now."""

    advanced: Whole = literal(0)
    earned: Whole = literal(0)
    recovered: Whole = literal(0)
    ends: Whole = literal(0)


@node
class Changed:
    """By how many steps a result is better than a prior one, and how many that has; `told` is 1 if that tells."""

    told: Whole
    better: Whole
    prior: Whole


@node
class Together:
    """What all periods of a term come to: events expected, how many better, and those of what was not paid for.

    All are whole numbers of a `unit` of an event.
    """

    expected: Whole = literal(0)
    better: Whole = literal(0)
    left: Whole = literal(0)
    unit: Whole = literal(1)


@node
class Row:
    """The cells of a row that a payment may depend on, as `settlement.evaluate.Environment` names them.

    `provider` is the provider's number, in a limit `scope` that of the scope and `deducted` what its lines of the day
    deduct; `first` is the period's first day, `before` the successes paid before in each longer stretch of time,
    `prior` what the result is held against to see whether it has improved, if there is anything. `amounts` are those
    of other terms, `taken` is what was taken for the period before, `in_a_row` for how many there was something to
    take. `scored` are the measures of a scorecard, `account` is that of advances. `base` is what is
    counted below the line of the result, `cohorts` are all periods of another term.
    """

    provider: Whole
    outcome: Ratio = _NOTHING
    successes: Ratio = _NOTHING
    fresh_share: Ratio = _ONE
    earned: Ratio = _NOTHING
    deducted: Ratio = _NOTHING
    scope: Whole = literal(0)
    first: Whole = literal(0)
    before: tuple[tuple[Cycle | None, Ratio], ...] = ()
    prior: Ratio = _NOTHING
    amounts: tuple[tuple[str, Ratio], ...] = ()
    taken: Ratio = _NOTHING
    in_a_row: Whole = literal(0)
    has_prior: Whole = literal(0)
    pooled: Ratio = _NOTHING
    scored: tuple[tuple[str, OnCard], ...] = ()
    account: Account = Account()
    base: Ratio = _ONE
    cohorts: Together = Together()

    def paid_before(self, every: Cycle | None) -> Ratio:
        """How many successes were paid before in a stretch of time; none before the period itself."""
        return dict(self.before).get(every, _NOTHING)
