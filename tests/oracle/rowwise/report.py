"""All results: periods, groups, states, flags, comparisons. Numbers are exact."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from acmspec.spec.tree import Metric, Spec
from rowwise import lookups, periods, spans, times, units
from rowwise.figure import Figure
from rowwise.figures import Measured, narrowed, numerator, opened
from rowwise.groups import Group, groups, is_provider
from rowwise.merged import spells
from rowwise.numerals import rounded_half_up
from rowwise.periods import Stretch
from rowwise.reach import of_metric, of_path
from rowwise.sets import last_placed
from rowwise.silences import silences
from rowwise.tables import close, load
from rowwise.values import value
from rowwise.views import View
from rowwise.words import form, printed
from rowwise.world import World, at

READERS = (lookups, spans, times)
"""The files that read formulas beside the plain ones."""
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
    _make_spells(world)
    before = Report(world)
    found = before.all()
    tied = before.tied() | world.torn
    if not tied and not world.short:
        return found
    for name in tied:
        close(world.tables[name])
    world = World(spec, world.tables, data_date, world.short)  # what was looked up before the gates closed is forgotten
    _make_spells(world, tied)
    report = Report(world)
    report.silences = before.silences  # who was heard from does not depend on choices
    return report.all()


def _make_spells(world: World, tied: Collection[str] = ()) -> None:
    """Put the spells beside the tables that were read, where no choice among them was a tie."""
    for one in world.spec.spells:
        world.tables[one.name.value] = made = spells(world, one)
        if one.name.value in tied:
            close(made)


class Report:
    """The report on one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.spec = world.spec
        self.measured = {metric.name.value: Measured(world, metric) for metric in self.spec.metrics}
        self.used = {metric.name.value: of_metric(world, metric) for metric in self.spec.metrics}
        self.parts = {
            (metric.name.value, name.value): narrowed(numerator(world, metric.formula.tree), condition.tree)
            for metric in self.spec.metrics
            for name, condition in metric.parts
        }
        self.silences = {name: silences(world, name) for name in world.tables}

    # --- periods ----------------------------------------------------------------------------------------

    def periods(self, metric: Metric) -> list[Stretch]:
        contract = self.spec.contract
        first, last = contract.term.first.value, contract.term.last.value
        found = periods.between(first, last, metric.every.value, contract.fiscal_year_starts)
        return [one for one in found if one.first <= self.world.data_date]

    def tied(self) -> set[str]:
        """The tables in which a choice was a tie, in any window that was looked at."""
        found = {}
        for one in self.measured.values():
            found |= one.made()
        return {self.world.base(name) for (name, *_), one in found.items() if one.tied}

    # --- results ----------------------------------------------------------------------------------------

    def all(self) -> list[Answer]:
        """The results of all metrics."""
        if self.spec.calendars:
            self.ask_calendars()
        return [row for metric in self.spec.metrics for row in self.of_metric(metric)]

    def ask_calendars(self) -> None:
        """Note which calendars don't cover what records ask of them."""
        for metric in self.spec.metrics:
            measured = self.measured[metric.name.value]
            for view in self.views(metric):
                for aggregates, call, place in measured.looks(measured.tree, view):
                    aggregates.ask(call, place)

    def views(self, metric: Metric) -> Iterator[View]:
        """Each period and breakdown, also of the days that a benchmark looks at."""
        for period in self.periods(metric):
            for paths in _breakdowns(metric):
                view = self.view(metric, period, paths, (None,) * len(paths))
                yield view
                for one in metric.benchmarks:
                    if one.kind.value == "historical":
                        yield view.on_days(one.parameters.first.value, one.parameters.last.value)

    def of_metric(self, metric: Metric) -> list[Answer]:
        breakdowns = _breakdowns(metric)
        sets = sorted(self.measured[metric.name.value].sets())
        found = []
        for period in self.periods(metric):
            for paths in breakdowns:
                view = self.view(metric, period, paths, (None,) * len(paths))
                uses = list(self.measured[metric.name.value].uses(view)) if paths else []
                own = groups(self.world, sets, uses, paths, view) if paths else [()]
                found += [self.answer(metric, self.view(metric, period, paths, group)) for group in own]
        return found

    def answer(self, metric: Metric, view: View) -> Answer:
        window = view.window
        figure = self.figure(metric, view)
        state = self.state(metric, view, figure)
        formula = opened(self.world, metric.formula.tree)
        above, below = units.sizes(self.world, formula)
        exact = figure.value / units.size(self.world, formula) if state == "value" else None
        rounded = None if exact is None else rounded_half_up(exact, self.decimals(metric))
        is_known = state != "missing"
        return {
            "metric": metric.name.value,
            "period": view.period.name,
            "first": window.first.isoformat(),
            "last": window.last.isoformat(),
            "by": list(view.paths),
            "group": ["missing" if one is None else one for one in view.group],
            "state": state,
            "value": exact,
            "rounded": rounded,
            "printed": "" if exact is None else printed(self.world, metric, exact),
            "numerator": _said(figure.numerator, above) if is_known else None,
            "denominator": _said(figure.denominator, below) if is_known else None,
            "flags": ["provisional"] if self.is_provisional(metric, view) else [],
            "n": figure.n,
            "immature": figure.immature,
            "unjudged": figure.unjudged,
            "left_out": figure.left,
            "gaps": figure.gaps,
            "parts": {
                name.value: self.part(metric, name.value, view, above) if is_known else None for name, _ in metric.parts
            },
            "matures": figure.matures.isoformat() if state == "immature" and figure.matures is not None else None,
            "met": {one.name.value: self.met(metric, one, view, rounded) for one in metric.benchmarks},
        }

    def part(self, metric: Metric, name: str, view: View, size: Fraction) -> Fraction | None:
        """How many records of the numerator, or how much of it, meet a part's condition; none where one must wait."""
        figure = self.measured[metric.name.value].of(self.parts[metric.name.value, name], view)
        if metric.maturity == "all records" and figure.waits:
            return None
        return _said(figure.value if figure.numerator is None else figure.numerator, size)

    def view(self, metric: Metric, period: Stretch, paths: tuple[str, ...], group: Group) -> View:
        return View(self.world, period, metric.every.value.value, metric.window.value.value, paths, group)

    def figure(self, metric: Metric, view: View) -> Figure:
        return self.measured[metric.name.value].figure(view)

    def decimals(self, metric: Metric) -> int:
        return metric.decimals.value + (0 if form(self.world, metric.formula.tree) == "number" else 2)

    # --- states and flags -------------------------------------------------------------------------------

    def state(self, metric: Metric, view: View, figure: Figure) -> str:
        """The first that holds: missing, immature, undefined, too few, value."""
        waits = figure.waits
        if figure.lacks or not all(self.world.tables[name].is_open for name in self.read(metric, view)):
            return "missing"
        if set(self.own_providers(metric, view)) & self.silent(metric, view):
            return "missing"
        if self.world.short & self.calendars(metric, view):
            return "missing"
        if figure.lost and (metric.maturity == "all records" or (figure.value is None and not waits)):
            return "missing"
        if waits and (metric.maturity == "all records" or figure.value is None):
            return "immature"
        if figure.value is None:
            return "undefined"
        size = figure.n if figure.size is None else figure.size
        return "too_few" if size < metric.minimum else "value"

    def read(self, metric: Metric, view: View) -> set[str]:
        """The tables that a result rests on: the register of providers, too, where groups are providers."""
        sets = self.measured[metric.name.value].sets()
        by_provider = any(is_provider(self.world, self.world.base(min(sets)), path) for path in view.paths)
        register = self.spec.providers
        return self.used[metric.name.value].tables | (
            {register.value} if by_provider and register is not None else set()
        )

    def calendars(self, metric: Metric, view: View) -> set[str]:
        """The calendars that a result counts by, also in its groups."""
        tables = {self.world.base(name) for name in self.measured[metric.name.value].sets()}
        grouped = [of_path(self.world, table, path) for path in view.paths for table in tables]
        return self.used[metric.name.value].calendars.union(*(one.calendars for one in grouped))

    def own_providers(self, metric: Metric, view: View) -> list[str]:
        """The provider a group is of, if it is of one."""
        sets = self.measured[metric.name.value].sets()
        table = self.world.base(min(sets)) if sets else ""
        pairs = zip(view.paths, view.group, strict=True)
        return [text for path, text in pairs if text is not None and is_provider(self.world, table, path)]

    def silent(self, metric: Metric, view: View) -> set[str]:
        """The providers that should have reported in a period that a window looked at touches, and did not."""
        return {
            provider
            for use, place in self.measured[metric.name.value].uses(view)
            for provider, period in self.silences[self.world.base(use.name)]
            if place.window.touches(period.first, period.last)
        }

    def is_provisional(self, metric: Metric, view: View) -> bool:
        """Whether data is not complete over a window, the term cuts the period, or somebody was not heard from."""
        term, period = self.spec.contract.term, view.period
        if period.first < term.first.value or period.last > term.last.value:
            return True
        for use, place in self.measured[metric.name.value].uses(view):
            table, window = self.world.tables[self.world.base(use.name)], place.window
            if table.through < last_placed(self.world, use, window) or (
                table.begins is not None and window.first < table.begins
            ):
                return True
        alone = bool(self.own_providers(metric, view)) and not self.looks_at_others(metric, view)
        return not alone and bool(self.silent(metric, view))

    def looks_at_others(self, metric: Metric, view: View) -> bool:
        """Whether a provider's own result rests on the records of other providers, too."""
        pooled = any(
            not set(view.paths) <= set(place.paths) for _, place in self.measured[metric.name.value].uses(view)
        )
        return pooled or "rank(" in metric.formula.text.replace(" ", "")

    # --- comparisons ------------------------------------------------------------------------------------

    def met(self, metric: Metric, benchmark: object, view: View, result: Fraction | None) -> str:
        against = None if result is None else self.against(metric, benchmark, view)
        if against is None:
            return ""
        return "yes" if (result >= against if metric.better == "higher" else result <= against) else "no"

    def against(self, metric: Metric, benchmark: object, view: View) -> Fraction | None:
        size = units.size(self.world, metric.formula.tree)
        if benchmark.kind.value == "historical":
            past = view.on_days(benchmark.parameters.first.value, benchmark.parameters.last.value)
            figure = self.figure(metric, past)
            if self.state(metric, past, figure) != "value":
                return None
            return rounded_half_up(figure.value / size, self.decimals(metric))
        for agreement in self.spec.agreements:
            if agreement.provider.value in self.own_providers(metric, view):
                for name, own in agreement.targets:
                    if name.value == metric.name.value:
                        return own.value.value / size
        return benchmark.parameters.value.value.value / size


def _breakdowns(metric: Metric) -> list[tuple[str, ...]]:
    return [(), *(tuple(one.value for one in inner) for inner in metric.break_down_by)]


def _said(number: Fraction | None, size: Fraction) -> Fraction | None:
    """A number in the unit of time it is said in."""
    return None if number is None else number / size
