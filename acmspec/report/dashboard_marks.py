"""From one result to its mark and words, and which period of a measure the page shows; no page is laid out here."""

from fractions import Fraction
from functools import lru_cache

from acmspec.english.groups import aggregates
from acmspec.ground.exact import fixed
from acmspec.ground.node import node
from acmspec.program.counting import counts_records
from acmspec.program.group import ForEach
from acmspec.program.relocate import parts
from acmspec.program.tree import Aggregate, Benchmark, Dimension, Group, GroupConstant, Measure
from acmspec.program.types import Form, NumberType
from acmspec.report import dashboard_words as words
from acmspec.report.tree import Mark
from acmspec.results.tree import PROVISIONAL, Comparison, MeasureResults, Result, State

MEANINGS: tuple[tuple[str, bool, str, str], ...] = (
    ("met", False, "Met", "Met"),
    ("not_met", False, "Not met", "Not met"),
    ("met", True, "Met, close to target", "Met, too close to be sure"),
    ("not_met", True, "Not met, close to target", "Not met, too close to be sure"),
    ("plain", False, "No target", "Nothing to compare with"),
    ("too_few", False, "Too few to say", "Too few to say"),
    ("immature", False, "Not yet mature", "Not yet mature"),
    ("missing", False, "Not received", "Data not received"),
    ("undefined", False, "Nobody eligible", "Nobody eligible"),
)
"""The closed list of marks: kind, whether hollow, its name, its meaning in a legend; in the order of legends."""

_MOST_DECIMALS = 4
NAMES = {(kind, hollow): name for kind, hollow, name, _ in MEANINGS}
"""The name of each mark."""


def latest_judged(of: MeasureResults) -> Result | None:
    """The latest result for all records that time has settled; the latest of all if none is, None without any.

    `not_heard_from` names providers that are missing from it, and the page says so beside the value.
    """
    totals = of.of()
    return next((one for one in reversed(totals) if is_settled(of, one)), totals[-1] if totals else None)


def not_heard_from(of: MeasureResults, result: Result) -> tuple[str, ...]:
    """The providers whose result in the same period is missing."""
    return tuple(
        one.group[0] for one in _providers(of, result) if one.state is State.MISSING and one.group[0] is not None
    )


def is_settled(of: MeasureResults, result: Result) -> bool:
    """Whether only a silent provider's data can change a result; waiting for it would hide what all others did."""
    if result.state is State.IMMATURE or PROVISIONAL not in result.flags:
        return result.state is not State.IMMATURE
    providers = _providers(of, result)
    heard = [one for one in providers if one.state is not State.MISSING]
    silent = any(one.state is State.MISSING and one.group[0] is not None for one in providers)
    return bool(heard) and silent and not any(PROVISIONAL in one.flags for one in heard)


def _providers(of: MeasureResults, result: Result) -> tuple[Result, ...]:
    dimension = provider_dimension(of.measure)
    rows = of.of(dimension.path) if dimension else ()
    return tuple(one for one in rows if one.period == result.period)


def is_judged(result: Result) -> bool:
    """Whether a result can't change by waiting: neither immature nor provisional."""
    return result.state is not State.IMMATURE and PROVISIONAL not in result.flags


def provider_dimension(measure: Measure) -> Dimension | None:
    """The dimension of the breakdown by provider alone, if the measure has it."""
    return next((one[0] for one in measure.breakdowns if len(one) == 1 and one[0].is_provider), None)


def main_benchmark(measure: Measure) -> Benchmark | None:
    """What decides the contract result: the first fixed target, else the first benchmark, else nothing."""
    fixed = [one for one in measure.benchmarks if isinstance(one.value, GroupConstant)]
    return next(iter(fixed or measure.benchmarks), None)


def is_share(measure: Measure) -> bool:
    """Whether the measure says how many of how many."""
    type_ = measure.formula.type
    return isinstance(type_, NumberType) and type_.form is Form.SHARE


def plotted(measure: Measure, result: Result) -> Fraction | None:
    """What a chart may show: the contract's value, else what the records judged so far come to, if they are enough."""
    if result.state is State.VALUE:
        return result.rounded
    if result.state in {State.MISSING, State.UNDEFINED} or result.numerator is None or not result.denominator:
        return None
    # Parts of two sets wait for different days: until both are mature, their quotient compares unlike records.
    of_one_set = isinstance(measure.formula, Aggregate)
    if result.state is State.IMMATURE and (result.denominator < measure.minimum or not of_one_set):
        return None
    return result.numerator / result.denominator


