"""What the program stage needs of a kind on a shelf: its meaning in the core."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Protocol

from acmspec.ground.calendar import Cycle
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.ground.source import Located, Span
from acmspec.program.payment import Payment
from acmspec.program.tree import Benchmark, Group
from acmspec.program.types import Type
from acmspec.spec.ports import Parameters, ShapedKind, ShapedLimit, Shelves
from acmspec.spec.practice import FormulaText, Name

LEFT_OUT = "left out for an error of its own"
"""The label of what is found at the name of an earlier term with an error: that one was said, and this is not."""


@node
class Earlier:
    """A term that is worked out before another: its name in the payments and in the spec, its periods, if it takes."""

    name: str
    written: str
    every: Cycle
    takes: bool


@node
class MeasureContext:
    """What a kind may know of the measure it belongs to.

    `convert` turns an amount an author wrote into a number of the measure's type, or reports a wrong unit
    (a share against `65`, money against a percentage) and gives None. `figure` gives the price that a figure states,
    by provider and time, under those that agreements set. `before` are the terms that stand before `term`,
    `index` gives the values of a figure by time, with the first day of each. `several` are those of all metrics that a
    kind looks at together, in its order, and `without` what is declared for those that have no result. `last` is the
    last day of the contract. `held_against` are the benchmarks of a metric that is paid for, with what they come to.
    `left_out` are the terms before `term` that have an error of their own, which was reported. `own_targets` is where
    agreements state their provider's target of the metric, and the path of that place.
    """

    name: str
    formula: Group
    type: Type
    better: str
    decimals: int
    overlaps: bool
    once_per: bool
    own_prices: tuple[tuple[str, Fraction], ...]
    convert: Callable[[Located[Amount]], Outcome[Fraction]]
    every: Cycle
    benchmarks: tuple[str, ...]
    figure: Callable[[Name, tuple[tuple[str, Fraction], ...]], Outcome[Payment]]
    term: str = ""
    before: tuple[Earlier, ...] = ()
    index: Callable[[Name], Outcome[tuple[tuple[date, Fraction], ...]]] | None = None
    several: tuple["MeasureContext", ...] = ()
    without: frozenset[str] = frozenset()
    last: date | None = None
    held_against: tuple[Benchmark, ...] = ()
    left_out: frozenset[str] = frozenset()
    own_targets: tuple[tuple[str, Span, str], ...] = ()


@node
class NoResult:
    """What a kind is measured by that pays whatever the results are."""


@node
class Several:
    """What a kind is measured by that looks at the results of several metrics together."""

    metrics: tuple[Name, ...]


class BenchmarkKind(ShapedKind, Protocol):
    """A benchmark kind's meaning: the group expression a result is compared with."""

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Group]:
        """The comparator, evaluated for the same group as the result."""


class TermKind(ShapedKind, Protocol):
    """An incentive kind's meaning: the measure it looks at and the payment that follows."""

    def measured_by(self, parameters: Parameters) -> Name | FormulaText | Several | NoResult | None:
        """The metric or metrics it names, or the formula of an outcome of its own; None where the author gave none."""

    def lower(self, parameters: Parameters, context: MeasureContext) -> Outcome[Payment]:
        """What is owed for one provider and period."""

    @property
    def priced(self) -> bool:
        """Whether agreements may give their provider an own price for it."""


class LimitKind(ShapedLimit, Protocol):
    """A limit kind's meaning: a payment expression over `Earned`, and over the result of a metric if it names one."""

    def decided_by(self, bound: Parameters) -> Name | None:
        """The metric whose result for the period decides; None where only what was earned does."""

    def lower(self, bound: Parameters, context: MeasureContext | None) -> Outcome[Payment]:
        """What the terms may come to; `context` is of the metric it names."""

    def consequences(self, bound: Parameters) -> tuple[tuple[str, str], ...]:
        """What each state without a result leads to; nothing without a metric."""

    @property
    def at_end(self) -> bool:
        """Whether it applies once, when its scope ends, instead of after each period."""


class ReserveKind(ShapedLimit, Protocol):
    """A kind that holds back a share of what is due, and pays it when its time is over, as far as it was earned."""

    def share(self, parameters: Parameters) -> Fraction:
        """The share held back of each line."""

    def decided_by(self, parameters: Parameters) -> tuple[tuple[Name, Fraction], ...]:
        """The metrics that decide what is earned back, each with its weight; all is paid where there is none."""

    def lower(self, parameters: Parameters, at: int, context: MeasureContext) -> Outcome[Payment]:
        """What of the part of one metric (`Earned`) is earned back."""

    def consequences(self, parameters: Parameters) -> tuple[tuple[str, str], ...]:
        """What each state without a result leads to; nothing without a metric."""


Kinds = Shelves[BenchmarkKind, TermKind, LimitKind, ReserveKind]
