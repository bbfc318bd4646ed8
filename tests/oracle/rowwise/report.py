"""All results: periods, groups, states, flags, comparisons. Numbers are exact."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from acmspec.spec.tree import Metric, Spec
from rowwise import periods, units
from rowwise.aggregates import Figure
from rowwise.figures import Measured, View, opened
from rowwise.groups import Group, group_of, groups, is_provider
from rowwise.numerals import rounded_half_up
from rowwise.periods import Stretch
from rowwise.reach import tables_of
from rowwise.silences import silences
from rowwise.tables import close, load
from rowwise.values import value
from rowwise.words import form, printed
from rowwise.world import World, at

Answer = dict[str, object]
"""One result, its parts named as the conformance cases name them."""


def answers(spec: Spec, files: Mapping[str, Path], data_date: date) -> list[Answer]:
    """All results of all metrics, in order."""
    world = World(spec, {}, data_date)
    for table in spec.data:
        world.tables[table.name.value] = load(
            spec,
            table,
            files[table.name.value],
            data_date,
            lambda row, check: value(at(world, row), check.tree) is False,
        )
    before = Report(world)
    for name in before.tied():
        close(world.tables[name])
    report = Report(World(spec, world.tables, data_date))  # what was looked up before the gates closed is forgotten
    report.silences = before.silences  # who was heard from does not depend on choices
    return [row for metric in spec.metrics for row in report.of_metric(metric)]


class Report:
    """The report on one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.spec = world.spec
        self.measured = {metric.name.value: Measured(world, metric) for metric in self.spec.metrics}
        self.used = {metric.name.value: tables_of(world, metric) for metric in self.spec.metrics}
        self.silences = {table.name.value: silences(world, table.name.value) for table in self.spec.data}
        self.figures: dict[tuple[str, Stretch, tuple[str, ...], Group], Figure] = {}

    # --- periods ----------------------------------------------------------------------------------------

    def periods(self, metric: Metric) -> list[Stretch]:
        contract = self.spec.contract
        first, last = contract.term.first.value, contract.term.last.value
        found = periods.between(first, last, metric.every.value, contract.fiscal_year_starts)
        return [one for one in found if one.first <= self.world.data_date]

    def window(self, metric: Metric, period: Stretch) -> Stretch:
        contract, words = self.spec.contract, metric.window.value.value
        start = contract.term.first.value
        return periods.covered(period, words, metric.every.value.value, start, contract.fiscal_year_starts)

    def tied(self) -> set[str]:
        """The tables in which a choice was a tie, in any window that is looked at."""
        return {
            self.world.base(call.over.name)
            for metric in self.spec.metrics
            for window in [self.window(metric, period) for period in self.periods(metric)] + _histories(metric)
            for call in self.measured[metric.name.value].calls()
            if self.measured[metric.name.value].aggregates.set(call.over, window)[1]
        }

    # --- results ----------------------------------------------------------------------------------------

    def of_metric(self, metric: Metric) -> list[Answer]:
        breakdowns = [(), *(tuple(one.value for one in inner) for inner in metric.break_down_by)]
        uses = [(call.over.name, call.over.placed) for call in self.measured[metric.name.value].calls()]
        found = []
        for period in self.periods(metric):
            window = self.window(metric, period)
            for paths in breakdowns:
                own = groups(self.world, uses, paths, window) if paths else [()]
                found += [self.answer(metric, period, window, paths, group) for group in own]
        return found

    def answer(self, metric: Metric, period: Stretch, window: Stretch, paths: tuple[str, ...], group: Group) -> Answer:
        figure = self.figure(metric, window, paths, group)
        state = self.state(metric, window, paths, group, figure)
        formula = opened(self.world, metric.formula.tree)
        above, below = units.sizes(self.world, formula)
        exact = figure.value / units.size(self.world, formula) if state == "value" else None
        rounded = None if exact is None else rounded_half_up(exact, self.decimals(metric))
        is_known = state != "missing"
        return {
            "metric": metric.name.value,
            "period": period.name,
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
            "by": list(paths),
            "group": ["missing" if one is None else one for one in group],
            "state": state,
            "value": exact,
            "rounded": rounded,
            "printed": "" if exact is None else printed(self.world, metric, exact),
            "numerator": _said(figure.numerator, above) if is_known else None,
            "denominator": _said(figure.denominator, below) if is_known else None,
            "flags": ["provisional"] if self.is_provisional(metric, period, window, paths, group) else [],
            "n": figure.n or 0,
            "immature": figure.immature,
            "unjudged": figure.unjudged,
            "met": {one.name.value: self.met(metric, one, paths, group, rounded) for one in metric.benchmarks},
        }

    def figure(self, metric: Metric, window: Stretch, paths: tuple[str, ...], group: Group) -> Figure:
        key = (metric.name.value, window, paths, group)
        if key not in self.figures:
            measured = self.measured[metric.name.value]
            known = {path.rpartition(".")[2]: name for path, name in zip(paths, group, strict=True)}
            view = View(window, lambda row: group_of(self.world, row, paths, window) == group, known)
            self.figures[key] = measured.figure(view)
        return self.figures[key]

    def decimals(self, metric: Metric) -> int:
        return metric.decimals.value + (0 if form(self.world, metric.formula.tree) == "number" else 2)

    # --- states and flags -------------------------------------------------------------------------------

    def state(self, metric: Metric, window: Stretch, paths: tuple[str, ...], group: Group, figure: Figure) -> str:
        """The first that holds: missing, immature, undefined, too few, value."""
        if not all(self.world.tables[name].is_open for name in self.used[metric.name.value]):
            return "missing"
        if set(self.own_providers(metric, paths, group)) & self.silent(metric, window):
            return "missing"
        if figure.lacks:
            return "missing"
        if figure.lost and (metric.maturity == "all records" or (figure.value is None and not figure.immature)):
            return "missing"
        if figure.is_immature:
            return "immature"
        if figure.value is None:
            return "immature" if figure.immature else "undefined"
        size = figure.n or 0 if figure.size is None else figure.size
        return "too_few" if size < metric.minimum else "value"

    def own_providers(self, metric: Metric, paths: tuple[str, ...], group: Group) -> list[str]:
        """The provider a group is of, if it is of one."""
        table = self.world.base(min(self.measured[metric.name.value].sets()))
        pairs = zip(paths, group, strict=True)
        return [text for path, text in pairs if text is not None and is_provider(self.world, table, path)]

    def silent(self, metric: Metric, window: Stretch) -> set[str]:
        """The providers that should have reported in a period that the window touches, and did not."""
        return {
            provider
            for name in self.used[metric.name.value]
            for provider, period in self.silences[name]
            if window.touches(period.first, period.last)
        }

    def is_provisional(
        self, metric: Metric, period: Stretch, window: Stretch, paths: tuple[str, ...], group: Group
    ) -> bool:
        """Whether data is not complete over the window, the term cuts the period, or somebody was not heard from."""
        term = self.spec.contract.term
        bases = [self.world.tables[self.world.base(name)] for name in self.measured[metric.name.value].sets()]
        return (
            any(one.through < window.last for one in bases)
            or any(window.first < one.begins for one in bases if one.begins is not None)
            or period.first < term.first.value
            or period.last > term.last.value
            or (not self.own_providers(metric, paths, group) and bool(self.silent(metric, window)))
        )

    # --- comparisons ------------------------------------------------------------------------------------

    def met(
        self, metric: Metric, benchmark: object, paths: tuple[str, ...], group: Group, result: Fraction | None
    ) -> str:
        against = None if result is None else self.against(metric, benchmark, paths, group)
        if against is None:
            return ""
        return "yes" if (result >= against if metric.better == "higher" else result <= against) else "no"

    def against(self, metric: Metric, benchmark: object, paths: tuple[str, ...], group: Group) -> Fraction | None:
        if benchmark.kind.value == "historical":
            window = _history(benchmark)
            figure = self.figure(metric, window, paths, group)
            if self.state(metric, window, paths, group, figure) != "value":
                return None
            said = figure.value / units.size(self.world, opened(self.world, metric.formula.tree))
            return rounded_half_up(said, self.decimals(metric))
        for agreement in self.spec.agreements:
            if agreement.provider.value in self.own_providers(metric, paths, group):
                for name, own in agreement.targets:
                    if name.value == metric.name.value:
                        return own.value.value / units.size(self.world, metric.formula.tree)
        return benchmark.parameters.value.value.value / units.size(self.world, metric.formula.tree)


def _said(number: Fraction | None, size: Fraction) -> Fraction | None:
    """A number in the unit of time it is said in."""
    return None if number is None else number / size


def _histories(metric: Metric) -> list[Stretch]:
    return [_history(one) for one in metric.benchmarks if one.kind.value == "historical"]


def _history(benchmark: object) -> Stretch:
    return Stretch(benchmark.parameters.first.value, benchmark.parameters.last.value, "history")
