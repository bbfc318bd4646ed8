"""Turns metrics into measures: formula, breakdowns and benchmarks; what has an error or is planned is left out."""

from fractions import Fraction
from functools import partial

from acmspec.ground.diagnostic import Outcome, Problem, Severity
from acmspec.ground.nearest import offer
from acmspec.ground.node import node
from acmspec.ground.windows import Bounds, overlap, windows
from acmspec.program.amounts import converter
from acmspec.program.definitions import Definitions
from acmspec.program.dimensions import dimension, tables_of
from acmspec.program.fitting import Fitting
from acmspec.program.intervals import results
from acmspec.program.meanings import FAULTY_GROUP
from acmspec.program.ports import BenchmarkKind, Kinds, MeasureContext
from acmspec.program.prices_from_figures import price_in_figure
from acmspec.program.record import FieldValue, Lookup
from acmspec.program.refinements import parts_of
from acmspec.program.relocate import is_faulty, parts
from acmspec.program.tree import Aggregate, Benchmark, Dimension, Group, GroupConstant, Measure
from acmspec.spec.practice import FormulaText, Name
from acmspec.spec.tree import KindUse, Metric

PLANNED = Problem(
    "ACM355",
    "planned, not run",
    "The metric rests on data that are still to be developed.",
    "When the data arrive, set the table's status to “available”.",
    "This measure takes effect when its data become available.",
    Severity.NOTE,
)
UNKNOWN_KIND = Problem(
    "ACM356",
    "unknown kind",
    "Benchmarks, payment terms and limits are of one of the kinds on the shelf.",
    "Use one of the kinds that exist.",
    "A benchmark or payment term must be of a kind that this Agreement describes.",
)
NO_RECORDS = Problem(
    "ACM460",
    "nothing to break down",
    "Groups are those of the records that are measured, and a metric of reference figures alone measures none.",
    "Remove “break_down_by”, or measure records against the figure: count(…) / FIGURE.",
    "Only a measure that rests on records can be broken down.",
)
PROBLEMS = (PLANNED, UNKNOWN_KIND, NO_RECORDS)

TARGET_NAME = "target"
"""The benchmark that an agreement's own target replaces, if the metric has several stated levels."""


@node
class Resolved:
    """What became of a metric: its formula and context always, its measure unless it has an error or is planned."""

    metric: Metric
    context: MeasureContext
    measure: Measure | None
    planned: bool


def measure_of(metric: Metric, names: Definitions, kinds: Kinds) -> Resolved:
    """Everything about a metric; all its independent errors are reported."""
    path = f"metrics.{metric.name.value}"
    formula = names.metric(metric.name.value, metric.name.span)
    fitting = Fitting(f"{path}.formula", metric.formula.span, names)
    unread = names.catalog.faulty("metrics", metric.name.value, "every")
    if not unread and not is_faulty(formula) and not fitting.fits(formula, metric.every.value, metric.window.value):
        formula = FAULTY_GROUP
    told = parts_of(formula, metric, names)
    tables = tables_of(formula)
    breakdowns = _breakdowns(metric, formula, tables, names)
    context = _context(metric, formula, names)
    benchmarks = [_benchmark(one, context, f"{path}.benchmarks", names, kinds) for one in metric.benchmarks]
    own = own_targets(context, names)
    planned = is_planned(formula, metric.name.value, metric.formula, f"{path}.formula", names)
    if planned or is_faulty(formula) or told is None or None in breakdowns or None in benchmarks:
        return Resolved(metric, context, None, planned)
    rows = tuple(row for row in breakdowns if row is not None)
    measured = Measure(
        name=metric.name.value,
        formula=formula,
        every=metric.every.value,
        window=metric.window.value,
        breakdowns=((), *rows),
        better=metric.better,
        decimals=metric.decimals.value,
        minimum=metric.minimum,
        missing_is=metric.missing_is,
        maturity=metric.maturity,
        benchmarks=_with_own_targets([one for one in benchmarks if one is not None], own),
        title=metric.title.value,
        is_metric=True,
        span=metric.span,
        parts=told,
    )
    return Resolved(metric, context, measured, planned=False)


def _context(metric: Metric, formula: Group, names: Definitions) -> MeasureContext:
    contract = names.catalog.spec.contract
    term = Bounds(contract.term.first.value, contract.term.last.value, contract.fiscal_year_starts)
    unread = names.catalog.faulty("metrics", metric.name.value, "round")
    return MeasureContext(
        name=metric.name.value,
        formula=formula,
        type=formula.type,
        better=metric.better,
        decimals=metric.decimals.value,
        overlaps=overlap(windows(metric.every.value, metric.window.value, term, term.last)),
        once_per=False,
        own_prices=(),
        convert=converter(formula.type, None if unread else metric.decimals.value, results(formula, formula.type)),
        every=metric.every.value,
        benchmarks=tuple(one.name.value for one in metric.benchmarks),
        figure=partial(price_in_figure, catalog=names.catalog),
    )


