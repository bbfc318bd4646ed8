"""Reference figures as they are meant: exact values by group and period, and how they are brought together."""

from fractions import Fraction

from acmspec.ground.calendar import Every
from acmspec.ground.exact import ONE, Unit
from acmspec.ground.node import node
from acmspec.program.said import things
from acmspec.program.types import Form, NumberType
from acmspec.spec.enclosures import Figure


@node
class Reference:
    """The values of a figure: `groups` names its dimensions, `every` the kind of its periods, None if it has none.

    `over_groups` is "sum" or "none"; `over_time` is "sum", "average", "first", "last" or "none". A value is of one
    group of each dimension and of the period of a name ("" if it has none).
    """

    name: str
    groups: tuple[str, ...]
    every: Every | None
    over_groups: str
    over_time: str
    values: tuple[tuple[tuple[str, ...], str, Fraction], ...]


def reference_of(figure: Figure) -> Reference:
    """The meaning of a figure as it was read."""
    values = tuple((one.groups, one.period, one.value) for one in figure.values)
    return Reference(figure.name.value, figure.groups, figure.every, figure.over_groups, figure.over_time, values)


def figure_type(figure: Figure, currency: str) -> NumberType:
    """The type of a figure's values: money, or a number of what its noun says, or plain."""
    if figure.type == "money":
        return NumberType(unit=Unit.of(currency))
    unit = ONE if figure.noun is None else things(figure.noun[0])
    return NumberType(Form.NUMBER, unit, integral=figure.type == "integer" and figure.over_time != "average")
