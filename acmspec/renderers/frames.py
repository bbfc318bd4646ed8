"""Results, payments and the quality of the data as data frames, for Python programs; it writes no file.

`value` is a floating-point number for charts; `exact`, `numerator` and `denominator` are fractions, `amount` is a
decimal, and `rounded` is the text that is printed, compared and paid on.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from acmspec.renderers import quality_csv
from acmspec.renderers.results_csv import JOINED, group_text
from acmspec.report.outputs import Outputs
from acmspec.results.printed import cents
from acmspec.results.tree import MeasureResults

if TYPE_CHECKING:
    from pandas import DataFrame

Frame: TypeAlias = "DataFrame"


def results(outputs: Outputs) -> "DataFrame":
    """One row a metric, period and group, as in `results.csv`."""
    rows = [row for metric in outputs.results.metrics for row in _rows(metric)]
    names = ("metric", "period", "period_start", "period_end", "breakdown", "group", "numerator", "denominator")
    more = ("value", "exact", "rounded", "state", "flags", "n", "immature", "unjudged")
    benchmarks = dict.fromkeys(one.name for metric in outputs.results.metrics for one in metric.measure.benchmarks)
    frame = _frame(rows, (*names, *more, *(f"vs_{one}" for one in benchmarks)))
    for column in ("period_start", "period_end"):
        frame[column] = frame[column].astype("datetime64[s]")
    frame["value"] = frame["value"].astype("float64")
    return frame


def payments(outputs: Outputs) -> "DataFrame":
    """One row a provider, period and term, as in `payments.csv`."""
    rows = [
        {
            "provider": one.provider,
            "period": one.period,
            "term": one.term,
            "state": one.state,
            "basis": one.basis,
            "amount": Decimal(cents(one.amount)),
        }
        for one in outputs.settlement.lines
    ]
    return _frame(rows, ("provider", "period", "term", "state", "basis", "amount"))


def quality(outputs: Outputs) -> "DataFrame":
    """One row a table, provider, kind and rule, as in `quality.csv`; counts are whole numbers, days are dates."""
    found = (
        dict(zip(quality_csv.COLUMNS, row, strict=True))
        for one in outputs.results.tables
        for row in quality_csv.rows(one)
    )
    frame = _frame(list(found), quality_csv.COLUMNS)
    frame["records"] = frame["records"].replace("", None).astype("Int64")
    for column in ("first", "last"):
        frame[column] = frame[column].replace("", None).astype("datetime64[s]")
    return frame


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> "DataFrame":
    from pandas import DataFrame

    return DataFrame(rows, columns=list(columns))


def _rows(metric: MeasureResults) -> list[dict[str, Any]]:
    return [
        {
            "metric": metric.measure.name,
            "period": result.period.name,
            "period_start": result.period.first,
            "period_end": result.period.last,
            "breakdown": JOINED.join(result.breakdown),
            "group": group_text(result.group),
            "numerator": result.numerator,
            "denominator": result.denominator,
            "value": None if result.value is None else float(result.value),
            "exact": result.value,
            "rounded": result.printed,
            "state": result.state.value,
            "flags": JOINED.join(result.flags),
            "n": result.n,
            "immature": result.immature,
            "unjudged": result.unjudged,
            **{f"vs_{one.benchmark}": None if one.met is None else one.met for one in result.comparisons},
        }
        for result in metric.results
    ]
