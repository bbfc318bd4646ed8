"""What a metric's formula comes to for a group of records in a window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from acmspec.formula.tree import Binary, Call, Formula, Name, Negative, Number, OutOf, PeriodValue
from acmspec.spec.tree import Metric
from rowwise.aggregates import Aggregates, Figure
from rowwise.parts import parts
from rowwise.periods import Stretch
from rowwise.reference import Known, NotThereError, reference
from rowwise.tables import Row
from rowwise.world import World


@dataclass(frozen=True)
class View:
    """Which records are looked at: a window, and whether a record belongs to the group."""

    window: Stretch
    belongs: Callable[[Row], bool]
    known: Known = field(default_factory=dict)


class Measured:
    """One metric on one world."""

    def __init__(self, world: World, metric: Metric) -> None:
        self.world = world
        self.metric = metric
        self.aggregates = Aggregates(world, metric)

    def figure(self, view: View) -> Figure:
        return self._of(self.metric.formula.tree, view)

    def calls(self) -> list[Call]:
        """The formula's aggregates, group definitions opened."""
        return list(_calls(self.world, self.metric.formula.tree))

    def sets(self) -> set[str]:
        """The sets that the formula's aggregates are over."""
        return {call.over.name for call in self.calls()}

    def _of(self, formula: Formula, view: View) -> Figure:
        match formula:
            case Number(amount):
                return Figure(amount.value)
            case PeriodValue("length of period"):
                return Figure(Fraction(view.window.length))
            case Name(names):
                return self._of_name(names[0], view)
            case Call():
                return self.aggregates.figure(formula, view.window, view.belongs)
            case Negative(operand):
                one = self._of(operand, view)
                return joined(None if one.value is None else -one.value, one, one)
            case OutOf(top, bottom) | Binary("/", top, bottom):
                return divided(self._of(top, view), self._of(bottom, view))
            case Binary(operator, left, right):
                return calculated(operator, self._of(left, view), self._of(right, view))
        raise AssertionError(f"not for a group: {formula!r}")

    def _of_name(self, name: str, view: View) -> Figure:
        formula = self.world.figure(name)
        if formula is not None:
            return self._of(formula, view)
        try:
            return Figure(reference(self.world, name, view.window, view.known))
        except NotThereError:
            return Figure(None, lacks=True)


def divided(top: Figure, bottom: Figure) -> Figure:
    """A quotient; its parts stay."""
    is_defined = top.value is not None and bottom.value not in {None, 0}
    quotient = joined(top.value / bottom.value if is_defined else None, bottom, top)
    size = bottom.value if bottom.is_count else None
    return replace(quotient, numerator=top.value, denominator=bottom.value, size=size)


def calculated(operator: str, one: Figure, two: Figure) -> Figure:
    """A sum, difference or product, undefined if a part is."""
    if one.value is None or two.value is None:
        return joined(None, one, two)
    done = {"+": one.value + two.value, "-": one.value - two.value, "*": one.value * two.value}[operator]
    return joined(done, one, two)


def joined(result: Fraction | None, first: Figure, second: Figure) -> Figure:
    """A figure made of two; `first` is the one whose records it is about, if it has any."""
    if first.n is None:
        first, second = second, first
    return Figure(
        value=result,
        n=first.n or second.n,
        immature=first.immature or second.immature,
        lost=max(first.lost, second.lost),
        lacks=first.lacks or second.lacks,
        unjudged_of={
            key: max(first.unjudged_of.get(key, 0), second.unjudged_of.get(key, 0))
            for key in [*first.unjudged_of, *second.unjudged_of]
        },
        is_immature=first.is_immature or second.is_immature,
    )


def _calls(world: World, formula: Formula) -> Iterator[Call]:
    if isinstance(formula, Call):
        yield formula
    elif isinstance(formula, Name) and world.figure(formula.parts[0]) is not None:
        yield from _calls(world, world.figure(formula.parts[0]))
    for inner in parts(formula):
        yield from _calls(world, inner)


def opened(world: World, formula: Formula) -> Formula:
    """A formula, or what it names."""
    while isinstance(formula, Name) and world.figure(formula.parts[0]) is not None:
        formula = world.figure(formula.parts[0])
    return formula
