"""All rows of the results, as text: periods, groups, states, flags, comparisons."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from acmspec.spec.tree import Metric, Spec
from rowwise import periods
from rowwise.figures import Figure, Measured
from rowwise.periods import Stretch
from rowwise.reach import tables_of
from rowwise.sets import dated
from rowwise.tables import Row, Value, close, load
from rowwise.values import along, value
from rowwise.words import plain, printed, rounded_half_up, significant
from rowwise.world import World, at

MISSING = "(missing)"
Group = tuple[str | None, ...]


def rows(spec: Spec, files: Mapping[str, Path], data_date: date) -> list[dict[str, str]]:
    """The rows of results.csv, in order."""
    world = World(spec, {}, data_date)
    for table in spec.data:
        world.tables[table.name.value] = load(
            table,
            files[table.name.value],
            data_date,
            lambda row, check: value(at(world, row), check.tree) is False,
        )
    before = Report(world, data_date)
    for name in before.tied():
        close(world.tables[name])
    world = World(spec, world.tables, data_date)  # what was looked up before the gates closed is forgotten
    report = Report(world, data_date)
    report.silences = before.silences  # who was heard from does not depend on choices
    return [row for metric in spec.metrics for row in report.of_metric(metric)]


class Report:
    """The report on one world."""

    def __init__(self, world: World, data_date: date) -> None:
        self.world = world
        self.spec = world.spec
        self.data_date = data_date
        self.measured = {metric.name.value: Measured(world, metric) for metric in self.spec.metrics}
        self.used = {metric.name.value: tables_of(world, metric) for metric in self.spec.metrics}
        self.silences = {table.name.value: self.all_silences(table.name.value) for table in self.spec.data}
        self.figures: dict[tuple[str, Stretch, tuple[str, ...], Group], Figure] = {}
        self.benchmarks = list(
            dict.fromkeys(one.name.value for metric in self.spec.metrics for one in metric.benchmarks)
        )

    # --- periods ----------------------------------------------------------------------------------------

    def periods(self, metric: Metric) -> list[Stretch]:
        term = self.spec.contract.term
        every, start = metric.every.value, self.spec.contract.fiscal_year_starts
        found = periods.between(term.first.value, term.last.value, every, start)
        return [one for one in found if one.first <= self.data_date]

    def window(self, metric: Metric, period: Stretch) -> Stretch:
        contract, words = self.spec.contract, metric.window.value.value
        start = contract.term.first.value
        return periods.covered(period, words, metric.every.value.value, start, contract.fiscal_year_starts)

    def windows(self, metric: Metric) -> list[Stretch]:
        histories = [
            Stretch(one.parameters.first.value, one.parameters.last.value, "history")
            for one in metric.benchmarks
            if one.kind.value == "historical"
        ]
        return [self.window(metric, period) for period in self.periods(metric)] + histories

    def tied(self) -> set[str]:
        """The tables in which a choice was a tie, in any window that is looked at."""
        return {
            self.world.base(call.over.name)
            for metric in self.spec.metrics
            for call in self.measured[metric.name.value].calls()
            for window in self.windows(metric)
            if self.measured[metric.name.value].aggregates.set(call.over.name, window)[1]
        }

    # --- groups -----------------------------------------------------------------------------------------

    def groups(self, metric: Metric, paths: tuple[str, ...], window: Stretch) -> list[Group]:
        """The groups of a breakdown, in order."""
        names = {call.over.name for call in self.measured[metric.name.value].calls()}
        found = {self.group(row, paths) for name in names for row in dated(self.world, name, window)}
        table = self.world.base(min(names))
        if len(paths) == 1 and self.is_provider(table, paths[0]):
            found |= {(one.provider.value,) for one in self.spec.agreements}
        return sorted(found, key=lambda group: [self.rank(table, *one) for one in zip(paths, group, strict=True)])

    @cache  # noqa: B019
    def group(self, row: Row, paths: tuple[str, ...]) -> Group:
        return tuple(_text(along(at(self.world, row), path)) for path in paths)

    def field(self, table: str, path: str) -> object:
        *steps, last = path.split(".")
        for step in steps:
            table = self.world.keyed_by(step) or ""
        return next((one for one in self.world.table(table).fields if one.name.value == last), None)

    def is_provider(self, table: str, path: str) -> bool:
        field = self.field(table, path)
        return field is not None and field.entity is not None and field.entity.value == "provider"

    def rank(self, table: str, path: str, text: str | None) -> tuple[int, int, str]:
        """Providers as in the agreements, coded values as declared, all else by code point, missing last."""
        if text is None:
            return 2, 0, ""
        field = self.field(table, path)
        order = [code for code, _ in field.values] if field is not None and field.values is not None else []
        if self.is_provider(table, path):
            order = [one.provider.value for one in self.spec.agreements]
        return (0, order.index(text), "") if text in order else (1, 0, text)

    # --- results ----------------------------------------------------------------------------------------

    def of_metric(self, metric: Metric) -> list[dict[str, str]]:
        breakdowns = [(), *(tuple(one.value for one in inner) for inner in metric.break_down_by)]
        found = []
        for period in self.periods(metric):
            window = self.window(metric, period)
            for paths in breakdowns:
                groups = self.groups(metric, paths, window) if paths else [()]
                found += [self.row(metric, period, window, paths, group) for group in groups]
        return found

    def row(
        self, metric: Metric, period: Stretch, window: Stretch, paths: tuple[str, ...], group: Group
    ) -> dict[str, str]:
        figure = self.figure(metric, window, paths, group)
        state = self.state(metric, window, paths, group, figure)
        shown = state == "value"
        compared = rounded_half_up(figure.value, self.decimals(metric)) if shown else None
        row = {
            "metric": metric.name.value,
            "period": period.name,
            "period_start": window.first.isoformat(),
            "period_end": window.last.isoformat(),
            "breakdown": "; ".join(paths),
            "group": "; ".join(MISSING if one is None else one for one in group),
            "numerator": "" if state == "missing" else plain(figure.numerator),
            "denominator": "" if state == "missing" else plain(figure.denominator),
            "value": significant(figure.value) if shown else "",
            "rounded": printed(self.world, metric, figure.value) if shown else "",
            "state": state,
            "flags": "provisional" if self.is_provisional(metric, period, window, paths, group) else "",
            "immature": str(figure.immature),
            "unjudged": str(figure.unjudged),
            "n": str(figure.n or 0),
        }
        row |= {f"vs_{name}": "" for name in self.benchmarks}
        for one in metric.benchmarks:
            row[f"vs_{one.name.value}"] = self.compared(metric, one, paths, group, compared)
        return row

    def figure(self, metric: Metric, window: Stretch, paths: tuple[str, ...], group: Group) -> Figure:
        key = (metric.name.value, window, paths, group)
        if key not in self.figures:
            measured = self.measured[metric.name.value]
            self.figures[key] = measured.figure(window, lambda row: self.group(row, paths) == group)
        return self.figures[key]

    def decimals(self, metric: Metric) -> int:
        from rowwise.words import is_share

        return metric.decimals.value + (2 if is_share(self.world, metric.formula.tree) else 0)

    def state(self, metric: Metric, window: Stretch, paths: tuple[str, ...], group: Group, figure: Figure) -> str:
        if not all(self.world.tables[name].is_open for name in self.used[metric.name.value]):
            return "missing"
        if set(self.own_providers(metric, paths, group)) & self.silent(metric, window):
            return "missing"
        if figure.is_immature:
            return "immature"
        if figure.value is None:
            return "immature" if figure.immature else "undefined"
        size = figure.n or 0 if figure.size is None else figure.size
        return "too_few" if size < metric.minimum else "value"

    def own_providers(self, metric: Metric, paths: tuple[str, ...], group: Group) -> list[str]:
        """The provider a group is of, if it is of one."""
        table = self.world.base(self.measured[metric.name.value].calls()[0].over.name)
        pairs = zip(paths, group, strict=True)
        return [text for path, text in pairs if text is not None and self.is_provider(table, path)]

    def silent(self, metric: Metric, window: Stretch) -> set[str]:
        """The providers that should have reported in a period that the window touches, and did not."""
        return {
            provider
            for name in self.used[metric.name.value]
            for provider, period in self.silences[name]
            if window.touches(period.first, period.last)
        }

    def all_silences(self, name: str) -> list[tuple[str, Stretch]]:
        """Provider and period, wherever a table should have had a record and has none."""
        reporting = self.world.table(name).reporting
        if reporting is None or not self.world.tables[name].is_open:
            return []
        every, start = reporting.every, self.spec.contract.fiscal_year_starts
        reported = {
            (row.values[reporting.each.value], row.values[reporting.dated.value])
            for row in self.world.tables[name].rows
        }
        found = []
        for agreement in self.spec.agreements:
            term = agreement.term or self.spec.contract.term
            for period in periods.between(term.first.value, term.last.value, every, start):
                is_whole = term.first.value <= period.first and period.last <= term.last.value
                has_reported = any(
                    provider == agreement.provider.value and period.holds(day) for provider, day in reported
                )
                if is_whole and period.last <= self.world.tables[name].through and not has_reported:
                    found.append((agreement.provider.value, period))
        return found

    def is_provisional(
        self, metric: Metric, period: Stretch, window: Stretch, paths: tuple[str, ...], group: Group
    ) -> bool:
        term = self.spec.contract.term
        bases = {self.world.base(call.over.name) for call in self.measured[metric.name.value].calls()}
        return (
            any(self.world.tables[name].through < window.last for name in bases)
            or period.first < term.first.value
            or period.last > term.last.value
            or (not self.own_providers(metric, paths, group) and bool(self.silent(metric, window)))
        )

    # --- comparisons ------------------------------------------------------------------------------------

    def compared(
        self, metric: Metric, benchmark: object, paths: tuple[str, ...], group: Group, result: Fraction | None
    ) -> str:
        if result is None:
            return ""
        against = self.against(metric, benchmark, paths, group)
        if against is None:
            return ""
        is_met = result >= against if metric.better == "higher" else result <= against
        return "met" if is_met else "not met"

    def against(self, metric: Metric, benchmark: object, paths: tuple[str, ...], group: Group) -> Fraction | None:
        if benchmark.kind.value == "historical":
            window = Stretch(benchmark.parameters.first.value, benchmark.parameters.last.value, "history")
            figure = self.figure(metric, window, paths, group)
            if self.state(metric, window, paths, group, figure) != "value":
                return None
            return rounded_half_up(figure.value, self.decimals(metric))
        for agreement in self.spec.agreements:
            if agreement.provider.value in self.own_providers(metric, paths, group):
                for name, own in agreement.targets:
                    if name.value == metric.name.value:
                        return own.value.value
        return benchmark.parameters.value.value.value


def _text(here: Value) -> str | None:
    if here is None:
        return None
    if isinstance(here, bool):
        return "yes" if here else "no"
    return plain(here) if isinstance(here, Fraction) else str(here)
