"""The measures table, the charts, the provider matrix and the breakdowns of the dashboard, from results."""

from fractions import Fraction

from acmspec.english.parts import everything as unfolded
from acmspec.english.words import Vocabulary
from acmspec.ground.exact import fixed
from acmspec.program.gap import UNLINKED_GROUP
from acmspec.program.record import Banded, FieldValue
from acmspec.program.tree import Aggregate, Benchmark, Dimension, Measure, Program
from acmspec.program.types import PeriodType
from acmspec.report import dashboard_words as words
from acmspec.report.clauses_draft import Draft
from acmspec.report.dashboard_gaps import unjudged
from acmspec.report.dashboard_marks import (
    MEANINGS,
    NAMES,
    Marker,
    is_judged,
    is_settled,
    latest_judged,
    main_benchmark,
    not_heard_from,
    plotted,
    provider_dimension,
)
from acmspec.report.ports import SaidKinds
from acmspec.report.tree import (
    Against,
    Breakdown,
    BreakdownRow,
    Mark,
    Matrix,
    MatrixHead,
    MatrixRow,
    MeasureRow,
    Point,
    Series,
)
from acmspec.results.printed import stated
from acmspec.results.tree import MeasureResults, Result, Results, State
from acmspec.spec.tree import Metric

NOT_PROVIDERS = ("Not recorded", "Not linked")
"""What groups are called of records that name no provider, or none that is known."""

_MOST_POINTS = 36
_MOST_GROUPS = 12


def measure_rows(program: Program, results: Results, kinds: SaidKinds) -> tuple[MeasureRow, ...]:
    """One line a metric that has any result, in the author's order."""
    found = []
    for one in results.metrics:
        latest = latest_judged(one)
        if latest is not None:
            found.append(_row(one, latest, _metric(program, one.measure), Draft(program, kinds)))
    return tuple(found)


def _row(of: MeasureResults, latest: Result, metric: Metric | None, draft: Draft) -> MeasureRow:
    measure, marker = of.measure, Marker(of.measure)
    mark = marker.mark(latest)
    main = main_benchmark(measure)
    return MeasureRow(
        title=measure.title,
        kind=metric.kind.value if metric else "",
        question=metric.question if metric else "",
        period=words.period(latest.period, measure.every, measure.window),
        target=marker.target(latest.comparison(main.name)) if main else "",
        actual=mark.value,
        counts=marker.counts(latest),
        mark=mark,
        caution=_caution(of, latest),
        series=_series(of, latest),
        comparisons=_others(of.measure, latest, draft),
        parts=_parts(measure, latest, draft),
    )


def _parts(measure: Measure, latest: Result, draft: Draft) -> str:
    """What the numerator is made of: "of these: At home 12, With family 3"; empty while nothing is known."""
    if latest.state is not State.VALUE:
        return ""
    told = [
        f"{words.title(part.name)} {_amount(value, part.figure, draft.program.currency)}"
        for part, (_, value) in zip(measure.parts, latest.parts, strict=True)
        if value is not None
    ]
    return f"of these: {', '.join(told)}" if told else ""


def _amount(value: Fraction, figure: Aggregate, currency: str) -> str:
    """A part as it is counted: records plainly, a sum in its unit."""
    return stated(value, figure.type, currency) if figure.function == "sum" else fixed(value, 0, grouped=True)


def _metric(program: Program, measure: Measure) -> Metric | None:
    return next((one for one in program.spec.metrics if one.name.value == measure.name), None)


def _caution(of: MeasureResults, latest: Result) -> str:
    if latest.state is not State.VALUE:
        return ""
    absent = not_heard_from(of, latest)
    if absent:
        moves = f"Without {words.listed(absent)}: not received"
    else:
        moves = "" if is_judged(latest) else "Provisional: data not complete"
    return "; ".join(one for one in (moves, unjudged(latest)) if one)


def _others(measure: Measure, latest: Result, draft: Draft) -> tuple[Against, ...]:
    marker, main = Marker(measure), main_benchmark(measure)
    found = []
    for one in measure.benchmarks:
        comparison = latest.comparison(one.name)
        if one is not main and comparison is not None:
            printed = comparison.printed if comparison.against is not None else ""
            found.append(Against(words.title(one.name), _short(draft, measure, one), printed, marker.mark(latest, one)))
    return tuple(found)


def _short(draft: Draft, measure: Measure, benchmark: Benchmark) -> str:
    """What a benchmark compares with, in the few words of its kind; the kind's name where no shelf holds it."""
    kind = next((one for one in draft.kinds.benchmarks if one.word == benchmark.kind), None)
    words_of = draft.term_words(measure, f"metrics.{measure.name}.benchmarks.{benchmark.name}")
    return kind.short(benchmark.parameters, words_of) if kind else benchmark.kind


# --- month by month -----------------------------------------------------------------------------------------


