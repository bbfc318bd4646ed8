"""Results as one flat table, `results.csv`: a row a metric, period and group; it reads results only.

Texts that come from the data, such as group names, are written unaltered, in quotes where they would be misread: this
is data, not a spreadsheet. A program that takes text beginning with `=` for a formula must be told to open it as text.
"""

from fractions import Fraction

from acmspec.ground.exact import significant
from acmspec.program.gap import UNLINKED_GROUP
from acmspec.program.tree import Measure
from acmspec.renderers.csv_lines import encode
from acmspec.report.outputs import Outputs
from acmspec.results.printed import gap_words, plain
from acmspec.results.tree import Comparison, MeasureResults, Result

FILE = "results.csv"
MISSING_GROUP = "(missing)"
NOT_LINKED = "(not linked)"
JOINED = "; "
_COLUMNS = (
    "metric", "period", "period_start", "period_end", "breakdown", "group", "numerator", "denominator", "value",
    "rounded", "state", "flags", "immature", "unjudged", "n", "gaps", "left_out", "parts",
)  # fmt: skip


def render(outputs: Outputs) -> bytes:
    """The table, UTF-8, lines ending in a line feed."""
    metrics = outputs.results.metrics
    benchmarks = tuple(dict.fromkeys(one.name for metric in metrics for one in metric.measure.benchmarks))
    head = (*_COLUMNS, *(f"vs_{name}" for name in benchmarks))
    return encode((head, *(row for metric in metrics for row in _rows(metric, benchmarks))))


def _rows(metric: MeasureResults, benchmarks: tuple[str, ...]) -> list[tuple[str, ...]]:
    rows = []
    for result in metric.results:
        against = {one.benchmark: one for one in result.comparisons}
        rows.append((*_row(metric.measure, result), *[_met(against.get(name)) for name in benchmarks]))
    return rows


def _row(measure: Measure, result: Result) -> tuple[str, ...]:
    return (
        measure.name,
        result.period.name,
        result.period.first.isoformat(),
        result.period.last.isoformat(),
        JOINED.join(result.breakdown),
        group_text(result.group),
        _plain(result.numerator),
        _plain(result.denominator),
        "" if result.value is None else significant(result.value),
        result.printed,
        result.state.value,
        JOINED.join(result.flags),
        str(result.immature),
        str(result.unjudged),
        str(result.n),
        JOINED.join(f"{gap_words(gap)}: {count}" for gap, count in result.gaps),
        JOINED.join(f"{left.because}: {count}" for left, count in result.left_out),
        JOINED.join(f"{name}: {_plain(value) or 'not known'}" for name, value in result.parts),
    )


def group_text(group: tuple[str | None, ...]) -> str:
    """A group as one text; crossed values are joined."""
    return JOINED.join(_group(value, crossed=len(group) > 1) for value in group)


def _group(value: str | None, *, crossed: bool) -> str:
    """One value of a group; in quotes where it would read as a missing one, or as two: `"(missing)"`."""
    if value is None:
        return MISSING_GROUP
    if value == UNLINKED_GROUP:
        return NOT_LINKED
    misread = value in {MISSING_GROUP, NOT_LINKED} or value.startswith('"') or (crossed and JOINED in value)
    return '"' + value.replace('"', '""') + '"' if misread else value


def _plain(value: Fraction | None) -> str:
    return "" if value is None else plain(value)


def _met(comparison: Comparison | None) -> str:
    if comparison is None or comparison.met is None:
        return ""
    return "met" if comparison.met else "not met"
