"""Which tier a result falls in, what the next ones pay and how far they are, in sentences; it decides no payment."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from acmspec.english.words import quoted
from acmspec.program.counting import is_made_of_counts
from acmspec.program.payment import Band, Outcome, Payment
from acmspec.program.payment_parts import score_of, tables, takes
from acmspec.program.rounding import is_percentage, places, rounded
from acmspec.program.tree import Measure
from acmspec.program.types import Form, NumberType, Type
from acmspec.results.printed import money, plain, stated
from acmspec.settlement.evaluate import Environment, band_of, evaluate
from acmspec.settlement.tree import Counted


def tiers(amount: Payment, counted: Counted, measure: Measure, currency: str) -> Iterator[str]:
    """A sentence for the tier, and one for each tier beside it."""
    at, value = counted.at, counted.value
    score, own = score_of(amount), next((one for one in counted.measured if one.measure == measure.name), None)
    if score is not None and own is not None and own.value is not None:
        points = next(one.points for one in score.of if one.measure == measure.name)
        yield from _points(points, own.value, measure, currency)
    if at is None or value is None:
        return
    for table in tables(amount):
        if isinstance(table.of, Outcome):
            ordered = sorted(table.bands, key=lambda one: (one.first is not None, one.first or Fraction(0)))
            place = ordered.index(band_of(value, ordered))
            yield f"The result falls in the tier {quoted(ordered[place].label)}."
            for beside in (place - 1, place + 1):
                if 0 <= beside < len(ordered):
                    other = _Beside(ordered, place, beside, at, value, amount if takes(amount) else None)
                    yield other.said(counted, measure, currency)


def _points(points: Payment, value: Fraction, measure: Measure, currency: str) -> Iterator[str]:
    """In which band of points a result of a scorecard falls, and where the next ones begin."""
    at = Environment(outcome=value)
    yield f"The result earns {plain(evaluate(points, at))} points on the scorecard."
    for table in tables(points):
        ordered = sorted(table.bands, key=lambda one: (one.first is not None, one.first or Fraction(0)))
        place = ordered.index(band_of(value, ordered))
        for beside in (place - 1, place + 1):
            if 0 <= beside < len(ordered):
                edge = ordered[max(place, beside)].first or Fraction(0)
                far = _far(abs(edge - value), measure.formula.type, currency)
                side, where = ("above", "begins") if beside > place else ("below", "ends")
                makes = plain(evaluate(ordered[beside].pays, replace(at, outcome=edge)))
                yield (
                    f"The band {side} it, {quoted(ordered[beside].label)}, {where} {far} from the result; "
                    f"there it earns {makes} points on the scorecard."
                )


def _far(distance: Fraction, of: Type, currency: str) -> str:
    """A distance between two results: of percentages in points."""
    return stated(distance, NumberType(Form.POINTS) if is_percentage(of) else of, currency)


class _Beside:
    """A tier next to that of a result; `whole` is all that a term comes to by it, where the term takes."""

    def __init__(  # noqa: PLR0913, PLR0917  (what a sentence on a tier rests on)
        self, bands: Sequence[Band], place: int, beside: int, at: Environment, value: Fraction, whole: Payment | None
    ) -> None:
        self._whole = whole
        self._band = bands[beside]
        self._above = beside > place
        self._edge = (self._band.first if self._above else self._band.below) or Fraction(0)
        self._at = at
        self._value = value

    def said(self, counted: Counted, measure: Measure, currency: str) -> str:
        """What it pays, how far it is, and how many successes that is."""
        of = measure.formula.type
        pays = self._comes_to(10 ** places(of, measure.decimals))
        far = abs(self._edge - self._value)
        side = "above" if self._above else "below"
        verb = "pays" if self._whole is None else "comes to"
        text = f"The tier {side} it, {quoted(self._band.label)}, {verb} {money(pays, currency)}"
        where, edge = "begins at" if self._above else "ends below", stated(self._edge, of, currency)
        text += f" and {where} {edge}, {_far(far, of, currency)} from the result"
        moved = self._successes(counted, measure)
        if moved:
            more = "more" if self._above else "fewer"
            text += f": {moved} {more} counted, of the same {plain(counted.denominator or Fraction(0))}"
        return f"{text}."

    def _comes_to(self, steps: int) -> Fraction:
        """What is paid where the tier begins; all that the term comes to at its first result, where the term takes."""
        if self._whole is None:
            return evaluate(self._band.pays, replace(self._at, outcome=self._edge))
        first = self._edge if self._above else self._edge - Fraction(1, steps)
        return evaluate(self._whole, replace(self._at, outcome=first))

    def _successes(self, counted: Counted, measure: Measure) -> int | None:
        """How many more successes, or fewer, of the same records reach the tier; None if none can, or can't be told."""
        top, bottom = counted.numerator, counted.denominator
        if top is None or not bottom or not is_made_of_counts(measure.formula):
            return None
        step = 1 if self._above else -1
        room = int(bottom - top) if self._above else int(top)
        low, high = 1, room
        if room < 1 or not self._holds(top + step * room, bottom, measure):
            return None
        # A result only rises with its successes, so that halves find the first that reaches the tier.
        while low < high:
            half = (low + high) // 2
            if self._holds(top + step * half, bottom, measure):
                high = half
            else:
                low = half + 1
        return low

    def _holds(self, top: Fraction, bottom: Fraction, measure: Measure) -> bool:
        value = rounded(top / bottom, measure.formula.type, measure.decimals)
        return value >= self._edge if self._above else value < self._edge
