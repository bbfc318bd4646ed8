"""Results for programs, `results.json`: exact fractions, comparisons, data quality and totals of what is owed.

Its schema is `schemas/results.schema.json`. Exact numbers are texts, so that no reader turns them into floats.
"""

from datetime import date
from fractions import Fraction

from acmspec.facts.tree import Correction, Dispute, TableQuality
from acmspec.ground.exact import significant
from acmspec.program.gap import Gap
from acmspec.program.tree import Program
from acmspec.renderers.json_lines import encode
from acmspec.report.outputs import Outputs
from acmspec.results.printed import cents, plain
from acmspec.results.tree import Comparison, MeasureResults, Result
from acmspec.settlement.tree import Settlement

FILE = "results.json"
VERSION = 1
"""The version of the file's form; it changes when a reader must."""


def render(outputs: Outputs) -> bytes:
    """The whole file, UTF-8, a line a result, its keys always in the same order."""
    results = outputs.results
    page = {
        "acmspec_results": VERSION,
        "contract": outputs.program.contract_id,
        "data_date": results.data_date.isoformat(),
        "metrics": [_measure(one) for one in results.metrics],
        "outcomes": [_measure(one) for one in results.measures if not one.measure.is_metric],
        "referral_checks": [_measure(one) for one in results.checks],
        "payments": _payments(outputs.settlement, outputs.program),
        "data": [_table(one) for one in results.tables],
    }
    return encode(page)


def exact(result: Result) -> str | None:
    """A value as it came about: unreduced whole counts (`46/84`) where it has them, else reduced; None without one."""
    if result.value is None:
        return None
    top, bottom = result.numerator, result.denominator
    if top is not None and bottom is not None and top.denominator == bottom.denominator == 1:
        return f"{top}/{bottom}"
    return str(result.value)


def _measure(one: MeasureResults) -> dict[str, object]:
    measure = one.measure
    return {
        "name": measure.name,
        "title": measure.title,
        "every": measure.every.value,
        "window": measure.window.value,
        "better": measure.better,
        "decimals": measure.decimals,
        "minimum": measure.minimum,
        "results": [_result(result) for result in one.results],
    }


def _result(result: Result) -> dict[str, object]:
    return {
        "period": result.period.name,
        "period_start": result.period.first.isoformat(),
        "period_end": result.period.last.isoformat(),
        "breakdown": list(result.breakdown),
        "group": list(result.group),
        "state": result.state.value,
        "flags": list(result.flags),
        "numerator": _plain(result.numerator),
        "denominator": _plain(result.denominator),
        "exact": exact(result),
        "value": None if result.value is None else significant(result.value),
        "rounded": result.printed or None,
        "n": result.n,
        "immature": result.immature,
        "unjudged": result.unjudged,
        "gaps": [_gap(gap, count) for gap, count in result.gaps],
        "left_out": [
            {"because": left.because, "exception": bool(left.metric), "records": count}
            for left, count in result.left_out
        ],
        "parts": [{"name": name, "value": _plain(value)} for name, value in result.parts],
        "matures": None if result.matures is None else result.matures.isoformat(),
        "because": list(result.because),
        "comparisons": [_comparison(one) for one in result.comparisons],
    }


def _gap(gap: Gap, count: int) -> dict[str, object]:
    found: dict[str, object] = {"at": gap.at, "why": gap.why, "of": gap.of, "table": gap.table, "records": count}
    if gap.by:
        found["by"] = gap.by
    return found


def _comparison(one: Comparison) -> dict[str, object]:
    return {
        "benchmark": one.benchmark,
        "against": None if one.against is None else str(one.against),
        "printed": one.printed or None,
        "met": one.met,
        "sure": one.sure,
    }


def _payments(settlement: Settlement, program: Program) -> dict[str, object]:
    return {
        "currency": program.currency,
        "order": list(program.payments.order),
        "total": cents(settlement.total()),
        "by_provider": [{"provider": name, "total": cents(total)} for name, total in settlement.by_provider()],
        "by_term": [{"term": name, "total": cents(total)} for name, total in settlement.by_term()],
    }


def _table(one: TableQuality) -> dict[str, object]:
    return {
        "name": one.name,
        "sha256": one.sha256,
        "complete_from": None if one.since is None else one.since.isoformat(),
        "complete_through": one.through.isoformat(),
        "gate": "open" if one.open else "closed",
        "read": one.read,
        "used": one.used,
        "invalid": one.invalid,
        "duplicates": one.duplicates,
        "not_received": one.not_received,
        "undated": one.undated,
        "unlinked": [{"by": by, "records": count} for by, count in one.unlinked],
        "silent": [
            {"provider": provider, "first": first.isoformat(), "last": last.isoformat()}
            for provider, first, last in one.silent
        ],
        **({"absent": [_stretch(*each) for each in one.absent]} if one.absent else {}),
        **({"corrections": [_correction(each) for each in one.corrections]} if one.corrections else {}),
        **({"disputed": [_dispute(each) for each in one.disputes]} if one.disputes else {}),
    }


def _correction(one: Correction) -> dict[str, str]:
    return {
        "record": one.record,
        "field": one.field,
        "old": one.old,
        "new": one.new,
        "who": one.who,
        "why": one.why,
        "approved_by": one.approved_by,
        "approved_on": one.approved_on,
        "state": one.state,
    }


def _dispute(one: Dispute) -> dict[str, str | None]:
    # The record itself is not named: its key may be private, and the file of disputes has it.
    return {"provider": one.provider, "since": one.since.isoformat()}


def _stretch(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _plain(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
