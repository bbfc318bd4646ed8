"""A scorecard's points in words: which measures earn them, with which weight, and what the score is; no amount."""

from collections.abc import Iterator, Sequence

from acmspec.english import numbers
from acmspec.kinds.scoring import FULL, Attainment, Weighted
from acmspec.kinds.tier_words import tier_range
from acmspec.report.ports import TermWords
from acmspec.report.tree import Grid


def said_points(metrics: Sequence[Weighted], words: TermWords) -> tuple[tuple[str, ...], Grid]:
    """The sentences on the points and the score, and the table of the measures, which belongs behind the first."""
    rows = tuple(row for one in metrics for row in _rows(one, words.of(one.metric.value)))
    first = (
        f"For each {words.period}, each measure in the table below earns points. "
        "The Provider’s own result for the measure, as rounded, decides them."
    )
    attained = tuple(
        _attained(one.attainment, words.of(one.metric.value)) for one in metrics if one.attainment is not None
    )
    score = (
        "The score is the sum of each measure’s points times its weight. It is not rounded. "
        "If a measure is left out, the score is the sum for the other measures, divided by the sum of their weights. "
        "If all measures are left out, no payment is due."
    )
    return (first, *attained, score), Grid(("Measure", "Weight", "Result", "Points"), rows, (1, 3))


def _rows(one: Weighted, words: TermWords) -> Iterator[tuple[str, ...]]:
    weight = numbers.exact_percent(one.weight.value.value)
    if one.attainment is not None:
        yield words.measure, weight, "Any", "By attainment"
    for band in one.points:
        yield words.measure, weight, tier_range(band, words), numbers.number(band.pay.value.value)


def _attained(of: Attainment, words: TermWords) -> str:
    """How many points a result over a target is."""
    target, measure = words.amount(of.target.value), f"“{words.measure}”"
    said = f"The points of {measure} are {numbers.number(FULL)} times the result over {target}. "
    if of.floor is not None and of.floor.value.value:
        said += f"If that is less than {numbers.number(FULL * of.floor.value.value)}, the measure earns no points. "
    return f"{said}It earns at least 0 and at most {numbers.number(FULL * of.cap.value.value)} points."
