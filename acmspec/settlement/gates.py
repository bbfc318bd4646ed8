"""Whether the result that a limit depends on opens it for a provider and period, and in which words; no sums."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import period_of
from acmspec.ground.node import node
from acmspec.program.payment import Limit
from acmspec.program.tree import Measure, Program
from acmspec.results.tree import DISPUTED, PROVISIONAL, Result, Results, State
from acmspec.settlement.derivation import phrases
from acmspec.settlement.evaluate import Environment, evaluate

PAYS = frozenset({"pay", "pay as reported"})
_WHAT = {
    "nothing": "nothing is due",
    "wait": "waits",
    "withhold until received": "withheld until received",
    "withhold until resolved": "withheld until resolved",
}
WAITS = frozenset(_WHAT) - {"nothing"}
_ZERO = Fraction(0)
WHY = {
    State.UNDEFINED.value: "nobody to measure",
    State.TOO_FEW.value: "too few records",
    State.IMMATURE.value: "records not yet mature",
    State.MISSING.value: "data not received",
    DISPUTED: "records are in dispute",
}


@node
class Decision:
    """What the terms may come to, why (in one phrase, and as a step of the derivation), and whether it may change.

    `back` is whether what is above what they came to goes to the lines below zero.
    """

    bound: Fraction
    why: str
    step: str
    waits: bool = False
    back: bool = False


class Gates:
    """The results that decide, found by metric, provider and the last day of their period."""

    __slots__ = ("_program", "_results")

    def __init__(self, program: Program, results: Results) -> None:
        deciding = {one.measure for one in program.payments.gates}
        self._program = program
        self._results = {
            (of.measure.name, provider, day): result
            for of in results.measures
            if of.measure.name in deciding
            for provider, day, result in _own(program, of.measure, of.results)
        }

    def decide(self, limit: Limit, provider: str, day: date, earned: Fraction) -> Decision:
        """What a provider's terms may come to in the period that ends on a day; in the phase-in all of it."""
        paid = self._program.payments
        if paid.is_phase_in(day):
            why = f"phase-in until {paid.phase_in_until}: without consequence"
            return Decision(earned, why, why)
        measure = self._program.measure(limit.measure)
        result = self._results.get((limit.measure, provider, day))
        if result is not None and PROVISIONAL in result.flags and result.state is not State.MISSING:
            why = f"waits until the data of {measure.title} is complete through {result.period.last}"
            return Decision(_ZERO, why, why, waits=True)
        state = State.MISSING.value if result is None else result.state.value
        disputed = result is not None and result.disputed != 0
        if result is None or result.rounded is None or (disputed and dict(limit.on)[DISPUTED] not in PAYS):
            key = DISPUTED if disputed and state == State.VALUE.value else state
            what = dict(limit.on)[key]
            why = f"{measure.title}: {WHY[key]}: {_WHAT.get(what, what)}"
            return Decision(earned if what in PAYS else _ZERO, why, why, waits=what in WAITS)
        at = Environment(provider=provider, outcome=result.rounded, earned=earned)
        why = "; ".join((f"{measure.title}: {result.printed}", *phrases(limit.bound, at, self._program.currency)))
        return Decision(evaluate(limit.bound, at), why, why)


def _own(program: Program, measure: Measure, results: tuple[Result, ...]) -> Iterator[tuple[str, date, Result]]:
    """The results of providers, each with the last day of its whole period."""
    path = next((row[0].path for row in measure.breakdowns if len(row) == 1 and row[0].is_provider), None)
    for one in results:
        period = period_of(one.period.last, measure.every, program.fiscal_starts)
        if one.breakdown == (path,) and one.group[0] is not None and period is not None:
            yield one.group[0], period.last, one
