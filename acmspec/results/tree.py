"""Values, states and comparisons: what a contract says of each metric, period and group; nothing of money or pages."""

from datetime import date
from enum import Enum
from fractions import Fraction

from acmspec.facts.tree import Success, TableQuality
from acmspec.ground.calendar import Period
from acmspec.ground.node import node
from acmspec.program.gap import Gap
from acmspec.program.tree import Left, Measure


class State(Enum):
    """The closed list of what a result can be. *Met* is a comparison, not a state."""

    VALUE = "value"
    UNDEFINED = "undefined"
    TOO_FEW = "too_few"
    IMMATURE = "immature"
    MISSING = "missing"


PROVISIONAL = "provisional"
DISPUTED = "disputed"
NOT_RECEIVED = "not received"
"""Flags: the data is not complete yet; a record is in dispute; what a result is held against is missing itself."""


@node
class Comparison:
    """A result against one benchmark.

    `met` is None where there is nothing to compare; `sure` is whether the exact 95% Wilson interval leaves the
    benchmark outside (None where there is no interval). `flags` say why what a measured benchmark came to may change:
    its own data is not complete or did not come, its records have to mature, or a record behind it is in dispute.
    """

    benchmark: str
    against: Fraction | None
    printed: str
    met: bool | None
    sure: bool | None
    flags: tuple[str, ...] = ()


@node
class InDispute:
    """What the records in dispute come to as they count now: in the numerator or number, the denominator, and `n`."""

    above: Fraction
    of: Fraction
    n: int


@node
class Result:
    """One metric in one period and group.

    `numerator` and `denominator` count judged records only, also where the state allows no value; `value` is
    exact and None unless the state is VALUE; `rounded` is `value` at the metric's decimals, exact, and
    `printed` its text ("54.8%"). `matures` is the data date from which an immature result can be judged.
    `group` holds one value a dimension, None for a missing one. `rests_on` is how many records the value rests on
    (what a share is of, those with a recorded number), None where nobody said and `n` is all there is.

    `gaps` say why something could not be told of records, and of how many; a record with several gaps counts in each.
    `left_out` says for which reason, the first that is true, how many records were left out. `parts` are the parts of
    the numerator in the author's order, None where data is missing or a part's own windows are not over. `because` says
    why a result is missing, one reason an item. `disputed` is how many of the records measured are in dispute, None
    where it can't be told which ones a dispute bears on, `in_dispute` what these come to, None where nobody can tell.
    """

    period: Period
    breakdown: tuple[str, ...]
    group: tuple[str | None, ...]
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    rounded: Fraction | None
    printed: str
    state: State
    flags: tuple[str, ...]
    immature: int
    unjudged: int
    n: int
    matures: date | None
    comparisons: tuple[Comparison, ...]
    rests_on: Fraction | None = None
    gaps: tuple[tuple[Gap, int], ...] = ()
    because: tuple[str, ...] = ()
    left_out: tuple[tuple[Left, int], ...] = ()
    parts: tuple[tuple[str, Fraction | None], ...] = ()
    disputed: int | None = 0
    in_dispute: InDispute | None = None

    def comparison(self, benchmark: str) -> Comparison | None:
        """The comparison with a benchmark, None if the metric has none of that name."""
        return next((one for one in self.comparisons if one.benchmark == benchmark), None)


@node
class MeasureResults:
    """All results of one measure: by period, then breakdown in the author's order, then group."""

    measure: Measure
    results: tuple[Result, ...]

    def of(self, *breakdown: str) -> tuple[Result, ...]:
        """The results of one breakdown (of all records, without arguments), in order of period and group."""
        return tuple(one for one in self.results if one.breakdown == breakdown)


@node
class Results:
    """The results of all measures, metrics first, and the quality of the data they rest on."""

    data_date: date
    measures: tuple[MeasureResults, ...]
    successes: tuple[tuple[str, Period, tuple[Success, ...]], ...]
    """Term, window, and the successes in it by provider, in order, for the terms that tell entities apart."""
    tables: tuple[TableQuality, ...]
    checks: tuple[MeasureResults, ...] = ()
    """The results of the referral's checks, in the author's order."""

    @property
    def metrics(self) -> tuple[MeasureResults, ...]:
        """The results of the spec's own metrics, in the author's order."""
        return tuple(one for one in self.measures if one.measure.is_metric)