def _series(of: MeasureResults, latest: Result) -> Series:
    measure, marker = of.measure, Marker(of.measure)
    shown = of.of()[-_MOST_POINTS:]
    main = main_benchmark(measure)
    comparison = latest.comparison(main.name) if main else None
    return Series(
        title=measure.title,
        finding=_series_finding(measure, tuple(one for one in shown if is_settled(of, one))),
        about=_series_about(measure, latest, of.of()),
        points=tuple(_point(marker, one) for one in shown),
        latest=shown.index(latest) if latest in shown and plotted(measure, latest) is not None else None,
        target=comparison.against if comparison else None,
        target_label=marker.target(comparison),
        scale=words.scale_of(measure.formula.type),
    )


def _point(marker: Marker, result: Result) -> Point:
    measure = marker.measure
    return Point(
        period=result.period.name,
        words=words.period(result.period, measure.every, measure.window),
        label=words.period_label(result.period, measure.every),
        value=plotted(measure, result),
        printed=result.printed if result.state is State.VALUE else "",
        counts=marker.counts(result),
        mark=marker.mark(result),
        judged=is_judged(result),
    )


def _series_finding(measure: Measure, settled: tuple[Result, ...]) -> str:
    """What the picture shows of meeting the target: how often, and since when. It claims no trend."""
    main = main_benchmark(measure)
    compared = [one.comparison(main.name) for one in settled] if main else []
    met = [one.met for one in compared if one is not None and one.met is not None]
    one_period, periods = words.every_words(measure.every)
    if main is None:
        return "No target."
    if not met:
        return f"No {one_period} can be compared with a target yet."
    if len(met) == 1:
        return f"Target {'met' if met[0] else 'missed'} in the one {one_period} judged so far."
    if all(met) or not any(met):
        return f"Target {'met' if met[0] else 'missed'} in all {len(met)} {periods} judged."
    streak = next((at for at, one in enumerate(reversed(met)) if one is not met[-1]), len(met))
    often = f"met in {sum(met)} of {len(met)} judged"
    verb = "met" if met[-1] else "missed"
    if streak > 1:
        return f"Target {verb} {streak} {periods} in a row; {often}."
    return f"Target {verb} in the latest {one_period} judged; {often}."


def _series_about(measure: Measure, latest: Result, totals: tuple[Result, ...]) -> str:
    if latest.state is not State.VALUE:
        return f"{words.period(latest.period, measure.every, measure.window)}: {Marker(measure).mark(latest).note}."
    before = year_before(latest, measure, totals)
    change = f"; {before.printed} a year earlier" if before else ""
    return f"{latest.printed} {words.in_period(latest.period, measure.every, measure.window)}{change}."


def year_before(latest: Result, measure: Measure, totals: tuple[Result, ...]) -> Result | None:
    """The same period a year before, if it has a value."""
    last = words.year_before(latest.period, measure.every)
    return next((one for one in totals if one.period.last == last and one.state is State.VALUE), None)


# --- providers by measures ------------------------------------------------------------------------------------


def matrix(results: Results) -> Matrix | None:
    """Every provider in every measure that is broken down by provider; None if none is."""
    columns: list[tuple[MatrixHead, dict[str, Mark]]] = []
    for one in results.metrics:
        dimension, latest = provider_dimension(one.measure), latest_judged(one)
        if dimension is not None and latest is not None:
            columns.append((_head(one.measure, latest), _column(one, dimension, latest)))
    names = tuple(dict.fromkeys(name for _, marks in columns for name in marks))
    if not names:
        return None
    absent = Mark("undefined", False, NAMES["undefined", False], "", "", "nobody eligible")
    rows = tuple(MatrixRow(name, tuple(marks.get(name, absent) for _, marks in columns)) for name in names)
    return Matrix(_matrix_finding(rows), tuple(head for head, _ in columns), rows, _legend(rows))


def _head(measure: Measure, latest: Result) -> MatrixHead:
    main, marker = main_benchmark(measure), Marker(measure)
    target = marker.target(latest.comparison(main.name)) if main else ""
    return MatrixHead(measure.title, target, words.period(latest.period, measure.every, measure.window))


def _column(of: MeasureResults, dimension: Dimension, latest: Result) -> dict[str, Mark]:
    marker = Marker(of.measure)
    found = {one.group[0]: marker.mark(one) for one in of.of(dimension.path) if one.period == latest.period}
    order: list[str | None] = [name for name in dimension.roster if name in found]
    order += [name for name in found if name not in dimension.roster]
    called = {None: NOT_PROVIDERS[0], UNLINKED_GROUP: NOT_PROVIDERS[1]}
    return {called.get(name) or name or "": found[name] for name in order}


def _matrix_finding(rows: tuple[MatrixRow, ...]) -> str:
    marks = [mark for row in rows for mark in row.marks]
    judged = [mark for mark in marks if mark.kind in {"met", "not_met"}]
    if not judged:
        return "No result of a provider can be compared with a target yet."
    met = sum(mark.kind == "met" for mark in judged)
    close = sum(mark.hollow for mark in judged)
    text = f"{met} of {len(judged)} judged results meet their target"
    return (
        f"{text}; hollow marks, {close} of them, are too close to the target to rule out chance."
        if close
        else f"{text}."
    )