@lru_cache(maxsize=256)
def nouns(group: Group) -> tuple[str, str]:
    """What one and many of those measured are called: the nouns of the last set in the formula."""
    sets = [one.population for one in aggregates(group) if one.population.many]
    return (sets[-1].one, sets[-1].many) if sets else ("", "")


@node
class Marker:
    """Makes the marks of one measure."""

    measure: Measure

    def mark(self, result: Result, benchmark: Benchmark | None = None) -> Mark:
        """The mark of a result against a benchmark; against what decides the contract result, by default."""
        against = benchmark or main_benchmark(self.measure)
        comparison = result.comparison(against.name) if against else None
        kind, hollow = _kind(result, comparison)
        note = self._note(result)
        return Mark(
            kind=kind,
            hollow=hollow,
            words=words.sentence(note) if kind == "undefined" else NAMES[kind, hollow],
            value=result.printed if result.state is State.VALUE else "",
            counts=self.short_counts(result),
            note=note,
            target=self._own_target(result, against, comparison),
        )

    def short_counts(self, result: Result) -> str:
        """The counts behind a result in a table cell: "46/84" for a share, "n 84" else; none where data is missing."""
        if result.state is State.MISSING:
            return ""
        if is_share(self.measure) and result.numerator is not None and result.denominator is not None:
            return f"{_counted(result.numerator)}/{_counted(result.denominator)}"
        return f"n {_counted(rested_on(result))}"

    def counts(self, result: Result) -> str:
        """The counts behind a result in prose: "46 of 84 Leavers", "84 Housed Stays"; none where data is missing."""
        if result.state is State.MISSING or (result.state is State.UNDEFINED and self._is_place(result)):
            return ""
        one, many = nouns(self.measure.formula)
        if is_share(self.measure) and result.numerator is not None and result.denominator is not None:
            counted = many if counts_records(self.measure.formula) else ""
            return f"{_counted(result.numerator)} of {_counted(result.denominator)} {counted}".strip()
        number = rested_on(result)
        return f"{_counted(number)} {one if number == 1 else many}".strip()

    def target(self, comparison: Comparison | None) -> str:
        """What is compared with, and in which direction: "≥ 65%"; empty where there is nothing."""
        if comparison is None or comparison.against is None:
            return ""
        return f"{'≥' if self.measure.better == 'higher' else '≤'} {comparison.printed}"

    def _own_target(self, result: Result, against: Benchmark | None, comparison: Comparison | None) -> str:
        dimension = provider_dimension(self.measure)
        if against is None or dimension is None or result.breakdown != (dimension.path,):
            return ""
        return self.target(comparison) if result.group[0] in dict(against.own) else ""

    def _note(self, result: Result) -> str:
        if result.state is State.TOO_FEW:
            counted = self.counts(result) if not is_share(self.measure) else self.short_counts(result)
            return f"{counted.replace('/', ' of ')}: too few"
        if result.state is State.IMMATURE:
            return f"matures {words.month(result.matures)}" if result.matures else "not yet mature"
        if result.state is State.MISSING:
            return "not received"
        if result.state is State.UNDEFINED:
            return self._undefined(result)
        return "provisional" if PROVISIONAL in result.flags else ""

    def _undefined(self, result: Result) -> str:
        """Why there is nothing to state, as far as the formula tells."""
        if self._is_place(result):
            return "stated by provider only"
        formula = self.measure.formula
        if not result.n or is_share(self.measure):
            return "nobody eligible"
        return "no value recorded" if isinstance(formula, Aggregate) else "nothing to divide by"

    def _is_place(self, result: Result) -> bool:
        """Whether a measure is a place among providers, which all of them together don't have."""
        ranks = any(isinstance(one, ForEach) and one.function == "rank" for one in parts(self.measure.formula))
        dimension = provider_dimension(self.measure)
        return ranks and (dimension is None or dimension.path not in result.breakdown)


def _kind(result: Result, comparison: Comparison | None) -> tuple[str, bool]:
    if result.state is not State.VALUE:
        return result.state.value, False
    if comparison is None or comparison.met is None:
        return "plain", False
    return ("met" if comparison.met else "not_met"), comparison.sure is False


def rested_on(result: Result) -> Fraction:
    """How many records a result rests on, as far as it was said."""
    return Fraction(result.n) if result.rests_on is None else result.rests_on


def _counted(count: Fraction) -> str:
    """A count, or a sum with the decimals it has."""
    decimals = next((one for one in range(_MOST_DECIMALS) if (count * 10**one).denominator == 1), _MOST_DECIMALS)
    return fixed(count, decimals, grouped=True)