def _breakdowns(
    metric: Metric, formula: Group, tables: tuple[str, ...], names: Definitions
) -> list[tuple[Dimension, ...] | None]:
    """The breakdowns, None for each that can't be; where the sets are unknown, that is reported with the formula."""
    place, rows = f"metrics.{metric.name.value}.break_down_by", metric.break_down_by
    if tables or not rows:
        return [_breakdown(row, tables, place, names) for row in rows]
    if not is_faulty(formula):
        message = f"“{metric.name.value}” measures no records"
        names.findings.say(NO_RECORDS, rows[0][0].span, message, path=place, label="groups of what?")
    return [None]


def _breakdown(
    row: tuple[Name, ...], tables: tuple[str, ...], place: str, names: Definitions
) -> tuple[Dimension, ...] | None:
    """The dimensions of one breakdown."""
    found = [dimension(path, tables, place, names) for path in row]
    return None if None in found else tuple(one for one in found if one is not None)


def _benchmark(use: KindUse, context: MeasureContext, place: str, names: Definitions, kinds: Kinds) -> Benchmark | None:
    path = f"{place}.{use.name.value}"
    kind = _kind(use, kinds, path, names)
    if kind is None:
        return None
    lowered = kind.lower(use.parameters, context)
    names.findings.extend(lowered.diagnostics, path)
    if lowered.value is None:
        return None
    return Benchmark(use.name.value, kind.word, lowered.value, (), use.parameters)


def _kind(use: KindUse, kinds: Kinds, path: str, names: Definitions) -> BenchmarkKind | None:
    for one in kinds.benchmarks:
        if one.word == use.kind.value:
            return one
    fix = offer(use.kind.value, (one.word for one in kinds.benchmarks))
    message = f"there is no benchmark kind “{use.kind.value}”"
    names.findings.say(UNKNOWN_KIND, use.kind.span, message, path=path, label="unknown", fix=fix)
    return None


def _with_own_targets(benchmarks: list[Benchmark], own: tuple[tuple[str, Fraction], ...]) -> tuple[Benchmark, ...]:
    """The benchmarks, with the agreements' own targets in the one that is a stated level."""
    levels = [one for one in benchmarks if isinstance(one.value, GroupConstant)]
    if not levels:
        return tuple(benchmarks)
    replaced = next((one for one in levels if one.name == TARGET_NAME), levels[0])
    return tuple(_owned(one, own) if one is replaced else one for one in benchmarks)


def _owned(benchmark: Benchmark, own: tuple[tuple[str, Fraction], ...]) -> Benchmark:
    return Benchmark(benchmark.name, benchmark.kind, benchmark.value, own, benchmark.parameters)


def own_targets(context: MeasureContext, names: Definitions) -> tuple[tuple[str, Fraction], ...]:
    """The targets that agreements set for their provider in a metric; wrong units are reported where they stand."""
    found = []
    for index, agreement in enumerate(names.catalog.spec.agreements):
        for name, amount in agreement.targets:
            if name.value != context.name:
                continue
            converted: Outcome[Fraction] = context.convert(amount)
            names.findings.extend(converted.diagnostics, f"agreements.{index}.targets.{name.value}")
            if converted.value is not None:
                found.append((agreement.provider.value, converted.value))
    return tuple(found)


def is_planned(formula: Group, name: str, written: FormulaText, path: str, names: Definitions) -> bool:
    """Whether the formula of a metric or term needs a table that is still to be developed; if so, a note says it."""
    table = _waits_for(formula, names)
    if table:
        message = f"“{name}” is planned: “{table}” is still to be developed"
        names.findings.say(PLANNED, written.span, message, path=path)
    return bool(table)


def _waits_for(formula: Group, names: Definitions) -> str:
    """The first table that the formula needs and that is still to be developed; "" if all are available."""
    for one in parts(formula):
        for table in _tables(one):
            found = names.catalog.tables.get(table)
            if found is not None and found.status != "available":
                return table
    return ""


def _tables(node: object) -> tuple[str, ...]:
    match node:
        case Aggregate(population=population):
            return (population.table,)
        case Lookup(table=table):
            return (table,)
        case FieldValue(column=column, steps=steps):
            return (*(step.table for step in steps), column.table)
        case _:
            return ()