def _legend(rows: tuple[MatrixRow, ...]) -> tuple[tuple[Mark, str], ...]:
    used = {(mark.kind, mark.hollow) for row in rows for mark in row.marks}
    return tuple(
        (Mark(kind, hollow, name, "", "", ""), meaning)
        for kind, hollow, name, meaning in MEANINGS
        if (kind, hollow) in used
    )


# --- breakdowns -----------------------------------------------------------------------------------------------


def breakdowns(program: Program, results: Results) -> tuple[Breakdown, ...]:
    """Every breakdown but the one by provider, in the period the measure is shown for."""
    vocabulary = Vocabulary(program.spec)
    found: list[Breakdown] = []
    for one in results.metrics:
        latest, provider = latest_judged(one), provider_dimension(one.measure)
        wanted = [each for each in one.measure.breakdowns if each and each != (provider,)]
        if latest is not None:
            found += [_breakdown(one, dimensions, latest, vocabulary) for dimensions in wanted]
    return tuple(one for one in found if one.rows or one.rest)


def _breakdown(
    of: MeasureResults, dimensions: tuple[Dimension, ...], latest: Result, vocabulary: Vocabulary
) -> Breakdown:
    measure, marker, main = of.measure, Marker(of.measure), main_benchmark(of.measure)
    groups = [one for one in of.of(*(each.path for each in dimensions)) if one.period == latest.period]
    named = [(_group_name(one, dimensions, vocabulary), one) for one in groups]
    valued = [(name, one) for name, one in named if one.state is State.VALUE]
    # The sort is stable, so that equal values stay in the order of the results.
    by_value = sorted(valued, key=lambda pair: pair[1].rounded or Fraction(0), reverse=True)
    has_order = len(dimensions) == 1 and _has_order(dimensions[0])
    listed = valued[-_MOST_GROUPS:] if has_order else by_value[:_MOST_GROUPS]
    unlisted = len(valued) - len(listed)
    comparison = latest.comparison(main.name) if main else None
    return Breakdown(
        title=measure.title,
        by=" and ".join(_dimension_name(each, vocabulary) for each in dimensions),
        finding=_breakdown_finding(by_value),
        about=words.period(latest.period, measure.every, measure.window),
        rows=tuple(BreakdownRow(name, marker.mark(one), one.rounded) for name, one in listed),
        rest=_rest(marker, [pair for pair in named if pair[1].state is not State.VALUE], unlisted),
        target=comparison.against if comparison else None,
        target_label=marker.target(comparison),
        scale=words.scale_of(measure.formula.type),
        has_order=has_order,
    )


def _has_order(dimension: Dimension) -> bool:
    """Whether groups stand in an order of their own: bands, months, quarters and years."""
    return any(
        isinstance(node, Banded) or isinstance(node.type, PeriodType)
        for _, value in dimension.values
        for node in unfolded(value)
    )


def _breakdown_finding(valued: list[tuple[str, Result]]) -> str:
    if not valued:
        return "no group can be judged"
    (high, most), (low, least) = valued[0], valued[-1]
    if len(valued) == 1:
        return f"{most.printed} for {high}"
    if most.rounded == least.rounded:
        return f"{most.printed} in every group"
    return f"from {least.printed} ({low}) to {most.printed} ({high})"


def _rest(marker: Marker, others: list[tuple[str, Result]], unlisted: int) -> str:
    alike: dict[str, list[str]] = {}
    for name, one in others[:_MOST_GROUPS]:
        alike.setdefault(marker.mark(one).note, []).append(name)
    texts = [
        f"{names[0]}: {note}" if len(names) == 1 else f"{words.sentence(note)}: {'; '.join(names)}"
        for note, names in alike.items()
    ]
    more = unlisted + max(0, len(others) - _MOST_GROUPS)
    if more:
        texts.append(f"{words.few(more, 'more group', 'more groups')} in results.csv")
    return ". ".join(texts)


def _group_name(result: Result, dimensions: tuple[Dimension, ...], vocabulary: Vocabulary) -> str:
    return ", ".join(
        _value_name(value, dimension, vocabulary) for value, dimension in zip(result.group, dimensions, strict=True)
    )


def _value_name(value: str | None, dimension: Dimension, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOT_PROVIDERS[0]
    if value == UNLINKED_GROUP:
        return NOT_PROVIDERS[1]
    every = next((one.type.every for _, one in dimension.values if isinstance(one.type, PeriodType)), None)
    if every is not None:
        return words.period_name(value, every)
    field = _field(dimension)
    return vocabulary.label(field.column, value) if field else value


def _dimension_name(dimension: Dimension, vocabulary: Vocabulary) -> str:
    field, last = _field(dimension), dimension.path.rpartition(".")[2]
    if field:
        return words.inside(vocabulary.phrase(field.column))
    return words.inside(vocabulary.term(last) if vocabulary.definition(last) else words.title(last))


def _field(dimension: Dimension) -> FieldValue | None:
    for _, value in dimension.values:
        if isinstance(value, FieldValue):
            return value
    return None
