"""Reference figures of the spec: the value for a group and a window, brought together as the spec says."""

from fractions import Fraction

from rowwise import periods
from rowwise.periods import Stretch
from rowwise.world import World

Known = dict[str, str | None]
"""The group's values by the last part of each path of the breakdown."""


class NotThereError(Exception):
    """A figure lacks one of the values it is brought together from."""


def reference(world: World, name: str, window: Stretch, known: Known) -> Fraction | None:
    """The figure; none where it can't be brought together, an error where a value is not there."""
    figure = next(one for one in world.spec.figures if one.name.value == name)
    others = [dimension for dimension in figure.groups if dimension not in known]
    if others and figure.over_groups != "sum":
        return None
    wanted = _groups(world, figure, known)
    if figure.every is None:
        return sum((_value(figure, group, "") for group in wanted), Fraction(0))
    names = [one.name for one in _periods(world, figure, window)]
    found = [sum((_value(figure, group, period) for group in wanted), Fraction(0)) for period in names]
    match figure.over_time:
        case "sum":
            return sum(found, Fraction(0))
        case "average":
            return sum(found, Fraction(0)) / len(found)
    return found[0]


def _groups(world: World, figure: object, known: Known) -> list[tuple[str, ...]]:
    """The groups of the file that make up the group asked for."""
    asked = {dimension: known[dimension] for dimension in figure.groups if dimension in known}
    found = [
        group
        for group in dict.fromkeys(one.groups for one in figure.values)
        if all(_is_one(world, one, group[figure.groups.index(one)], value) for one, value in asked.items())
    ]
    if not found:
        raise NotThereError
    return found


def _is_one(world: World, dimension: str, group: str, value: str | None) -> bool:
    """Whether a group of the file is the group asked for, in whatever case where the field is folded."""
    fields = [one for table in world.spec.data for one in table.fields if one.name.value == dimension]
    if value is not None and any(one.fold for one in fields):
        return group.lower() == value.lower()
    return group == value


def _periods(world: World, figure: object, window: Stretch) -> list[Stretch]:
    found = periods.between(window.first, window.last, figure.every, world.spec.contract.fiscal_year_starts)
    return {"first": found[:1], "last": found[-1:]}.get(figure.over_time, found)


def _value(figure: object, group: tuple[str, ...], period: str) -> Fraction:
    for one in figure.values:
        if one.groups == group and one.period == period:
            return one.value
    raise NotThereError
