"""Where a group's figure is looked at: for which period and days, in which group, under which conditions."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from acmspec.formula.tree import AllOf, Day, Earlier, Formula, FromTo, PeriodValue, SinceStart, Those
from acmspec.spec.tree import Metric
from rowwise import periods
from rowwise.groups import Group, group_of
from rowwise.periods import Stretch
from rowwise.tables import Row
from rowwise.values import value
from rowwise.world import World, at

OWN = {"reporting day", "reporting period"}


@dataclass(frozen=True)
class View:
    """A place to look from; `covers` are the words of the window, which a slice has said if it `is_said`."""

    world: World
    period: Stretch
    every: str
    covers: str
    paths: tuple[str, ...] = ()
    group: Group = ()
    is_said: bool = False
    conditions: tuple[Formula, ...] = ()

    @cached_property
    def window(self) -> Stretch:
        """The days looked at."""
        contract = self.world.spec.contract
        start = contract.term.first.value
        return periods.covered(self.period, self.covers, self.every, start, contract.fiscal_year_starts)

    @property
    def known(self) -> dict[str, str | None]:
        """The group by the last part of each path."""
        return {path.rpartition(".")[2]: name for path, name in zip(self.paths, self.group, strict=True)}

    def holds(self, row: Row) -> bool:
        """Whether a record is in the group and meets the conditions."""
        window = self.window
        return group_of(self.world, row, self.paths, window) == self.group and all(
            value(at(self.world, row, window), one) is True for one in self.conditions
        )

    def of_metric(self, metric: Metric) -> "View":
        """The same for a metric that is named: over its own window, unless days are said."""
        return self if self.is_said else replace(self, covers=metric.window.value.value)

    def in_part(self, part: Stretch, every: str) -> "View":
        """The same in a part of the window, which is the period then."""
        return replace(self, period=part, every=every, covers="period", is_said=False)

    def on_days(self, first: date, last: date) -> "View":
        """The same for some days, which are the period then."""
        return replace(
            self, period=Stretch(first, last, self.period.name), every="reporting period", covers="period", is_said=True
        )

    def in_group(self, path: str, name: str | None) -> "View":
        """The same in one group of a breakdown."""
        if path not in self.paths:
            return replace(self, paths=(*self.paths, path), group=(*self.group, name))
        index = self.paths.index(path)
        return replace(self, group=(*self.group[:index], name, *self.group[index + 1 :]))

    def sliced(self, to: object) -> "View":
        """What a slice looks at."""
        match to:
            case Earlier(number, unit):
                return replace(self, period=self._earlier(number, unit))
            case FromTo(first, last):
                return self.on_days(self._day(first), self._day(last))
            case SinceStart():
                return replace(self, covers="since start", is_said=True)
            case Those(condition):
                return replace(self, conditions=(*self.conditions, condition))
            case AllOf(name):
                return self._together(".".join(name.parts))
        raise AssertionError(to)

    def _earlier(self, number: int, unit: str) -> Stretch:
        first = periods.back(self.period.first, number, unit)
        if self.every in OWN:
            if self.period.first == self.period.last:
                return Stretch(first, first, self.period.name)
            after = periods.back(self.period.last + periods.days.ONE_DAY, number, unit)
            return Stretch(first, max(first, after - periods.days.ONE_DAY), self.period.name)
        return periods.around(first, self.every, self.world.spec.contract.fiscal_year_starts)

    def _day(self, formula: Formula) -> date:
        term = self.world.spec.contract.term
        if isinstance(formula, PeriodValue):
            return term.first.value if formula.which == "contract start" else term.last.value
        assert isinstance(formula, Day)
        return formula.value

    def _together(self, name: str) -> "View":
        """All groups of one breakdown, which is named as it is or in the plural."""
        pairs = zip(self.paths, self.group, strict=True)
        kept = [(path, value) for path, value in pairs if name not in _names(path)]
        return replace(self, paths=tuple(path for path, _ in kept), group=tuple(value for _, value in kept))


def _names(path: str) -> set[str]:
    last = path.rpartition(".")[2]
    return {path, last, f"{last}s", f"{last}es", f"{last.removesuffix('y')}ies"}
