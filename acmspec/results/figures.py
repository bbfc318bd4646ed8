"""The value of a reference figure for a group and a stretch of days, or why there is none; knows no aggregate."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from acmspec.ground.calendar import period_of
from acmspec.ground.node import node
from acmspec.program.figure import Reference

_SHOWN = 3


@node
class Wanted:
    """For which group of which breakdown, and over which days; `folded` are the paths in which case doesn't count."""

    first: date
    last: date
    paths: tuple[str, ...]
    group: tuple[str | None, ...]
    folded: frozenset[str] = frozenset()


@node
class Found:
    """The exact value, None where the figure can't be brought to the group; `lacking` says what is not there."""

    value: Fraction | None
    lacking: tuple[str, ...] = ()


class References:
    """The figures of a program by name, ready to be asked."""

    def __init__(self, figures: tuple[Reference, ...] = (), fiscal_starts: int = 1) -> None:
        self._fiscal_starts = fiscal_starts
        self._figures = {one.name: one for one in figures}
        self._values: dict[str, Mapping[tuple[tuple[str, ...], str], Fraction]] = {
            one.name: {(groups, period): value for groups, period, value in one.values} for one in figures
        }
        self._groups = {one.name: tuple(dict.fromkeys(groups for groups, _, _ in one.values)) for one in figures}

    def value(self, name: str, wanted: Wanted) -> Found:
        """The value of a figure, brought together over groups and time by its own rules."""
        figure = self._figures[name]
        chosen = _chosen(figure, wanted)
        if any(value is None for value in chosen.values()):
            lost = next(dimension for dimension, value in chosen.items() if value is None)
            return Found(None, (f"the figure “{name}” is by {lost}, which is not recorded",))
        if len(chosen) < len(figure.groups) and figure.over_groups != "sum":
            return Found(None)
        periods = self._periods(figure, wanted)
        if not periods:
            every = "" if figure.every is None else figure.every.value
            return Found(None, (f"the figure “{name}” is by {every}, and can't be brought to {_days(wanted)}",))
        groups = [one for one in self._groups[name] if _is_in(figure, one, chosen, wanted)]
        return self._together(figure, groups, chosen, periods)

    def _together(
        self, figure: Reference, groups: list[tuple[str, ...]], chosen: Mapping[str, str | None], periods: list[str]
    ) -> Found:
        if not groups:
            of = ", ".join(value for value in chosen.values() if value)
            return Found(None, (f"the figure “{figure.name}” has no value for {of}",))
        values = self._values[figure.name]
        gaps = [(group, period) for group in groups for period in periods if (group, period) not in values]
        if gaps:
            shown = "; ".join(", ".join(one for one in (*group, period) if one) for group, period in gaps[:_SHOWN])
            more = f" and {len(gaps) - _SHOWN:,} more" if len(gaps) > _SHOWN else ""
            return Found(None, (f"the figure “{figure.name}” has no value for {shown}{more}",))
        total = sum((values[group, period] for group in groups for period in periods), Fraction(0))
        return Found(total / len(periods) if figure.over_time == "average" else total)

    def _periods(self, figure: Reference, wanted: Wanted) -> list[str]:
        """The names of the periods whose values count; none if the figure can't be brought to the days."""
        if figure.every is None:
            return [""]
        found, day = [], wanted.first
        while day <= wanted.last:
            found.append(period_of(day, figure.every, self._fiscal_starts))
            day = found[-1].last + timedelta(days=1)
        match figure.over_time:
            case "first":
                return [found[0].name]
            case "last":
                return [found[-1].name]
            case "sum" if (found[0].first, found[-1].last) != (wanted.first, wanted.last):
                return []
            case "none" if len(found) > 1:
                return []
            case _:
                return [one.name for one in found]


def _chosen(figure: Reference, wanted: Wanted) -> dict[str, str | None]:
    """The group of each dimension that the breakdown has as well, found by the last part of its path."""
    named = {path.rpartition(".")[2]: value for path, value in zip(wanted.paths, wanted.group, strict=True)}
    return {dimension: named[dimension] for dimension in figure.groups if dimension in named}


def _is_in(figure: Reference, group: tuple[str, ...], chosen: Mapping[str, str | None], wanted: Wanted) -> bool:
    folded = {path.rpartition(".")[2] for path in wanted.folded}
    for dimension, value in zip(figure.groups, group, strict=True):
        asked = chosen.get(dimension, value)
        same = asked is not None and dimension in folded and asked.lower() == value.lower()
        if asked != value and not same:
            return False
    return True


def _days(wanted: Wanted) -> str:
    return f"{wanted.first} to {wanted.last}"
