"""The lines of a term that rests on several results: each one's points, their weighted sum, and what follows from it.

A measure without a result waits, counts with no points, or leaves its weight to the others, as is declared for its
state.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from acmspec.ground.calendar import Period, period_of, periods
from acmspec.ground.exact import significant
from acmspec.ground.node import node
from acmspec.program.paid_periods import agreement_at
from acmspec.program.payment import AS_REPORTED, NO_POINTS, SPREAD, Score, Scored, Term
from acmspec.program.payment_parts import score_of
from acmspec.program.tree import Measure, Program
from acmspec.results.printed import plain, printed
from acmspec.results.tree import DISPUTED, PROVISIONAL, Result, Results, State
from acmspec.settlement.bases import bases_of
from acmspec.settlement.derivation import arithmetic, phrases, rounding
from acmspec.settlement.evaluate import Environment, evaluate, points_of
from acmspec.settlement.gates import WHY
from acmspec.settlement.own_results import own_results
from acmspec.settlement.split import to_the_cent
from acmspec.settlement.terms import WAIT, WITHHOLD
from acmspec.settlement.tree import PHASE_IN, UNSCORED, Counted, Due, Line, Measured

PAYS = "pay"
_ZERO, _PERCENT = Fraction(0), 100
_NOBODY = "no measure counts: nothing is due"


@node
class ScoreDesk:
    """One scorecard and provider. `worked_out` gives the lines of terms before this one, as `TermDesk` has them."""

    program: Program
    place: int
    term: Term
    provider: str
    worked_out: Mapping[tuple[str, str, date], Due]

    def dues(self, results: Results) -> Iterator[Due]:
        """A line for each whole period for which any of the measures has a result."""
        measures, program = self.program.measures_of(self.term), self.program
        found: dict[tuple[str, date], Result] = {}
        for measure in measures:
            for one in own_results(results, measure, self.provider):
                period = period_of(one.period.last, measure.every, program.fiscal_starts)
                if period is not None:
                    found[measure.name, period.last] = one
        for period in periods(self.term.every, program.first, program.last, program.fiscal_starts):
            agreement = agreement_at(program, self.provider, period)
            own = {one.name: found.get((one.name, period.last)) for one in measures}
            if agreement is not None and any(own.values()):
                line, waits = self._line(period, [self._measured(one, own[one.name]) for one in measures])
                yield Due(agreement, self.place, period, line, waits)

    def _measured(self, measure: Measure, result: Result | None) -> Measured:
        """What a result stands at, and what that leads to."""
        if result is None:
            standing, what = State.MISSING.value, dict(self.term.on)[State.MISSING.value]
            return Measured(measure.name, standing, what, None, None, None, False, what == NO_POINTS)
        standing, what = result.state.value, PAYS
        if PROVISIONAL in result.flags and result.state is not State.MISSING:
            standing, what = PROVISIONAL, WAIT
        elif result.state is not State.VALUE:
            what = dict(self.term.on)[standing]
        elif result.disputed != 0:
            standing, what = DISPUTED, dict(self.term.on)[DISPUTED]
        pays = what in {PAYS, AS_REPORTED}
        value = result.rounded if pays else None
        counts = (result.numerator, result.denominator)
        return Measured(measure.name, standing, what, *counts, value, pays, pays or what == NO_POINTS)

    def _line(self, period: Period, measured: list[Measured]) -> tuple[Line, bool]:
        paid = self.program.payments
        if paid.is_phase_in(period.last):
            why = f"phase-in until {paid.phase_in_until}: reported without consequence"
            return self._nothing(period, PHASE_IN, (why,), measured), False
        waiting = [one for one in measured if one.consequence == WAIT or one.consequence in WITHHOLD]
        if waiting:
            return self._nothing(period, waiting[0].standing, tuple(map(self._said, waiting)), measured), True
        bases = bases_of(self.term, self.provider, period, self.worked_out)
        base = next((one for one in bases if one.waits), None)
        if base is not None:
            return self._nothing(period, PROVISIONAL, (f"waits for “{base.term}”",), measured), True
        if not any(one.counted for one in measured):
            return self._nothing(period, UNSCORED, (*map(self._said, measured), _NOBODY), measured), False
        amounts = tuple((one.term, one.amount) for one in bases)
        return self._paid(period, measured, amounts), False

    def _paid(self, period: Period, measured: list[Measured], amounts: tuple[tuple[str, Fraction], ...]) -> Line:
        scored = tuple((one.measure, one.value) for one in measured if one.counted)
        at = Environment(provider=self.provider, day=period.first, amounts=amounts, scored=scored)
        exact, currency, score = evaluate(self.term.amount, at), self.program.currency, score_of(self.term.amount)
        amount, said = max(_ZERO, to_the_cent(exact)), phrases(self.term.amount, at, currency)
        if score is None:
            raise ValueError(f"the term {self.term.name} rests on several results and has no score")
        steps = (
            *(self._points(one, measured, at) for one in score.of),
            _sum(score, at),
            *said,
            f"{arithmetic(self.term.amount, at, currency)} = {rounding(exact, amount, currency)}",
        )
        left = tuple(self._said(one) for one in measured if not one.paid)
        basis = "; ".join((_sum(score, at), *said, *left))
        return self._of(period, State.VALUE.value, basis, amount, steps, self._counted(State.VALUE.value, measured, at))

    def _points(self, one: Scored, measured: list[Measured], at: Environment) -> str:
        """A measure's result, its points and its weight."""
        own = next(each for each in measured if each.measure == one.measure)
        if not own.paid:
            return self._said(own)
        measure = self.program.measure(one.measure)
        text = printed(own.value or _ZERO, measure.formula.type, measure.decimals, self.program.currency)
        of = ""
        if own.numerator is not None and own.denominator is not None:
            of = f" ({plain(own.numerator)} of {plain(own.denominator)})"
        return f"{measure.title}: {text}{of}: {plain(points_of(one, at))} points, weight {_percent(one.weight)}"

    def _said(self, one: Measured) -> str:
        """Why a measure has no points of its own."""
        title = self.program.measure(one.measure).title
        why = "data not yet complete" if one.standing == PROVISIONAL else WHY[one.standing]
        what = {
            WAIT: "waits",
            SPREAD: "its weight is spread over the others",
            NO_POINTS: "no points",
        }.get(one.consequence, f"withheld until {WITHHOLD.get(one.consequence, '')}")
        return f"{title}: {why}: {what}"

    def _nothing(self, period: Period, standing: str, said: tuple[str, ...], measured: list[Measured]) -> Line:
        states = {one.value for one in State}
        own = measured[0].standing if standing == UNSCORED else standing
        state = own if own in states else State.VALUE.value
        return self._of(period, state, "; ".join(said), _ZERO, said, self._counted(standing, measured))

    def _of(  # noqa: PLR0913, PLR0917  (the parts of a line)
        self, period: Period, state: str, basis: str, amount: Fraction, steps: tuple[str, ...], counted: Counted
    ) -> Line:
        return Line(self.provider, period.name, self.term.name, state, basis, amount, steps, counted)

    @staticmethod
    def _counted(standing: str, measured: list[Measured], at: Environment | None = None) -> Counted:
        return replace(Counted(standing, None, None, None, 0, None, at), measured=tuple(measured))


def _sum(score: Score, at: Environment) -> str:
    """The weighted sum in numbers: `score 0.5 × 80 + 0.5 × 60 = 70`."""
    counted = [one for one in score.of if one.measure in dict(at.scored)]
    parts = " + ".join(f"{_percent(one.weight)} × {plain(points_of(one, at))}" for one in counted)
    whole, total = sum(one.weight for one in counted), plain(evaluate(score, at))
    return f"score {parts} = {total}" if whole == 1 else f"score ({parts}) / {_percent(Fraction(whole))} = {total}"


def _percent(share: Fraction) -> str:
    return f"{significant(share * _PERCENT)}%"
